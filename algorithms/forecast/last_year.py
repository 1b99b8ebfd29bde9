"""The same weeks of last year times the growth since: what a buyer of seasonal goods looks at.

    rate of a day ahead   sales of the three weeks around the same day a year ago (364 days, so that
                          weekdays match) over their exposure
    growth                sales of the last eight weeks over those of the same weeks a year ago,
                          drawn towards the catalogue's growth as if twenty more average sales had
                          followed it

Products without these eight weeks in their history have no such forecast.
"""

import numpy as np

from ..core.weekdays import exposure_of
from .means import spread
from .spikes import no_giants

BACK = 364
AROUND = 10
GROWTH_DAYS = 56
PRIOR_SALES = 20.0
LOWEST, HIGHEST = 0.25, 4.0


def catalogue_growth(panel):
    """Demand of the last eight weeks over that of the same weeks a year ago; 1 where unknown."""
    now, then, known = _eight_weeks(panel)
    used = known & (then > 0)
    if not used.any():
        return 1.0
    weight = no_giants(then[used])
    ratio = np.clip(now[used] / then[used], LOWEST, HIGHEST)
    return float(weight @ ratio / weight.sum())


def last_year(panel, horizon, profile, growth):
    """Forecasts from last year.

    profile : (n, 7); growth : float, ``catalogue_growth`` of the whole catalogue.
    Returns (n, horizon), NaN for products that are too young.
    """
    now, then, known = _eight_weeks(panel)
    if not known.any():
        return np.full((len(panel), horizon), np.nan)
    sales = (panel.sold > 0).sum(axis=1)
    prior = PRIOR_SALES * panel.sold.sum(axis=1) / np.maximum(sales, 1)
    ratio = np.divide(
        now + prior * growth, then + prior, out=np.full(len(panel), growth), where=then + prior > 0
    )
    rate = _rate_around(panel, profile, horizon) * np.clip(ratio, LOWEST, HIGHEST)[:, None]
    return np.where(known[:, None], spread(rate, panel, profile, horizon), np.nan)


def _eight_weeks(panel):
    """Sales of the last eight weeks and of the same a year ago, and (n,) whether both are known."""
    begin = panel.length - BACK - GROWTH_DAYS
    if begin < 0:
        nothing = np.zeros(len(panel))
        return nothing, nothing, nothing.astype(bool)
    then = slice(begin, begin + GROWTH_DAYS)
    pairs = panel.mask[:, then] & panel.mask[:, -GROWTH_DAYS:]
    now, before = (
        np.where(pairs, panel.sold[:, days], 0.0).sum(axis=1)
        for days in (slice(panel.length - GROWTH_DAYS, None), then)
    )
    return now, before, panel.first <= begin


def _rate_around(panel, profile, horizon):
    """(n, horizon) sales over exposure of the three weeks around the same days a year ago."""
    begin = panel.length - BACK
    first, last = max(begin - AROUND, 0), min(begin + horizon + AROUND + 1, panel.length)
    part = slice(first, last)
    exposure = exposure_of(panel, profile)[:, part]
    sums, open_ = (
        np.concatenate([np.zeros((len(panel), 1)), np.cumsum(values, axis=1)], axis=1)
        for values in (panel.sold[:, part], exposure)
    )
    ahead = begin + np.arange(horizon) % BACK
    low = np.clip(ahead - AROUND, first, last) - first
    high = np.clip(ahead + AROUND + 1, first, last) - first
    sold, known = (values[:, high] - values[:, low] for values in (sums, open_))
    return np.divide(sold, known, out=np.zeros_like(sold), where=known > 1e-9)
