"""Days of a forecast summed to weeks or months, with ranges for a chart.

Ranges of days do not add up to that of their week. A block's ends lie as far from its forecast as
independent days would make it, √Σ (forecast − low)², times what makes the first block's range that
of the known total of as many days: errors of neighbouring days go together in all blocks alike.
"""

import numpy as np


def sums_of(values, days, from_end=False):
    """Sums of whole blocks of ``days``; a part of a block is left out, at the start if from_end."""
    values = np.asarray(values, np.float64)
    extra = len(values) % days
    values = values[extra:] if from_end else values[: len(values) - extra]
    return values.reshape(-1, days).sum(axis=1)


def block_range(daily, low, high, days, total):
    """Low and high of blocks of ``days``, two (b,) float64.

    daily, low, high : (h,) units a day; total : (low, forecast, high) of the next ``days`` days.
    """
    daily, low, high = (np.asarray(each, np.float64) for each in (daily, low, high))
    sums = sums_of(daily, days)
    down, up = (np.sqrt(sums_of((daily - end) ** 2, days)) for end in (low, high))
    if not len(sums):
        return sums, sums
    down *= (total[1] - total[0]) / down[0] if down[0] > 0 else 0.0
    up *= (total[2] - total[1]) / up[0] if up[0] > 0 else 0.0
    return np.maximum(sums - down, 0.0), sums + up
