"""The season of the year, from two years of history on.

The index of a day of the year is the catalogue's smoothed demand of that day over its mean of the
year, growth between the years taken out: g = ln(demand of the last year's days / demand of the same
days a year earlier), and a day that lies d days back is multiplied by exp(g d / 365). Where a day
of the year was seen in several years the index is their mean. Products' own indices are drawn
towards the catalogue's: a product shows its own Christmas only after many sale days. Days of more
than three times the 95 % quantile count as that: a typing error is no season.

Demand is divided by the index before the other methods look at it and their forecasts are
multiplied by it. Without it every method misses December. With less than two years a season cannot
be told from growth, and the index is 1; at the origins of a back-test, which lie up to nine months
earlier, 14 months must do.
"""

import numpy as np

from .demand_spikes import spike_caps

YEAR = 365
LEAST_DAYS = 2 * YEAR
# Back-tests: a year and two months of overlap to estimate the growth from.
LEAST_TEST_DAYS = YEAR + 61
SMOOTH_DAYS = 21
# Sale days after which a product's own season weighs as much as the catalogue's.
OWN_WEIGHT = 150.0
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
    sale_days = (sold[old] > 0).sum(axis=1)
    weight = np.sqrt(sale_days) / mean[old]
    return _index(weight @ sold[old], weight @ (panel.mask[old] * mean[old][:, None]), panel)


def product_index(panel, days, catalogue):
    """(n, k) index of each product on some days.

    days : (k,) datetime64[D]; catalogue : (365,), what ``catalogue_index`` returned.
    """
    place = day_of_year(days)
    if np.ptp(catalogue) == 0:
        return np.ones((len(panel), len(days)))
    result = np.repeat(catalogue[None], len(panel), axis=0)
    sold = _without_errors(panel)
    sale_days = (sold > 0).sum(axis=1)
    for row in np.flatnonzero((panel.first <= panel.length - LEAST_DAYS) & (sale_days > 30)):
        own = _index(sold[row], panel.mask[row] * sold[row].mean(), panel)
        weight = sale_days[row] / (sale_days[row] + OWN_WEIGHT)
        result[row] = weight * own + (1 - weight) * catalogue
    return result[:, place]


def _without_errors(panel):
    return np.minimum(panel.sold, MOST_OF_A_DAY * spike_caps(panel)[:, None])


def _index(demand, expected, panel):
    """(365,) index of one series. demand, expected : (t,), the latter without any season."""
    year = slice(panel.length - YEAR, None)
    before = slice(max(panel.length - 2 * YEAR, 0), panel.length - YEAR)
    overlap = slice(panel.length - (before.stop - before.start), None)
    rate_now = demand[overlap].sum() / max(expected[overlap].sum(), 1e-300)
    rate_then = demand[before].sum() / max(expected[before].sum(), 1e-300)
    growth = np.log(rate_now / rate_then) if rate_now > 0 and rate_then > 0 else 0.0
    back = np.arange(panel.length - 1, -1, -1)
    level = expected * np.exp(-np.clip(growth, -1, 1) * back / YEAR)
    place = day_of_year(panel.days)
    used = slice(panel.length % YEAR if panel.length >= LEAST_DAYS else 0, None)
    sums = _circular(np.bincount(place[used], demand[used], YEAR))
    base = _circular(np.bincount(place[used], level[used], YEAR))
    index = np.divide(sums, base, out=np.ones(YEAR), where=base > 0)
    index = np.clip(index / max(index.mean(), 1e-300), LOWEST, HIGHEST)
    # A year of one value has no season; the last year alone fixes the mean.
    mean = index[place[year]].mean()
    return index / mean if mean > 0 else np.ones(YEAR)


def _circular(values):
    """Moving sum of 21 days over the turn of the year."""
    half = SMOOTH_DAYS // 2
    padded = np.concatenate([values[-half:], values, values[:half]])
    return np.convolve(padded, np.ones(SMOOTH_DAYS), "valid")
