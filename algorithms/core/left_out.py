"""Days that somebody has explained and wants left out, and days that teach less than was sold."""

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class LeftOut:
    """Days that are unknown: (first, last) datetime64[D], inclusive, each.

    products : {product id: list of days}; categories : {category id: list of days};
    everything : list of days.
    """

    products: dict
    categories: dict
    everything: list

    def __bool__(self):
        return bool(self.products or self.categories or self.everything)


def left_out_days(left_out, product_ids, categories, days):
    """Which days of which products are left out.

    product_ids, categories : (n,) int; days : (t,) datetime64[D].
    Returns (n, t) bool.
    """
    marked = np.zeros((len(product_ids), len(days)), bool)
    for ids, spans in ((product_ids, left_out.products), (categories, left_out.categories)):
        for key, stretches in spans.items():
            marked |= (np.asarray(ids) == key)[:, None] & covered(stretches, days)
    return marked | covered(left_out.everything, days)


def covered(stretches, days):
    """(t,) bool, days within any of the stretches, each of a first and a last date-like day."""
    marked = np.zeros(len(days), bool)
    for first, last in stretches:
        marked |= (days >= np.datetime64(first, "D")) & (days <= np.datetime64(last, "D"))
    return marked


@dataclass(frozen=True)
class Ceiling:
    """What a product is thought to have sold at most on some days.

    product_id : int; first, last : datetime64[D], inclusive; most : float > 0, their sum, in the
    product's own unit.
    """

    product_id: int
    first: np.datetime64
    last: np.datetime64
    most: float


def damped(panel, ceilings):
    """The DemandPanel with what exceeds ceilings taken off, in proportion to the days.

    ceilings : list of Ceiling; those of other products and other days change nothing. A panel of a
    part of the sales (a warehouse) is held to the ceiling of all.
    """
    quantity = panel.quantity.copy()
    rows = {product: row for row, product in enumerate(panel.product_ids.tolist())}
    for ceiling in ceilings:
        row = rows.get(ceiling.product_id)
        if row is None:
            continue
        days = (panel.days >= ceiling.first) & (panel.days <= ceiling.last)
        sold = quantity[row, days].sum()
        if sold > ceiling.most:
            quantity[row, days] *= ceiling.most / sold
    return replace(panel, quantity=quantity)


def without_days(panel, marked):
    """The DemandPanel with some days unknown. marked : (n, t) bool."""
    known = ~marked if panel.known is None else panel.known & ~marked
    return replace(panel, known=known)
