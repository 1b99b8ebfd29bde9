"""The first and the last day of a lasting change of one series, and whether it is one.

Days are weighed by how much likelier a level of their own makes them than the level before (the
log-likelihood ratio of Poisson counts). The change began where their sum from there on is highest,
and ended where what follows is likelier at the old level again; what has not come back goes on.

A season changes sales for long as well, but slowly: a step must fit the weeks around the first day
better than a parabola does.

Sources: Page (1954), Biometrika 41, for sums of log-likelihood ratios; Hinkley (1970), Biometrika
57, for the most likely day of a change.
"""

from dataclasses import dataclass

import numpy as np

from .tails import ANSCOMBE, tail_scores
from .windows import CAP_QUANTILE, LEVEL_DAYS

WEEK, MONTH = 7, 28
# Stretches that are tried from each day on.
LENGTHS = (14, 28, 56)
# What is less than twofold may be a trend; what is over sooner is no lasting change.
TWOFOLD, LEAST_DAYS = 2.0, 14
# Beginnings that lie closer together have the same bounds.
CLOSELY = 14
# Weeks on both sides that tell a step from a season, and by how much the step must fit better, as
# twice a difference of log-likelihoods. No season changes sales fivefold within eight weeks.
SEASON_WEEKS, CLEARLY, NO_SEASON = 8, 8.0, 5.0
# The change is over where the old level is likelier by so much, in units of the scatter: 20 to 1.
FALLEN_BACK = 3.0
# Typical sales that any level is thought to have had as usual: none would make one impossible.
PRIOR = 0.5


@dataclass(frozen=True)
class Shift:
    """A lasting change of one series.

    row : int; first, end : columns of its first day and after its last one.
    level : float, mean of an average weekday before; ratio : float, of the new level to it.
    z : float, how rare all of it is at the old level.
    """

    row: int
    first: int
    end: int
    level: float
    ratio: float
    z: float


@dataclass(frozen=True)
class History:
    """One series, in typical sales.

    row : int; unit : float, one typical sale. value, exposure : (t,) float, sold and what the
        weekday brings over an average one, zero on unknown days. level : (t,) float, mean before
        each day; scatter : float, of sums over chance.
    """

    row: int
    unit: float
    value: np.ndarray
    exposure: np.ndarray
    level: np.ndarray
    scatter: float

    @classmethod
    def of(cls, series, factor, level, scatter, row):
        known, unit = series.known[row], float(series.unit[row])
        return cls(
            row,
            unit,
            np.where(known, series.values[row], 0.0) / unit,
            np.where(known, factor[row], 0.0),
            level[row] / unit,
            float(scatter[row]),
        )

    def first_shift(self, candidates, limit):
        """The first of the candidates that is a lasting change: Shift, or None."""
        after = -1
        for column in candidates.tolist():
            if column < after:
                continue
            first, end = self._bounds(column)
            shift = self._shift(first, end) if self._lasts(first, end) else None
            if shift and abs(shift.z) >= limit and self._is_abrupt(shift):
                return shift
            # What follows so closely has the same bounds.
            after = max(column + CLOSELY, first)
        return None

    def _bounds(self, column):
        """(first, end) of the change that a stretch from ``column`` on belongs to."""
        base = self.level[column]
        value = np.minimum(self.value, self._cap(column))
        first, end = column, min(column + LENGTHS[-1], len(value))
        for _turn in range(2):
            first = self._first(value, base, column, end)
            end = self._end(value, base, first)
        return first, end

    def _first(self, value, base, column, end):
        """The first day of a change whose last one is known: where it is the most likely."""
        start = max(column - LEAST_DAYS, 0)
        sold = np.cumsum(value[start:end][::-1])[::-1]
        usual = np.cumsum(base * self.exposure[start:end][::-1])[::-1]
        return start + int(_gain(sold, usual).argmax())

    def _end(self, value, base, first):
        """The day after a change: at its peak, where what follows is likelier at the old level.

        What follows is a month, or what there is of it: few sales in a row are no end.
        """
        sold = np.cumsum(value[first:])
        usual = np.cumsum(base * self.exposure[first:])
        gain = _gain(sold, usual)
        peaks = np.flatnonzero(gain >= np.maximum.accumulate(gain))
        untils = np.append(peaks[1:], len(gain))
        fallen = untils - peaks > 1
        for peak, until in zip(peaks[fallen], untils[fallen], strict=True):
            ratio = (sold[peak] + PRIOR) / (usual[peak] + PRIOR)
            more, time = sold[peak:until] - sold[peak], usual[peak:until] - usual[peak]
            since = more * np.log(ratio) - time * (ratio - 1)
            if since[:MONTH].min() < -FALLEN_BACK * self.scatter**2 > since[:MONTH][-1]:
                return first + int(peak) + 1
        return first + len(gain)

    def _cap(self, column):
        """Quantile of the sale days around a change: giants beyond it are no level."""
        around = self.value[max(column - LEVEL_DAYS, 0) : column + LENGTHS[-1]]
        sold = np.sort(around[around > 0])
        # ``numpy.quantile`` takes ten times longer.
        return sold[int(CAP_QUANTILE * (len(sold) - 1))] if len(sold) else np.inf

    def _lasts(self, first, end):
        return np.count_nonzero(self.exposure[first:end]) >= LEAST_DAYS

    def _is_abrupt(self, shift):
        """Whether it came too suddenly for a season."""
        return self._is_fivefold(shift) or self._is_step(shift)

    def _is_fivefold(self, shift):
        early = slice(shift.first, min(shift.first + LEVEL_DAYS, shift.end))
        sold = np.minimum(self.value[early], self._cap(shift.first)).sum()
        usual = shift.level / self.unit * self.exposure[early].sum()
        ratios = sold / usual, shift.ratio
        return max(ratios) <= 1 / NO_SEASON or min(ratios) >= NO_SEASON

    def _is_step(self, shift):
        """Whether a step fits the weeks around its first day better than a parabola."""
        before = min(shift.first // WEEK, SEASON_WEEKS)
        after = min((shift.end - shift.first) // WEEK, SEASON_WEEKS)
        around = slice(shift.first - before * WEEK, shift.first + after * WEEK)
        value = np.minimum(self.value[around], self._cap(shift.first))
        exposure = self.exposure[around].reshape(-1, WEEK).sum(axis=1)
        known = exposure >= WEEK / 2
        sold = value.reshape(-1, WEEK).sum(axis=1)[known]
        rate = np.sqrt(sold / exposure[known] + ANSCOMBE / WEEK)
        week = np.flatnonzero(known)
        parts = rate[week < before], rate[week >= before]
        if min(map(len, parts)) < 2:
            return False
        step = sum(((part - part.mean()) ** 2).sum() for part in parts)
        smooth = ((rate - np.polyval(np.polyfit(week, rate, 2), week)) ** 2).sum()
        # The variance of a root is a quarter of the scatter's square.
        return smooth - step >= CLEARLY * self.scatter**2 / (4 * WEEK)

    def _shift(self, first, end):
        """The Shift of known bounds, None where it is not twofold without its largest day."""
        base, days = self.level[first], slice(first, end)
        if not base > 0:
            return None
        total, usual = self.value[days].sum(), base * self.exposure[days].sum()
        rest = total - self.value[days].max()
        if usual / TWOFOLD < rest < TWOFOLD * usual:
            return None
        judged = rest if rest > usual else np.minimum(self.value[days], self._cap(first)).sum()
        before = self.exposure[max(first - LEVEL_DAYS, 0) : first].sum()
        wide = self.scatter * np.sqrt(1 + self.exposure[days].sum() / before)
        z = tail_scores(*(np.array([figure]) for figure in (judged, usual, wide)))[0]
        ratio = judged / usual
        if 1 / TWOFOLD < ratio < TWOFOLD:
            return None
        return Shift(self.row, first, end, base * self.unit, float(ratio), float(z))


def _gain(sold, usual):
    """How much likelier a level of their own makes sums than the usual one, as log-likelihoods."""
    ratio = (sold + PRIOR) / (usual + PRIOR)
    return sold * np.log(ratio) - usual * (ratio - 1)
