"""Trend and confidence of a forecast, from the history alone.

    slope       (b − a) / ((a + b) / 2), a and b the means of the first and the last smoothed window
                of the known history: four whole weeks each, or half of a shorter history.
                A doubling is +0.67, a halving −0.67, and it lies within ±2 whatever the data.
    trend       "up" (HAUSSE) above +0.2, "down" (BAISSE) below −0.2, else "stable" (STABLE)

    confidence  0.4 × coverage + 0.3 × (1 − variability) + 0.3 × sample boost, each within 0..1
      coverage      share of the window's weeks in which the product sold
      variability   coefficient of variation of its weekly sales since the first, at most 1
      sample boost  days with a sale over 60, at most 1

The weights are the design's. The score ranks forecasts by how much stands behind them, it is no
probability; the interval is what to plan with.
"""

import numpy as np

UP, DOWN, STABLE = "up", "down", "stable"
THRESHOLD = 0.2
WINDOW_DAYS = 28
ENOUGH_SALE_DAYS = 60
COVERAGE_SHARE, STEADY_SHARE, SAMPLE_SHARE = 0.4, 0.3, 0.3


def trend_slope(panel):
    """(n,) float64 in −2..2, zero where nothing was sold. Unknown days are left out."""
    mask, sold = panel.mask, panel.sold
    known = np.cumsum(mask, axis=1)
    total = known[:, -1:]
    width = np.minimum(WINDOW_DAYS, total // 2)
    # Whole weeks, or weekends would count unevenly; below two weeks there are none.
    width = np.where(width >= 7, width // 7 * 7, width)
    first = mask & (known <= width)
    last = mask & (known > total - width)
    size = np.maximum(width[:, 0], 1)
    start, end = (np.where(part, sold, 0.0).sum(axis=1) / size for part in (first, last))
    middle = (start + end) / 2
    return np.divide(end - start, middle, out=np.zeros(len(panel)), where=middle > 0)


def trend_of(slope, threshold=THRESHOLD):
    """(n,) of "up", "down" and "stable"; the threshold itself is stable."""
    return np.where(slope > threshold, UP, np.where(slope < -threshold, DOWN, STABLE))


def confidence_score(panel):
    """(n,) float64 in 0..1."""
    weeks = panel.length // 7
    if not weeks:
        return np.zeros(len(panel))
    shape = (len(panel), weeks, 7)
    sold = panel.sold[:, -weeks * 7 :].reshape(shape).sum(axis=2)
    known = panel.mask[:, -weeks * 7 :].reshape(shape).any(axis=2)
    coverage = (sold > 0).sum(axis=1) / weeks
    count = np.maximum(known.sum(axis=1), 1)
    with np.errstate(all="ignore"):
        mean = sold.sum(axis=1) / count
        spread = np.sqrt(np.where(known, (sold - mean[:, None]) ** 2, 0.0).sum(axis=1) / count)
        variability = np.where(mean > 0, np.minimum(spread / mean, 1.0), 1.0)
    variability = np.nan_to_num(variability, nan=1.0)
    boost = np.minimum((panel.sold > 0).sum(axis=1) / ENOUGH_SALE_DAYS, 1.0)
    score = COVERAGE_SHARE * coverage + STEADY_SHARE * (1 - variability) + SAMPLE_SHARE * boost
    return np.clip(score, 0.0, 1.0)
