"""Companies to train on several machines, and what became of their runs.

Called as `python cluster_in_odoo.py CONFIG DATABASE make|ask|tell …` inside Odoo's environment:

    make COUNT SIZE   companies with sales; prints their ids
    ask DASK REPLICA  forget what was trained, ask for a training of each; addresses of a Dask
                      scheduler and of a replica, or - for none
    tell              prints what the runs did so far, as JSON
"""

import json
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.baskets_made import long_tail  # noqa: E402
from benchmarks.in_odoo import environment, registry_of  # noqa: E402

PREFIX = "Machine "
KINDS = ("rules", "anomalies", "forecast", "classes")


def make(env, count, size):
    from odoo.addons.smart_recommender.bulk_load import load
    from odoo.addons.smart_recommender.bulk_load.parse import Line

    now = env.cr.now().replace(microsecond=0)
    for number in range(int(count)):
        baskets = long_tail(size, seed=number)
        lines = [
            Line(
                row, str(basket), now - timedelta(days=float(365 - baskets.day[basket])),
                str(baskets.customer[basket] % 500), str(product), "", 1.0, 10.0,
            )
            for row, (basket, product) in enumerate(
                zip(baskets.basket.tolist(), baskets.product.tolist(), strict=True)
            )
        ]  # fmt: skip
        load.load(env, f"{PREFIX}{number + 1}", lines, progress=lambda _text: None)
        env.cr.commit()
    env.cr.execute("ANALYZE")
    return [len(companies(env))]


def companies(env):
    return env["res.company"].search([("name", "=like", f"{PREFIX}%")], order="id")


def ask(env, scheduler, replica):
    runs = env["ai.training.run"].search([("company_id", "in", companies(env).ids)])
    runs.unlink()
    # A request looks from another connection too whether somebody else has asked.
    env.cr.commit()
    parameters = env["ir.config_parameter"]
    for name, address in (("dask_scheduler", scheduler), ("replica", replica)):
        parameters.set_param(f"smart_recommender.{name}", address if address != "-" else False)
    for company in companies(env):
        env["ai.training"]._request(company, list(KINDS))
    return []


def tell(env):
    """[{company, kind, state, seconds, pid, parts, rows, notice}]; rows is a digest of what was
    learned."""
    return [
        {
            "company": run.company_id.name,
            "kind": run.kind,
            "state": run.state,
            "seconds": run.duration,
            "pid": run.pid,
            "parts": run.remote_count,
            "digest": digest(env, run),
            "notice": run.notice or run.error or "",
        }
        for run in env["ai.training.run"].search(
            [("company_id", "in", companies(env).ids)], order="id"
        )
    ]


def digest(env, run):
    """Of the rows of a run that is done: equal for equal results."""
    query = {
        "forecast": "SELECT product_id, total_30, total_90, wape FROM ai_forecast"
        " WHERE active AND company_id = %s ORDER BY product_id",
        "rules": "SELECT antecedent_key, consequent_id, confidence, lift"
        " FROM ai_recommendation_rule WHERE company_id = %s ORDER BY 1, 2",
    }.get(run.kind)
    if not query or run.state != "done":
        return ""
    env.cr.execute(f"SELECT md5(string_agg(r::text, ',')) FROM ({query}) r", [run.company_id.id])
    return env.cr.fetchone()[0] or ""


def main(config, database, what, *words):
    with environment(registry_of(config, database)) as env:
        print(json.dumps({"make": make, "ask": ask, "tell": tell}[what](env, *words)))


if __name__ == "__main__":
    main(*sys.argv[1:])
