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

from .demand_means import exposure_of, spread, weekday_profile

ALPHAS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.45)
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


def weekday_smoothed(panel, horizon, catalogue=None):
    """Weekday profile × smoothed weekly level, α by the errors four weeks ahead.

    Returns (n, horizon).
    """
    profile = weekday_profile(panel, catalogue)
    sums, exposure = weekly(panel, profile)
    levels = [smoothed_levels(sums, exposure, alpha) for alpha in ALPHAS]
    chosen = _best_alpha(levels, sums, exposure)
    last = np.stack([level[:, -1] for level in levels])
    return spread(last[chosen, np.arange(len(panel))], panel, profile, horizon)


def _best_alpha(levels, sums, exposure):
    """(n,) index of the α with the least squared errors four weeks ahead, drawn to the mean."""
    weeks = sums.shape[1]
    if weeks <= AHEAD_WEEKS:
        return np.full(len(sums), len(ALPHAS) // 2)
    ahead = np.stack([sums[:, k + 1 : weeks - AHEAD_WEEKS + k + 1] for k in range(AHEAD_WEEKS)])
    open_ = np.stack([exposure[:, k + 1 : weeks - AHEAD_WEEKS + k + 1] for k in range(AHEAD_WEEKS)])
    future = _levels(ahead.sum(axis=0), open_.sum(axis=0))
    valid = (exposure[:, : weeks - AHEAD_WEEKS] > 0) & (open_.sum(axis=0) > 0)
    errors = np.stack(
        [(np.where(valid, level[:, : future.shape[1]] - future, 0.0) ** 2).sum(axis=1)
         for level in levels]
    )  # fmt: skip
    scale = np.maximum(errors.mean(axis=0), 1e-300)
    counts = valid.sum(axis=1)
    relative = errors / scale
    pooled = (relative * counts).sum(axis=1) / max(counts.sum(), 1)
    weight = counts / (counts + POOL_WEEKS)
    return (weight * relative + (1 - weight) * pooled[:, None]).argmin(axis=0)


def damped_trend(panel, horizon, catalogue=None):
    """Weekday profile × weekly level with a damped trend. Returns (n, horizon), at least zero."""
    profile = weekday_profile(panel, catalogue)
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
