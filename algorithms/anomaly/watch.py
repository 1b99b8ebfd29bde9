"""Which series can be judged, by days or else by weeks, and their scores."""

from dataclasses import dataclass

import numpy as np

from .series import score, weekday_factor

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
    Returns (list of Watched, list of Watched by day that is too thin to be judged by its days
    alone, (k,) int64 rows that are too thin by weeks as well).
    """
    parts, slow, left = [], [], [np.empty(0, np.int64)]
    for start in range(0, len(series), PORTION):
        rows = np.arange(start, min(start + PORTION, len(series)))
        scored, dense = _score_step(series.take(rows), method, limit, profile)
        _keep(parts, scored, dense)
        if method == "auto":
            _keep(slow, scored, ~dense & ~scored.by_window)
            rows = rows[~dense]
            weeks = series.take(rows).weeks()
            if len(rows) and len(weeks.days):
                scored, dense = _score_step(weeks, method, limit, profile)
                # Weeks of a young series are too few for a mean.
                dense &= ~scored.by_window
                _keep(parts, scored, dense)
                rows = rows[~dense]
        else:
            rows = rows[~dense]
        left.append(rows)
    return parts, slow, np.concatenate(left)


def _score_step(series, method, limit, profile):
    """(Watched of all series, (n,) bool those that are dense enough)."""
    factor = weekday_factor(series, profile)
    scores, dense, by_window = score(series, factor, method, limit)
    return Watched(series, scores, by_window, factor), dense


def _keep(parts, scored, rows):
    if rows.any():
        parts.append(
            Watched(
                scored.series.take(rows),
                scored.scores.take(rows),
                scored.by_window[rows],
                scored.factor[rows],
            )
        )
