"""Lasting changes: from some day on a series sells at most half, or at least twice, of before.

Each day is tried as the beginning: what was sold in the two, four and eight weeks from it on
against the mean of the eight weeks before, which is an estimate too. The largest day counts for
nothing, for one large order is no change. Where such a stretch is rarer than the limit, the first
and the last day of the change are looked for, in ``shift_bounds``.

A change that was found is taken out, and the series is searched again: what comes back to the old
level has not changed.
"""

from dataclasses import replace

import numpy as np
from scipy.ndimage import maximum_filter1d

from .runs import stretch_limit
from .scores import residual_scores
from .shift_bounds import LEAST_DAYS, LENGTHS, TWOFOLD, WEEK, History
from .tails import tail_scores
from .windows import LEAST_KNOWN_DAYS, LEVEL_DAYS, expected_before, sums_before

# Many beginnings are tried, and real sales wander more than chance: z-score of a whole change.
LEAST_Z = 4.0
# Two neighbouring fortnights of a change differ by so much somewhere.
JUMP = 1.6
# Changes of one series that are looked for.
MOST_SHIFTS = 4


def lasting_shifts(series, factor, expected, limit):
    """Lasting changes of series by day.

    series : Series; factor : (n, t) what each weekday brings over an average one;
    expected : (n, t) float, ``expected_before`` of the eight weeks before each day;
    limit : float, z-score from which a bucket stands out.
    Returns list of Shift, by row and day; those of a row do not overlap.
    """
    limit = max(stretch_limit(limit, LENGTHS), LEAST_Z)
    rows, part, found = np.arange(len(series)), series, []
    for _turn in range(MOST_SHIFTS):
        shifts = _first_shifts(part, factor[rows], expected, limit)
        if not shifts:
            break
        found += [replace(shift, row=int(rows[shift.row])) for shift in shifts]
        again = [shift.row for shift in shifts]
        values = part.values[again]
        for at, shift in enumerate(shifts):
            days = slice(shift.first, shift.end)
            values[at, days] = shift.level * factor[rows[shift.row], days]
        part = replace(part.take(again), values=values)
        rows = rows[again]
        expected = expected_before(values, part.known, factor[rows], LEVEL_DAYS, LEAST_KNOWN_DAYS)
    return _merged(sorted(found, key=lambda shift: (shift.row, shift.first)))


def _merged(shifts):
    """Shifts, neighbours of a series and direction as one: a few sales between end none."""
    merged = []
    for shift in shifts:
        last = merged[-1] if merged else shift
        same = last.row == shift.row and (last.ratio > 1) == (shift.ratio > 1)
        if merged and same and shift.first - last.end < LEAST_DAYS:
            days = np.array([last.end - last.first, shift.end - shift.first])
            merged[-1] = replace(
                last,
                end=shift.end,
                ratio=float(days @ [last.ratio, shift.ratio] / days.sum()),
                z=max(last.z, shift.z, key=abs),
            )
        else:
            merged.append(shift)
    return merged


def _first_shifts(series, factor, expected, limit):
    """The first lasting change of each series that has one. Returns list of Shift."""
    scatter = _scatter(series, expected)
    level = expected / np.maximum(factor, 1e-9)
    candidates = _candidates(series, factor, level, scatter, limit)
    shifts = []
    for row in np.flatnonzero(candidates.any(axis=1)).tolist():
        history = History.of(series, factor, level, scatter, row)
        shift = history.first_shift(np.flatnonzero(candidates[row]), limit)
        if shift:
            shifts.append(shift)
    return shifts


def _scatter(series, expected):
    """(n,) scatter of sums of typical sales over chance, at least 1.

    That of single days is too small for who buys in waves and for the slowest sellers. Between
    neighbouring weeks a change of the level counts once, and the largest difference is left out.
    """
    daily = residual_scores(series.values, expected, series.known, series.unit).scatter
    typical = np.where(series.known, series.values, 0.0) / series.unit[:, None]
    count = typical.shape[1] // WEEK
    weeks = (
        typical[:, typical.shape[1] - count * WEEK :].reshape(len(series), count, WEEK).sum(axis=2)
    )
    square = np.sort(np.diff(weeks, axis=1) ** 2, axis=1)[:, :-1].sum(axis=1)
    pairs = np.maximum((weeks[:, 1:] + weeks[:, :-1]).sum(axis=1), 1)
    return np.maximum(np.fmax(daily, np.sqrt(square / pairs)), 1.0)


def _candidates(series, factor, level, scatter, limit):
    """(n, t) bool, days from which on some stretch is far from the level before."""
    found = np.zeros(series.values.shape, bool)
    sold = np.where(series.known, series.values, 0.0)
    exposure = np.where(series.known, factor, 0.0)
    before = sums_before(exposure, LEVEL_DAYS)
    jumps = _jumps(series, sold)
    for length in LENGTHS:
        if length > series.values.shape[1]:
            continue
        days = _sums_from(series.known * 1.0, length)
        total = _sums_from(sold, length)
        after = _sums_from(exposure, length)
        usual = level * after
        rest = total - _most_from(sold, length)
        with np.errstate(invalid="ignore"):
            enough = (days >= length / 2) & (level > 0)
            off = enough & ((rest <= usual / TWOFOLD) | (rest >= TWOFOLD * usual))
            # A drop needs no largest day to be left out: it would only be larger.
            total = np.where(rest >= usual, rest, total)
        off &= jumps
        rows, columns = np.nonzero(off)
        unit = series.unit[rows]
        # The level before is an estimate too.
        wide = scatter[rows] * np.sqrt(1 + after[off] / before[off])
        z = tail_scores(total[off] / unit, usual[off] / unit, wide)
        found[rows, columns] |= np.abs(z) >= limit
    return found


def _jumps(series, sold):
    """(n, t) bool, days with a jump between two neighbouring fortnights in the eight weeks from
    them on. Most seasons have none, and the costly tests are spared them."""
    one = series.unit[:, None] / 2
    with np.errstate(invalid="ignore"):
        ratio = (_sums_from(sold, LEAST_DAYS) + one) / (sums_before(sold, LEAST_DAYS) + one)
        jump = (ratio >= JUMP) | (ratio <= 1 / JUMP)
    return _most_from(jump.astype(np.int8), LENGTHS[-1]) > 0


def _sums_from(values, length):
    """(n, t) sums of the ``length`` columns that begin at each, NaN where there are fewer."""
    total = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=total[:, 1:])
    sums = np.full(values.shape, np.nan)
    sums[:, : values.shape[1] - length + 1] = total[:, length:] - total[:, :-length]
    return sums


def _most_from(values, length):
    """(n, t) largest of the ``length`` columns that begin at each."""
    return maximum_filter1d(values, length, axis=1, origin=-(length // 2), mode="constant")
