"""Anomalies of a company's sales: each sale is watched at the finest level that can be judged.

    product by day → product by week → slow sellers of its category by day → by week
    → slow sellers of the company by day → by week

Daily detection on slow sellers is noise whatever the method (on wholesale data F1 below 0.05), so
what is too thin goes one level up, and no sale is judged twice. Totals of categories, customers,
salespeople and the company are searched beside them where they are wanted, by day where they are
dense enough, else by week.

A day on which everything sells unusually (a holiday, a closed road) is an anomaly of the company
and not of each product: where the median product lies off, all are compared with that. Where most
products change for long, the company does.

A lasting change is one anomaly from its first day on, until it is over. It must have begun within
the searched days; older ones are returned apart, for those who know them already.

Few series have no median to be compared with, and chance seldom reaches the limit: each of their
days is also compared with the thirty before it. So are totals.

With many series some exceed any limit by chance. The limit rises until chance gives at most
``chance`` alarms a day.

Data goes one way, one module after the other, and what a step returns is not changed later:

    series      values of each level, by day or by week
    shifts      lasting changes, and (levels) what is expected through them
    watch       one table of scores a level and step, of what is dense enough
    broad_days  the products' tables without what happened to everything
    runs, thin  neighbouring buckets that lie off
    found       rows for people, each sale told once

``windows``, ``tails``, ``scores`` and ``recent`` are the arithmetic below.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from .broad_days import LEAST_PRODUCTS, adjusted_to_broad_days, own_changes
from .found import (
    found_rows,
    not_beside,
    not_overlapping,
    told_excess,
    untold_runs,
    without_told,
)
from .runs import find_runs
from .series import summed, weekday_shares
from .thin import missing_sales, record_spikes
from .watch import watch

NO_DAYS = np.empty(0, "datetime64[D]")


@dataclass(frozen=True)
class AnomalySettings:
    """method : "auto" or "zscore"; threshold : z-score; days : the last ones that are searched;
    chance : alarms a day that chance may give, 0 for as many as it likes; medium, high : z-scores
    of severities."""

    method: str = "auto"
    threshold: float = 3.0
    days: int = 90
    chance: float = 0.1
    medium: float = 3.0
    high: float = 4.0


@dataclass(frozen=True)
class Search:
    """What was found and how.

    found : list of found.Anomaly; limit : float, the z-score that counts.
    older : list of found.Anomaly, lasting changes that began before the searched days.
    watched : {(level, step): int, series that are dense enough}; slow sellers are not among them.
    broad : (b,) datetime64[D], days on which everything sold unusually.
    """

    found: list
    older: list
    limit: float
    watched: dict
    broad: np.ndarray


def find_anomalies(products, revenue, categories, lines, totals, settings):
    """Search a company's sales.

    products : Series of quantities by day; revenue : Series of the same rows in one currency.
    categories : (n,) int64, the category of each product; lines : (n,) float, its order lines.
    totals : list of Series by day (other levels that are wanted); settings : AnomalySettings.
    Returns Search.
    """
    limit = chance_limit(len(products) + sum(map(len, totals)), settings)
    own = _watch(products, limit, settings, weekday_shares(products))
    changes = _changes(own_changes(own), settings)
    slow = not_overlapping(_slow_sellers(own, settings), changes)
    levels = [_watch(series, limit, settings) for series in totals]
    if settings.method == "auto":
        rest = without_told(revenue, changes + slow).take(own.thin)
        levels = _together(rest, categories[own.thin], lines[own.thin], limit) + levels
    own, broad = _without_broad_days(own)
    company = [level for level in levels if level.name == "company"]
    found = slow
    for level in (own, *levels):
        if level.name != "company":
            told = changes if level is own else _changes(level.shifted, settings)
            found = found + told + _days_and_weeks(level, told + slow, settings)
    told = told_excess(found, revenue)
    for level in company:
        found += _company(level, told, revenue.days, settings)
    begun, older = _by_beginning(found, products, settings)
    return Search(begun, older, limit, _counts([own, *levels]), broad)


def _watch(series, limit, settings, profile=None):
    """Level of some series; where there are few, of each of their days beside the last ones too."""
    few = chance_limit(len(series), settings) if len(series) < LEAST_PRODUCTS else None
    return watch(series, settings.method, limit, profile, few)


def _changes(shifted, settings):
    """Lasting changes, found rows of (Watched, runs)."""
    found = []
    for table, runs in shifted:
        since = _since(table.series, settings)
        found += found_rows(table, [run for run in runs if run.last >= since], settings)
    return found


def _slow_sellers(own, settings):
    """Anomalies of products that are too thin to be judged by their days alone."""
    found = []
    for table in own.slow:
        since = _since(table.series, settings)
        for part in table.portions():
            runs = record_spikes(part, since)
            # Of young ones nobody knows yet how often they sell.
            runs += missing_sales(part, since) if part.method == "residual" else []
            found += found_rows(part, runs, settings)
    return found


def _without_broad_days(own):
    """(Level of the products, (b,) datetime64[D] the days on which everything lay off)."""
    adjusted = [
        adjusted_to_broad_days(table) if table.method == "residual" else (table, NO_DAYS)
        for table in own.dense
    ]
    days = [broad for table, broad in adjusted if table.series.step == 1]
    own = replace(own, dense=tuple(table for table, _broad in adjusted))
    return own, days[0] if days else NO_DAYS


def _together(revenue, categories, lines, limit):
    """[Level] of products that are too thin by weeks as well: by category, else the company."""
    levels = []
    for name in ("slow_category", "slow_company"):
        if not len(revenue):
            break
        groups = categories if name == "slow_category" else np.zeros(len(revenue), np.int64)
        sums = summed(revenue, groups, name, lines)
        levels.append(watch(sums, "auto", limit))
        left = np.isin(groups, sums.ids[levels[-1].thin])
        revenue, categories, lines = revenue.take(left), categories[left], lines[left]
    return levels


def _days_and_weeks(level, told, settings):
    """Anomalies of the days and weeks of a level but those that are told already."""

    def found(table):
        since = _since(table.series, settings)
        return [
            row
            for part in table.portions()
            for row in found_rows(part, find_runs(part, since), settings)
        ]

    return _once(level, told, found)


def _company(level, excess, days, settings):
    """Anomalies of the company that its products do not tell. excess, days : see untold_runs."""

    def found(table, runs=None):
        runs = find_runs(table, _since(table.series, settings)) if runs is None else runs
        return found_rows(table, untold_runs(table, runs, days, excess), settings)

    changes = [row for table, runs in level.shifted for row in found(table, runs)]
    return changes + _once(level, changes, found)


def _once(level, told, found):
    """Rows of the tables of a level, each but once. found : function of a table to its rows."""
    rows = []
    for table in level.dense:
        apart = not_beside if table.series.step == 1 else not_overlapping
        rows += apart(found(table), told)
    for table in level.recent:
        rows += not_overlapping(found(table), told + rows)
    return rows


def _by_beginning(found, products, settings):
    """(all but lasting changes that began before the searched days, those)."""
    begun, older = [], []
    for row in found:
        before = row.first < products.days[_since(products, settings)]
        (older if before and row.method == "level" else begun).append(row)
    return begun, older


def _counts(levels):
    """{(level, step): series that are dense enough}."""
    ids = {}
    for level in levels:
        for table in (*level.dense, *level.recent):
            key = table.series.level, table.series.step
            ids.setdefault(key, set()).update(table.series.ids.tolist())
    return {key: len(known) for key, known in ids.items()}


def chance_limit(count, settings):
    """The z-score from which ``count`` series give at most ``chance`` alarms a day by chance."""
    if settings.method == "zscore" or not settings.chance or not count:
        return settings.threshold
    return max(settings.threshold, float(-ndtri(min(settings.chance / (2 * count), 0.5))))


def _since(series, settings):
    """The first column that is searched."""
    last_days = series.days + np.timedelta64(series.step - 1, "D")
    return int(np.searchsorted(last_days, last_days[-1] - np.timedelta64(settings.days - 1, "D")))
