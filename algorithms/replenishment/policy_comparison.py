"""Both reorder points on the company's own past: what would each have served, with how much stock?

Each morning of the past gets the reorder points that would have been computed on it: average and
spread of the known days of the last 60 before it (by days and by service level, see reorder_point).
Both are replayed on the same demand and the same lead times (see stock_simulation), filling up to
the reorder point, as the advice does, or to ``cycle_days`` of demand above it.

    start        a product's first day with 28 known days before it; its stock then is what the
                 policy fills up to, in whole packages. Products without such a day take no part:
                 NaN, zero days
    lead times   the mean where the deviation is zero, else drawn for each order from a gamma
                 distribution of that mean and deviation; orders may overtake each other
    demand       days without stock are filled with the product's other days, at random

Limits: demand is censored (sales, no wishes), lost sales are assumed where real customers may wait,
and averages of 60 days stand for the forecasts: it ranks the two policies and tells the size of the
difference, it does not promise next year's fill rate. All stock is on the shelf at the start, so
the first lead time has more mean stock than the rest.
"""

from dataclasses import dataclass

import numpy as np

from .advice import order_quantity
from .daily_demand import trailing_demand
from .reorder_point import (
    GAMMA,
    LEAD_TIME_DAYS,
    SAFETY_DAYS,
    SERVICE_LEVEL,
    safety_stock,
    used_lead_time,
)
from .stock_simulation import Policy, Replay, filled_demand, replay

WINDOW_DAYS = 60
LEAST_DAYS = 28


@dataclass(frozen=True)
class PolicyComparison:
    """by_days, by_service : Replay of n products under either reorder point.

    rop_days, rop_service : (n,) float64, mean level over the days that count, units; NaN without.
    start : (n,) int64, column of the first day that counts, t for none.
    filled : (n,) int64, days without stock among them whose demand was filled in.
    """

    by_days: Replay
    by_service: Replay
    rop_days: np.ndarray
    rop_service: np.ndarray
    start: np.ndarray
    filled: np.ndarray


@dataclass(frozen=True)
class Supply:
    """How n products are supplied; each figure (n,) or one for all.

    lead_time, lead_time_sd : float, days, mean and deviation; NaN as in reorder_point.
    minimum, multiple : float, units, as in ``order_quantity``.
    """

    lead_time: np.ndarray | float
    lead_time_sd: np.ndarray | float = 0.0
    minimum: np.ndarray | float = 0.0
    multiple: np.ndarray | float = 0.0


@dataclass(frozen=True)
class PolicySettings:
    """What a company decides about its reorder points.

    safety_days, cycle_days : float or (n,), days. default_lead_time : float, days.
    service_level, distribution : as in ``reorder_points_by_service``.
    """

    safety_days: np.ndarray | float = SAFETY_DAYS
    service_level: float = SERVICE_LEVEL
    default_lead_time: float = LEAD_TIME_DAYS
    cycle_days: np.ndarray | float = 0.0
    distribution: str = GAMMA


def compare_policies(panel, supply, settings, rng, actual=None):
    """Replay both reorder points over the panel's days.

    panel : DemandPanel, best a year; its ``known`` marks the days without stock.
    supply : Supply of its products; settings : PolicySettings.
    rng : numpy Generator, fills days and draws lead times. actual : ((n,), (n,)) float, mean and
    deviation of what orders really take, where that is not what the levels go by.
    Returns PolicyComparison. Needs 14 arrays of (n, t) float64: pass a large catalogue in parts.
    """
    count = len(panel)
    lead, _defaulted = used_lead_time(supply.lead_time, settings.default_lead_time, count)
    deviation = np.nan_to_num(_column(supply.lead_time_sd, count)[:, 0], nan=0.0)
    mean, spread = trailing_demand(panel, WINDOW_DAYS, LEAST_DAYS)
    known = ~np.isnan(mean)
    start = np.where(known.any(axis=1), known.argmax(axis=1), panel.length)
    mean, spread = _held(mean, known), _held(spread, known)
    demand = filled_demand(panel, rng)
    actual = drawn_lead_times(*(actual or (lead, deviation)), panel.length, rng)
    by_days = mean * (lead + settings.safety_days)[:, None]
    column = (lead[:, None], deviation[:, None])
    service = (settings.service_level, WINDOW_DAYS, settings.distribution)
    safety = safety_stock(mean, spread, *column, *service)
    by_service = mean * lead[:, None] + safety
    extra = mean * _column(settings.cycle_days, count)
    first = np.minimum(start, max(panel.length - 1, 0))
    counted = np.arange(panel.length) >= start[:, None]
    replays, levels = [], []
    for rop in (by_days, by_service):
        fill_to = rop + extra
        initial = fill_to[np.arange(count), first] if panel.length else np.zeros(count)
        initial = order_quantity(np.nan_to_num(initial, nan=0.0), multiple=supply.multiple)
        policy = Policy(rop, fill_to, minimum=supply.minimum, multiple=supply.multiple)
        replays.append(replay(demand, actual, policy, initial, start))
        levels.append(_mean_level(rop, counted))
    filled = (counted & ~panel.mask).sum(axis=1)
    return PolicyComparison(*replays, *levels, start, filled)


def compare_each(tasks):
    """PolicyComparison of each of some tasks, tuples of what ``compare_policies`` takes."""
    return [compare_policies(*task) for task in tasks]


def drawn_lead_times(mean, deviation, length, rng):
    """Lead times of orders placed on each day, gamma of given mean and deviation.

    mean, deviation : (n,) float >= 0, days. Returns (n, length) float64, whole days where drawn.
    """
    result = np.repeat(np.asarray(mean, np.float64)[:, None], length, axis=1)
    rows = np.flatnonzero((deviation > 0) & (mean > 0))
    shape = np.square(mean[rows] / deviation[rows])[:, None]
    scale = (np.square(deviation[rows]) / mean[rows])[:, None]
    # The nearest whole day keeps the mean; the replay would round up.
    result[rows] = rng.gamma(shape, scale, (len(rows), length)).round()
    return result


def _column(values, count):
    return np.broadcast_to(np.asarray(values, np.float64), (count,))[:, None]


def _held(values, known):
    """(n, t) values with the last known one where a day has none; NaN before the first."""
    last = np.maximum.accumulate(np.where(known, np.arange(values.shape[1]), 0), axis=1)
    return np.take_along_axis(values, last, axis=1)


def _mean_level(levels, counted):
    """(n,) mean over the days that count."""
    days = counted.sum(axis=1)
    sums = np.where(counted, levels, 0.0).sum(axis=1)
    return np.divide(sums, days, out=np.full(len(days), np.nan), where=days > 0)
