"""Values of one indicator and company by day."""

from dataclasses import dataclass

import numpy as np


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
        """Sums of numerator and denominator over days; None without a row."""
        rows = self.slice_of(first, last)
        if rows.start == rows.stop:
            return None
        return np.nansum(self.numerator[rows]), np.nansum(self.denominator[rows])

    def latest(self, first, last):
        """Numerator and denominator of the last row of some days; None without one."""
        rows = self.slice_of(first, last)
        if rows.start == rows.stop or np.isnan(self.numerator[rows.stop - 1]):
            return None
        return self.numerator[rows.stop - 1], self.denominator[rows.stop - 1]

    def aside_of(self, first, last):
        rows = self.slice_of(first, last)
        return float(np.nansum(self.aside[rows]))

    def reaches(self, day):
        """Whether there are values from a day on."""
        return len(self.day) > 0 and self.day[0] <= day
