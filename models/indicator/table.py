"""Values of one indicator and company by day."""

from dataclasses import dataclass

import numpy as np

NONE = (np.nan, np.nan)


@dataclass(frozen=True)
class Table:
    """day : (n,) int64, ascending, counted from 1970-01-01; the others (n,) float64, NaN where
    there is none."""

    day: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    aside: np.ndarray

    @classmethod
    def of(cls, rows):
        """Table of rows of day, numerator, denominator and aside, by day."""
        columns = np.array(rows, np.float64).reshape(-1, 4).T
        return cls(columns[0].astype(np.int64), *columns[1:])

    @classmethod
    def of_series(cls, series):
        missing = np.full(len(series["day"]), np.nan)
        order = np.argsort(series["day"], kind="stable")
        columns = (
            np.asarray(series.get(name, missing), np.float64)[order]
            for name in ("numerator", "denominator", "aside")
        )
        return cls(np.asarray(series["day"], np.int64)[order], *columns)

    def slice_of(self, first, last):
        """Rows of days, inclusive."""
        start, stop = np.searchsorted(self.day, (first, last + 1))
        return slice(start, stop)

    def sums(self, first, last):
        """Sums of numerator and denominator over days, NaN without a row."""
        rows = self.slice_of(first, last)
        if rows.start == rows.stop:
            return NONE
        return np.nansum(self.numerator[rows]), np.nansum(self.denominator[rows])

    def latest(self, first, last):
        """Numerator and denominator of the last row of some days, NaN without one."""
        rows = self.slice_of(first, last)
        if rows.start == rows.stop:
            return NONE
        return self.numerator[rows.stop - 1], self.denominator[rows.stop - 1]

    def on(self, first, last):
        """(2, t) numerators and denominators of each day, NaN without a row."""
        rows = self.slice_of(first, last)
        found = np.full((2, last - first + 1), np.nan)
        found[:, self.day[rows] - first] = self.numerator[rows], self.denominator[rows]
        return found

    def aside_of(self, first, last):
        rows = self.slice_of(first, last)
        return float(np.nansum(self.aside[rows]))

    def reaches(self, day):
        """Whether there are values from a day on."""
        return len(self.day) > 0 and self.day[0] <= day
