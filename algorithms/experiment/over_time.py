"""The effect as it was known after each week of an experiment, for a chart."""

from dataclasses import dataclass

import numpy as np

from . import looks as kinds
from .effect import Prepared, check_share, effect_of
from .exposures import pooled_cap

WEEK = 7


@dataclass(frozen=True)
class Timeline:
    """Looks in ascending order, k of them.

    day : (k,) the last day that each knows; quotations : (k,) int, so far.
    absolute, low, high : (k,) float, in the unit of the outcome; relative, relative_low,
    relative_high : (k,) float, 0.1 for 10 %; p_value : (k,) float. NaN where ``Effect`` has NaN.
    effects : tuple of k Effect, the last of which is that of all exposures.
    """

    day: np.ndarray
    quotations: np.ndarray
    absolute: np.ndarray
    low: np.ndarray
    high: np.ndarray
    relative: np.ndarray
    relative_low: np.ndarray
    relative_high: np.ndarray
    p_value: np.ndarray
    effects: tuple

    def __len__(self):
        return len(self.day)


def effect_over_time(
    exposures, days, share, looks="fixed", level=0.95, planned=None, cap=None, every=WEEK
):
    """Evaluate what was known at the end of each week.

    exposures : Exposures; days : (n,) int or datetime64[D], of each exposure; every : int, days
    between looks. The first look is at the end of the seventh day, the last one on the last day.
    All are cut at one cap, that of all exposures unless it is given. Outcomes are those of today:
    at an earlier look some were not known yet. Other arguments and errors as of ``evaluate``.
    Returns Timeline. With looks="fixed" each interval holds for its own day alone; only those of a
    sequence hold together.
    """
    kinds.check(looks, level, planned)
    check_share(share)
    days = np.asarray(days)
    if days.shape != (len(exposures),):
        raise ValueError(f"days: one for each of the {len(exposures)} quotations is needed.")
    if np.issubdtype(days.dtype, np.datetime64):
        days = days.astype("datetime64[D]")
    cap = pooled_cap(exposures.outcome) if cap is None else float(cap)
    order = np.argsort(days, kind="stable")
    data, ends = Prepared.of(exposures, cap).ordered(order), _ends(days, every)
    counts = np.searchsorted(days[order], ends, side="right")
    effects = tuple(
        effect_of(data.first(count), share, looks, level, planned) for count in counts.tolist()
    )
    return Timeline(day=ends, quotations=counts, effects=effects, **_columns(effects))


def _ends(days, every):
    """The last day of each week, and the last of all."""
    if every < 1:
        raise ValueError(f"every: at least one day must lie between looks, not {every}.")
    if not len(days):
        return days
    first, last = days.min(), days.max()
    whole = np.arange(first + (every - 1), last, every)
    return np.append(whole, last)


def _columns(effects):
    names = ("absolute", "low", "high", "relative", "relative_low", "relative_high", "p_value")
    return {name: np.array([getattr(each, name) for each in effects], float) for name in names}
