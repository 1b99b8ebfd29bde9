"""Forecasts by means of recent days, with and without a weekday profile.

    moving average    mean of the last 7 known days, the same for every day ahead (the base method)
    long mean         mean of the last 90 days
    weekday × mean    level of the last 56 days times the weekday's share
    seasonal naive    the day of the last week again (only to compare with, and to scale MASE)

Levels are sums of sales over sums of weekday profile ("exposure"), so incomplete weeks and unknown
days do not tilt them. All take products × days at once.
"""

import numpy as np

from ..core.demand_panel import weekday_of
from ..core.weekdays import exposure_of, weekday_profile

BASE_DAYS = 7
LEVEL_DAYS = 56
LONG_DAYS = 90


def recent_mean(panel, days):
    """Mean of the last known days: what was out of stock last week is known from the weeks before.

    panel : DemandPanel; days : int >= 1.
    Returns (n,) float64, zero for products without a known day.
    """
    used, part = _latest(panel, days)
    counts = used.sum(axis=1)
    return (panel.sold[:, part] * used).sum(axis=1) / np.maximum(counts, 1)


def _latest(panel, days):
    """(n, k) bool, the last days that count, and the columns they are of."""
    if panel.known is None:
        part = slice(max(panel.length - days, 0), None)
        return panel.mask[:, part], part
    return panel.latest(days), slice(None)


def moving_average(panel, horizon, days=BASE_DAYS):
    """The base method: mean of the last 7 days for each day ahead. Returns (n, horizon)."""
    return np.repeat(recent_mean(panel, days)[:, None], horizon, axis=1)


def long_mean(panel, horizon):
    """Mean of the last 90 days for each day ahead. Returns (n, horizon)."""
    return moving_average(panel, horizon, LONG_DAYS)


def seasonal_naive(panel, horizon):
    """The last seven days again and again. Returns (n, horizon); unknown days count as zero."""
    week = panel.sold[:, -7:]
    return week[:, np.arange(horizon) % week.shape[1]]


def spread(level, panel, profile, horizon):
    """Level (n,) or (n, horizon) times the weekday factors of the days ahead: (n, horizon)."""
    factors = profile[:, weekday_of(panel.ahead(horizon))]
    return (level[:, None] if level.ndim == 1 else level) * factors


def weekday_level(panel, profile, days=LEVEL_DAYS):
    """(n,) level of the last days, weekdays taken out."""
    used, part = _latest(panel, days)
    exposure = (exposure_of(panel, profile)[:, part] * used).sum(axis=1)
    sums = (panel.sold[:, part] * used).sum(axis=1)
    return np.divide(sums, exposure, out=np.zeros(len(panel)), where=exposure > 0)


def weekday_mean(panel, horizon, profile=None, days=LEVEL_DAYS):
    """Weekday profile × level of the last 56 days.

    profile : (n, 7), default ``weekday_profile(panel)``. Returns (n, horizon).
    """
    profile = weekday_profile(panel) if profile is None else profile
    return spread(weekday_level(panel, profile, days), panel, profile, horizon)
