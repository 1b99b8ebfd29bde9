"""Lead times that vendors kept, from past receipts, drawn towards the planned one.

Few receipts say little, so the planned lead time counts as three receipts of its own:

    median   of the receipts and of three planned lead times: what is usual
    kept     receipts, cut at three times this median: a forgotten order is no lead time
    mean     (3 p + Σ x) / (3 + n), p the planned lead time, n the receipts
    sd       sqrt((3 ρ² max(p, 1)² + Σ (x − x̄)²) / (3 + n − 1)), or ρ max(p, 1) without a receipt
    ρ        deviation over planned lead time, pooled over all pairs with two receipts or more:
             sqrt(Σ ((x − x̄) / max(p, 1))² / Σ (n − 1)); zero where no pair has two

Receipts before their order, after more than a year or without a date are typing errors: left out
and counted. Several receipts of one order line are several observations; give the last alone where
only the complete delivery counts. Days are calendar days, from the order until the receipt.

Limits: three is a choice, not learned: with three receipts plan and past weigh the same. A vendor
that grew slower lately is seen only as fast as receipts come in; pass those of a year or two.
Source of the shrinkage: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., chapter 2.
"""

from dataclasses import dataclass

import numpy as np

from ..core.lookup import pair_key, places

PRIOR_RECEIPTS = 3
CUT_AT = 3.0
MOST_DAYS = 365


@dataclass(frozen=True)
class LeadTimes:
    """Lead times of m pairs of vendor and product, in the order given.

    mean, sd : (m,) float64 >= 0, days. receipts : (m,) int64, how many were used; left_out : (m,)
    int64, receipts with impossible days.
    """

    mean: np.ndarray
    sd: np.ndarray
    receipts: np.ndarray
    left_out: np.ndarray


def lead_times(pairs, planned, receipt_pairs, ordered, received, prior_receipts=PRIOR_RECEIPTS):
    """Mean and deviation of each pair's lead time.

    pairs : (m, 2) int from 0 to 2³¹ − 1, vendor and product, each once.
    planned : (m,) float >= 0, days.
    receipt_pairs : (k, 2) int, vendor and product of each receipt, those of other pairs are
        ignored; ordered, received : (k,) datetime64, NaT where unknown.
    prior_receipts : int >= 1, receipts that the planned lead time counts for.
    Returns LeadTimes. Raises ValueError for planned lead times that are negative or no number, and
    for pairs given twice.
    """
    planned = np.asarray(planned, np.float64)
    if not (np.isfinite(planned) & (planned >= 0)).all():
        raise ValueError("a planned lead time is negative or no number")
    if prior_receipts < 1:
        raise ValueError("the planned lead time counts for one receipt at least")
    count = len(planned)
    key, receipt_key = (
        pair_key(*np.asarray(each, np.int64).reshape(-1, 2).T) for each in (pairs, receipt_pairs)
    )
    if len(np.unique(key)) < len(key):
        raise ValueError("a pair of vendor and product is given twice")
    place = places(key, receipt_key)
    ordered, received = (np.asarray(each).astype("datetime64[D]") for each in (ordered, received))
    dated = ~(np.isnat(ordered) | np.isnat(received))
    days = np.where(dated, (received - ordered).astype(np.int64), -1)
    good = (days >= 0) & (days <= MOST_DAYS)
    ours = place >= 0
    left_out = np.bincount(place[ours & ~good], minlength=count)
    place, days = place[ours & good], days[ours & good].astype(np.float64)
    usual = _medians(place, days, planned, prior_receipts)
    days = np.minimum(days, CUT_AT * np.maximum(usual, 1.0)[place])
    number = np.bincount(place, minlength=count)
    total = np.bincount(place, days, count)
    own = total / np.maximum(number, 1)
    squares = np.bincount(place, (days - own[place]) ** 2, count)
    scale = np.maximum(planned, 1.0)
    freedom = np.maximum(number - 1, 0).sum()
    relative = (squares / scale**2).sum() / max(freedom, 1)
    shared = relative * scale**2
    weight = prior_receipts + np.maximum(number - 1, 0)
    return LeadTimes(
        mean=(prior_receipts * planned + total) / (prior_receipts + number),
        sd=np.sqrt((prior_receipts * shared + squares) / weight),
        receipts=number,
        left_out=left_out,
    )


def _medians(place, days, planned, prior):
    """(m,) medians of each pair's receipts and ``prior`` times its planned lead time."""
    pair = np.concatenate([place, np.repeat(np.arange(len(planned)), prior)])
    value = np.concatenate([days, np.repeat(planned, prior)])
    ordered = value[np.lexsort((value, pair))]
    size = np.bincount(pair, minlength=len(planned))
    start = np.cumsum(size) - size
    low, high = start + (size - 1) // 2, start + size // 2
    return (ordered[low] + ordered[high]) / 2
