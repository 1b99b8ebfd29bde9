"""Which series can be judged, by days or else by weeks, and their scores.

A series is dense enough where four times its usual bucket would stand out. Below that a spike is
noise whatever the method, so weeks are tried instead of days, and then sums of several series.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from .scores import Scores, residual_scores, zscores
from .series import WEEK, Series, weekday_factor
from .tails import tail_scores
from .windows import (
    LEAST_KNOWN_DAYS,
    LEAST_KNOWN_WEEKS,
    LEVEL_DAYS,
    LEVEL_WEEKS,
    expected_before,
)

# Rows at a time: keeps the working arrays of 50,000 products below 200 MB.
PORTION = 5000
# Method 2 needs eight weeks; younger series are compared with their own mean.
MATURE_DAYS = 56
VISIBLE = 4.0


@dataclass(frozen=True)
class Watched:
    """Series of one level and step with their scores.

    by_window : (n,) bool, those whose scores are plain z-scores.
    factor : (n, t) share of each bucket's weekday in an average bucket.
    """

    series: Series
    scores: Scores
    by_window: np.ndarray
    factor: np.ndarray

    def __len__(self):
        return len(self.series)

    def take(self, rows):
        """Some of the rows. rows : index, mask or slice; a slice copies nothing."""
        return Watched(
            self.series.take(rows),
            self.scores.take(rows),
            self.by_window[rows],
            self.factor[rows],
        )

    def portions(self):
        """Yield the table in parts that are small enough to be worked on."""
        for start in range(0, len(self), PORTION):
            yield self.take(slice(start, start + PORTION))


@dataclass(frozen=True)
class Level:
    """Everything that is known of the series of one level.

    dense : tuple of Watched, those that can be judged, by days and by weeks; none of them empty.
    slow : tuple of Watched, none or one: those by day that are too thin for their days alone.
    thin : (k,) int64, rows that are too thin by weeks as well.
    """

    dense: tuple
    slow: tuple
    thin: np.ndarray


def watch(series, method, limit, profile=None):
    """Score series by their days, and by weeks those that are too thin.

    series : Series by day. method : "auto" or "zscore". limit : float, the z-score from which a
    bucket stands out. profile : see weekday_factor. Returns Level.
    """
    days, weeks, slow, thin = [], [], [], [np.empty(0, np.int64)]
    for start in range(0, len(series), PORTION):
        rows = np.arange(start, min(start + PORTION, len(series)))
        scored, dense = _scored(series.take(rows), method, limit, profile)
        days.append(scored.take(dense))
        rows = rows[~dense]
        if method == "auto":
            slow.append(scored.take(~dense & ~scored.by_window))
            folded = series.take(rows).weeks()
            if len(rows) and len(folded.days):
                scored, dense = _scored(folded, method, limit, profile)
                # Weeks of a young series are too few for a mean.
                dense &= ~scored.by_window
                weeks.append(scored.take(dense))
                rows = rows[~dense]
        thin.append(rows)
    return Level(_joined(days) + _joined(weeks), _joined(slow), np.concatenate(thin))


def _joined(parts):
    """Tables of the same buckets as a tuple of one, or of none where they are all empty."""
    parts = [part for part in parts if len(part)]
    if len(parts) <= 1:
        return tuple(parts)

    def together(name, *path):
        values = []
        for part in parts:
            for step in path:
                part = getattr(part, step)
            values.append(getattr(part, name))
        return np.concatenate(values)

    rows = ("ids", "values", "unit", "valid", "known")
    series = replace(parts[0].series, **{name: together(name, "series") for name in rows})
    scores = Scores(*(together(field.name, "scores") for field in fields(Scores)))
    return (Watched(series, scores, together("by_window"), together("factor")),)


def _scored(series, method, limit, profile):
    """(Watched of all series, (n,) bool those that are dense enough to be judged)."""
    factor = weekday_factor(series, profile)
    if method == "zscore":
        # The design judges every product by its days, however rarely it sells.
        everyone = np.ones(len(series), bool)
        return Watched(series, zscores(series.values, series.valid), everyone, factor), everyone
    young = series.known.sum(axis=1) * series.step < MATURE_DAYS
    least, window = (
        (LEAST_KNOWN_DAYS, LEVEL_DAYS) if series.step == 1 else (LEAST_KNOWN_WEEKS, LEVEL_WEEKS)
    )
    expected = expected_before(series.values, series.known, factor, window, least)
    scores = residual_scores(series.values, expected, series.known, series.unit)
    dense = _visible(_latest(scores.expected) / series.unit, scores.scatter, limit)
    if young.any():
        own = zscores(series.values, series.valid)
        scores = scores.with_rows(own, young)
        visible = (VISIBLE - 1) * _latest(own.expected) >= limit * own.scatter
        dense = np.where(young, visible, dense)
    return Watched(series, scores, young, factor), dense


def _latest(expected):
    """(n,) mean of the last buckets for which there is an expectation, weekdays evened out."""
    last = expected[:, -WEEK:]
    known = np.isfinite(last)
    total = np.where(known, last, 0.0).sum(axis=1)
    return np.divide(total, known.sum(axis=1), out=np.zeros(len(last)), where=known.any(axis=1))


def _visible(mean, scatter, limit):
    """(n,) bool, whether four times the mean would reach the limit. mean : typical sales."""
    usable = (mean > 0) & np.isfinite(scatter)
    visible = np.zeros(len(mean), bool)
    visible[usable] = tail_scores(VISIBLE * mean[usable], mean[usable], scatter[usable]) >= limit
    return visible
