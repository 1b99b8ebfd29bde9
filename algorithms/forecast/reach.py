"""How far a forecast may leave what was sold: no further than the catalogue has ever gone.

    reach   R = exp(3 g), g the largest change of the catalogue between neighbouring months of its
            history (28 days; logarithm, no product counting for more than a few), so that three
            months ahead may bring three such months; within 1.5 and 4, and 1.5 where two months
            are not known

A method that extrapolates has its mean over the horizon held between 1/R times the lower and R
times the higher of two levels, that of the last 28 days and that of the whole history. A parabola
through two weeks would else say seventeen times as much.
"""

import numpy as np

from .relative_demand import relative_demand

MONTH, MONTHS_AHEAD = 28, 3
LEAST, MOST = 1.5, 4.0


def catalogue_reach(panel):
    """R of a catalogue at the end of a panel."""
    count = panel.length // MONTH
    rate = relative_demand(panel.last(count * MONTH)) if count > 1 else None
    if rate is None:
        return LEAST
    months = rate.reshape(count, MONTH).mean(axis=1)
    if not (months > 0).all():
        return MOST
    change = np.abs(np.diff(np.log(months))).max()
    return float(np.exp(np.clip(MONTHS_AHEAD * change, np.log(LEAST), np.log(MOST))))


def held_levels(levels, panel, reach):
    """Levels (n, h), weekdays apart, each held within reach."""
    low, high = _limits(panel, reach)
    return np.clip(levels, low[:, None], high[:, None])


def held_mean(values, panel, reach):
    """Forecasts (n, h) with weekdays, their means held within reach."""
    mean = values.mean(axis=1)
    wanted = np.clip(mean, *_limits(panel, reach))
    factor = np.divide(wanted, mean, out=np.ones_like(mean), where=mean > 0)
    return values * factor[:, None]


def _limits(panel, reach):
    levels = [_level(panel.last(days)) for days in (MONTH, panel.length)]
    return np.minimum(*levels) / reach, np.maximum(*levels) * reach


def _level(panel):
    return panel.sold.sum(axis=1) / np.maximum(panel.mask.sum(axis=1), 1)
