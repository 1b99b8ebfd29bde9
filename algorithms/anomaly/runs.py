"""From scores of single buckets to anomalies: neighbours that go the same way are one.

A spike is a bucket, or several in a row, that lies above the limit. A drop may also be a run of
buckets each of which is too weak: together they sold less than half of what was expected, and so
little is rarer than the limit. The weak or normal buckets at its ends are left out.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from .scores import run_scores
from .windows import ending_sums

# What differs by less is nothing to act on, however steady the series is; of a single series or a
# total it is.
LEAST_DEVIATION = {"residual": 0.2, "recent": 0.1, "zscore": 0.0}
RUN_LENGTHS = {1: (3, 7, 14), 7: (2, 4)}
RUN_SHARE, EDGE_SHARE, SUIT_SHARE = 0.5, 0.75, 0.25


@dataclass(frozen=True)
class Run:
    """One anomaly of one series: row, first and last column, z-score and sums over it.

    z : float, of its most unusual bucket or stretch. value, expected : float, sums.
    method : see found.Anomaly.
    """

    row: int
    first: int
    last: int
    z: float
    value: float
    expected: float
    method: str


def find_runs(watched, since):
    """Anomalies of some series.

    watched : watch.Watched; but for residuals each bucket that reaches the limit counts, and no
        other. since : int, column; what ended before is left out.
    Returns list of Run.
    """
    series, scores, limit = watched.series, watched.scores, watched.limit
    usable = series.valid & np.isfinite(scores.z)
    with np.errstate(invalid="ignore"):
        least = LEAST_DEVIATION[watched.method] * scores.expected
        off = np.abs(series.values - scores.expected) >= least
    spikes = usable & off & (scores.z >= limit)
    drops = usable & off & (scores.z <= -limit)
    stretches = [
        (row, first, end, scores.z[row, first:end].max()) for row, first, end in marked_runs(spikes)
    ]
    stretches += _drops(watched, usable, drops)
    return [_run(watched, *stretch) for stretch in stretches if stretch[2] > since]


def stretch_limit(limit, lengths):
    """The z-score from which stretches count, where several lengths are tried.

    Chance gets as many tries as there are lengths: its share is divided by them (Bonferroni).
    """
    return float(-ndtri(ndtr(-limit) / len(lengths)))


def _drops(watched, usable, single):
    """Drops of one bucket or several: (row, first, end, z), the most unusual of those that overlap.

    What touches is one drop.
    """
    series, scores = watched.series, watched.scores
    candidates = [
        (float(scores.z[row, column]), row, column, column + 1)
        for row, column in np.argwhere(single).tolist()
    ]
    lengths = RUN_LENGTHS[series.step] if watched.method == "residual" else ()
    for length in lengths:
        found = run_scores(series.values, scores, series.known, series.unit, length)
        whole = ending_sums(usable * 1.0, length) == length
        sums = ending_sums(series.values, length)
        with np.errstate(invalid="ignore"):
            low = whole & (found.z <= -stretch_limit(watched.limit, lengths))
            low &= sums <= RUN_SHARE * found.expected
        candidates += [
            (float(found.z[row, end]), row, end - length + 1, end + 1)
            for row, end in np.argwhere(low).tolist()
        ]
    covered = np.zeros(single.shape)
    for z, row, first, end in sorted(candidates):
        if not covered[row, first:end].any():
            covered[row, first:end] = z
    # Fitting may make neighbours touch or overlap: they are one then.
    for row, first, end in marked_runs(covered < 0):
        z = covered[row, first:end].min()
        covered[row, first:end] = 0.0
        row, first, end = _fitted(watched, row, first, end)
        covered[row, first:end] = np.minimum(covered[row, first:end], z)
    return [
        (row, first, end, float(covered[row, first:end].min()))
        for row, first, end in marked_runs(covered < 0)
    ]


def _fitted(watched, row, first, end):
    """A drop without buckets at its ends that sold as usual, and with those that follow suit."""
    series, expected = watched.series, watched.scores.expected[row]
    value = series.values[row]
    low = first + np.flatnonzero(value[first:end] <= EDGE_SHARE * expected[first:end])
    if not len(low) or watched.method != "residual":
        return row, first, end
    first, end = int(low[0]), int(low[-1]) + 1
    with np.errstate(invalid="ignore"):
        suit = series.valid[row] & (value <= SUIT_SHARE * expected)
    while first and suit[first - 1]:
        first -= 1
    while end < len(suit) and suit[end]:
        end += 1
    return row, first, end


def _run(watched, row, first, end, z):
    part = (row, slice(first, end))
    method = watched.method
    if method == "residual":
        method = "count" if watched.scores.counts[part].any() else "robust"
    value, expected = watched.series.values[part].sum(), watched.scores.expected[part].sum()
    return Run(row, first, end - 1, float(z), float(value), float(expected), method)


def marked_runs(marked):
    """[(row, first column, column after the last)] of neighbouring marked buckets.

    marked : (n, t) bool.
    """
    edges = np.diff(np.pad(marked.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, firsts = np.nonzero(edges == 1)
    _rows, ends = np.nonzero(edges == -1)
    return list(zip(rows.tolist(), firsts.tolist(), ends.tolist(), strict=True))
