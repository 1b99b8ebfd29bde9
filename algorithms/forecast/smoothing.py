"""Exponential smoothing of weekly levels, with and without a damped trend, times the weekday.

Weeks are counted back from the last day, so the newest is complete. A week's level is its sales
over its exposure (sum of weekday factors of its known days); a week without known days changes
nothing.

    smoothed level   l ← l + α (x − l), starting as the running mean (α at least 1/weeks seen);
                     α of each product from its own errors four weeks ahead, drawn towards the
                     catalogue's errors
    damped trend     l ← l + φb + α e,  b ← φb + αβ e,  e = x − l − φb  (Gardner & McKenzie 1985);
                     the trend is bounded by a quarter of the level a week, forecasts by zero

Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., chapter 8.
"""

import numpy as np

from ..core.weekdays import exposure_of, weekday_profile
from .means import spread

ALPHAS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7)
AHEAD_WEEKS = 4
# Weeks of errors after which a product's own weigh as much as the catalogue's.
POOL_WEEKS = 12.0
TREND_ALPHA, TREND_BETA, DAMPING = 0.2, 0.1, 0.85
STEEPEST = 0.25


def weekly(panel, profile):
    """Weekly sales and exposure, (n, weeks) each, the last column being the last seven days."""
    weeks = -(-panel.length // 7)
    pad = ((0, 0), (weeks * 7 - panel.length, 0))
    shape = (len(panel), weeks, 7)
    sums = np.pad(panel.sold, pad).reshape(shape).sum(axis=2)
    exposure = np.pad(exposure_of(panel, profile), pad).reshape(shape).sum(axis=2)
    return sums, exposure


def _levels(sums, exposure):
    return np.divide(sums, exposure, out=np.zeros_like(sums), where=exposure > 0)


def smoothed_levels(sums, exposure, alpha):
    """(n, weeks) level after each week. alpha : float or (n,)."""
    values = _levels(sums, exposure)
    share = np.minimum(exposure / 7, 1.0)
    level, seen = np.zeros(len(sums)), np.zeros(len(sums))
    result = np.empty_like(sums)
    for week in range(sums.shape[1]):
        seen += share[:, week]
        step = np.maximum(alpha, 1 / np.maximum(seen, 1.0)) * share[:, week]
        level = np.where(
            seen <= share[:, week], values[:, week], level + step * (values[:, week] - level)
        )
        result[:, week] = level
    return result


def weekday_smoothed(panel, horizon, profile=None, pooled=None):
    """Weekday profile × smoothed weekly level, α by the errors four weeks ahead.

    profile : (n, 7), default ``weekday_profile(panel)``.
    pooled : what ``pooled_errors`` returns for the whole catalogue, default for this panel.
    Returns (n, horizon).
    """
    profile = weekday_profile(panel) if profile is None else profile
    levels, errors, counts = _tried(panel, profile)
    pooled = _pooled(errors, counts) if pooled is None else pooled
    weight = (counts / (counts + POOL_WEEKS))[:, None]
    chosen = (weight * _relative(errors) + (1 - weight) * pooled).argmin(axis=1)
    last = np.stack([level[:, -1] for level in levels])
    return spread(last[chosen, np.arange(len(panel))], panel, profile, horizon)


def pooled_errors(panel, profile):
    """(alphas,) mean relative squared error four weeks ahead of each α over the products."""
    return _pooled(*_tried(panel, profile)[1:])


def _tried(panel, profile):
    """Levels by α, [(n, weeks)], their squared errors (n, alphas) and the number of weeks (n,)."""
    sums, exposure = weekly(panel, profile)
    levels = [smoothed_levels(sums, exposure, alpha) for alpha in ALPHAS]
    weeks = max(sums.shape[1] - AHEAD_WEEKS, 0)
    if not weeks:
        return levels, np.zeros((len(panel), len(ALPHAS))), np.zeros(len(panel))
    ahead, exposed = (_following(values, weeks) for values in (sums, exposure))
    future = _levels(ahead, exposed)
    valid = (exposure[:, :weeks] > 0) & (exposed > 0)
    errors = [np.where(valid, level[:, :weeks] - future, 0.0) ** 2 for level in levels]
    return levels, np.stack([each.sum(axis=1) for each in errors], axis=1), valid.sum(axis=1)


def _following(values, weeks):
    """(n, weeks) sums over the four weeks after each."""
    return sum(values[:, 1 + ahead : 1 + ahead + weeks] for ahead in range(AHEAD_WEEKS))


def _relative(errors):
    """Errors over their mean of a product; ones where there are none or they cannot be squared."""
    mean = errors.mean(axis=1, keepdims=True)
    return np.divide(errors, mean, out=np.ones_like(errors), where=(mean > 0) & np.isfinite(mean))


def _pooled(errors, counts):
    return (_relative(errors) * counts[:, None]).sum(axis=0) / max(counts.sum(), 1)


def damped_trend(panel, horizon, profile=None):
    """Weekday profile × weekly level with a damped trend.

    profile : (n, 7), default ``weekday_profile(panel)``. Returns (n, horizon), at least zero.
    """
    profile = weekday_profile(panel) if profile is None else profile
    sums, exposure = weekly(panel, profile)
    values = _levels(sums, exposure)
    level, trend, seen = (np.zeros(len(panel)) for _ in range(3))
    for week in range(sums.shape[1]):
        share = np.minimum(exposure[:, week] / 7, 1.0)
        seen += share
        step = np.maximum(TREND_ALPHA, 1 / np.maximum(seen, 1.0)) * share
        expected = level + DAMPING * trend
        error = values[:, week] - expected
        new = seen <= share
        level = np.where(new, values[:, week], expected + step * error)
        bound = STEEPEST * np.abs(level)
        trend = np.clip(
            np.where(new, 0.0, DAMPING * trend + TREND_ALPHA * TREND_BETA * share * error),
            -bound,
            bound,
        )
    ahead = np.arange(1, horizon + 1) / 7
    damped = DAMPING * (1 - DAMPING**ahead) / (1 - DAMPING)
    path = np.maximum(level[:, None] + trend[:, None] * damped, 0.0)
    return spread(path, panel, profile, horizon)
