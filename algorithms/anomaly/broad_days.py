"""Days on which everything sells unusually: a holiday, a strike, a closed road.

They are an anomaly of the company and not of each product. Where the median product lies off, all
are compared with what the median sold.
"""

from dataclasses import replace

import numpy as np

from .scores import residual_scores
from .tails import ANSCOMBE

# A median of fewer products says nothing about the day.
LEAST_PRODUCTS = 8
LIMIT, EFFECT = 3.5, 0.2


def adjusted_to_broad_days(table):
    """Products with the expectation of such days lowered or raised.

    table : watch.Watched of products, by day or by week. Plain z-scores stay as they are.
    Returns (Watched, (b,) datetime64[D] first days of the buckets that are broad).
    """
    factor = _factor(table)
    broad = factor != 1
    if not broad.any():
        return table, table.series.days[broad]
    series = table.series
    expected = table.scores.expected * factor
    scores = residual_scores(series.values, expected, series.known & ~broad, series.unit)
    scores = scores.with_rows(table.scores, table.by_window)
    return replace(table, scores=scores), series.days[broad]


def _factor(table):
    """(t,) what the median product sold over what it was to sell, 1 on ordinary days."""
    factor = np.zeros(len(table.series.days))
    ratios = _log_ratios(table)
    enough = np.isfinite(ratios).sum(axis=0) >= LEAST_PRODUCTS
    if not enough.any():
        return np.exp(factor)
    factor[enough] = np.nanmedian(ratios[:, enough], axis=0)
    usual = factor[enough]
    scatter = 1.4826 * np.median(np.abs(usual - np.median(usual)))
    off = (np.abs(factor) >= LIMIT * scatter) & (np.abs(np.expm1(factor)) >= EFFECT)
    return np.where(off, np.exp(factor), 1.0)


def _log_ratios(table):
    series, unit = table.series, table.series.unit[:, None]
    sold, expected = series.values / unit, table.scores.expected / unit
    ratios = np.log((sold + ANSCOMBE) / (expected + ANSCOMBE))
    return np.where(series.known, ratios, np.nan)
