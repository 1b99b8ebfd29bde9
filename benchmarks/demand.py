"""The public protocol of ../shared/data/README.md: demand, 30 days ahead, Online Retail.

Daily quantities of the 200 products with the highest revenue before the first origin; days from a
product's first sale, zeros filled; three origins, horizon 30, all history before the origin.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from algorithms.core.demand_panel import DemandPanel, demand_panel

from . import online_retail

ORIGINS = ("2011-06-03", "2011-07-03", "2011-08-02")
# Not published, nothing was chosen on them alone: two weeks apart, before the published ones.
OTHER_ORIGINS = ("2011-03-20", "2011-04-04", "2011-04-19", "2011-05-04", "2011-05-19")
HORIZON = 30
PRODUCTS = 200


@dataclass(frozen=True)
class Figures:
    """Percent, but for mase. wape_daily, wape_total, bias; by_origin : wape_total of each."""

    wape_daily: float
    wape_total: float
    mase: float
    bias: float
    by_origin: tuple


def retail_panel():
    """DemandPanel of all products of Online Retail, its nine months."""
    sold = online_retail.cleaned()
    codes = np.sort(sold["StockCode"].unique())
    lines = pd.DataFrame(
        {
            "product_id": np.searchsorted(codes, sold["StockCode"].to_numpy()),
            "date": sold["InvoiceDate"].dt.normalize().to_numpy(),
            "quantity": sold["Quantity"].to_numpy(float),
            "price": sold["UnitPrice"].to_numpy(float),
        }
    )
    last, begin = lines["date"].max(), lines["date"].min()
    return demand_panel(lines, last, (last - begin).days + 1)


def best_sellers(panel, before, count=PRODUCTS):
    """The products with the highest revenue before a day."""
    part = panel.until(column_of(panel, before))
    revenue = np.nansum(part.sold * np.nan_to_num(part.price), axis=1)
    return panel.take(np.sort(np.argsort(-revenue, kind="stable")[:count]))


def column_of(panel, day):
    return int((np.datetime64(day) - panel.days[0]) / np.timedelta64(1, "D"))


def seasonal_naive_error(panel):
    """(n,) mean absolute difference to the same day a week earlier, since the first sale."""
    difference = np.abs(panel.sold[:, 7:] - panel.sold[:, :-7])
    counts = panel.mask[:, :-7]
    return (difference * counts).sum(axis=1) / np.maximum(counts.sum(axis=1), 1)


def evaluate(panel: DemandPanel, forecast, origins=ORIGINS, horizon=HORIZON):
    """Figures of a method.

    forecast : function of (DemandPanel up to an origin, horizon) to (n, horizon).
    """
    totals, sold, daily, signed, scaled = [], [], [], [], []
    for origin in origins:
        column = column_of(panel, origin)
        before = panel.until(column)
        actual = panel.sold[:, column : column + horizon]
        error = forecast(before, horizon) - actual
        naive = seasonal_naive_error(before)
        used = (before.first <= column - 14) & (naive > 0)
        error, actual = error[used], actual[used]
        totals.append(np.abs(error.sum(axis=1)).sum())
        daily.append(np.abs(error).sum())
        signed.append(error.sum())
        sold.append(actual.sum())
        scaled.append(np.abs(error).mean(axis=1) / naive[used])
    everything = sum(sold) / 100
    return Figures(
        wape_daily=sum(daily) / everything,
        wape_total=sum(totals) / everything,
        mase=float(np.concatenate(scaled).mean()),
        bias=sum(signed) / everything,
        by_origin=tuple(100 * total / units for total, units in zip(totals, sold, strict=True)),
    )


def covered(panel, table, column, days):
    """Outcomes within the intervals of a ForecastTable made before ``column``.

    Returns (days covered, {7, 30, 90: totals covered}), bool arrays of products with a forecast;
    totals beyond the panel's end are left out.
    """
    rows = table.state == "ok"
    actual = panel.sold[rows, column : column + days]
    ahead = actual.shape[1]
    low, high = table.daily_low[rows, :ahead], table.daily_high[rows, :ahead]
    totals = {}
    for number, span in enumerate(table.TOTALS):
        if span <= ahead:
            summed = actual[:, :span].sum(axis=1)
            totals[span] = _inside(
                summed, table.totals_low[rows, number], table.totals_high[rows, number]
            )
    return _inside(actual, low, high), totals


def _inside(value, low, high):
    # Rounding of sums must not decide.
    return (value >= low * (1 - 1e-12)) & (value <= high * (1 + 1e-12))
