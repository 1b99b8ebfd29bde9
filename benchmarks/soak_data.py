"""Sales for `make soak`: first without the addon, then with it, and what publishes rules meanwhile.

Called as `python soak_data.py CONFIG DATABASE make SIZE`, on a database without the addon; as
`… addon COMPANY USER` after its installation; both end with a line of JSON. As `… publish COMPANY`
it replaces the rules of a company again and again until its input ends, and tells how often.
"""

import json
import select
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

NAME = "soak_seller"
GROUPS = ("sales_team.group_sale_manager", "stock.group_stock_manager")
ADDON_GROUPS = ("smart_recommender.group_manager", "smart_recommender.group_call_manager")
LARGE, KEPT = 500, 2_000
PAUSE = 0.5
# The made sales are many small bundles.
MIN_SUPPORT = 0.0005


def main(config, database, deed, *arguments):
    import odoo
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    with Registry(database).cursor() as cr:
        told = DEEDS[deed](api.Environment(cr, SUPERUSER_ID, {}), *arguments)
        cr.commit()
    print(json.dumps(told), flush=True)


def make(env, size):
    """A company with sales, a seller, and a quotation with many lines; of Odoo's modules alone."""
    import pytz

    from odoo.addons.smart_recommender.bulk_load import masters, orders

    from benchmarks.database import lines_of

    lines = lines_of(size)
    company = masters.find_or_make_company(env, "Soak", pytz.utc)
    env = masters.in_company(env, company)
    company = company.with_env(env)
    partners = masters.customer_ids(env, company, lines)
    products = masters.product_ids(env, company, lines)
    orders.write_orders(env, company, lines, partners, products, pytz.utc)
    user = env["res.users"].create(
        {
            "name": NAME,
            "login": NAME,
            "password": NAME,
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "groups_id": [(6, 0, [env.ref(group).id for group in GROUPS])],
        }
    )
    products, partners = (sorted(each.values())[:KEPT] for each in (products, partners))
    large = env["sale.order"].create(
        {
            "partner_id": partners[0],
            "company_id": company.id,
            "order_line": [(0, 0, {"product_id": product}) for product in products[:LARGE]],
        }
    )
    # What the clock may start beside is measured by nobody.
    env["ir.cron"].search([]).active = False
    env.flush_all()
    env.cr.execute("ANALYZE")
    return {
        "company": company.id,
        "user": user.id,
        "password": NAME,
        "products": products,
        "partners": partners,
        "large": large.id,
        "lines": len(lines),
    }


def addon(env, company, user):
    """Give the seller the addon's rights, and train its company once."""
    company = env["res.company"].browse(int(company))
    groups = [(4, env.ref(group).id) for group in ADDON_GROUPS]
    env["res.users"].browse(int(user)).groups_id = groups
    queue = env.ref("smart_recommender.ir_cron_process_queue")
    (env["ir.cron"].search([]) - queue).active = False
    company.ai_history_days = 400
    company.ai_min_support = MIN_SUPPORT
    run = env["ai.training.run"].with_company(company)._train_now(company, "rules")
    env["ai.kpi.restatement"].with_company(company)._restate(company, 90)
    env.flush_all()
    env.cr.execute("ANALYZE")
    return {"rules": run._result().rule_count}


def publish(env, company):
    """Learn once, say `ready`, and publish that again and again between two lines that are read;
    after each second one tell how often.

    Only reading and learning are left out, so that there is nearly always something published.
    """
    from odoo.addons.smart_recommender.algorithms.core import baskets
    from odoo.addons.smart_recommender.algorithms.suggestion import association_rules, next_item

    company = env["res.company"].browse(int(company))
    once(type(env["ai.sales.extract"]), "_order_items")
    once(baskets, "build_baskets")
    once(association_rules, "mine_rules")
    once(next_item, "train_recommender")
    runs = env["ai.training.run"].with_company(company)
    runs._train_now(company, "rules")
    env.cr.commit()
    print("ready", flush=True)
    while sys.stdin.readline():
        times = 0
        while not select.select([sys.stdin], [], [], PAUSE)[0]:
            runs._train_now(company, "rules")
            env.cr.commit()
            times += 1
        sys.stdin.readline()
        print(times, flush=True)


def once(owner, name):
    """Let a function compute once, and return the same from then on."""
    function, kept = getattr(owner, name), []

    def called(*arguments, **options):
        if not kept:
            kept.append(function(*arguments, **options))
        return kept[0]

    setattr(owner, name, called)


DEEDS = {"make": make, "addon": addon, "publish": publish}

if __name__ == "__main__":
    main(*sys.argv[1:])
