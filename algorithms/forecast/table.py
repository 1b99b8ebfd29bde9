"""What a forecast run hands over: arrays with one row a product."""

from dataclasses import dataclass, fields

import numpy as np

from .intervals import TOTALS


@dataclass(frozen=True)
class ForecastTable:
    """Forecasts of n products over h days by a choice of m methods.

    Rows of products without a forecast (state other than "ok") are NaN, and their method is "".

    product_ids : (n,) int64, as in the panel.
    start : datetime64[D], the first day ahead.
    methods : tuple of m names, the columns of ``weights``.
    state : (n,) str, see demand_state. reason : (n,) str, why a method did not answer; mostly "".
    method : (n,) str, "combination", or "moving_average" where that fell back.
    weights : (n, m) float64, sum 1; zeros where the base method answered without being chosen.
    daily, daily_low, daily_high : (n, h) float64 >= 0, units a day, and the 95 % interval.
    totals, totals_low, totals_high : (n, 3) float64, units in the next 7, 30 and 90 days; NaN where
        the horizon is shorter. Names that end in _80 : the 80 % intervals.
    slope : (n,) float64 in −2..2; trend : (n,) str "up", "down", "stable"; see demand_trend.
    confidence : (n,) float64 in 0..1.
    origins : (n,) int64, at how many earlier days the product was tested.
    wape, bias : (n,) float64, of the 30-day totals over these origins: sum of absolute errors, and
        of errors (forecast − sold), over what was sold; NaN where nothing was.
    mase : (n,) float64, daily, scaled by the seasonal naive (7); NaN where that makes no error.
    tested : (n, 4) float64: units sold over the origins, absolute errors of the totals, errors of
        the totals, absolute daily errors. Sums over products give the figures of a catalogue.
    """

    product_ids: np.ndarray
    start: np.datetime64
    methods: tuple
    state: np.ndarray
    reason: np.ndarray
    method: np.ndarray
    weights: np.ndarray
    daily: np.ndarray
    daily_low: np.ndarray
    daily_high: np.ndarray
    daily_low_80: np.ndarray
    daily_high_80: np.ndarray
    totals: np.ndarray
    totals_low: np.ndarray
    totals_high: np.ndarray
    totals_low_80: np.ndarray
    totals_high_80: np.ndarray
    slope: np.ndarray
    trend: np.ndarray
    confidence: np.ndarray
    origins: np.ndarray
    wape: np.ndarray
    mase: np.ndarray
    bias: np.ndarray
    tested: np.ndarray

    # Days of the columns of ``totals``.
    TOTALS = TOTALS

    def __len__(self):
        return len(self.product_ids)


@dataclass(frozen=True)
class Overall:
    """Back-test of a whole catalogue, shares in 0..; NaN where nothing could be tested.

    wape, bias : of 30-day totals; wape_daily : of days; mase : mean of the products'.
    products : int, how many were tested.
    """

    wape: float
    wape_daily: float
    mase: float
    bias: float
    products: int


def overall(table):
    """Overall of a ForecastTable."""
    rows = table.origins > 0
    sold, absolute, error, daily = table.tested[rows].sum(axis=0)
    mase = table.mase[rows & np.isfinite(table.mase)]
    if not sold > 0:
        return Overall(*(4 * [float("nan")]), int(rows.sum()))
    return Overall(
        wape=float(absolute / sold),
        wape_daily=float(daily / sold),
        mase=float(mase.mean()) if len(mase) else float("nan"),
        bias=float(error / sold),
        products=int(rows.sum()),
    )


def concatenate(tables):
    """One ForecastTable of several of the same start and methods. Raises ValueError otherwise."""
    first = tables[0]
    if any((each.start, each.methods) != (first.start, first.methods) for each in tables):
        raise ValueError("tables of different days or methods")
    shared = {"start": first.start, "methods": first.methods}
    names = [field.name for field in fields(ForecastTable) if field.name not in shared]
    parts = {name: np.concatenate([getattr(each, name) for each in tables]) for name in names}
    return ForecastTable(**shared, **parts)
