"""Draws what comes back: orders with negative quantities, and credit notes on invoices."""

from dataclasses import replace

import numpy as np

from .catalog import GOODS
from .demand import weekday
from .orders import DraftLine, is_good
from .planted import ATLAS, KIVU, PLANTED

# Goods come back after so many days, at the earliest and at the latest.
RETURN_DAYS = (4, 14)
WHOLE_SHARE = 0.5


def draw_returns(draws, sales, calendar):
    """Confirmed orders that take back one line of an earlier sale.

    sales : list of Draft.
    calendar : (days,) datetime64[D]; the return lies within it.
    Returns list of Draft.
    """
    latest = calendar[-1] - RETURN_DAYS[1]
    returns = []
    for company in (ATLAS, KIVU):
        candidates = [
            sale
            for sale in sales
            if sale.company == company and sale.state == "sale" and sale.day <= latest
        ]
        chosen = draws.pick_distinct(np.ones(len(candidates)), PLANTED.return_counts[company])
        returns += [_return_of(draws, candidates[place]) for place in chosen]
    return returns


def _return_of(draws, sale):
    first, last = RETURN_DAYS
    day = sale.day + first + int(draws.uniform(1)[0] * (last - first))
    if weekday(day) == 6:  # closed on Sunday
        day += 1
    goods = [line for line in sale.lines if is_good(line.product)]
    line = goods[int(draws.uniform(1)[0] * len(goods))]
    back = DraftLine(line.product, -line.quantity, line.uom)
    return replace(sale, day=day, lines=(back,), returns=sale)


def draw_credit_notes(draws, orders, lines):
    """Lines that are taken back on a credit note, of orders that have no return.

    orders, lines : demo.history.Orders and Lines.
    Returns (line, quantity): (n,) int64 positions of lines and (n,) float64 in their unit.
    """
    chosen = []
    returned = orders.returned_order[orders.returned_order >= 0]
    for company in (ATLAS, KIVU):
        eligible = (orders.state == 0) & (orders.returned_order < 0) & (orders.company == company)
        eligible[returned] = False
        eligible &= orders.day <= orders.day.max() - RETURN_DAYS[1]
        places = draws.pick_distinct(eligible, PLANTED.credit_note_counts[company])
        chosen += [_credited_line(draws, lines, int(order)) for order in np.sort(places)]
    credited = np.array(chosen, np.int64)
    quantity = lines.quantity[credited]
    in_part = (draws.uniform(len(credited)) >= WHOLE_SHARE) & (quantity > 1)
    return credited, np.where(in_part, np.floor(quantity / 2), quantity)


def _credited_line(draws, lines, order):
    places = np.flatnonzero((lines.order == order) & (lines.product < len(GOODS)))
    return places[int(draws.uniform(1)[0] * len(places))]
