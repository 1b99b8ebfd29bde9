"""The season of the year, from two years of history on.

The index of a day of the year is the catalogue's smoothed demand of that day over its mean of the
year, growth between the years taken out: g = ln(demand of the last year's days / demand of the same
days a year earlier), and a day that lies d days back is multiplied by exp(g d / 365). Where a day
of the year was seen in several years the index is their mean. Products' own indices are drawn
towards the catalogue's: a product shows its own Christmas only after many sale days. Days of more
than three times the 95 % quantile count as that: a typing error is no season.

Demand is divided by the index before the other methods look at it and their forecasts are
multiplied by it. Without it every method misses December. With less than two years a season cannot
be distinguished from growth, and the index is 1; at the origins of a back-test, which lie up to
nine months earlier, 14 months must do.
"""

import numpy as np

from .spikes import spike_caps

YEAR = 365
LEAST_DAYS = 2 * YEAR
# Back-tests: a year and two months of overlap to estimate the growth from.
LEAST_TEST_DAYS = YEAR + 61
SMOOTH_DAYS = 21
# Sale days after which a product's own season weighs as much as the catalogue's.
OWN_WEIGHT = 150.0
LEAST_SALE_DAYS = 31
MOST_OF_A_DAY = 3.0
LOWEST, HIGHEST = 0.2, 5.0


def day_of_year(days):
    """(k,) int64 in 0..364; the 29th of February counts as the 1st of March."""
    days = days.astype("datetime64[D]")
    years = days.astype("datetime64[Y]")
    day = (days - years.astype("datetime64[D]")).astype(np.int64)
    leap = ((years + 1).astype("datetime64[D]") - years.astype("datetime64[D]")).astype(int) == 366
    return np.where(leap & (day >= 60), day - 1, np.minimum(day, YEAR - 1))


def catalogue_index(panel, least=LEAST_DAYS):
    """(365,) float64 of mean 1 over the days of the year; ones with less than ``least`` days.

    Each product counts alike (demand over its mean): a few large ones would else decide.
    """
    if panel.length < least or not len(panel):
        return np.ones(YEAR)
    sold = _without_errors(panel)
    mean = sold.sum(axis=1) / np.maximum(panel.mask.sum(axis=1), 1)
    # Only products that were there a year ago: a growing catalogue is no season.
    old = (panel.first <= panel.length - YEAR) & (mean > 0)
    if not old.any():
        return np.ones(YEAR)
    weight = np.sqrt((sold[old] > 0).sum(axis=1)) / mean[old]
    expected = weight @ (panel.mask[old] * mean[old][:, None])
    return _indices((weight @ sold[old])[None], expected[None], panel)[0]


def product_indices(panel, catalogue):
    """(n, 365) index of each product; columns as ``day_of_year``.

    catalogue : (365,), what ``catalogue_index`` returned.
    """
    result = np.repeat(catalogue[None], len(panel), axis=0)
    if np.ptp(catalogue) == 0:
        return result
    sold = _without_errors(panel)
    sale_days = (sold > 0).sum(axis=1)
    old = (panel.first <= panel.length - LEAST_DAYS) & (sale_days >= LEAST_SALE_DAYS)
    sold, mask = sold[old], panel.mask[old]
    own = _indices(sold, mask * sold.mean(axis=1, keepdims=True), panel)
    weight = (sale_days[old] / (sale_days[old] + OWN_WEIGHT))[:, None]
    result[old] = weight * own + (1 - weight) * catalogue
    return result


def _without_errors(panel):
    return np.minimum(panel.sold, MOST_OF_A_DAY * spike_caps(panel)[:, None])


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
    begin = length % YEAR if length >= LEAST_DAYS else 0
    sums, base = (_by_day(values, place, begin) for values in (demand, level))
    index = np.divide(sums, base, out=np.ones_like(sums), where=base > 0)
    index = np.clip(index / np.maximum(index.mean(axis=1, keepdims=True), 1e-300), LOWEST, HIGHEST)
    return index / index.mean(axis=1, keepdims=True)


def _rate(demand, expected):
    return demand.sum(axis=1) / np.maximum(expected.sum(axis=1), 1e-300)


def _by_day(values, place, begin):
    """(n, 365) sums by day of the year, over the 21 days around each."""
    sums = np.zeros((YEAR, len(values)))
    for column in range(begin, len(place)):
        sums[place[column]] += values[:, column]
    half = SMOOTH_DAYS // 2
    padded = np.concatenate([sums[-half - 1 :], sums, sums[:half]])
    running = np.cumsum(padded, axis=0)
    # Differences of sums leave a rounding error where nothing was sold.
    return np.maximum(running[SMOOTH_DAYS:] - running[:-SMOOTH_DAYS], 0.0).T
