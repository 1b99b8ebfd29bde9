"""The season of the year, from 13 months of history on, trusted more with each month.

The index of a day of the year is the catalogue's smoothed demand of that day over its mean of the
year, growth between the years taken out: g = ln(demand of the last year's days / demand of the same
days a year earlier), and a day that lies d days back is multiplied by exp(g d / 365). Where a day
of the year was seen in several years the index is their mean. Products' own indices are drawn
towards the catalogue's: a product shows its own Christmas only after many sale days. Days of more
than three times the 95 % quantile count as that: a typing error is no season.

Did last year's moves come again? With x and y the logarithms of this year's smoothed demand and of
the same days a year ago, both without their means, and v the variance of y over the whole year, the
index is raised to the power

    trust λ = (30 v λ0 + Σ x y) / (30 v + Σ y²), within 0..1

which is the regression of this year on the last under a prior of thirty days. λ0 rises to one half
over the first two months after the first year: with 13 months little more is known than that years
mostly have seasons, with 18 a season that came again counts nearly whole, and one that did not is
dropped. There is no day on which the season sets in.

Demand is divided by the index before the other methods look at it and their forecasts are
multiplied by it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from .relative_demand import product_weights, relative_demand, without_errors

YEAR = 365
# A year to compare with, and a month that tells growth from season.
LEAST_DAYS = YEAR + 30
SMOOTH_DAYS = 21
# Sale days after which a product's own season weighs as much as the catalogue's.
OWN_WEIGHT = 150.0
LEAST_SALE_DAYS = 31
LOWEST, HIGHEST = 0.2, 5.0
PRIOR_DAYS, PRIOR_TRUST, PRIOR_FROM = 30.0, 0.5, 60.0


@dataclass(frozen=True)
class Season:
    """index : (365,) float64 of mean 1 over the days of the year; trust : λ in 0..1."""

    index: np.ndarray
    trust: float


NO_SEASON = Season(np.ones(YEAR), 0.0)


def day_of_year(days):
    """(k,) int64 in 0..364; the 29th of February counts as the 1st of March."""
    days = days.astype("datetime64[D]")
    years = days.astype("datetime64[Y]")
    day = (days - years.astype("datetime64[D]")).astype(np.int64)
    leap = ((years + 1).astype("datetime64[D]") - years.astype("datetime64[D]")).astype(int) == 366
    return np.where(leap & (day >= 60), day - 1, np.minimum(day, YEAR - 1))


def catalogue_season(panel):
    """Season of a catalogue, NO_SEASON with less than 13 months.

    Each product counts alike (demand over its mean): a few large ones would else decide.
    """
    if panel.length < LEAST_DAYS or not len(panel):
        return NO_SEASON
    # Only products that were there a year ago: a growing catalogue is no season.
    part = panel.take(panel.first <= panel.length - YEAR)
    if not len(part):
        return NO_SEASON
    sold = without_errors(part)
    weight = product_weights(sold, part.mask)
    if not weight.any():
        return NO_SEASON
    mean = sold.sum(axis=1) / np.maximum(part.mask.sum(axis=1), 1)
    expected = (weight * mean) @ part.mask
    trust = season_trust(panel)
    index = _indices((weight @ sold)[None], expected[None], panel)[0]
    return Season(_powered(index, trust), trust)


def season_trust(panel):
    """λ of a catalogue: how far this year has moved as the last one did."""
    overlap = panel.length - YEAR
    rate = relative_demand(panel.last(min(panel.length, 2 * YEAR)))
    if rate is None:
        return 0.0
    overlap = len(rate) - YEAR
    prior = PRIOR_TRUST * min(overlap / PRIOR_FROM, 1.0)
    kernel = np.ones(SMOOTH_DAYS) / SMOOTH_DAYS
    ends = (rate[: SMOOTH_DAYS // 2][::-1], rate[: -SMOOTH_DAYS // 2 : -1])
    smooth = np.convolve(np.concatenate([ends[0], rate, ends[1]]), kernel, mode="valid")
    log = np.log(np.maximum(smooth[: len(rate)], 1e-3))
    then, now = log[:overlap], log[YEAR : YEAR + overlap]
    then, now = then - then.mean(), now - now.mean()
    base = PRIOR_DAYS * log[:YEAR].var()
    total = base + then @ then
    return float(np.clip((base * prior + then @ now) / total, 0.0, 1.0)) if total > 0 else 0.0


def product_indices(panel, season):
    """(n, 365) index of each product; columns as ``day_of_year``. season : Season."""
    result = np.repeat(season.index[None], len(panel), axis=0)
    if not season.trust or np.ptp(season.index) == 0 or panel.length < LEAST_DAYS:
        return result
    sale_days = (panel.sold > 0).sum(axis=1)
    old = (panel.first <= panel.length - LEAST_DAYS) & (sale_days >= LEAST_SALE_DAYS)
    if not old.any():
        return result
    part = panel.take(old)
    sold, sale_days = without_errors(part), sale_days[old]
    own = _powered(
        _indices(sold, part.mask * sold.mean(axis=1, keepdims=True), panel), season.trust
    )
    # Its growth is told from its season by what has been seen twice.
    twice = np.clip((part.length - part.first - YEAR) / YEAR, 0.0, 1.0)
    weight = (twice * sale_days / (sale_days + OWN_WEIGHT))[:, None]
    result[old] = weight * own + (1 - weight) * season.index
    return result


def _powered(index, trust):
    raised = index**trust
    return raised / raised.mean(axis=-1, keepdims=True)


def _indices(demand, expected, panel):
    """(n, 365) indices of n series. demand, expected : (n, t), the latter without any season."""
    length = panel.length
    before = slice(max(length - 2 * YEAR, 0), length - YEAR)
    overlap = slice(length - (before.stop - before.start), None)
    now, then = (_rate(demand[:, days], expected[:, days]) for days in (overlap, before))
    known = (now > 0) & (then > 0)
    growth = np.log(np.where(known, now, 1.0) / np.where(known, then, 1.0))
    back = np.arange(length - 1, -1, -1)
    level = expected * np.exp(-np.clip(growth, -1, 1)[:, None] * back / YEAR)
    place = day_of_year(panel.days)
    # Whole years, so that no part of a year counts twice where there are two of them.
    begin = length % YEAR if length >= 2 * YEAR else 0
    sums, base = (_by_day(values, place, begin) for values in (demand, level))
    index = np.divide(sums, base, out=np.ones_like(sums), where=base > 0)
    index = np.clip(index / np.maximum(index.mean(axis=1, keepdims=True), 1e-300), LOWEST, HIGHEST)
    return index / index.mean(axis=1, keepdims=True)


def _rate(demand, expected):
    return demand.sum(axis=1) / np.maximum(expected.sum(axis=1), 1e-300)


def _by_day(values, place, begin):
    """(n, 365) sums by day of the year, over the 21 days around each."""
    place = place[begin:]
    days = np.arange(len(place))
    of_day = csr_matrix((np.ones(len(place)), (place, days)), shape=(YEAR, len(place)))
    sums = of_day @ values[:, begin:].T
    half = SMOOTH_DAYS // 2
    padded = np.concatenate([sums[-half - 1 :], sums, sums[:half]])
    running = np.cumsum(padded, axis=0)
    # Differences of sums leave a rounding error where nothing was sold.
    return np.maximum(running[SMOOTH_DAYS:] - running[:-SMOOTH_DAYS], 0.0).T
