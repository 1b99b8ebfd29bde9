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
"""

from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.special import ndtri

from .broad_days import adjusted_to_broad_days
from .runs import find_runs
from .series import summed, weekday_shares
from .tails import ANSCOMBE, tail_scores
from .thin import missing_sales, record_spikes
from .watch import watch

# Shown around an anomaly, in buckets.
CHART_BEFORE = {1: 56, 7: 16}


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
class Anomaly:
    """One anomaly.

    level, id, step : the series; first, last : datetime64[D], its days, inclusive.
    value, expected : sums over them; z : float; limit : float, what it was held against.
    method : "zscore", "robust", "count", "record" or "days"; severity : "low", "medium" or "high".
    chart : dict of start (datetime64[D]), step, actual, expected, low, high (lists of float, None
        where unknown), from, to (columns of the anomaly) and out (columns that were not learned).
    """

    level: str
    id: int
    step: int
    first: np.datetime64
    last: np.datetime64
    value: float
    expected: float
    z: float
    limit: float
    method: str
    severity: str
    chart: dict = field(repr=False)

    @property
    def kind(self):
        """ "spike" or "drop"."""
        return "spike" if self.z > 0 else "drop"


@dataclass(frozen=True)
class Search:
    """What was found and how.

    found : list of Anomaly; limit : float, the z-score that counts.
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
    watched, slow, thin = watch(products, settings.method, limit, weekday_shares(products))
    by_days = []
    if settings.method == "auto":
        by_days = _slow_sellers(slow, limit, settings)
        rest = _without_told(revenue, by_days).take(thin)
        watched += _together(rest, categories[thin], lines[thin], limit)
    for series in totals:
        watched += watch(series, settings.method, limit)[0]
    watched, broad = adjusted_to_broad_days(watched, settings.method)
    runs = [
        (part, run)
        for part in watched
        for run in find_runs(part, limit, _since(part.series, settings))
    ]
    found = [*by_days]
    for part, run in runs:
        if part.series.level != "company":
            anomaly = _anomaly(part, run, limit, settings)
            found += [] if _overlaps(anomaly, by_days) else [anomaly]
    told = _told_excess(found, revenue)
    for part, run in runs:
        if part.series.level == "company" and not _is_told(part, run, revenue.days, told, limit):
            found.append(_anomaly(part, run, limit, settings))
    return Search(found, limit, _counts(watched), broad)


def _slow_sellers(parts, limit, settings):
    """Anomalies of products that are too thin to be judged by their days alone."""
    found = []
    for part in parts:
        since = _since(part.series, settings)
        runs = record_spikes(part, limit, since) + missing_sales(part, limit, since)
        found += [_anomaly(part, run, limit, settings) for run in runs]
    return found


def _together(revenue, categories, lines, limit):
    """Products that are too thin by weeks as well, summed by category, else for the company."""
    watched = []
    for level in ("slow_category", "slow_company"):
        if not len(revenue):
            break
        groups = categories if level == "slow_category" else np.zeros(len(revenue), np.int64)
        sums = summed(revenue, groups, level, lines)
        parts, _slow, thin = watch(sums, "auto", limit)
        watched += parts
        left = np.isin(groups, sums.ids[thin])
        revenue, categories, lines = revenue.take(left), categories[left], lines[left]
    return watched


def _counts(watched):
    """{(level, step): series}."""
    counts = Counter()
    for part in watched:
        counts[part.series.level, part.series.step] += len(part)
    return dict(counts)


def chance_limit(count, settings):
    """The z-score from which ``count`` series give at most ``chance`` alarms a day by chance."""
    if settings.method == "zscore" or not settings.chance or not count:
        return settings.threshold
    return max(settings.threshold, float(-ndtri(min(settings.chance / (2 * count), 0.5))))


def severity(z, settings):
    """ "low", "medium" or "high", by the size of a z-score."""
    if abs(z) >= settings.high:
        return "high"
    return "medium" if abs(z) >= settings.medium else "low"


def _since(series, settings):
    """The first column that is searched."""
    last_days = series.days + np.timedelta64(series.step - 1, "D")
    return int(np.searchsorted(last_days, last_days[-1] - np.timedelta64(settings.days - 1, "D")))


def _told_excess(found, revenue):
    """(t,) revenue beyond expectation of the spikes of products and slow sellers, by day."""
    excess = np.zeros(len(revenue.days))
    for anomaly in found:
        if anomaly.kind == "drop" or anomaly.level not in ("product", "slow_category"):
            continue
        days = (revenue.days >= anomaly.first) & (revenue.days <= anomaly.last)
        if anomaly.level == "product":
            row = np.searchsorted(revenue.ids, anomaly.id)
            excess[days] += revenue.values[row, days] * (1 - anomaly.expected / anomaly.value)
        else:
            excess[days] += (anomaly.value - anomaly.expected) / days.sum()
    return excess


def _is_told(part, run, days, told, limit):
    """Whether a spike of the company is none without those of its products.

    days : (t,) datetime64[D] of ``told``.
    """
    series = part.series
    first, last = _span(series, run)
    rest = run.value - told[(days >= first) & (days <= last)].sum()
    if part.by_window[run.row]:
        usual = run.expected / (run.last - run.first + 1)
        z = (rest / (run.last - run.first + 1) - usual) / part.scores.scatter[run.row]
    else:
        unit = series.unit[run.row]
        figures = (max(rest, 0.0) / unit, run.expected / unit, part.scores.scatter[run.row])
        z = tail_scores(*(np.array([figure]) for figure in figures))[0]
    return run.z > 0 and z < limit


def _without_told(revenue, found):
    """Revenue with the spikes of slow sellers at what was expected: they are told already."""
    values = revenue.values.copy()
    for anomaly in found:
        rows = np.flatnonzero(revenue.ids == anomaly.id)
        if anomaly.kind == "spike" and len(rows):
            days = (revenue.days >= anomaly.first) & (revenue.days <= anomaly.last)
            values[rows[0], days] *= anomaly.expected / anomaly.value
    return replace(revenue, values=values)


def _overlaps(anomaly, told):
    """Whether an anomaly of a product by weeks is one of those that were seen by days."""
    return any(
        (anomaly.level, anomaly.id, anomaly.kind) == (other.level, other.id, other.kind)
        and anomaly.first <= other.last
        and other.first <= anomaly.last
        for other in told
    )


def _span(series, run):
    """First and last day of a run."""
    return series.days[run.first], series.days[run.last] + np.timedelta64(series.step - 1, "D")


def _anomaly(part, run, limit, settings):
    series, scores = part.series, part.scores
    first, last = _span(series, run)
    return Anomaly(
        level=series.level,
        id=int(series.ids[run.row]),
        step=series.step,
        first=first,
        last=last,
        value=run.value,
        expected=run.expected,
        z=run.z,
        limit=limit,
        method=run.method,
        severity=severity(run.z, settings),
        chart=_chart(series, scores, run, limit),
    )


def _chart(series, scores, run, limit):
    """What surrounds an anomaly, for a chart."""
    start = max(run.first - CHART_BEFORE[series.step], 0)
    columns = slice(start, None)
    expected, unit = scores.expected[run.row, columns], series.unit[run.row]
    spread = limit * scores.scatter[run.row]
    if run.method == "zscore":
        low, high = np.maximum(expected - spread, 0.0), expected + spread
    else:
        root = np.sqrt(expected / unit + ANSCOMBE)
        low = unit * np.maximum(np.maximum(root - spread / 2, 0.0) ** 2 - ANSCOMBE, 0.0)
        high = unit * ((root + spread / 2) ** 2 - ANSCOMBE)
    return {
        "start": series.days[start],
        "step": series.step,
        "actual": _listed(np.where(series.valid, series.values, np.nan)[run.row, columns]),
        "expected": _listed(expected),
        "low": _listed(low),
        "high": _listed(high),
        "from": run.first - start,
        "to": run.last - start,
        "out": np.flatnonzero(~series.known[run.row, columns]).tolist(),
    }


def _listed(values):
    return [None if value != value else round(value, 3) for value in values.tolist()]
