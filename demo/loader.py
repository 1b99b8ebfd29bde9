"""Write the demonstration history into an Odoo database through the ORM.

The companies get their chart of accounts, pricelists and time zones first, then users, products and
customers, then the orders in batches. Quotations are dated as they are created and change their
state by one write: two thousand confirmations would run hooks for minutes and date them today.
"""

from datetime import datetime, time, timedelta

import pytz

from . import accounting, masters
from .history import generate_history

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
    return bool(masters.find_company(env, "atlas"))


def load(env, today=None, progress=print):
    """Create the history; commits as it goes.

    today : datetime.date, default today. Raises ValueError where the history is there already.
    """
    if is_loaded(env):
        raise ValueError("The demonstration history is loaded already: run 'make clean' first.")
    today = today or datetime.now(pytz.timezone(masters.COMPANIES["atlas"]["tz"])).date()
    env = env(context={**env.context, **QUIET})
    progress("» demonstration: companies, users, products, customers")
    context = masters.create_masters(env)
    history = generate_history(today)
    credited = []
    for company in masters.COMPANIES:
        orders = [order for order in history.orders if order.company == company]
        credited += _create_orders(env, context, history, company, orders, progress)
    progress(f"» demonstration: {len(credited)} invoices with credit notes")
    accounting.credit(env, credited)
    _create_demo_quotation(context)
    env.cr.commit()


def _create_orders(env, context, history, company, orders, progress):
    """Create the orders of a company; returns [(order, share)] of those to be credited."""
    record = context.companies[company]
    orders_model = env["sale.order"].with_company(record).with_context(
        allowed_company_ids=record.ids
    )  # fmt: skip
    credited = []
    for start in range(0, len(orders), BATCH):
        batch = orders[start : start + BATCH]
        created = orders_model.create([_order_vals(context, history, order) for order in batch])
        _set_states(created, batch)
        credited += [(r, o.credited) for r, o in zip(created, batch, strict=True) if o.credited]
        env.cr.commit()
        done = start + len(batch)
        if done % 500 < BATCH or done == len(orders):
            progress(f"» demonstration: {record.name}: {done} of {len(orders)} orders")
    return credited


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
        "date_order": _utc(
            history.date(order), order.minute, masters.COMPANIES[order.company]["tz"]
        ),
        "order_line": [(0, 0, _line_vals(context, line)) for line in order.lines],
    }


def _salesperson(context, order):
    """The order's salesperson, out of those who may work in its company."""
    company = context.companies[order.company]
    allowed = [user for user in context.salespeople if company in user.company_ids]
    return allowed[order.salesperson % len(allowed)]


def _line_vals(context, line):
    vals = {
        "product_id": context.products[line.code].id,
        "product_uom_qty": line.quantity,
    }
    return {**vals, "product_uom": context.dozen.id} if line.in_dozens else vals


def _utc(day, minute, zone):
    local = datetime.combine(day, time.min) + timedelta(minutes=minute)
    # The clock may not be there yet on the last day.
    stamp = pytz.timezone(zone).localize(local).astimezone(pytz.utc).replace(tzinfo=None)
    return min(stamp, datetime.utcnow().replace(microsecond=0))


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
