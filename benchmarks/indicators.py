"""Computing 400 days of all indicators in Odoo, as sales grow; beside Odoo's own sales report.

Run by in_odoo.py.
"""

from datetime import timedelta

from .database import sales_of
from .odoo_cost import HEADS, cost
from .stock_bulk import insert
from .table import gate, row, title

SIZES = {
    "": ("10k lines", "100k lines", "1M lines"),
    "quick": ("10k lines", "100k lines"),
    "smoke": ("100 orders",),
}
DAYS = 400
SECONDS, MEGABYTES = 60, 500
# Twice the lines may take at most so many times the time for the growth to be linear.
LINEAR = 1.25


def run(env, size):
    measured = [restating(env, lines) for lines in SIZES[size]]
    judge(measured)


def restating(env, size):
    """(lines, Cost) of the first computation of a company's 400 days."""
    company = sales_of(env, size)
    delivered(env, company)
    env.cr.execute("SELECT count(*) FROM sale_order_line WHERE company_id = %s", (company.id,))
    (lines,) = env.cr.fetchone()
    restatements = env["ai.kpi.restatement"].with_company(company)
    row("", *HEADS)
    whole = cost(env, lambda: restatements._restate(company, DAYS))
    whole.row(f"{DAYS} days, 36 indicators")
    cost(env, lambda: restatements._restate(company, 8)).row("the last 8 days, each hour")
    peer = cost(env, lambda: report_of(env, company))
    peer.row("sale.report, revenue by day")
    values = env["ai.kpi.value"].search_count([("company_id", "=", company.id)])
    row("values", f"{values:,}")
    row("reports for the same time", f"{whole.seconds / peer.seconds:.1f} for 36 indicators")
    gate(f"reports' time, {size}", whole.seconds / peer.seconds, 36, at_least=False)
    return lines, whole


def report_of(env, company):
    """What Odoo's own report needs for one of the figures, which leaves refunds out."""
    return env["sale.report"].read_group(
        [("company_id", "=", company.id), ("state", "=", "sale")],
        ["price_subtotal:sum", "order_reference:count_distinct"],
        ["date:day"],
        lazy=False,
    )


def delivered(env, company):
    """Deliveries of all orders, a day later, with their moves and layers of value."""
    line = env["sale.order.line"].search([("company_id", "=", company.id)], limit=1)
    order = line.order_id.copy({"order_line": [(0, 0, {"product_id": line.product_id.id})]})
    order.action_confirm()
    picking = order.picking_ids[:1]
    if not picking:
        raise RuntimeError("A confirmed order of the bench has no delivery.")
    move = picking.move_ids[:1]
    later = timedelta(days=1)
    own = f"company_id = {company.id}"
    orders = f"(SELECT * FROM sale_order WHERE {own} AND state = 'sale') AS so"
    done = f"so.date_order + interval '{later.days} day'"
    dates = {"create_date": "so.date_order", "date_done": done, "date_deadline": done}
    insert(
        env,
        picking,
        {"name": "'BENCH/' || so.id", "sale_id": "so.id", "state": "'done'", **dates},
        orders,
    )
    insert(
        env,
        move,
        {
            "sale_line_id": "line.id",
            "product_id": "line.product_id",
            "picking_id": "delivery.id",
            "state": "'done'",
            "date": "delivery.date_done",
            **({"value": "5.0", "is_out": "TRUE"} if "value" in move._fields else {}),
        },
        f"(SELECT * FROM sale_order_line WHERE {own}) AS line JOIN stock_picking delivery"
        " ON delivery.sale_id = line.order_id AND delivery.state = 'done'",
    )
    if "stock.valuation.layer" in env:
        layer = env["stock.valuation.layer"].create(
            {"company_id": company.id, "product_id": line.product_id.id, "stock_move_id": move.id}
        )
        insert(
            env,
            layer,
            {
                "product_id": "move.product_id",
                "stock_move_id": "move.id",
                "quantity": "-1",
                "value": "-5.0",
                "create_date": "move.date",
            },
            f"(SELECT * FROM stock_move WHERE {own} AND state = 'done') AS move",
        )
    env.cr.execute("ANALYZE")
    env.invalidate_all()


def judge(measured):
    title("Indicators as sales grow")
    for lines, whole in measured:
        row(f"{lines:,} lines", f"{whole.seconds:.2f} s", f"{whole.megabytes:.0f} MB")
    lines, whole = measured[-1]
    gate(f"seconds at {lines:,} lines", whole.seconds, SECONDS, at_least=False)
    gate(f"MB at {lines:,} lines", whole.megabytes, MEGABYTES, at_least=False)
    for (fewer, first), (more, second) in zip(measured, measured[1:], strict=False):
        growth = (second.seconds / first.seconds) / (more / fewer)
        gate(f"growth over lines, up to {more:,}", growth, LINEAR, at_least=False)
