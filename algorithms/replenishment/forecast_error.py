"""How much forecast demand of any lead time may be exceeded, from ranges of a few horizons.

    margin      what the upper end of a total's range (97.5 %) lies above the forecast
    smoothing   from one horizon to the next margins grow by a power law, U(L) = U(h) (L / h)ᵖ: p is
                0.5 where errors of days are independent and 1 where they all are that of the level.
                A product's own p is drawn half-way towards the catalogue's median, within 0.5 and
                1; its level is the median of what its horizons say by these p. One strange horizon,
                or one strange product, moves neither. Before the first horizon p is half-way
                between its own and 0.5, for the level matters less there; after the last it stays
    demand      units of the next L days, linear between the horizons, beyond the last at its mean

Margins of a single horizon each would jump from one lead time to the next: between 7 and 8 days,
those of 30 days were two times those of 7 on a wholesaler's products.

Source: Hyndman & Athanasopoulos (2021), Forecasting, 3rd ed., 5.5, for errors that grow as the root
of the horizon or faster. Measured by `make bench` (benchmarks/service_levels.py).
"""

from statistics import NormalDist

import numpy as np

from .skew import margin_at

UPPER_LEVEL, ONE_SIDED_LEVEL = 0.975, 0.95
UPPER_Z = NormalDist().inv_cdf(UPPER_LEVEL)
LEAST_GROWTH, MOST_GROWTH = 0.5, 1.0
USUAL_GROWTH = 0.5
OWN_SHARE = 0.5


def upper_margin(total, low, high):
    """(n,) float64 >= 0, units between a total and its 97.5 % quantile; NaN without a forecast.

    total, low, high : (n,) of a sum of days, such as the 30-day columns of a ForecastTable. A range
    that begins at zero ends at the 95 % quantile (see ``algorithms.forecast.intervals``).
    """
    total, low, high = (np.asarray(each, np.float64) for each in (total, low, high))
    margin = np.maximum(high - total, 0.0)
    wider = margin_at(margin, total, ONE_SIDED_LEVEL, UPPER_LEVEL)
    return np.where(low > 0, margin, wider)


def smoothed_margins(margins, horizons):
    """Margins that follow power laws from one horizon to the next.

    margins : (n, k) float >= 0, units; NaN and zero where there is none; horizons : (k,) days,
        ascending. Returns (n, k) float64 >= 0, zero for products without any.
    """
    if not len(margins):
        return np.zeros(margins.shape)
    logs = np.log(np.where(margins > 0, margins, np.nan))
    steps = np.diff(np.log(horizons))
    own = np.clip(np.diff(logs, axis=1) / steps, LEAST_GROWTH, MOST_GROWTH)
    shared = _medians(own.T)
    shared = np.where(np.isnan(shared), USUAL_GROWTH, shared)
    power = OWN_SHARE * np.where(np.isnan(own), shared, own) + (1 - OWN_SHARE) * shared
    above = np.zeros(logs.shape)
    np.cumsum(power * steps, axis=1, out=above[:, 1:])
    level = _medians(logs - above)
    return np.where(np.isnan(level)[:, None], 0.0, np.exp(level[:, None] + above))


def margin_over(margins, horizons, days):
    """(n,) units, U(L) of L = ``days`` >= 0.

    margins : (n, k), as ``smoothed_margins`` returns them; horizons : (k,), two or more.
    """
    logs = np.log(np.where(margins > 0, margins, np.nan))
    power = np.diff(logs, axis=1) / np.diff(np.log(horizons))
    place = np.clip(np.searchsorted(horizons, days) - 1, -1, len(horizons) - 2)
    row, start = np.arange(len(margins)), np.maximum(place, 0)
    own = power[row, start]
    own = np.where(place < 0, (own + LEAST_GROWTH) / 2, own)
    ratio = np.asarray(days) / np.asarray(horizons)[start]
    return np.nan_to_num(margins[row, start] * np.power(ratio, own), nan=0.0)


def demand_until(totals, horizons, days):
    """Units of the next ``days`` days, never falling in them.

    totals : (n, k) float, units of the first days up to each horizon; horizons : (k,) ascending;
    days : (n,) float >= 0. Returns (n,) float64 >= 0.
    """
    totals = np.maximum.accumulate(np.maximum(totals, 0.0), axis=1)
    result, start, before = np.zeros(len(totals)), 0.0, np.zeros(len(totals))
    for column, end in enumerate(horizons):
        part = np.clip(days - start, 0.0, end - start) / (end - start)
        result += part * (totals[:, column] - before)
        start, before = end, totals[:, column]
    return result + np.maximum(days - start, 0.0) * before / start


def highest_rate(totals, horizons, days):
    """(n,) units a day: the highest mean over any number of the next days up to ``days``."""
    ends = [np.minimum(days, end) for end in horizons]
    sums = [demand_until(totals, horizons, end) for end in [*ends, days]]
    lengths = [*ends, days]
    first = np.maximum(totals[:, 0], 0.0) / horizons[0]
    rates = [
        # The first mean holds for less than a day, which may be too little to divide by.
        np.divide(total, length, out=first.copy(), where=length >= 1)
        for total, length in zip(sums, lengths, strict=True)
    ]
    return np.max(rates, axis=0)


def _medians(values):
    """(n,) medians of what is known of each row, NaN where nothing is."""
    ordered = np.sort(values, axis=1)
    count = (~np.isnan(values)).sum(axis=1)
    row, last = np.arange(len(values)), np.maximum(count - 1, 0)
    middle = (ordered[row, last // 2] + ordered[row, (last + 1) // 2]) / 2
    return np.where(count > 0, middle, np.nan)
