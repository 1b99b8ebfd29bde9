"""Days on which everything sells unusually: a holiday, a strike, a closed road.

They are an anomaly of the company and not of each product. Where the median product lies off, all
are compared with what the median sold.
"""

from dataclasses import replace
from itertools import compress

import numpy as np

from .scores import residual_scores
from .tails import ANSCOMBE

# A median of fewer products says nothing about the day.
LEAST_PRODUCTS = 8
LIMIT, EFFECT = 3.5, 0.2
NO_DAYS = np.empty(0, "datetime64[D]")


def adjusted_to_broad_days(watched, method):
    """Products with the expectation of such days lowered or raised.

    watched : list of anomaly_watch.Watched; method : see anomaly_series.score.
    Returns (list of Watched, (b,) datetime64[D] the days). Plain z-scores stay as they are.
    """
    broad = NO_DAYS
    if method != "auto":
        return watched, broad
    for step in (1, 7):
        chosen = [part.series.level == "product" and part.series.step == step for part in watched]
        factor = _factor(list(compress(watched, chosen)))
        if factor is None or (factor == 1).all():
            continue
        if step == 1:
            broad = watched[chosen.index(True)].series.days[factor != 1]
        watched = [
            _adjusted(part, factor) if is_chosen else part
            for part, is_chosen in zip(watched, chosen, strict=True)
        ]
    return watched, broad


def _factor(parts):
    """(t,) what the median product sold over what it was to sell, 1 on ordinary days, or None."""
    if sum(map(len, parts)) < LEAST_PRODUCTS:
        return None
    ratios = np.concatenate([_log_ratios(part) for part in parts])
    enough = np.isfinite(ratios).sum(axis=0) >= LEAST_PRODUCTS
    if not enough.any():
        return None
    factor = np.zeros(ratios.shape[1])
    factor[enough] = np.nanmedian(ratios[:, enough], axis=0)
    usual = factor[enough]
    scatter = 1.4826 * np.median(np.abs(usual - np.median(usual)))
    off = (np.abs(factor) >= LIMIT * scatter) & (np.abs(np.expm1(factor)) >= EFFECT)
    return np.where(off, np.exp(factor), 1.0)


def _log_ratios(part):
    unit = part.series.unit[:, None]
    sold, expected = part.series.values / unit, part.scores.expected / unit
    ratios = np.log((sold + ANSCOMBE) / (expected + ANSCOMBE))
    return np.where(part.series.known, ratios, np.nan)


def _adjusted(part, factor):
    series = part.series
    usual = series.known & (factor == 1)
    scores = residual_scores(series.values, part.scores.expected * factor, usual, series.unit)
    return replace(part, scores=scores.with_rows(part.scores, part.by_window))
