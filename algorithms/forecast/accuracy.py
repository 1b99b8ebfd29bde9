"""Days have passed: how good was the forecast that was made then?

    sMAPE   mean over days of 2 |f − y| / (f + y); 0 on days when both are zero
    WAPE    Σ |f − y| / Σ y over days
    bias    Σ (f − y) / Σ y: +0.1 is a tenth too much

The same over the catalogue, and there also ``wape_total``, Σ over products of |Σ days (f − y)| over
Σ y, which is what an order quantity suffers from. Daily figures alone mislead: with slow sellers a
forecast of nothing has a better daily WAPE than the right mean. Days that say nothing (no stock)
are left out on both sides.
"""

from dataclasses import dataclass

import numpy as np

from ..core.demand_panel import DAY


@dataclass(frozen=True)
class Accuracy:
    """Scores of n forecasts.

    product_ids : (n,) int64. days : (n,) int64, days that were compared, zero for products without
    a forecast or no longer in the panel. sold, forecast : (n,) float64, sums over these days.
    smape, wape, bias : (n,) float64, NaN without days; wape and bias also where nothing was sold.
    overall_smape : float, mean of all days; overall_wape, overall_wape_total, overall_bias : float,
    by quantity; NaN where nothing could be compared.
    """

    product_ids: np.ndarray
    days: np.ndarray
    sold: np.ndarray
    forecast: np.ndarray
    smape: np.ndarray
    wape: np.ndarray
    bias: np.ndarray
    overall_smape: float
    overall_wape: float
    overall_wape_total: float
    overall_bias: float


def score_forecasts(product_ids, start, daily, panel):
    """Compare an earlier forecast with what was sold since.

    product_ids : (n,) int; start : datetime64[D], day of the first column; daily : (n, h) float64,
    NaN rows for products without a forecast; panel : DemandPanel that reaches beyond ``start``.
    A product that is not in the panel is left out, as is what lies outside the panel's days.
    Returns Accuracy, rows as ``product_ids``.
    """
    product_ids = np.asarray(product_ids, np.int64)
    forecast, actual, used = _matched(product_ids, start, daily, panel)
    error = forecast - actual
    both = forecast + actual
    smape = np.divide(2 * np.abs(error), both, out=np.zeros_like(error), where=both > 0)
    days, sold = used.sum(axis=1), actual.sum(axis=1)
    absolute, signed = np.abs(error).sum(axis=1), error.sum(axis=1)
    return Accuracy(
        product_ids=product_ids,
        days=days,
        sold=sold,
        forecast=forecast.sum(axis=1),
        smape=_share(smape.sum(axis=1), days),
        wape=_share(absolute, sold),
        bias=_share(signed, sold),
        overall_smape=float(_share(smape.sum(), days.sum())),
        overall_wape=float(_share(absolute.sum(), sold.sum())),
        overall_wape_total=float(_share(np.abs(signed).sum(), sold.sum())),
        overall_bias=float(_share(signed.sum(), sold.sum())),
    )


def _matched(product_ids, start, daily, panel):
    """Forecasts and sales of the same products and days, (n, k) each, zero where not compared."""
    offset = int((np.datetime64(start, "D") - panel.days[0]) / DAY)
    columns = offset + np.arange(daily.shape[1])
    inside = (columns >= 0) & (columns < panel.length)
    if not len(panel):
        inside[:] = False
    forecast, columns = daily[:, inside], columns[inside]
    row = np.minimum(np.searchsorted(panel.product_ids, product_ids), max(len(panel) - 1, 0))
    known = np.zeros(len(product_ids), bool)
    if len(panel):
        known = panel.product_ids[row] == product_ids
    if not len(columns):
        empty = np.zeros((len(product_ids), 0))
        return empty, empty, empty.astype(bool)
    used = panel.mask[row][:, columns] & known[:, None] & np.isfinite(forecast)
    actual = panel.sold[row][:, columns]
    return np.where(used, forecast, 0.0), np.where(used, actual, 0.0), used


def _share(part, whole):
    part, whole = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
