"""Which series can be judged, by days or else by weeks, and their scores.

A series is dense enough where four times its usual bucket would stand out. Below that a spike is
noise whatever the method, so weeks are tried instead of days, and then sums of several series.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from ..core import parallel
from .levels import expected_through
from .recent import recent_scores
from .runs import Run
from .scores import Scores, residual_scores, zscores
from .series import WEEK, Series, weekday_factor
from .shifts import lasting_shifts
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
# The residuals need eight weeks; younger series are compared with their last thirty days.
MATURE_DAYS = 56
# Days known before a day is judged by those before it, of many series and where there are few.
LEAST_OF_MANY, LEAST_OF_FEW = 14, 7
# Times the usual bucket that would have to stand out. Few series are watched more closely, if they
# sell on most days.
VISIBLE, VISIBLE_OF_FEW, REGULAR = 4.0, 10.0, 0.75


@dataclass(frozen=True)
class Watched:
    """Series of one level and step with their scores.

    method : "residual", "recent" or "zscore", see ``scores``, and "level" for lasting changes.
    factor : (n, t) share of each bucket's weekday in an average bucket.
    limit : float, the z-score from which a bucket stands out.
    """

    series: Series
    scores: Scores
    method: str
    factor: np.ndarray
    limit: float

    def __len__(self):
        return len(self.series)

    def take(self, rows):
        """Some of the rows. rows : index, mask or slice; a slice copies nothing."""
        return replace(
            self,
            series=self.series.take(rows),
            scores=self.scores.take(rows),
            factor=self.factor[rows],
        )

    def portions(self):
        """Yield the table in parts that are small enough to be worked on."""
        for start in range(0, len(self), PORTION):
            yield self.take(slice(start, start + PORTION))


@dataclass(frozen=True)
class Level:
    """Everything that is known of the series of one level.

    name : str, the level.
    dense : tuple of Watched, those that can be judged, by days and by weeks; none of them empty.
    recent : tuple of Watched, none or one: those judged by their last days only, and where there
        are few all of them once more.
    slow : tuple of Watched, those by day that are too thin for their days alone: by residuals, and
        young ones by their last days.
    thin : (k,) int64, rows that are too thin by weeks as well.
    shifted : list of (Watched, list of Run), lasting changes of series by day, with what was
        expected before them.
    """

    name: str
    dense: tuple
    recent: tuple
    slow: tuple
    thin: np.ndarray
    shifted: list


def watch(series, method, limit, profile=None, few=None):
    """Score series by their days, and by weeks those that are too thin.

    series : Series by day. method : "auto" or "zscore". limit : float, the z-score from which a
    bucket stands out. profile : see weekday_factor. few : float, the limit where there are so few
    series that each is also compared with its last days; None where there are many.
    Returns Level.
    """
    if method == "zscore":
        return _by_window(series, limit)
    portions = (
        (series.take(slice(start, start + PORTION)), start, limit, profile, few)
        for start in range(0, len(series), PORTION)
    )
    parts = list(parallel.each(_portion, portions))

    def joined(name):
        """Tables of the portions, those in one place as one."""
        places = zip(*(getattr(part, name) for part in parts), strict=True)
        return tuple(table for tables in places for table in _joined(tables))

    return Level(
        series.level,
        joined("dense"),
        joined("recent"),
        joined("slow"),
        np.concatenate([np.empty(0, np.int64), *(part.thin for part in parts)]),
        [change for part in parts for change in part.shifted],
    )


def _portion(part, start, limit, profile, few):
    """Level of a part of the series, empty tables in their places; see ``watch``. start : int, the
    number of its first row."""
    rows = start + np.arange(len(part))
    factor = weekday_factor(part, profile)
    young = part.known.sum(axis=1) < MATURE_DAYS
    days, shifted, changed, visible = _by_residuals(part.take(~young), factor[~young], limit)
    # What lasts would make the return from it unusual.
    known = part.known.copy()
    known[~young] &= ~changed
    recent, judged = _by_recent_days(replace(part, known=known), factor, limit, young, few)
    of_young = np.isin(recent.series.ids, part.ids[young])
    dense = np.zeros(len(part), bool)
    dense[~young], dense[young] = visible, judged[of_young]
    weeks, by_week = _by_weeks(part.take(~dense).weeks(), limit)
    return Level(
        part.level,
        (days.take(visible), weeks.take(by_week)),
        (recent.take(judged),),
        (days.take(~visible), recent.take(of_young & ~judged)),
        rows[~dense][~by_week],
        shifted,
    )


def _by_window(series, limit):
    """The design's judgement: every series by its days, however rarely it sells."""
    scores = zscores(series.values, series.valid)
    table = Watched(series, scores, "zscore", np.ones(series.values.shape), limit)
    return Level(series.level, _joined([table]), (), (), np.empty(0, np.int64), [])


def _by_recent_days(series, factor, limit, young, few):
    """(Watched of young series, or of all where they are few, bool which are dense enough)."""
    rows = np.flatnonzero(young) if few is None else np.arange(len(series))
    least, limit = (LEAST_OF_MANY, limit) if few is None else (LEAST_OF_FEW, few)
    series, factor = series.take(rows), factor[rows]
    scores = recent_scores(series, factor, least, limit)
    visible = _latest(VISIBLE * scores.expected - scores.high) > 0
    if few is not None:
        sold = ((series.values > 0) & series.known).sum(axis=1)
        regular = sold >= REGULAR * series.known.sum(axis=1)
        visible |= regular & (_latest(VISIBLE_OF_FEW * scores.expected - scores.high) > 0)
    return Watched(series, scores, "recent", factor, limit), visible


def _by_residuals(series, factor, limit):
    """Watched by day, lasting changes with their days, and which are dense enough.

    Returns (Watched, list of (Watched, list of Run), (n, t) bool days within them, (n,) bool).
    """
    expected = expected_before(series.values, series.known, factor, LEVEL_DAYS, LEAST_KNOWN_DAYS)
    shifts = lasting_shifts(series, factor, expected, limit)
    usual, expected, changed = expected_through(series, factor, expected, shifts)
    scores = residual_scores(series.values, expected, series.known, series.unit)
    table = Watched(series, scores, "residual", factor, limit)
    # What has collapsed is judged as closely as before.
    level = np.maximum(_latest(usual), _latest(expected))
    visible = _visible(level / series.unit, scores.scatter, limit)
    return table, _lasting(table, usual, shifts), changed, visible


def _lasting(table, usual, shifts):
    """Lasting changes as runs of a table with what was expected before them."""
    if not shifts:
        return []
    rows = np.unique([shift.row for shift in shifts])
    before = replace(table, scores=replace(table.scores, expected=usual), method="level").take(rows)
    runs = []
    for shift in shifts:
        at, days = int(np.searchsorted(rows, shift.row)), slice(shift.first, shift.end)
        value = float(before.series.values[at, days].sum())
        expected = float(before.scores.expected[at, days].sum())
        runs.append(Run(at, shift.first, shift.end - 1, shift.z, value, expected, "level"))
    return [(before, runs)]


def _by_weeks(series, limit):
    """(Watched by week, (n,) bool those that are dense enough to be judged)."""
    factor = np.ones(series.values.shape)
    expected = expected_before(series.values, series.known, factor, LEVEL_WEEKS, LEAST_KNOWN_WEEKS)
    scores = residual_scores(series.values, expected, series.known, series.unit)
    mature = series.known.sum(axis=1) * WEEK >= MATURE_DAYS
    dense = _visible(_latest(scores.expected) / series.unit, scores.scatter, limit)
    return Watched(series, scores, "residual", factor, limit), dense & mature


def _joined(parts):
    """Tables of the same buckets as a tuple of one, or of none where they are all empty."""
    parts = [part for part in parts if len(part)]
    if len(parts) <= 1:
        return tuple(parts)

    def together(values):
        values = list(values)
        return None if values[0] is None else np.concatenate(values)

    names = ("ids", "values", "unit", "valid", "known")
    series = replace(
        parts[0].series,
        **{name: together(getattr(part.series, name) for part in parts) for name in names},
    )
    scores = Scores(
        *(together(getattr(part.scores, field.name) for part in parts) for field in fields(Scores))
    )
    factor = together(part.factor for part in parts)
    return (replace(parts[0], series=series, scores=scores, factor=factor),)


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
