"""Forecasts by means of recent days, with and without a weekday profile.

    moving average    mean of the last 7 known days, the same for every day ahead (the base method)
    long mean         mean of the last 90 days
    weekday × mean    level of the last 56 days times the weekday's share
    seasonal naive    the day of the last week again (only to compare with, and to scale MASE)

The weekday profile of a product is drawn towards the whole catalogue's: a product with three sales
says little about its Tuesdays. Levels are sums of sales over sums of profile ("exposure"), so
incomplete weeks and unknown days do not tilt them. All take products × days at once.
"""

import numpy as np

from ..core.demand_panel import weekday_of

BASE_DAYS = 7
LEVEL_DAYS = 56
LONG_DAYS = 90
# Sale days after which a product's own weekdays weigh as much as the catalogue's. Between 5 and 120
# the WAPE of 30-day totals moves by 0.1 point on Online Retail, that of days by 1 to 1.7.
PROFILE_WEIGHT = 30.0
# A profile learns from at most half a year.
PROFILE_DAYS = 182


def recent_mean(panel, days):
    """Mean of the last known days: what was out of stock last week is known from the weeks before.

    panel : DemandPanel; days : int >= 1.
    Returns (n,) float64, zero for products without a known day.
    """
    used, part = _latest(panel, days)
    counts = used.sum(axis=1)
    return (panel.sold[:, part] * used).sum(axis=1) / np.maximum(counts, 1)


def _latest(panel, days):
    """(n, k) bool, the last days that count, and the columns they are of."""
    if panel.known is None:
        part = slice(max(panel.length - days, 0), None)
        return panel.mask[:, part], part
    return panel.latest(days), slice(None)


def moving_average(panel, horizon, days=BASE_DAYS):
    """The base method: mean of the last 7 days for each day ahead. Returns (n, horizon)."""
    return np.repeat(recent_mean(panel, days)[:, None], horizon, axis=1)


def long_mean(panel, horizon):
    """Mean of the last 90 days for each day ahead. Returns (n, horizon)."""
    return moving_average(panel, horizon, LONG_DAYS)


def seasonal_naive(panel, horizon):
    """The last seven days again and again. Returns (n, horizon); unknown days count as zero."""
    week = panel.sold[:, -7:]
    return week[:, np.arange(horizon) % week.shape[1]]


def catalogue_profile(panel):
    """(7,) float64 of mean 1: how the catalogue's sales spread over the weekdays.

    Each product counts by its sale days, not by its quantity: one large order would else decide.
    """
    sums, sale_days, exposure = _weekday_sums(panel)
    total = sums.sum(axis=1, keepdims=True)
    share = np.divide(sums, total, out=np.zeros_like(sums), where=total > 0)
    weight = (sale_days / np.maximum(exposure.sum(axis=1) / 7, 1))[:, None]
    sold = (share * sale_days[:, None]).sum(axis=0)
    # Days at hand differ by weekday where the history is no whole number of weeks.
    rate = sold / np.maximum((exposure * weight).sum(axis=0), 1e-12)
    return rate / rate.mean() if rate.sum() > 0 else np.ones(7)


def weekday_profile(panel, catalogue=None):
    """Weekday factors of each product, drawn towards the catalogue's.

    catalogue : (7,) of mean 1; default that of the panel.
    Returns (n, 7) float64, mean 1 a row.
    """
    if catalogue is None:
        catalogue = catalogue_profile(panel)
    sums, sale_days, exposure = _weekday_sums(panel)
    rate = sums / np.maximum(exposure, 1)
    total = rate.sum(axis=1, keepdims=True)
    own = np.divide(7 * rate, total, out=np.ones_like(rate), where=total > 0)
    weight = (sale_days / (sale_days + PROFILE_WEIGHT))[:, None]
    return weight * own + (1 - weight) * catalogue


def _weekday_sums(panel):
    """Sales and known days by weekday, (n, 7) each, and sale days (n,), of the last half year."""
    part = slice(max(panel.length - PROFILE_DAYS, 0), None)
    onehot = (panel.weekday[part, None] == np.arange(7)).astype(np.float64)
    sold = panel.sold[:, part]
    return sold @ onehot, (sold > 0).sum(axis=1), panel.mask[:, part].astype(np.float64) @ onehot


def exposure_of(panel, profile):
    """(n, t) weekday factor of each day, zero on days that do not count."""
    return np.where(panel.mask, profile[:, panel.weekday], 0.0)


def spread(level, panel, profile, horizon):
    """Level (n,) or (n, horizon) times the weekday factors of the days ahead: (n, horizon)."""
    factors = profile[:, weekday_of(panel.ahead(horizon))]
    return (level[:, None] if level.ndim == 1 else level) * factors


def weekday_level(panel, profile, days=LEVEL_DAYS):
    """(n,) level of the last days, weekdays taken out."""
    used, part = _latest(panel, days)
    exposure = (exposure_of(panel, profile)[:, part] * used).sum(axis=1)
    sums = (panel.sold[:, part] * used).sum(axis=1)
    return np.divide(sums, exposure, out=np.zeros(len(panel)), where=exposure > 0)


def weekday_mean(panel, horizon, profile=None, days=LEVEL_DAYS):
    """Weekday profile × level of the last 56 days.

    profile : (n, 7), default ``weekday_profile(panel)``. Returns (n, horizon).
    """
    profile = weekday_profile(panel) if profile is None else profile
    return spread(weekday_level(panel, profile, days), panel, profile, horizon)
