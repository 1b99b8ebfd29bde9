"""What of the goods on order may be counted on when a product is planned.

in time    due within the lead time and the review: what is ordered today comes no sooner
late       due before today; counted on for as long as the lead time, two weeks at most: who is
           a day late mostly still delivers, who took twice as long may have forgotten
undated    due on no known day: not counted on
"""

from dataclasses import dataclass

import numpy as np

MOST_DAYS_LATE = 14


@dataclass(frozen=True)
class Arrivals:
    """Of n rows, (n,) float64, units.

    counted : what may be counted on; left_out : the rest of what is on order; late : what is due
    before today or undated, counted on or not. leaving : what is to be delivered by the same days.
    """

    counted: np.ndarray
    left_out: np.ndarray
    late: np.ndarray
    leaving: np.ndarray


def arrivals(row, due, arriving, leaving, reach, lead_time):
    """Sum up what is to come.

    row : (m,) int, the row that each is of, −1 for none; due : (m,) float, days from today, NaN
    where undated; arriving, leaving : (m,) float >= 0, units; reach : (n,) float, days that are
    looked ahead; lead_time : (n,) float, days. Returns Arrivals.
    """
    ours = row >= 0
    row, due, arriving, leaving = (each[ours] for each in (row, due, arriving, leaving))
    undated = np.isnan(due)
    patience = np.minimum(lead_time, MOST_DAYS_LATE)
    soon = undated | (due <= reach[row])
    counts = soon & ~undated & (due >= -patience[row])

    def summed(values):
        return np.bincount(row, values, len(reach)).astype(np.float64)

    return Arrivals(
        counted=summed(arriving * counts),
        left_out=summed(arriving * ~counts),
        late=summed(arriving * (undated | (due < 0))),
        leaving=summed(leaving * soon),
    )
