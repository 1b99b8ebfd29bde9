"""Sales that the API is asked about, and keys to ask with; kept in the database.

Called as `python api_data.py CONFIG DATABASE [quick|smoke]` inside Odoo's environment, on a
database of its own. Ends with a line of JSON for :mod:`benchmarks.api`.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.database import sales_of  # noqa: E402
from benchmarks.in_odoo import environment, registry_of  # noqa: E402

SIZES = {"": "100k lines", "quick": "100k lines", "smoke": "100 orders"}
MANAGER = (
    "sales_team.group_sale_manager",
    "smart_recommender.group_manager",
    "stock.group_stock_manager",
    "account.group_account_invoice",
)
SELLER = ("sales_team.group_sale_salesman",)


def main(config, database, size=""):
    with environment(registry_of(config, database)) as env:
        company = sales_of(env, SIZES[size])
        # What is measured is how fast it answers, not how often it may.
        company.ai_api_rate = 0
        manager, seller = (user_of(env, company, *each) for each in users())
        # A seller's own figures are computed live; all of these orders are.
        env.cr.execute(
            "UPDATE sale_order SET user_id = %s WHERE company_id = %s", (seller.id, company.id)
        )
        env.invalidate_all()
        env["ai.kpi.restatement"].with_company(company)._restate(company, 400)
        env.cr.execute("ANALYZE")
        told = {
            "database": database,
            "company": company.id,
            "manager": manager.id,
            "manager_key": key_of(manager, "ai.api.manager"),
            "seller_key": key_of(seller, "ai.api.viewer"),
            "odoo_key": key_of(manager, None),
        }
    print(json.dumps(told))


def users():
    return (("bench_manager", MANAGER), ("bench_seller", SELLER))


def user_of(env, company, login, groups):
    return env["res.users"].create(
        {
            "name": login,
            "login": login,
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "groups_id": [(6, 0, [env.ref(group).id for group in groups])],
        }
    )


def key_of(user, scope):
    from odoo import fields
    from odoo.addons.smart_recommender.tools.compat import generate_api_key

    later = fields.Date.today() + timedelta(days=1)
    return generate_api_key(user.with_user(user).sudo().env, scope, "bench", later)


if __name__ == "__main__":
    main(*sys.argv[1:])
