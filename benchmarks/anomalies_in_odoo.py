"""Anomalies end to end in Odoo: reading the orders, the search, keeping what was found."""

from .odoo_cost import HEADS, cost
from .table import gate, row, title


def measure(env, company):
    """Print what the search for anomalies costs for a company, at first and again."""
    costs, runs = [], []
    for _turn in range(2):
        run = env["ai.training.run"].create({"company_id": company.id, "kind": "anomalies"})
        run._start()
        costs.append(cost(env, run._train))
        runs.append(run)
    title(
        f"Anomalies of {runs[0].product_count:,} products, {company.ai_anomaly_window} days, "
        f"{runs[0]._result().anomaly_count:,} found"
    )
    row("", *HEADS)
    for name, one in zip(("the first time", "again"), costs, strict=True):
        one.row(name)
    gate("CPU seconds of a training", max(one.cpu for one in costs), 40, at_least=False)
    gate("statements of a training", max(one.queries for one in costs), 80, at_least=False)
    gate("MB of a training", max(one.megabytes for one in costs), 1000, at_least=False)
    new = runs[1]._result().new_count
    if new:
        raise AssertionError(f"{new} anomalies are new the second time")
