"""Series that are searched for anomalies, by days or whole weeks, alone or summed."""

from dataclasses import dataclass, replace

import numpy as np

from ..core.demand_panel import DemandPanel, weekday_of
from ..core.weekdays import catalogue_profile, weekday_profile
from .windows import capped_values, giant_from

WEEK = 7


@dataclass(frozen=True)
class Series:
    """Values of n series in t buckets.

    level : str, what they are of; ids : (n,) int64, ascending.
    days : (t,) datetime64[D], first day of each bucket; step : 1 for days, 7 for weeks from Monday.
    values : (n, t) float64 >= 0; unit : (n,) float64 > 0, the mean value of one order line.
    valid : (n, t) bool, buckets that may be judged, False before the first sale.
    known : (n, t) bool, those of them that also say what is usual, not days without stock.
    """

    level: str
    ids: np.ndarray
    days: np.ndarray
    values: np.ndarray
    unit: np.ndarray
    valid: np.ndarray
    known: np.ndarray
    step: int = 1

    def __len__(self):
        return len(self.ids)

    def take(self, rows):
        """Some of the series. rows : index, mask or slice."""
        names = ("ids", "values", "unit", "valid", "known")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def weeks(self):
        """The same by whole weeks; a week counts where all of its days do."""
        start = int(-weekday_of(self.days[:1])[0] % WEEK)
        count = (len(self.days) - start) // WEEK
        part = slice(start, start + count * WEEK)

        def folded(array):
            return array[:, part].reshape(len(self), count, WEEK)

        return replace(
            self,
            step=WEEK,
            days=self.days[part][::WEEK],
            values=folded(self.values).sum(axis=2),
            valid=folded(self.valid).all(axis=2),
            known=folded(self.known).all(axis=2),
        )


def series_of(level, panel, lines, known=None, left_out=None):
    """Series by day of a DemandPanel.

    lines : (n,) float, order lines behind each row. known : (n, t) bool, the days that say what is
    usual; default all that count. left_out : (n, t) bool, days that are neither judged nor learned.
    """
    valid = np.arange(panel.length) >= panel.first[:, None]
    if left_out is not None:
        valid &= ~left_out
    return Series(
        level=level,
        ids=panel.product_ids,
        days=panel.days,
        values=panel.quantity,
        unit=typical_sale(panel.quantity, lines),
        valid=valid,
        known=valid if known is None else valid & known,
    )


def summed(series, groups, level, lines):
    """Series of groups: the sums of their members, which must be in one unit (revenue).

    groups : (n,) int64, the group of each series; lines : (n,) float, order lines behind each.
    Returns Series; a day is known from the first of its members on.
    """
    ids, at = np.unique(groups, return_inverse=True)
    order = np.argsort(at, kind="stable")
    starts = np.searchsorted(at[order], np.arange(len(ids)))

    def added(array):
        return np.add.reduceat(array[order], starts, axis=0) if len(ids) else array[:0]

    values = added(series.values)
    valid = added(series.valid.astype(np.int64)) > 0
    return replace(
        series,
        level=level,
        ids=ids.astype(np.int64),
        values=values,
        unit=typical_sale(values, added(lines)),
        valid=valid,
        known=valid,
    )


def typical_sale(values, lines):
    """(n,) mean value of one order line, giants capped, 1 where there is none.

    values : (n, t) float; lines : (n,) float, order lines behind each row.
    """
    total = capped_values(values, values > 0).sum(axis=1)
    usable = (lines > 0) & (total > 0)
    return np.divide(total, lines, out=np.ones(len(values)), where=usable)


def weekday_factor(series, profile=None):
    """(n, t) share of each bucket's weekday in an average day; weeks are all alike.

    profile : (7,), weekdays of the whole catalogue, which those of young series are drawn to.
    """
    if series.step != 1:
        return np.ones(series.values.shape)
    panel = _panel(series)
    return weekday_profile(panel, profile)[:, panel.weekday]


def weekday_shares(series):
    """(7,) weekdays of all series together, ones where there are none."""
    return catalogue_profile(_panel(series)) if len(series) else np.ones(7)


def _panel(series):
    """DemandPanel without giants: one would make its weekday the best of the week."""
    first = np.where(series.valid.any(axis=1), series.valid.argmax(axis=1), len(series.days))
    capped = capped_values(series.values, series.known)
    capped = np.minimum(capped, giant_from(series.values, series.known))
    return DemandPanel(series.ids, series.days, capped, first, known=series.known)
