"""From scores of single buckets to anomalies: neighbours that go the same way are one.

A spike is a bucket, or several in a row, that lies above the limit. A drop may also be a run of
buckets each of which is too weak: together they sold less than half of what was expected, and so
little is rarer than the limit. The weak or normal buckets at its ends are left out.
"""

from dataclasses import dataclass

import numpy as np

from .anomaly_scores import ending_sums, run_scores

# What differs by less is nothing to act on, however steady the series is.
LEAST_DEVIATION = 0.2
RUN_LENGTHS = {1: (3, 7, 14), 7: (2, 4)}
RUN_SHARE, EDGE_SHARE = 0.5, 0.75


@dataclass(frozen=True)
class Run:
    """One anomaly of one series: row, first and last column, z-score and sums over it.

    z : float, of its most unusual bucket or stretch. value, expected : float, sums.
    method : see anomalies.Anomaly.
    """

    row: int
    first: int
    last: int
    z: float
    value: float
    expected: float
    method: str


def find_runs(watched, limit, since):
    """Anomalies of some series.

    watched : anomaly_watch.Watched; of its plain z-scores each bucket that reaches the limit
        counts, and no other. limit : float > 0; since : int, column; what ended before is left out.
    Returns list of Run.
    """
    series, scores, by_window = watched.series, watched.scores, watched.by_window
    usable = series.valid & np.isfinite(scores.z)
    off = np.abs(series.values - scores.expected) >= LEAST_DEVIATION * scores.expected
    off |= by_window[:, None]
    spikes = np.where(usable & off & (scores.z >= limit), scores.z, 0.0)
    drops = np.where(usable & off & (scores.z <= -limit), scores.z, 0.0)
    drops = _with_stretches(series, scores, usable & ~by_window[:, None], limit, drops)
    return [
        *_runs(watched, spikes, since, False),
        *_runs(watched, drops, since, True),
    ]


def _with_stretches(series, scores, usable, limit, drops):
    """(n, t) the lowest z of the drops, single or longer, that cover each bucket; 0 for none."""
    rows = np.flatnonzero(usable.any(axis=1))
    part = series.take(rows)
    covered = drops.copy()
    for length in RUN_LENGTHS[series.step]:
        if length > len(series.days):
            continue
        found = run_scores(part.values, scores.take(rows), part.known, part.unit, length)
        sums = ending_sums(part.values, length)
        with np.errstate(invalid="ignore"):
            low = (found.z <= -limit) & (sums <= RUN_SHARE * found.expected)
        for row, end in zip(*np.nonzero(low), strict=True):
            columns = slice(end - length + 1, end + 1)
            at = rows[row]
            if usable[at, columns].all():
                covered[at, columns] = np.minimum(covered[at, columns], found.z[row, end])
    return covered


def _runs(watched, strength, since, trim):
    """Neighbouring marked buckets as runs."""
    series, scores, by_window = watched.series, watched.scores, watched.by_window
    runs = []
    for row, first, end in stretches(strength != 0):
        z = float(strength[row, first:end][np.abs(strength[row, first:end]).argmax()])
        value, expected = series.values[row, first:end], scores.expected[row, first:end]
        if trim and not by_window[row]:
            low = np.flatnonzero(value <= EDGE_SHARE * expected)
            first, end = first + int(low[0]), first + int(low[-1]) + 1
            value, expected = series.values[row, first:end], scores.expected[row, first:end]
        if end - 1 >= since:
            counts = scores.counts[row, first:end].any()
            method = "zscore" if by_window[row] else "count" if counts else "robust"
            runs.append(
                Run(row, first, end - 1, z, float(value.sum()), float(expected.sum()), method)
            )
    return runs


def stretches(marked):
    """[(row, first column, column after the last)] of neighbouring marked buckets.

    marked : (n, t) bool.
    """
    edges = np.diff(np.pad(marked.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, firsts = np.nonzero(edges == 1)
    _rows, ends = np.nonzero(edges == -1)
    return list(zip(rows.tolist(), firsts.tolist(), ends.tolist(), strict=True))
