"""What a customer is about to need again: products bought at a rhythm of the customer's own.

For each customer and product with enough purchases:

    interval    median of the days between one day of purchase and the next
    due         last day of purchase + interval
    quantity    median of what was bought on each of the last days

A product is worth offering from shortly before it is due until the customer has evidently stopped:
a quarter of an interval, at most a week and at least a day, before; three intervals, at least two
weeks, after the last purchase. The score says how much a product speaks for itself on a day:

    score = purchases / (purchases + 2) · timing

where timing rises with the square of the share of the interval that has passed, is one when the
product is due and falls to zero until the offer ends. Medians, because one holiday or one large
order must not change a rhythm.
"""

from dataclasses import dataclass, replace

import numpy as np

from .quantities import medians

SOON_SHARE, SOON_DAYS = 0.25, 7
STOPPED_INTERVALS, LEAST_STOPPED_DAYS = 3.0, 14
# Purchases that count as much as all that is not known of the customer.
PRIOR_PURCHASES = 2.0


@dataclass(frozen=True)
class ReorderTable:
    """A row for each customer and product with a rhythm, by customer, then product.

    customer, product : (n,) int64 ids; purchases : (n,) int64, days with a purchase.
    interval : (n,) float64, days; quantity : (n,) float64, in the product's own unit.
    last, due, offer_from, offer_until : (n,) int64, days since 1970, inclusive.
    """

    customer: np.ndarray
    product: np.ndarray
    purchases: np.ndarray
    interval: np.ndarray
    quantity: np.ndarray
    last: np.ndarray
    due: np.ndarray
    offer_from: np.ndarray
    offer_until: np.ndarray

    def __len__(self):
        return len(self.customer)

    def take(self, rows):
        """Some of the rows; rows : indices or (n,) bool."""
        return replace(self, **{name: getattr(self, name)[rows] for name in self.__annotations__})

    def is_due(self, today):
        """(n,) bool, whether the product is worth offering on a day; today : int or (n,) int."""
        return (self.offer_from <= today) & (today <= self.offer_until)

    def scores(self, today):
        """(n,) float64 in 0..1, what speaks for each row on a day.

        today : int or (n,) int, days since 1970.
        """
        passed = np.maximum(np.asarray(today) - self.last, 0)
        rising = np.minimum(passed / self.interval, 1.0) ** 2
        stays = np.maximum(self.offer_until + 1 - self.last - self.interval, 1.0)
        falling = np.clip((self.offer_until + 1 - np.asarray(today)) / stays, 0.0, 1.0)
        timing = np.where(passed <= self.interval, rising, falling)
        return self.purchases / (self.purchases + PRIOR_PURCHASES) * timing


def reorder_table(baskets, min_purchases=3, recent=8):
    """The rhythm of each customer and product.

    baskets : algorithms.core.baskets.Baskets with days (local ones, where days matter); baskets of
        unknown customers (0) are left out.
    min_purchases : int >= 2, least number of days with a purchase.
    recent : int >= 1, last days with a purchase that the quantity is the median of.
    Returns ReorderTable.
    """
    known = baskets.customer[baskets.basket] != 0
    customer = baskets.customer[baskets.basket[known]]
    product = baskets.product[known]
    day = np.floor(baskets.when[baskets.basket[known]]).astype(np.int64)
    quantity = baskets.quantity[known]
    order = np.lexsort([day, product, customer])
    customer, product, day, quantity = (each[order] for each in (customer, product, day, quantity))
    # One row a day: two orders of one day are one purchase.
    first = _changes(customer, product, day)
    starts = np.flatnonzero(first)
    bought = np.add.reduceat(quantity, starts) if len(starts) else quantity
    customer, product, day = customer[starts], product[starts], day[starts]
    pair_first = _changes(customer, product)
    pair = np.cumsum(pair_first) - 1
    begin = np.flatnonzero(pair_first)
    count = np.diff(np.append(begin, len(day)))
    kept = np.flatnonzero(count >= max(int(min_purchases), 2))
    gaps = np.append(day[1:] - day[:-1], 0).astype(np.float64)
    inner = np.ones(len(day), bool)
    inner[begin[1:] - 1] = False
    inner[-1:] = False
    interval = medians(gaps[inner], pair[inner], len(begin))[kept]
    late = np.arange(len(day)) >= (begin + count - recent)[pair]
    return _table(
        customer=customer[begin][kept],
        product=product[begin][kept],
        purchases=count[kept],
        interval=interval,
        quantity=medians(bought[late], pair[late], len(begin))[kept],
        last=day[begin + count - 1][kept],
    )


def strongest(table, today, most):
    """The best rows of each customer, by score, and their scores scaled to 1 for the best.

    today : int or (n,) int; most : int, rows for each customer; what scores nothing comes last.
    Returns (rows as indices into the table, by customer, then score; (k,) float64 scores).
    """
    scores = table.scores(today)
    order = np.lexsort([table.product, -scores, table.customer])
    starts = np.flatnonzero(_changes(table.customer[order]))
    lengths = np.diff(np.append(starts, len(order)))
    rank = np.arange(len(order)) - np.repeat(starts, lengths)
    best = np.repeat(scores[order[starts]] if len(starts) else scores, lengths)
    kept = rank < most
    return order[kept], scores[order[kept]] / np.maximum(best[kept], np.finfo(float).tiny)


def _table(interval, last, **columns):
    # Never zero: days are distinct, so gaps are one at least.
    due = last + np.maximum(np.round(interval), 1).astype(np.int64)
    soon = np.clip(np.round(SOON_SHARE * interval), 1, SOON_DAYS).astype(np.int64)
    stopped = np.maximum(np.ceil(STOPPED_INTERVALS * interval), LEAST_STOPPED_DAYS)
    return ReorderTable(
        interval=interval,
        last=last,
        due=due,
        # What was bought today is not offered today.
        offer_from=np.maximum(due - soon, last + 1),
        offer_until=last + stopped.astype(np.int64),
        **columns,
    )


def _changes(*columns):
    """(n,) bool, where a row differs from the one before."""
    new = np.ones(len(columns[0]), bool)
    if len(new):
        new[1:] = False
        for column in columns:
            new[1:] |= column[1:] != column[:-1]
    return new
