"""Daily demand of many products on one time axis: what every forecasting method reads.

A day without a sale is a zero from the product's first sale on and unknown before it: nobody could
have bought what was not offered. Days that a caller marks as unknown (no stock) are left out in the
same way. Refunds are deducted on their day. Where a day ends below zero, the rest is taken from the
latest earlier days that sold something: the sum of the window stays right and no day is negative.
What then is left over belongs to sales before the window; it is dropped and reported in
``unmatched``.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from .exceptions import BadQuantityError

DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class DemandPanel:
    """Demand of n products on t consecutive days, the last of which is the last finished day.

    product_ids : (n,) int64, ascending.
    days : (t,) datetime64[D], consecutive.
    quantity : (n, t) float64 >= 0, in the product's own unit.
    first : (n,) int64, column of the first known day: 0 for products older than the window, t for
        products that never sold.
    price : (n, t) float64, NaN where unknown; or None.
    known : (n, t) bool, False on days that say nothing (no stock); None where all do.
    unmatched : (n,) float64 >= 0, refunds that no sale of the window stands against.
    """

    product_ids: np.ndarray
    days: np.ndarray
    quantity: np.ndarray
    first: np.ndarray
    price: np.ndarray | None = None
    known: np.ndarray | None = None
    unmatched: np.ndarray | None = None

    def __len__(self):
        return len(self.product_ids)

    @property
    def length(self):
        """Number of days."""
        return len(self.days)

    @cached_property
    def mask(self):
        """(n, t) bool, the days that count."""
        mask = np.arange(self.length) >= self.first[:, None]
        return mask if self.known is None else mask & self.known

    @cached_property
    def sold(self):
        """(n, t) float64, quantity with zeros on days that do not count."""
        return np.where(self.mask, self.quantity, 0.0)

    def latest(self, days):
        """(n, t) bool, the last ``days`` days that count of each product, however old they are."""
        counted = np.cumsum(self.mask[:, ::-1], axis=1)[:, ::-1]
        return self.mask & (counted <= days)

    def filled(self):
        """The panel with the mean of the known days on the others; for what needs every day."""
        if self.known is None:
            return self
        count = np.maximum(self.mask.sum(axis=1), 1)
        mean = self.sold.sum(axis=1) / count
        quantity = np.where(self.mask, self.quantity, mean[:, None])
        return replace(self, quantity=quantity, known=None)

    @cached_property
    def weekday(self):
        """(t,) int64, 0 for Monday."""
        return weekday_of(self.days)

    def ahead(self, horizon):
        """(horizon,) datetime64[D], the days after the last."""
        return self.days[-1] + DAY * np.arange(1, horizon + 1)

    def until(self, column):
        """The panel as it was known when the days before ``column`` had passed."""
        return replace(
            self,
            days=self.days[:column],
            quantity=self.quantity[:, :column],
            first=np.minimum(self.first, column),
            price=None if self.price is None else self.price[:, :column],
            known=None if self.known is None else self.known[:, :column],
        )

    def last(self, days):
        """The panel of its last ``days`` days, or itself where it is no longer than that."""
        if self.length <= days:
            return self
        start = self.length - days
        return replace(
            self,
            days=self.days[start:],
            quantity=self.quantity[:, start:],
            first=np.maximum(self.first - start, 0),
            price=None if self.price is None else self.price[:, start:],
            known=None if self.known is None else self.known[:, start:],
        )

    def take(self, rows):
        """The panel of some products. rows : index, mask or slice."""
        names = ("product_ids", "quantity", "first", "price", "known", "unmatched")
        parts = {name: getattr(self, name) for name in names}
        return replace(
            self, **{name: None if part is None else part[rows] for name, part in parts.items()}
        )


def weekday_of(days):
    """0 for Monday. 1970-01-01 was a Thursday."""
    return (days.astype("datetime64[D]").astype(np.int64) + 3) % 7


def demand_panel(lines, last_day, window, product_ids=None, history_known_from=None):
    """Build a DemandPanel from order lines or sums of days.

    lines : DataFrame with product_id (int), date (anything datetime64), quantity (float, refunds
        negative) and optionally price (float, NaN where unknown). Other days than those of the
        window are left out, so a date in the future has no effect.
    last_day : date-like, the last finished day, which is the last of the window.
    window : int >= 1, days.
    product_ids : iterable of int, rows to make; default those of the lines in the window.
    history_known_from : mapping or Series product_id → date of its first sale ever. A product with
        an earlier date than the window counts from the window's first day. Others, and all when it
        is not given, count from their first sale in the window.
    Returns DemandPanel. Raises BadQuantityError for NaN or infinite quantities and infinite prices.
    """
    last = np.datetime64(pd.Timestamp(last_day), "D")
    days = last - DAY * np.arange(window - 1, -1, -1)
    product = lines["product_id"].to_numpy(np.int64)
    day = lines["date"].to_numpy().astype("datetime64[D]")
    quantity = lines["quantity"].to_numpy(np.float64)
    price = lines["price"].to_numpy(np.float64) if "price" in lines else None
    _refuse(product, day, quantity, ~np.isfinite(quantity))
    if price is not None:
        _refuse(product, day, price, np.isinf(price))
    column = (day - days[0]).astype(np.int64)
    inside = (column >= 0) & (column < window) & ~np.isnat(day)
    ids = np.unique(product[inside] if product_ids is None else np.asarray(product_ids, np.int64))
    if product_ids is not None:
        inside &= np.isin(product, ids)
    row = np.searchsorted(ids, product[inside])
    cell = row * window + column[inside]
    shape, size = (len(ids), window), len(ids) * window
    quantity = quantity[inside]
    sums = np.bincount(cell, quantity, size).reshape(shape)
    sold = np.bincount(cell, quantity > 0, size).reshape(shape) > 0
    first = np.where(sold.any(axis=1), sold.argmax(axis=1), window)
    if history_known_from is not None:
        first = np.minimum(first, _first_columns(history_known_from, ids, days, window))
    sums, unmatched = _carry_back(sums)
    return DemandPanel(
        product_ids=ids,
        days=days,
        quantity=sums,
        first=first,
        price=None if price is None else _mean_price(cell, quantity, price[inside], shape),
        unmatched=unmatched,
    )


def _refuse(product, day, value, bad):
    if bad.any():
        at = int(np.flatnonzero(bad)[0])
        raise BadQuantityError(int(product[at]), str(day[at]), float(value[at]))


def _first_columns(history_known_from, ids, days, window):
    """(n,) columns of first sales that lie before the window or in it; ``window`` where unknown."""
    dates = pd.to_datetime(pd.Series(history_known_from)).reindex(ids).to_numpy()
    dates = dates.astype("datetime64[D]")
    columns = (dates - days[0]).astype(np.int64)
    return np.where(np.isnat(dates), window, np.clip(columns, 0, window))


def _carry_back(sums):
    """Take negative days from earlier ones: ((n, t) sums >= 0, (n,) what no sale stood against)."""
    unmatched = np.zeros(len(sums))
    rows = np.flatnonzero((sums < 0).any(axis=1))
    part = sums[rows]
    owed = np.zeros(len(rows))
    for column in range(sums.shape[1] - 1, -1, -1):
        net = part[:, column] + owed
        part[:, column] = np.maximum(net, 0.0)
        owed = np.minimum(net, 0.0)
    sums[rows] = part
    unmatched[rows] = -owed
    return sums, unmatched


def _mean_price(cell, quantity, price, shape):
    """(n, t) mean price of the sales of a day, by quantity."""
    used = (quantity > 0) & ~np.isnan(price)
    size = shape[0] * shape[1]
    total = np.bincount(cell[used], quantity[used] * price[used], size)
    weight = np.bincount(cell[used], quantity[used], size)
    unknown = np.full(size, np.nan)
    return np.divide(total, weight, out=unknown, where=weight > 0).reshape(shape)
