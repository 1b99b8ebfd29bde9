"""Which series can be judged, by days or else by weeks, and their scores."""

from dataclasses import dataclass

import numpy as np

from .anomaly_series import score, weekday_factor

# Rows at a time: keeps the working arrays of 50,000 products below 200 MB.
PORTION = 5000


@dataclass(frozen=True)
class Watched:
    """Series with their scores.

    by_window : (n,) bool, those whose scores are plain z-scores.
    factor : (n, t) share of each bucket's weekday in an average bucket.
    """

    series: object
    scores: object
    by_window: np.ndarray
    factor: np.ndarray

    def __len__(self):
        return len(self.series)


def watch(series, method, limit, profile=None):
    """Watch what is dense enough.

    series : Series by day; method, limit, profile : see anomaly_series.score.
    Returns (list of Watched, (k,) int64 rows that are too thin by days and by weeks).
    """
    parts, left = [], []
    for start in range(0, len(series), PORTION):
        rows = np.arange(start, min(start + PORTION, len(series)))
        for step in (1, 7) if method == "auto" else (1,):
            part, dense = _watch_step(series.take(rows), step, method, limit, profile)
            if part is not None:
                parts.append(part)
            rows = rows[~dense]
            if not len(rows):
                break
        left.append(rows)
    return parts, np.concatenate(left) if left else np.empty(0, np.int64)


def _watch_step(series, step, method, limit, profile):
    """(Watched or None, (n,) bool what is in it)."""
    view = series if step == 1 else series.weeks()
    if not len(view.days):
        return None, np.zeros(len(series), bool)
    factor = weekday_factor(view, profile)
    scores, dense, young = score(view, factor, method, limit)
    if step > 1:
        # Weeks of a young series are too few for a mean.
        dense = dense & ~young
    if not dense.any():
        return None, dense
    return Watched(view.take(dense), scores.take(dense), young[dense], factor[dense]), dense


def watch_slow(series, profile):
    """Scores by day of what is too thin to be judged by them alone: list of Watched."""
    parts = []
    for start in range(0, len(series), PORTION):
        part = series.take(slice(start, start + PORTION))
        factor = weekday_factor(part, profile)
        scores, _dense, young = score(part, factor, "auto", 1.0)
        if (~young).any():
            old = ~young
            parts.append(Watched(part.take(old), scores.take(old), young[old], factor[old]))
    return parts
