"""Days on which a whole company sold nothing although it usually does: closed, not without demand.

A stretch of days without any order of the company is a closure where chance would hardly make it:
with m the mean orders of a day, of the sixteen same weekdays that lie nearest and outside the
stretch, and only of weekdays on which at least half of these had an order,

    exp(−Σ m over the days of the stretch) < 1e-6      (Poisson, some hundred stretches a year)

so a shop with twenty orders a day is found closed after a day, one with two after a week, and one
with an order a week hardly ever. Sundays of a shop that never opens on Sundays are no closure.
Days up to today count: a shop may still be closed.
"""

import numpy as np

from .demand_panel import weekday_of

NEAREST = 16
USUALLY = 0.5
UNLIKELY = 1e-6
# With less than this there is no "usually".
LEAST_DAYS = 14


def closed_stretches(orders, days):
    """First and last day of each closure.

    orders : (t,) float, orders of the whole company each day; days : (t,) datetime64[D],
    consecutive, from the company's first order on or later.
    Returns list of (first, last) datetime64[D], ascending.
    """
    orders = np.asarray(orders, np.float64)
    if len(days) < LEAST_DAYS or not orders.any():
        return []
    weekday, found = weekday_of(days), []
    for start, end in _runs(orders == 0):
        usual = np.array([_usual(orders, weekday, at, start, end) for at in range(start, end)])
        missed = np.flatnonzero(usual > 0)
        if np.exp(-usual.sum()) < UNLIKELY:
            found.append((days[start + missed[0]], days[start + missed[-1]]))
    return found


def _usual(orders, weekday, at, start, end):
    """Mean orders of a day's weekday around a stretch; zero where it mostly has none."""
    same = np.flatnonzero(weekday == weekday[at])
    same = same[(same < start) | (same >= end)]
    near = orders[same[np.argsort(np.abs(same - at), kind="stable")[:NEAREST]]]
    return float(near.mean()) if len(near) and (near > 0).mean() >= USUALLY else 0.0


def _runs(flags):
    """(start, end) of each stretch of True, end exclusive."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
