"""What is expected of series whose level has changed for long, see ``shifts``."""

import numpy as np

from .windows import LEAST_KNOWN_DAYS, LEVEL_DAYS, expected_before


def expected_through(series, factor, expected, shifts):
    """What is expected on through lasting changes, and what of days within them.

    series : Series by day; factor : (n, t) what each weekday brings over an average one;
    expected : (n, t) float of the days before each; shifts : list of Shift.
    Returns ((n, t) float as if the changes had not come, (n, t) float with days within a change
    compared with its own level, (n, t) bool days within a change).
    """
    usual, following = expected.copy(), expected.copy()
    changed = np.zeros(expected.shape, bool)
    if not shifts:
        return usual, following, changed
    values, known = series.values.copy(), series.known.copy()
    for shift in shifts:
        days = slice(shift.first, shift.end)
        changed[shift.row, days] = True
        values[shift.row, days] = shift.level * factor[shift.row, days]
        # After two months nobody knows what would have become of the old level.
        known[shift.row, days] = shift.end - shift.first <= LEVEL_DAYS
    rows = np.unique([shift.row for shift in shifts])
    usual[rows] = _before(values[rows], known[rows], factor[rows])
    usual[changed] = values[changed]
    following[rows] = usual[rows]
    # The days before a change at its level, so that its first days have something to go by.
    rows = np.array([shift.row for shift in shifts])
    known, values = series.known[rows].copy(), series.values[rows].copy()
    for at, shift in enumerate(shifts):
        days = slice(0, shift.first)
        known[at, days] = True
        values[at, days] = shift.level * shift.ratio * factor[shift.row, days]
    within = _before(values, known, factor[rows])
    for at, shift in enumerate(shifts):
        days = slice(shift.first, shift.end)
        following[shift.row, days] = within[at, days]
    return usual, following, changed


def _before(values, known, factor):
    return expected_before(values, known, factor, LEVEL_DAYS, LEAST_KNOWN_DAYS)
