"""Quotations that were won and lost: how long they were open, at which discount, by whom.

Orders of the history were quotations for some days; lost ones are added to them, most of clients
who compare prices. Neither changes what was sold.
"""

from datetime import timedelta

import numpy as np

from odoo.tools import SQL

from . import planted
from .timing import past

SEED = 31
# Days from quotation to order, and to a cancellation.
MOST_OPEN, LONGEST = 12, 40


def discount_of(order):
    """Percent of a history.Order, the same each time; none of what takes goods back."""
    if order.lines[0].quantity < 0:
        return 0.0
    rng = np.random.default_rng([SEED, order.day, order.minute, order.customer])
    share = planted.DISCOUNTED_LOST if order.state == "cancel" else planted.DISCOUNTED_WON
    return float(rng.choice(planted.DISCOUNTS)) if rng.random() < share else 0.0


def compares_prices(customer):
    """Whether a client, by its position, compares prices before it orders."""
    return customer % planted.COMPARES_PRICES == 1


def load_quotations(env, company, clients, share, zone, today):
    """Add lost quotations and say when all were made.

    company : res.company; clients : res.partner, by their position; share : of those of a year;
    zone : name of its time zone; today : datetime.date. Returns the lost sale.order.
    """
    rng = np.random.default_rng(SEED)
    won = env["sale.order"].search(
        [("company_id", "=", company.id), ("state", "=", "sale"), ("amount_total", ">", 0)],
        order="id",
    )
    place = {client: number for number, client in enumerate(clients)}
    theirs = won.filtered(lambda order: compares_prices(place.get(order.partner_id, 0)))
    made = []
    # Enough to tell which are won, however few orders there are.
    for _number in range(max(planted.LEAST_LOST, round(planted.LOST_QUOTATIONS * share))):
        from_them = theirs and rng.random() < planted.LOST_BY_THEM
        pool = theirs if from_them else won - theirs
        made.append(_lost_vals(pool[int(rng.integers(len(pool)))], rng, zone, today))
    lost = env["sale.order"].with_company(company).create(made)
    lost.write({"state": "cancel"})
    _date(env, company, rng)
    return lost


def _lost_vals(order, rng, zone, today):
    """The basket of an order once more, asked for on another day."""
    discount = 0.0
    if rng.random() < planted.DISCOUNTED_LOST:
        discount = float(rng.choice(planted.DISCOUNTS))
    day = today - timedelta(days=int(rng.integers(3, 300)))
    return {
        "partner_id": order.partner_id.id,
        "company_id": order.company_id.id,
        "user_id": order.user_id.id,
        "date_order": past(day, int(rng.integers(540, 1050)), zone),
        "order_line": [
            (
                0,
                0,
                {
                    "product_id": line.product_id.id,
                    "product_uom_qty": line.product_uom_qty,
                    "discount": discount,
                },
            )
            for line in order.order_line
            if line.product_uom_qty > 0
        ],
    }


def _date(env, company, rng):
    """Quotations are as old as they would be: Odoo has just made them all. Past the ORM, which
    writes no dates of creation."""
    env.flush_all()
    env.cr.execute(
        "SELECT id, state, date_order FROM sale_order WHERE company_id = %s ORDER BY id",
        [company.id],
    )
    dates = []
    for order, state, moment in env.cr.fetchall():
        days = 0.0
        if state == "sale" and rng.random() > 0.3:
            days = float(rng.integers(1, MOST_OPEN)) + 0.2
        ended = moment + timedelta(days=float(rng.uniform(4, LONGEST)))
        dates.append((order, moment - timedelta(days=days), min(ended, env.cr.now())))
    for table, key in (("sale_order", "id"), ("sale_order_line", "order_id")):
        env.cr.execute(
            SQL(
                """
                UPDATE %(table)s record
                   SET create_date = made.day
                  FROM unnest(%(ids)s::int[], %(days)s::timestamp[]) AS made (id, day)
                 WHERE record.%(key)s = made.id
                """,
                table=SQL.identifier(table),
                key=SQL.identifier(key),
                ids=[row[0] for row in dates],
                days=[row[1] for row in dates],
            )
        )
    # The day of a cancellation, where Odoo's log of changes does not have it.
    env.cr.execute(
        SQL(
            """
            UPDATE sale_order so
               SET write_date = made.day
              FROM unnest(%s::int[], %s::timestamp[]) AS made (id, day)
             WHERE so.id = made.id AND so.state = 'cancel'
            """,
            [row[0] for row in dates],
            [row[2] for row in dates],
        )
    )
    env.invalidate_all()
