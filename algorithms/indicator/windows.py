"""Sliding windows over days, in time linear in the rows.

Days are int64, counted from 1970-01-01; ``first`` and ``last`` are the days, inclusive, on which a
window ends, ``window`` is its length in days.
"""

import numpy as np


def by_day(day, values, first, last):
    """Sums of rows by day: (last − first + 1,) float64; days outside are left out."""
    inside = (day >= first) & (day <= last)
    return np.bincount(day[inside] - first, values[inside], minlength=last - first + 1)


def count_covered(entity, start, end, first, last):
    """How many different entities have an interval that holds each day.

    entity : (n,) int64; start, end : (n,) int64, first and last day of an interval; one that ends
    before it starts holds no day. Returns (last − first + 1,) int64.
    """
    kept = (end >= start) & (end >= first) & (start <= last)
    entity, start, end = entity[kept], start[kept], end[kept]
    order = np.lexsort((start, entity))
    entity, start, end = entity[order], start[order], end[order]
    # Days that an earlier interval of the same entity holds already are cut off.
    reached = _running_most(entity, end)
    same = np.r_[False, entity[1:] == entity[:-1]]
    start = np.where(same, np.maximum(start, np.r_[0, reached[:-1]] + 1), start)
    kept = (end >= start) & (start <= last)
    change = np.zeros(last - first + 2, np.int64)
    np.add.at(change, np.clip(start[kept] - first, 0, None), 1)
    np.add.at(change, np.clip(end[kept] - first + 1, None, last - first + 1), -1)
    return np.cumsum(change)[:-1]


def count_different(entity, day, first, last, window):
    """How many different entities are there in the window that ends on each day: (t,) int64.

    entity, day : (n,) int64, in any order and as often as they come.
    """
    return count_covered(entity, day, day + window - 1, first, last)


def medians(day, value, first, last, window):
    """Median of the values of the window that ends on each day, NaN without any, and their number.

    day : (n,) int64; value : (n,) float64. Returns ((t,) float64, (t,) int64).
    """
    order = np.argsort(day, kind="stable")
    day, value = day[order], value[order]
    ends = np.arange(first, last + 1)
    start = np.searchsorted(day, ends - window, side="right")
    stop = np.searchsorted(day, ends, side="right")
    found = [np.median(value[a:b]) if b > a else np.nan for a, b in zip(start, stop, strict=True)]
    return np.array(found, np.float64), stop - start


def largest(entity, day, amount, first, last, window, most):
    """What the ``most`` largest entities have in the window that ends on each day, and all.

    entity, day : (n,) int64; amount : (n,) float64, may be below zero. Entities below zero in a
    window are none of the largest. Returns ((t,) float64, (t,) float64).
    """
    names, row = np.unique(entity, return_inverse=True)
    days = last - first + 1
    top, total = np.zeros(days), np.zeros(days)
    if not len(names):
        return top, total
    opened = first - window + 1
    inside = (day >= opened) & (day <= last)
    length = last - opened + 1
    cell = row[inside] * length + day[inside] - opened
    sums = np.bincount(cell, amount[inside], minlength=len(names) * length)
    sums = np.cumsum(sums.reshape(len(names), length), axis=1)
    for number in range(days):
        stop = number + window
        part = sums[:, stop - 1] - (sums[:, stop - window - 1] if stop > window else 0.0)
        total[number] = part.sum()
        best = part if len(part) <= most else np.partition(part, -most)[-most:]
        top[number] = best[best > 0].sum()
    return top, total


def _running_most(entity, end):
    """Largest end so far of each entity; entity ascending."""
    # Shifted so that each entity begins above all before it.
    span = int(end.max() - end.min()) + 1 if len(end) else 1
    place = np.cumsum(np.r_[False, entity[1:] != entity[:-1]]) if len(entity) else entity
    shift = place.astype(np.int64) * span
    return np.maximum.accumulate(end + shift) - shift
