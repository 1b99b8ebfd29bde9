"""The 95 % and 80 % ranges of days and totals, as columns of a ForecastTable."""

import numpy as np

from .intervals import DAY_GROUPS, INNER, OUTER, TOTALS, bounds


def ranges_of(daily, spread, intervals, course):
    """Totals of 7, 30 and 90 days and all ranges.

    daily : (n, h) forecasts; spread : Spread of the products; intervals : IntervalModel; course :
    Course. Returns {column of ForecastTable: array}, NaN for totals beyond the horizon.
    """
    columns = {"totals": _totals(daily)}
    for coverage, name in ((OUTER, ""), (INNER, "_80")):
        low, high = _daily_bounds(daily, spread, intervals, course, coverage)
        columns |= {f"daily_low{name}": low, f"daily_high{name}": high}
        low, high = _total_bounds(daily, spread, intervals, course, coverage)
        columns |= {f"totals_low{name}": low, f"totals_high{name}": high}
    return columns


def _totals(daily):
    totals = np.full((len(daily), len(TOTALS)), np.nan)
    for number, days in enumerate(TOTALS):
        if days <= daily.shape[1]:
            totals[:, number] = daily[:, :days].sum(axis=1)
    return totals


def _daily_bounds(daily, spread, intervals, course, coverage):
    horizon = daily.shape[1]
    risk = course.risk_of_days(horizon)
    low, high = np.empty_like(daily), np.empty_like(daily)
    start = 0
    for pool, end in zip(intervals.daily, (*DAY_GROUPS, horizon), strict=False):
        days = slice(start, min(end, horizon))
        if days.start < days.stop:
            low[:, days], high[:, days] = bounds(
                daily[:, days], spread, pool, 1, risk[days], coverage
            )
        start = end
    return low, high


def _total_bounds(daily, spread, intervals, course, coverage):
    limits = np.full((2, len(daily), len(TOTALS)), np.nan)
    for number, days in enumerate(TOTALS):
        if days <= daily.shape[1]:
            total = daily[:, :days].sum(axis=1, keepdims=True)
            ends = bounds(
                total, spread, intervals.totals[days], days, course.risk_of_total(days), coverage
            )
            limits[:, :, number] = np.concatenate(ends, axis=1).T
    return limits
