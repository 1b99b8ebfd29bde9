"""Whether the lead times of past receipts keep the shelf better than those that vendors promise.

The older receipts of a vendor and product tell a lead time and its deviation, drawn towards the
promised one (``lead_times``); orders then take as long as the newer ones did. Reorder points by
either are replayed on the same demand (``policy_comparison``). Products are weighed by what a unit
costs; 95 % intervals are those of ratios and means over products.

Receipts win where they surely serve more of the demand and the promised lead times serve less than
is wanted, or where they surely need less stock and serve what is wanted, or no less.
"""

from dataclasses import dataclass, fields

import numpy as np

from ..core.lookup import pair_key, places
from .lead_times import MOST_DAYS, lead_times

HELD_OUT = 1 / 3
LEAST_NEW, LEAST_PRODUCTS = 2, 5
SURE = 1.96


@dataclass(frozen=True)
class SplitLeads:
    """Of m pairs, (m,) float64: told_mean, told_sd : days, by the older receipts; mean, sd : of the
    newer ones, NaN for fewer than two."""

    told_mean: np.ndarray
    told_sd: np.ndarray
    mean: np.ndarray
    sd: np.ndarray


def split_leads(pairs, planned, receipt_pairs, ordered, received):
    """SplitLeads; arguments as for ``lead_times``, ordered and received as int days since 1970."""
    pairs = np.asarray(pairs, np.int64).reshape(-1, 2)
    receipt_pairs = np.asarray(receipt_pairs, np.int64).reshape(-1, 2)
    ordered, received = (np.asarray(each, np.int64) for each in (ordered, received))
    size = len(pairs)
    if not len(ordered):
        none = np.full(size, np.nan)
        return SplitLeads(np.asarray(planned, np.float64), np.zeros(size), none, none)
    cut = int(np.quantile(ordered, 1 - HELD_OUT))
    # What was ordered before the cut and came after it was not known on it.
    old = received < cut
    told = lead_times(
        pairs,
        planned,
        receipt_pairs[old],
        ordered[old].astype("datetime64[D]"),
        received[old].astype("datetime64[D]"),
    )
    days = received - ordered
    new = (ordered >= cut) & (days >= 0) & (days <= MOST_DAYS)
    place = places(pair_key(*pairs.T), pair_key(*receipt_pairs[new].T))
    place, days = place[place >= 0], days[new][place >= 0].astype(np.float64)
    number = np.bincount(place, minlength=size)
    mean = np.bincount(place, days, size) / np.maximum(number, 1)
    squares = np.bincount(place, (days - mean[place]) ** 2, size)
    known = number >= LEAST_NEW
    return SplitLeads(
        told.mean,
        told.sd,
        np.where(known, mean, np.nan),
        np.where(known, np.sqrt(squares / np.maximum(number - 1, 1)), np.nan),
    )


@dataclass(frozen=True)
class LeadSums:
    """What is added up over products, so that a catalogue can be replayed in parts: number of them,
    demanded, served and stock by either, and the squares that intervals need; all in money."""

    products: float = 0.0
    demanded: float = 0.0
    plan_served: float = 0.0
    receipt_served: float = 0.0
    plan_stock: float = 0.0
    receipt_stock: float = 0.0
    demanded_squared: float = 0.0
    more_squared: float = 0.0
    more_demanded: float = 0.0
    saved_squared: float = 0.0

    def __add__(self, other):
        return LeadSums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def lead_sums(by_plan, by_receipts, cost):
    """LeadSums of Replays of the same products; cost : (n,) float >= 0, of a unit."""
    used = (by_plan.days > 0) & (by_plan.demanded > 0)
    weight = np.asarray(cost, np.float64)[used]
    demanded = by_plan.demanded[used] * weight
    served = [each.served[used] * weight for each in (by_plan, by_receipts)]
    stock = [each.mean_stock[used] * weight for each in (by_plan, by_receipts)]
    more, saved = served[1] - served[0], stock[0] - stock[1]
    return LeadSums(
        float(used.sum()),
        float(demanded.sum()),
        *(float(each.sum()) for each in (*served, *stock)),
        float((demanded**2).sum()),
        float((more**2).sum()),
        float((more * demanded).sum()),
        float((saved**2).sum()),
    )


@dataclass(frozen=True)
class LeadVerdict:
    """products : int; plan_fill, receipt_fill : float in 0..1, share of demand served; plan_stock,
    receipt_stock : float, money; fill_low, fill_high, saved_low, saved_high : float, intervals of
    what receipts serve more and need less; wins : bool."""

    products: int
    plan_fill: float
    receipt_fill: float
    plan_stock: float
    receipt_stock: float
    fill_low: float
    fill_high: float
    saved_low: float
    saved_high: float
    wins: bool


def judged(sums, wanted):
    """LeadVerdict of LeadSums; wanted : float in 0..1, the service level. None without demand."""
    if not sums.products or not sums.demanded:
        return None
    fills = [each / sums.demanded for each in (sums.plan_served, sums.receipt_served)]
    gain = fills[1] - fills[0]
    spread = sums.more_squared - 2 * gain * sums.more_demanded + gain**2 * sums.demanded_squared
    width = SURE * np.sqrt(max(spread, 0.0)) / sums.demanded
    saved = sums.plan_stock - sums.receipt_stock
    scatter = max(sums.saved_squared - saved**2 / sums.products, 0.0)
    wide = SURE * np.sqrt(scatter * sums.products / max(sums.products - 1, 1))
    serves = gain - width > 0 and fills[0] < wanted
    saves = saved - wide > 0 and fills[1] >= min(wanted, fills[0])
    return LeadVerdict(
        int(sums.products),
        *fills,
        sums.plan_stock,
        sums.receipt_stock,
        float(gain - width),
        float(gain + width),
        float(saved - wide),
        float(saved + wide),
        bool(sums.products >= LEAST_PRODUCTS and (serves or saves)),
    )
