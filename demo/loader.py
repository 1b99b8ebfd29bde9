"""Write the demonstration history into an Odoo database through the ORM.

The companies get their chart of accounts, pricelists and time zones first, then users, products and
customers, then the orders in batches. Quotations are dated as they are created and change their
state by one write: two thousand confirmations would run hooks for minutes and date them today.
"""

from datetime import datetime

import pytz

from . import accounting, masters
from .arrivals import load_arrivals
from .call_center import load_call_center
from .companies import COMPANIES, find_company
from .complaints import load_complaints
from .history import generate_history
from .quotations import discount_of, load_quotations
from .stock_history import generate_stock, warehouse_of
from .stock_loader import load_stock
from .timing import past
from .treasury import load_treasury

BATCH = 100
# No tracking, no followers, no mails: nobody reads a demonstration's chatter.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_activity_quick_update": True,
}
DEMO_QUOTATION_HEAD = "EAU-01"


def is_loaded(env):
    return bool(find_company(env, "atlas"))


def load(env, progress, today=None, share=1.0):
    """Create the history; commits as it goes.

    progress : called with what is done next, or with that, a count and its total; today :
    datetime.date, default today; share : of the orders, see :func:`generate_history`. Raises
    ValueError where the history is there already.
    """
    if is_loaded(env):
        raise ValueError("The demonstration history is loaded already: run 'make clean' first.")
    today = today or datetime.now(pytz.timezone(COMPANIES["atlas"]["tz"])).date()
    env = env(context={**env.context, **QUIET})
    progress("companies, users, products, customers")
    context = masters.create_masters(env)
    history = generate_history(today, share=share)
    records = {}
    for company in COMPANIES:
        records.update(_create_orders(env, context, history, company, progress))
    credited = [(r, c) for p, r in records.items() if (c := history.orders[p].credited)]
    progress(f"{len(credited)} invoices with credit notes")
    accounting.credit(env, credited)
    load_stock(env, context, history, records, generate_stock(history), progress)
    categories = {product.categ_id.name: product.categ_id for product in context.products.values()}
    load_arrivals(env, context.companies["atlas"], categories, history.today)
    load_call_center(env, context, history, progress)
    load_complaints(env, context, history, progress)
    load_treasury(env, context, history, share, progress)
    progress("quotations that were lost")
    zone = COMPANIES["atlas"]["tz"]
    atlas = context.companies["atlas"]
    load_quotations(env, atlas, context.customers, share, zone, history.today)
    env.cr.commit()
    _raise_alerts(env, progress)
    _create_demo_quotation(context)
    env.cr.commit()


def _raise_alerts(env, progress):
    """What the next morning's job would tell; commits."""
    progress("alerts of clients")
    env["ai.client.alert"]._cron_alert()
    env.cr.commit()


def _create_orders(env, context, history, company, progress):
    """Create the orders of a company; returns {position in history.orders: sale.order}."""
    record = context.companies[company]
    orders_model = env["sale.order"].with_company(record).with_context(
        allowed_company_ids=record.ids
    )  # fmt: skip
    positions = [p for p, order in enumerate(history.orders) if order.company == company]
    records = {}
    for start in range(0, len(positions), BATCH):
        progress(f"orders of {record.name}", start, len(positions))
        batch = positions[start : start + BATCH]
        orders = [history.orders[position] for position in batch]
        created = orders_model.create([_order_vals(context, history, order) for order in orders])
        _set_states(created, orders)
        records.update(zip(batch, created, strict=True))
        env.cr.commit()
    progress(f"orders of {record.name}", len(positions), len(positions))
    return records


def _set_states(records, orders):
    """Move quotations on to what became of them.

    Not at creation: Odoo gives only drafts the customer's pricelist, and tells each line that is
    added to a confirmed order in the chatter.
    """
    for state in ("sale", "cancel", "sent"):
        ids = [r.id for r, order in zip(records, orders, strict=True) if order.state == state]
        records.browse(ids).write({"state": state})


def _order_vals(context, history, order):
    return {
        "partner_id": context.customers[order.customer].id,
        "company_id": context.companies[order.company].id,
        "user_id": _salesperson(context, order).id,
        "warehouse_id": context.stock.warehouses[warehouse_of(order)].id,
        "date_order": past(history.date(order), order.minute, COMPANIES[order.company]["tz"]),
        "order_line": [
            (0, 0, _line_vals(context, line, discount_of(order))) for line in order.lines
        ],
    }


def _salesperson(context, order):
    """The order's salesperson, out of those who may work in its company."""
    company = context.companies[order.company]
    allowed = [user for user in context.salespeople if company in user.company_ids]
    return allowed[order.salesperson % len(allowed)]


def _line_vals(context, line, discount):
    vals = {
        "product_id": context.products[line.code].id,
        "product_uom_qty": line.quantity,
        "discount": discount,
    }
    return {**vals, "product_uom": context.dozen.id} if line.in_dozens else vals


def _create_demo_quotation(context):
    """The quotation to open first: a fountain, for a customer with his own pricelist."""
    company = context.companies["atlas"]
    context.customers[0].env["sale.order"].with_company(company).create(
        {
            "partner_id": context.customers[0].id,
            "company_id": company.id,
            "user_id": context.salespeople[0].id,
            "client_order_ref": masters.DEMO_QUOTATION,
            "order_line": [(0, 0, {"product_id": context.products[DEMO_QUOTATION_HEAD].id})],
        }
    )
