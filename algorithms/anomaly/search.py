"""Anomalies of a company's sales: each sale is watched at the finest level that can be judged.

    product by day → product by week → slow sellers of its category by day → by week
    → slow sellers of the company by day → by week

Daily detection on slow sellers is noise whatever the method (on wholesale data F1 below 0.05), so
what is too thin goes one level up, and no sale is judged twice. Totals of categories, customers,
salespeople and the company are searched beside them where they are wanted, by day where they are
dense enough, else by week.

A day on which everything sells unusually (a holiday, a closed road) is an anomaly of the company
and not of each product: where the median product lies off, all are compared with that.

With many series some exceed any limit by chance. The limit rises until chance gives at most
``chance`` alarms a day.

Data goes one way, one module after the other, and what a step returns is not changed later:

    series      values of each level, by day or by week
    watch       one table of scores a level and step, of what is dense enough
    broad_days  the products' tables without what happened to everything
    runs, thin  neighbouring buckets that lie off
    found       rows for people, each sale told once

``windows``, ``tails`` and ``scores`` are the arithmetic below.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from .broad_days import adjusted_to_broad_days
from .found import found_rows, not_overlapping, told_excess, untold_runs, without_told
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
    watched : {(level, step): int, series that are dense enough}; slow sellers are not among them.
    broad : (b,) datetime64[D], days on which everything sold unusually.
    """

    found: list
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
    own = watch(products, settings.method, limit, weekday_shares(products))
    slow = _slow_sellers(own, limit, settings)
    tables, broad = _without_broad_days(own, settings)
    if settings.method == "auto":
        rest = without_told(revenue, slow).take(own.thin)
        tables += _together(rest, categories[own.thin], lines[own.thin], limit)
    for series in totals:
        tables += watch(series, settings.method, limit).dense
    found = slow + _apart(tables, slow, limit, settings)
    found += _company(tables, told_excess(found, revenue), revenue.days, limit, settings)
    return Search(found, limit, _counts(tables), broad)


def _slow_sellers(own, limit, settings):
    """Anomalies of products that are too thin to be judged by their days alone."""
    found = []
    for table in own.slow:
        since = _since(table.series, settings)
        for part in table.portions():
            runs = record_spikes(part, limit, since) + missing_sales(part, limit, since)
            found += found_rows(part, runs, limit, settings)
    return found


def _without_broad_days(own, settings):
    """([Watched] of the products, (b,) datetime64[D] the days on which everything lay off)."""
    if settings.method != "auto":
        return [*own.dense], NO_DAYS
    adjusted = [adjusted_to_broad_days(table) for table in own.dense]
    days = [broad for table, broad in adjusted if table.series.step == 1]
    return [table for table, _broad in adjusted], days[0] if days else NO_DAYS


def _together(revenue, categories, lines, limit):
    """[Watched] of products that are too thin by weeks as well: by category, else the company."""
    tables = []
    for level in ("slow_category", "slow_company"):
        if not len(revenue):
            break
        groups = categories if level == "slow_category" else np.zeros(len(revenue), np.int64)
        sums = summed(revenue, groups, level, lines)
        watched = watch(sums, "auto", limit)
        tables += watched.dense
        left = np.isin(groups, sums.ids[watched.thin])
        revenue, categories, lines = revenue.take(left), categories[left], lines[left]
    return tables


def _apart(tables, slow, limit, settings):
    """Anomalies of all but the company, but those that slow sellers have shown already."""
    found = []
    for table in tables:
        if table.series.level == "company":
            continue
        since = _since(table.series, settings)
        for part in table.portions():
            found += found_rows(part, find_runs(part, limit, since), limit, settings)
    return not_overlapping(found, slow)


def _company(tables, told, days, limit, settings):
    """Anomalies of the company that its products do not tell. told, days : see untold_runs."""
    found = []
    for table in tables:
        if table.series.level == "company":
            runs = find_runs(table, limit, _since(table.series, settings))
            runs = untold_runs(table, runs, days, told, limit)
            found += found_rows(table, runs, limit, settings)
    return found


def _counts(tables):
    """{(level, step): series}."""
    counts = Counter()
    for table in tables:
        counts[table.series.level, table.series.step] += len(table)
    return dict(counts)


def chance_limit(count, settings):
    """The z-score from which ``count`` series give at most ``chance`` alarms a day by chance."""
    if settings.method == "zscore" or not settings.chance or not count:
        return settings.threshold
    return max(settings.threshold, float(-ndtri(min(settings.chance / (2 * count), 0.5))))


def _since(series, settings):
    """The first column that is searched."""
    last_days = series.days + np.timedelta64(series.step - 1, "D")
    return int(np.searchsorted(last_days, last_days[-1] - np.timedelta64(settings.days - 1, "D")))
