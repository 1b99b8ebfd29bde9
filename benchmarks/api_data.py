"""Sales that the API is asked about, and keys to ask with; kept in the database.

Run by in_odoo.py; tells :mod:`benchmarks.api`.
"""

from datetime import timedelta

from .database import sales_of

SIZES = {"": "100k lines", "quick": "100k lines", "smoke": "100 orders"}
MANAGER = (
    "sales_team.group_sale_manager",
    "smart_recommender.group_manager",
    "stock.group_stock_manager",
    "account.group_account_invoice",
)
SELLER = ("sales_team.group_sale_salesman",)


def fill(env, size):
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
    return {
        "database": env.cr.dbname,
        "company": company.id,
        "manager": manager.id,
        "manager_key": key_of(manager, "ai.api.manager"),
        "seller_key": key_of(seller, "ai.api.viewer"),
        "odoo_key": key_of(manager, None),
    }


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
