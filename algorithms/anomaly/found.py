"""Found rows: what a run of buckets means in days, and what is told only once.

The spikes of slow sellers and products are told by themselves: what is summed later is summed
without them, and a spike of the company that they explain is none.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from .tails import ANSCOMBE, tail_scores

# Shown around an anomaly, in buckets.
CHART_BEFORE = {1: 56, 7: 16}


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


def found_rows(table, runs, limit, settings):
    """Runs of a table as rows. Returns list of Anomaly."""
    return [_anomaly(table, run, limit, settings) for run in runs]


def without_told(revenue, found):
    """Revenue with the spikes of slow sellers at what was expected: they are told already."""
    values = revenue.values.copy()
    for anomaly in found:
        rows = np.flatnonzero(revenue.ids == anomaly.id)
        if anomaly.kind == "spike" and len(rows):
            days = (revenue.days >= anomaly.first) & (revenue.days <= anomaly.last)
            values[rows[0], days] *= anomaly.expected / anomaly.value
    return replace(revenue, values=values)


def not_overlapping(found, told):
    """Anomalies but those of products by weeks that were seen by days. Returns list of Anomaly."""
    return [anomaly for anomaly in found if not _overlaps(anomaly, told)]


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


def untold_runs(table, runs, days, told, limit):
    """Runs of the company but the spikes that are none without those of its products.

    days : (t,) datetime64[D]; told : (t,) float, see told_excess. Returns list of Run.
    """
    return [run for run in runs if not _is_told(table, run, days, told, limit)]


def _is_told(table, run, days, told, limit):
    """Whether a spike of the company is none without those of its products.

    days : (t,) datetime64[D] of ``told``.
    """
    series = table.series
    first, last = _span(series, run)
    rest = run.value - told[(days >= first) & (days <= last)].sum()
    if table.by_window[run.row]:
        usual = run.expected / (run.last - run.first + 1)
        z = (rest / (run.last - run.first + 1) - usual) / table.scores.scatter[run.row]
    else:
        unit = series.unit[run.row]
        figures = (max(rest, 0.0) / unit, run.expected / unit, table.scores.scatter[run.row])
        z = tail_scores(*(np.array([figure]) for figure in figures))[0]
    return run.z > 0 and z < limit


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


def _anomaly(table, run, limit, settings):
    series, scores = table.series, table.scores
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


def severity(z, settings):
    """ "low", "medium" or "high", by the size of a z-score."""
    if abs(z) >= settings.high:
        return "high"
    return "medium" if abs(z) >= settings.medium else "low"


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
