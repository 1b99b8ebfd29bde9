"""Replenishment end to end in Odoo: all products planned in one pass, beside product by product.

Run by in_odoo.py. Seconds are those of the clock and, behind them, of
this process alone, without PostgreSQL's: what Odoo's CPU time limit counts.
"""

from . import anomalies_in_odoo, stock_records
from .odoo_cost import HEADS, cost
from .table import gate, row, title
from .turns import Turns, times

PRODUCTS = {"": 10_000, "quick": 2_000, "smoke": 200}
SAMPLE = 100
# Each changes all advice.
SAFETY_DAYS = (4.0, 5.0, 6.0, 7.0, 8.0)


def run(env, size):
    company = stock_records.make(env, "Bench", PRODUCTS[size])
    measure(company.env, company)
    anomalies_in_odoo.measure(company.env, company)


def measure(env, company):
    """Print what training, refreshing and its peers cost for a company's stock."""
    run = env["ai.training.run"].create({"company_id": company.id, "kind": "replenishment"})
    run._start()
    training(env, run)
    refreshing(env, company)


def training(env, run):
    """The turns of a training, as cron takes them."""
    turns, ended = [], []
    while not ended or not ended[-1]:
        turns.append(cost(env, lambda: ended.append(run._train())))
    title(f"Replenishment, training of {run._result().row_count:,} rows")
    row("", *HEADS)
    for number, turn in enumerate(turns, 1):
        turn.row(f"turn {number}")
    gate("CPU seconds of a turn", max(turn.cpu for turn in turns), 40, at_least=False)
    gate("MB of a turn", max(turn.megabytes for turn in turns), 1000, at_least=False)


def refreshing(env, company):
    """The plan of today where all advice changes and where none does, beside its peers."""
    rows = env["ai.replenishment"].search([("company_id", "=", company.id)])
    points = env["stock.warehouse.orderpoint"].search([("company_id", "=", company.id)])
    costs = costs_in_turns(env, company, rows[:SAMPLE], points)
    ours, again, planned, *peers = map(middle, costs.values())
    title(f"The plan of today, {len(rows):,} rows")
    row("", *HEADS, "our time ×")
    ours.row("refresh, all advice changes", ratio="1")
    again.row("refresh, none does")
    planned.row("of it reading and planning")
    refresh, _again, _planned, *others = map(turns_of, costs.values())
    gate("seconds of a refresh", refresh.spread, 5, at_least=False)
    gate("statements of a refresh", ours.queries, 60, at_least=False)
    gate("MB of a refresh", ours.megabytes, 300, at_least=False)
    parts = [len(rows) / len(each) for each in (rows[:SAMPLE], points)]
    ratios = [times(each, refresh, more) for each, more in zip(others, parts, strict=True)]
    names = (f"product by product, from {SAMPLE}", f"Odoo's rules' own, from {len(points):,}")
    for name, peer, more, ratio in zip(names, peers, parts, ratios, strict=True):
        peer.row(name, more, f"{ratio.value:.0f}")
    gate("times faster than product by product", ratios[0], 20)


def costs_in_turns(env, company, sample, points):
    """{way: a Cost for each turn}. The same product by product, and Odoo's own rules, are peers."""
    rows = env["ai.replenishment"]
    ways = {
        "all advice changes": lambda: rows._refresh(company),
        "none does": lambda: rows._refresh(company),
        "planning": lambda: env["ai.replenishment.planner"]._plan(company),
        "product by product": lambda: [one_product(each) for each in sample],
        "Odoo's rules": points._compute_qty_to_order,
    }
    costs = {name: [] for name in ways}
    for safety_days in SAFETY_DAYS:
        company.ai_safety_days = safety_days
        for name, work in ways.items():
            costs[name].append(cost(env, work))
    return costs


def middle(costs):
    """The one of several costs whose time is the median."""
    return sorted(costs, key=lambda one: one.seconds)[len(costs) // 2]


def turns_of(costs):
    return Turns(tuple(range(len(costs))), tuple(one.seconds for one in costs))


def one_product(advice):
    """What the plan does for all, with what Odoo offers for one; demand as training left it."""
    company, product = advice.company_id, advice.product_id
    product = product.with_company(company).with_context(warehouse=advice.warehouse_id.id)
    seller = product._select_seller(quantity=None)
    bought_in = advice.env["ai.replenishment.planner"]._purchase_lead(company)
    lead = seller.delay + bought_in if seller else 7.0
    rop = advice.mean_demand * (lead + company.ai_safety_days)
    available = product.virtual_available
    missing = max(rop - available, 0.0)
    quantity = missing and max(missing, seller.min_qty)
    advice.write(
        {
            "vendor_id": seller.partner_id.id,
            "lead_time": lead,
            "rop": rop,
            "on_hand": product.qty_available,
            "available": available,
            "quantity": quantity,
            "order_value": quantity * (seller.price or product.standard_price),
            "action": "order_now" if missing else "ok",
        }
    )
    advice.flush_recordset()
