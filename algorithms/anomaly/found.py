"""Found rows: what a run of buckets means in days, and what is told only once.

The spikes of slow sellers and products are told by themselves: what is summed later is summed
without them, and a spike of the company that they explain is none.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from .tails import ANSCOMBE, tail_scores
from .windows import LEVEL_DAYS

# Shown around an anomaly, in buckets.
CHART_BEFORE = {1: 56, 7: 16}
DAY = np.timedelta64(1, "D")
# The ends of a lasting change are known so well.
BESIDE = 3 * DAY


@dataclass(frozen=True)
class Anomaly:
    """One anomaly.

    level, id, step : the series; first, last : datetime64[D], its days, inclusive.
    value, expected : sums over them; z : float; limit : float, what it was held against.
    method : "zscore", "recent", "robust", "count", "record", "days" or "level"; severity : "low",
        "medium" or "high".
    most : float, the most that its days would have sold by what is usual.
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
    most: float
    chart: dict = field(repr=False)

    @property
    def kind(self):
        """ "spike" or "drop"."""
        return "spike" if self.z > 0 else "drop"


def found_rows(table, runs, settings):
    """Runs of a table as rows. Returns list of Anomaly."""
    return [_anomaly(table, run, settings) for run in runs]


def without_told(revenue, found):
    """Revenue with what slow sellers are told for at what was expected: spikes, lasting drops."""
    values = revenue.values.copy()
    for anomaly in found:
        rows = np.flatnonzero(revenue.ids == anomaly.id)
        days = (revenue.days >= anomaly.first) & (revenue.days <= anomaly.last)
        if not len(rows):
            continue
        if anomaly.kind == "spike":
            values[rows[0], days] *= anomaly.expected / anomaly.value
        elif anomaly.method == "level":
            first = int(days.argmax())
            values[rows[0], days] = values[rows[0], max(first - LEVEL_DAYS, 0) : first].mean()
    return replace(revenue, values=values)


def not_overlapping(found, told):
    """Anomalies but those of series that are told for the same days and in the same direction.

    Returns list of Anomaly.
    """
    days = {}
    for other in told:
        days.setdefault((other.level, other.id, other.kind), []).append((other.first, other.last))
    return [
        anomaly
        for anomaly in found
        if not any(
            anomaly.first <= last and first <= anomaly.last
            for first, last in days.get((anomaly.level, anomaly.id, anomaly.kind), ())
        )
    ]


def not_beside(found, changes):
    """Anomalies by day but those at the ends of lasting changes: they are the same change.

    Within a change days are compared with its own level, so what is found there is something else.
    Returns list of Anomaly.
    """
    ends = {}
    for change in changes:
        for day in (change.first, change.last + DAY):
            ends.setdefault((change.level, change.id, change.kind), []).append(day)
    return [
        anomaly
        for anomaly in found
        if not any(
            anomaly.first - BESIDE <= day <= anomaly.last + DAY + BESIDE
            for day in ends.get((anomaly.level, anomaly.id, anomaly.kind), ())
        )
    ]


def told_excess(found, revenue):
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


def untold_runs(table, runs, days, told):
    """Runs of the company but the spikes that are none without those of its products.

    days : (t,) datetime64[D]; told : (t,) float, see told_excess. Returns list of Run.
    """
    return [run for run in runs if not _is_told(table, run, days, told)]


def _is_told(table, run, days, told):
    """Whether a spike of the company is none without those of its products.

    days : (t,) datetime64[D] of ``told``.
    """
    first, last = _span(table.series, run)
    rest = run.value - told[(days >= first) & (days <= last)].sum()
    if run.z <= 0:
        return False
    if run.method not in ("robust", "count"):
        return run.z * (rest - run.expected) < table.limit * (run.value - run.expected)
    unit = table.series.unit[run.row]
    figures = (max(rest, 0.0) / unit, run.expected / unit, table.scores.scatter[run.row])
    return tail_scores(*(np.array([figure]) for figure in figures))[0] < table.limit


def _span(series, run):
    """First and last day of a run."""
    return series.days[run.first], series.days[run.last] + np.timedelta64(series.step - 1, "D")


def _anomaly(table, run, settings):
    series = table.series
    first, last = _span(series, run)
    low, high = _bounds(table, run)
    most = high[run.first : run.last + 1].sum()
    if run.method == "zscore":
        most = _most_by_the_others(table, run)
    return Anomaly(
        level=series.level,
        id=int(series.ids[run.row]),
        step=series.step,
        first=first,
        last=last,
        value=run.value,
        expected=run.expected,
        z=run.z,
        limit=table.limit,
        method=run.method,
        severity=severity(run.z, settings),
        most=float(most),
        chart=_chart(table, run, low, high),
    )


def severity(z, settings):
    """ "low", "medium" or "high", by the size of a z-score."""
    if abs(z) >= settings.high:
        return "high"
    return "medium" if abs(z) >= settings.medium else "low"


def _bounds(table, run):
    """(t,) floats between which the buckets of the series of a run are usual: (low, high)."""
    scores, row = table.scores, run.row
    if scores.high is not None:
        return scores.low[row], scores.high[row]
    expected, spread = scores.expected[row], table.limit * scores.scatter[row]
    if run.method == "zscore":
        return np.maximum(expected - spread, 0.0), expected + spread
    unit = table.series.unit[row]
    root = np.sqrt(expected / unit + ANSCOMBE)
    low = unit * np.maximum(np.maximum(root - spread / 2, 0.0) ** 2 - ANSCOMBE, 0.0)
    return low, unit * ((root + spread / 2) ** 2 - ANSCOMBE)


def _most_by_the_others(table, run):
    """The most that the days of a run would have sold, by the mean and deviation of the others:
    a giant lifts those of the whole window beyond all measure."""
    others = table.series.valid[run.row].copy()
    others[run.first : run.last + 1] = False
    values = table.series.values[run.row, others]
    most = values.mean() + table.limit * values.std() if len(values) else 0.0
    return most * (run.last - run.first + 1)


def _chart(table, run, low, high):
    """What surrounds an anomaly, for a chart."""
    series, row = table.series, run.row
    start = max(run.first - CHART_BEFORE[series.step], 0)
    columns = slice(start, None)
    return {
        "start": series.days[start],
        "step": series.step,
        "actual": _listed(np.where(series.valid, series.values, np.nan)[row, columns]),
        "expected": _listed(table.scores.expected[row, columns]),
        "low": _listed(low[columns]),
        "high": _listed(high[columns]),
        "from": run.first - start,
        "to": run.last - start,
        "out": np.flatnonzero(~series.known[row, columns]).tolist(),
    }


def _listed(values):
    return [None if value != value else round(value, 3) for value in values.tolist()]
