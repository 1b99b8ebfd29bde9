"""Sales that faults are tried on, and a helper inside Odoo that asks for trainings.

Filled by in_odoo.py. Called as `python fault_data.py CONFIG DATABASE`, it reads a line of JSON for
each deed, [name, {argument}], and writes one for each answer.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.in_odoo import environment, registry_of  # noqa: E402

LOGIN, PASSWORD = "fault_manager", "fault_manager"  # noqa: S105 (of a database that is dropped)
RATINGS = 2_000
# The made sales are many small bundles.
MIN_SUPPORT = 0.001
GROUPS = (
    "sales_team.group_sale_manager",
    "smart_recommender.group_manager",
    "smart_recommender.group_call_manager",
)


def main(config, database):
    import odoo

    registry = registry_of(config, database)
    for line in sys.stdin:
        name, given = json.loads(line)
        with environment(registry) as env:
            registry.check_signaling()
            answer = DEEDS[name](env, **given)
        # A connection that is kept may be dead by the next deed.
        odoo.sql_db.close_db(database)
        print(json.dumps(answer), flush=True)


def fill(env, size):
    """Sales of a company, trained once, and a manager of it."""
    from benchmarks.client_pages_data import rate
    from benchmarks.database import sales_of

    company = sales_of(env, size)
    rate(env, company, RATINGS)
    company.ai_min_support = MIN_SUPPORT
    user = env["res.users"].create(
        {
            "name": LOGIN,
            "login": LOGIN,
            "password": PASSWORD,
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "groups_id": [(6, 0, [env.ref(group).id for group in GROUPS])],
        }
    )
    env["ir.cron"].search([]).filtered(
        lambda cron: cron != env.ref("smart_recommender.ir_cron_process_queue")
    ).active = False
    run = env["ai.training.run"].with_company(company)._train_now(company, "rules")
    return {
        "database": env.cr.dbname,
        "company": company.id,
        "user": user.id,
        "password": PASSWORD,
        "rules": run._result().rule_count,
    }


def ask(env, company, kinds):
    """Ask for a training; ids of its new runs."""
    company = env["res.company"].browse(company)
    return env["ai.training"].with_company(company)._request(company, kinds).ids


def stored(env, company, kind):
    """The file, [folder of the filestore, name in it], of a company's fitted model; [] without."""
    company = env["res.company"].browse(company)
    attachment = env["ai.model.store"]._attachments(company, kind).sorted("id")[-1:]
    return [attachment._filestore(), attachment.store_fname] if attachment else []


def loadable(env, company, kind):
    """Whether a company's fitted model is trusted and loaded."""
    company = env["res.company"].browse(company)
    return env["ai.model.store"]._last(company, kind) is not None


DEEDS = {"ask": ask, "stored": stored, "loadable": loadable}

if __name__ == "__main__":
    main(*sys.argv[1:])
