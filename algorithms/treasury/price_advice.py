"""Discounts that a class of clients accepted for a product: what was, not what would be.

Of decided quotation lines, by product and class of client: quartiles of the discounts that were
accepted, and the share won by band of discount, drawn towards that of all lines in the group. Where
a product and class have too few cases those of the category and class speak, and where these are
few too nothing is said. Nobody knows from this what a discount does to demand: who bargains gets
discounts, and big orders do. There is no elasticity without a price experiment.
"""

from dataclasses import dataclass

import numpy as np

from ..core.lookup import pair_key, places

LEAST_WON, LEAST_DECIDED = 8, 20
LEAST_IN_BAND = 5
PRIOR_LINES = 10.0
# Edges of bands of discount, 0..1: none, to 5, 10, 20, above.
BANDS = (0.0005, 0.05, 0.10, 0.20)
PRODUCT, CATEGORY, SILENT = range(3)
LEVELS = ("product", "category", "silent")


@dataclass(frozen=True)
class QuotedLines:
    """Lines of quotations that were decided, as parallel arrays (n,).

    product, category, group : int64, ``sale_order_line.product_id``, its category, the client's
    class (gold, silver, bronze) or pricelist; discount : float64, 1 − net unit price / list price,
    below 0 for a surcharge; won : bool, the order was confirmed.
    """

    product: np.ndarray
    category: np.ndarray
    group: np.ndarray
    discount: np.ndarray
    won: np.ndarray


@dataclass(frozen=True)
class PriceAdvice:
    """Of m questions.

    level : (m,) int64, of LEVELS. won, decided : (m,) int64, lines of that level, of the product's
    where it is silent: too few where they are below ``LEAST_WON`` or ``LEAST_DECIDED``.
    low, median, high : (m,) float64, quartiles of accepted discounts, NaN where silent.
    win_rate : (m, 5) float64, of each band, NaN where silent or below 5 lines.
    most : (m,) float64, the largest discount at which the price is not below cost, below 0 where
    the list price is, NaN where no cost is given; capped : (m,) bool, whether it cut a quartile.
    """

    level: np.ndarray
    won: np.ndarray
    decided: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray
    win_rate: np.ndarray
    most: np.ndarray
    capped: np.ndarray


def price_advice(lines, product, category, group, list_price=None, cost=None):
    """Advice for products offered to classes of clients.

    lines : QuotedLines; product, category, group : (m,) int64; list_price, cost : (m,) float64 in
    one currency and unit, cost NaN where it is unknown or may not be seen. Returns PriceAdvice.
    """
    product, category, group = (np.asarray(x, np.int64) for x in (product, category, group))
    size = len(product)
    of_product = _Table(pair_key(lines.product, lines.group), lines)
    of_category = _Table(pair_key(lines.category, lines.group), lines)
    first, second = (
        of_product.at(pair_key(product, group)),
        of_category.at(pair_key(category, group)),
    )
    level = np.where(
        of_product.enough(first),
        PRODUCT,
        np.where(of_category.enough(second), CATEGORY, SILENT),
    )
    quartiles, rates = np.full((size, 3), np.nan), np.full((size, len(BANDS) + 1), np.nan)
    counts = np.zeros((size, 2), np.int64)
    for row in range(size):
        by_category = level[row] == CATEGORY
        table, at = (of_category, second[row]) if by_category else (of_product, first[row])
        counts[row] = table.counts(at)
        if level[row] != SILENT:
            quartiles[row], rates[row] = table.quartiles(at), table.rates(at)
    most = np.full(size, np.nan)
    if cost is not None:
        with np.errstate(divide="ignore", invalid="ignore"):
            price = np.where(np.asarray(list_price) > 0, list_price, np.nan)
            most = 1 - np.asarray(cost, np.float64) / price
    cut = np.where(np.isnan(quartiles), np.nan, np.fmin(quartiles, most[:, None]))
    capped = (cut < quartiles).any(axis=1)
    return PriceAdvice(level, counts[:, 0], counts[:, 1], *cut.T, rates, most, capped)


class _Table:
    """Lines by key."""

    def __init__(self, key, lines):
        order = np.argsort(key, kind="stable")
        self.keys, self.start = np.unique(key[order], return_index=True)
        self.end = np.append(self.start[1:], len(key))
        self.discount, self.won = lines.discount[order], lines.won[order].astype(bool)
        self.wins = np.concatenate([[0], np.cumsum(self.won)])

    def at(self, key):
        return places(self.keys, key)

    def enough(self, at):
        if not len(self.keys):
            return np.zeros(len(at), bool)
        won = self.wins[self.end[at]] - self.wins[self.start[at]]
        decided = self.end[at] - self.start[at]
        return (at >= 0) & (won >= LEAST_WON) & (decided >= LEAST_DECIDED)

    def counts(self, at):
        """(won, decided)."""
        if at < 0:
            return 0, 0
        rows = slice(self.start[at], self.end[at])
        return int(self.won[rows].sum()), rows.stop - rows.start

    def quartiles(self, at):
        rows = slice(self.start[at], self.end[at])
        return np.quantile(self.discount[rows][self.won[rows]], [0.25, 0.5, 0.75])

    def rates(self, at):
        """(5,) share won by band, drawn towards that of all bands."""
        rows = slice(self.start[at], self.end[at])
        band = np.digitize(self.discount[rows], BANDS)
        decided = np.bincount(band, minlength=len(BANDS) + 1)
        won = np.bincount(band, self.won[rows], len(BANDS) + 1)
        rate = (won + PRIOR_LINES * self.won[rows].mean()) / (decided + PRIOR_LINES)
        return np.where(decided >= LEAST_IN_BAND, rate, np.nan)
