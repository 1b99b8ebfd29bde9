"""Days without stock say nothing about demand: they are unknown, not zero.

A day is *out* when it starts and ends with nothing on hand (zero or less). Out and without a sale
it is unknown; with one it is known, for the customer's wish is there to see. A day that starts or
ends with stock is known, and so is one whose stock is not known: nobody can tell that it was out.

    starts with   the on-hand quantity at the end of the day before; ``opening`` before the first

Products that sell without stock (made or bought to order, dropshipped, orders taken for later) are
the exception: their days without a sale are zeros like any other. Leaving them out would keep the
days with a sale alone and raise the average many times. A product is one of them where at least
half as large a share of its out days saw a sale as of its other days; so is one that sold and never
had stock. Their days are all known, and the result says so.

Limits: a day that sells out at noon counts as a whole day, so demand of days that end empty is a
lower bound. Where only some orders come in without stock (less than half as often), the out days
with a sale are kept and those without are not, which raises the average a little.
"""

from dataclasses import dataclass, replace

import numpy as np

# Share of the usual frequency of sales from which a product sells regardless of stock.
REGARDLESS = 0.5


@dataclass(frozen=True)
class StockOuts:
    """What stock says of n products on t days.

    known : (n, t) bool, False on days without stock and without a sale: DemandPanel's ``known``.
    out : (n, t) bool, days that start and end without stock.
    days_out : (n,) int64, their number. regardless : (n,) bool, sells without stock: all known.
    """

    known: np.ndarray
    out: np.ndarray
    days_out: np.ndarray
    regardless: np.ndarray


def stock_outs(on_hand, sales, opening=None, counts=None):
    """Days without stock.

    on_hand : (n, t) float, units at the end of each day, NaN where unknown, may be negative.
    sales : (n, t) float, units demanded each day, > 0 where something was.
    opening : (n,) float, units before the first day; None or NaN where unknown.
    counts : (n, t) bool, days since the product is sold at all; None for all. Others are no
        evidence of selling regardless of stock.
    Returns StockOuts.
    """
    on_hand = np.asarray(on_hand, np.float64)
    empty = on_hand <= 0
    before = np.zeros(len(on_hand), bool) if opening is None else np.asarray(opening) <= 0
    out = empty.copy()
    if out.shape[1]:
        out[:, 0] &= before
        out[:, 1:] &= empty[:, :-1]
    sale = np.asarray(sales) > 0
    used = np.ones_like(out) if counts is None else counts
    lacking, other = out & used, ~out & used
    share_out = _share(sale, lacking)
    regardless = (share_out > 0) & (share_out >= REGARDLESS * _share(sale, other))
    return StockOuts(
        known=~out | sale | regardless[:, None],
        out=out,
        days_out=out.sum(axis=1),
        regardless=regardless,
    )


def _share(sale, days):
    """(n,) share of the days with a sale; zero without days."""
    return (sale & days).sum(axis=1) / np.maximum(days.sum(axis=1), 1)


def without_stock_outs(panel, on_hand, opening=None):
    """The panel with its days without stock unknown, and the StockOuts that say which.

    panel : DemandPanel; on_hand, opening : as in ``stock_outs``, of the panel's products and days.
    """
    found = stock_outs(on_hand, panel.sold, opening, panel.mask)
    known = found.known if panel.known is None else panel.known & found.known
    return replace(panel, known=known), found
