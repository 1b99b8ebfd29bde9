"""Average daily demand and its error: what reorder points are made of.

    average   units sold on the last known days over their number: a day without stock is neither a
              zero nor a day, and the days before it stand for it. What has been out of stock for
              two months is the last that may be forgotten
    spread    standard deviation of these days, n − 1: the error of the average as a forecast of a
              single day, weekdays included

A product with fewer than ``LEAST_DAYS`` known days has no average: NaN, no number from nowhere.
"""

import numpy as np

LEAST_DAYS = 14
# Products at once: what stays in the processor's cache needs no new memory.
BLOCK = 512


def average_daily_demand(panel, days=60, least_days=LEAST_DAYS):
    """Mean and standard deviation of demand a day.

    panel : DemandPanel, longer than ``days`` where it has unknown days; days : int, how many of the
        last known days count.
    Returns two (n,) float64 >= 0, units a day. NaN with fewer than ``least_days`` known days, but
    zero for products that never sold.
    """
    recent = panel.last(days) if panel.known is None else panel
    used = recent.mask if panel.known is None else panel.latest(days)
    count = recent.length - recent.first if panel.known is None else used.sum(axis=1)
    mean = np.einsum("ij,ij->i", recent.sold, used) / np.maximum(count, 1)
    squares = np.empty(len(recent))
    for start in range(0, len(recent), BLOCK):
        rows = slice(start, start + BLOCK)
        apart = (recent.sold[rows] - mean[rows, None]) * used[rows]
        np.einsum("ij,ij->i", apart, apart, out=squares[rows])
    spread = np.sqrt(squares / np.maximum(count - 1, 1))
    never = panel.first >= panel.length
    few = (count < max(least_days, 1)) & ~never
    return np.where(few, np.nan, mean), np.where(few, np.nan, spread)


def trailing_demand(panel, days=60, least_days=LEAST_DAYS):
    """What ``average_daily_demand`` would have said on the morning of each day of the past.

    Column j knows the days before j alone. Returns two (n, t) float64, mean and standard deviation;
    NaN with fewer than ``least_days`` known days. Memory: eight arrays of that size.
    """
    seen = np.zeros((len(panel), panel.length + 1), np.int64)
    np.cumsum(panel.mask, axis=1, out=seen[:, 1:])
    until = seen[:, :-1]
    since = np.maximum(until - days, 0)
    count = until - since
    mean = _sums_between(panel.sold, panel.mask, since, until) / np.maximum(count, 1)
    squares = _sums_between(panel.sold**2, panel.mask, since, until) - count * mean**2
    # Differences of long sums leave a last bit below zero for constant demand.
    spread = np.sqrt(np.maximum(squares, 0.0) / np.maximum(count - 1, 1))
    few = count < max(least_days, 1)
    return np.where(few, np.nan, mean), np.where(few, np.nan, spread)


def _sums_between(values, mask, since, until):
    """(n, t) sums of the known values from the ``since``-th to before the ``until``-th of each row.

    values : (n, t), zero where mask is False; since, until : (n, t) numbers of known days.
    """
    sums = np.zeros((values.shape[0], values.shape[1] + 1))
    order = np.argsort(~mask, axis=1, kind="stable")
    np.cumsum(np.take_along_axis(values, order, axis=1), axis=1, out=sums[:, 1:])
    return np.take_along_axis(sums, until, axis=1) - np.take_along_axis(sums, since, axis=1)
