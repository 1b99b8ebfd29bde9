"""Days on which everything sells unusually: a holiday, a strike, a closed road.

They are an anomaly of the company and not of each product. Where the median product lies off, all
are compared with what the median sold; where the median product has changed for long, so has the
company.
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

    table : watch.Watched of residuals of products, by day or by week.
    Returns (Watched, (b,) datetime64[D] first days of the buckets that are broad).
    """
    factor = _factor(table)
    broad = factor != 1
    if not broad.any():
        return table, table.series.days[broad]
    series = table.series
    expected = table.scores.expected * factor
    scores = residual_scores(series.values, expected, series.known & ~broad, series.unit)
    return replace(table, scores=scores), series.days[broad]


def own_changes(own):
    """Lasting changes of products but those that most of the others have in common.

    own : watch.Level of products. Returns list of (Watched, list of Run), as ``own.shifted``.
    """
    days = [table for table in own.dense if table.series.step == 1 and table.method == "residual"]
    if not days or len(days[0]) < LEAST_PRODUCTS:
        return own.shifted
    changed = {sign: np.zeros(len(days[0].series.days)) for sign in (False, True)}
    for table, runs in own.shifted:
        dense = np.isin(table.series.ids, days[0].series.ids)
        for run in runs:
            changed[run.z > 0][run.first : run.last + 1] += dense[run.row]

    def common(run):
        return 2 * np.median(changed[run.z > 0][run.first : run.last + 1]) > len(days[0])

    return [(table, [run for run in runs if not common(run)]) for table, runs in own.shifted]


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
