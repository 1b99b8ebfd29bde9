"""How far a vendor can be relied on: on time, complete, steady, at what prices, with what returns.

A vendor with three lines is not judged by three lines: its shares are drawn towards those of all
vendors, by as many lines as make the lines of all most likely (beta-binomial with an empirical
prior: Skellam 1948), and each has a 90 % interval.

    on time, complete, returned     (k + m·p) / (n + m)
    lead time     mean (Σ x + m·x̄) / (n + m), m the variance within vendors over that between them;
                  deviation sqrt((3 s² + Σ (x − mean of the vendor)²) / (3 + n − 1)), s pooled
    prices        slope of log unit prices over years within each product, and its 90 % interval by
                  Student's t; none below 3 degrees of freedom
    score         Σ weight · part / Σ weight, over the parts that are known

Parts of the score are 0..1, more is better: share on time; share complete; 1 / (1 + deviation /
mean) of the lead time; 1 − prices' rise a year over 20 %, within 0..1; 1 − share returned.

Limits: a promised date that was moved later makes a vendor punctual. Give the one of the
confirmation.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, betaln, stdtrit

from ..core.lookup import pair_key, places

PARTS = ("on_time", "complete", "lead", "price", "returns")
WEIGHTS = (0.35, 0.2, 0.15, 0.15, 0.15)
LEVEL = 0.9
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
PRIOR_SPREAD = 3
MOST_LEAD = 365
STEEP = 0.2
LEAST_FREEDOM = 3
YEAR = 365.25
# What is still to come: after every other day.
OPEN = 2**31 - 1


@dataclass(frozen=True)
class PurchaseLines:
    """Lines of confirmed purchase orders, as parallel arrays (n,).

    vendor, product : int64, commercial entity of ``purchase_order.partner_id``, product id.
    ordered : int64, days since 1970, ``date_approve``; promised : int64, ``date_planned`` as it was
    when the order was confirmed; received : int64, day of the last receipt (done ``stock_move``),
    ``OPEN`` where none is done. wanted, got, returned : float64 >= 0, in one unit: ``product_qty``,
    what was received, what went back. price : float64, net unit price in company currency, NaN
    where unknown.
    """

    vendor: np.ndarray
    product: np.ndarray
    ordered: np.ndarray
    promised: np.ndarray
    received: np.ndarray
    wanted: np.ndarray
    got: np.ndarray
    returned: np.ndarray
    price: np.ndarray


@dataclass(frozen=True)
class Prior:
    """Of a share: rate : float in 0..1, of all vendors; strength : float > 0, lines that it counts
    for."""

    rate: float
    strength: float

    def mean(self, count, of):
        """(m,) float64, share drawn towards all; count, of : (m,) int, k of n."""
        return (count + self.strength * self.rate) / (of + self.strength)


@dataclass(frozen=True)
class Share:
    """Of m vendors, (m,): mean, low, high in 0..1, 90 % interval; count, of : int64, k of n.
    prior : Prior that they are drawn by."""

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    count: np.ndarray
    of: np.ndarray
    prior: object


@dataclass(frozen=True)
class VendorScores:
    """Of m vendors, in the order of ``vendor`` (m,) int64.

    on_time, complete, returned : Share. lead_mean, lead_sd : (m,) float64, days; receipts : (m,)
    int64 behind them. drift, drift_low, drift_high : (m,) float64, change of prices a year, 0.1 for
    10 % dearer, NaN for unknown. parts : (m, 5) float64 in 0..1, of PARTS, NaN for unknown.
    score : (m,) float64 in 0..1, NaN without a part of any weight.
    """

    vendor: np.ndarray
    on_time: Share
    complete: Share
    returned: Share
    lead_mean: np.ndarray
    lead_sd: np.ndarray
    receipts: np.ndarray
    drift: np.ndarray
    drift_low: np.ndarray
    drift_high: np.ndarray
    parts: np.ndarray
    score: np.ndarray


def vendor_scores(lines, today, weights=WEIGHTS, tolerance=0, priors=None):
    """Judge vendors by their lines.

    lines : PurchaseLines, at most two years or so; today : int; weights : (5,) float >= 0, of
    PARTS; tolerance : int >= 0, days after the promised one that still count as on time. A line is
    judged once it was received or that day is over; priors : {"on_time", "complete", "returned":
    Prior} that shares are drawn by, learned from these lines unless given. Returns VendorScores.
    Raises ValueError for weights that are negative or all 0.
    """
    weights = np.asarray(weights, np.float64)
    if weights.shape != (len(PARTS),) or (weights < 0).any() or not weights.sum():
        raise ValueError("five weights are wanted, none below 0 and one above")
    vendors, place = np.unique(lines.vendor, return_inverse=True)
    size = len(vendors)
    here = lines.received <= today
    priors = priors or {}
    on_time, complete, returned = (
        _share(place, *outcome, size, priors.get(name))
        for name, outcome in outcomes(lines, today, tolerance).items()
    )
    mean, sd, receipts = _lead(place, lines, here, size)
    drift, low, high = _drift(place, lines, size)
    parts = np.column_stack(
        [
            np.where(on_time.of > 0, on_time.mean, np.nan),
            np.where(complete.of > 0, complete.mean, np.nan),
            np.where(receipts > 0, 1 / (1 + sd / np.maximum(mean, 1.0)), np.nan),
            1 - np.clip(drift / STEEP, 0.0, 1.0),
            np.where(returned.of > 0, 1 - returned.mean, np.nan),
        ]
    )
    return VendorScores(
        vendors,
        on_time,
        complete,
        returned,
        mean,
        sd,
        receipts,
        drift,
        low,
        high,
        parts,
        weighted(parts, weights),
    )


def outcomes(lines, today, tolerance=0):
    """{"on_time", "complete", "returned": ((n,) bool whether it was, (n,) bool whether it is
    judged)} of lines on a day."""
    here = lines.received <= today
    judged = here | (lines.promised + tolerance < today)
    punctual = here & (lines.received <= lines.promised + tolerance)
    full = lines.got >= lines.wanted * (1 - 1e-6)
    return {
        "on_time": (punctual, judged),
        "complete": (full, judged),
        "returned": (lines.returned > 0, here),
    }


def weighted(parts, weights):
    """(m,) float64, mean of the known parts by their weights; NaN where none has any.

    parts : (m, k) float64, NaN for unknown; weights : (k,) float >= 0.
    """
    used = np.where(np.isnan(parts), 0.0, weights)
    total = used.sum(axis=1)
    summed = (np.nan_to_num(parts) * used).sum(axis=1)
    return np.where(total > 0, summed / np.maximum(total, 1e-12), np.nan)


def counted(place, yes, judged, size):
    """((m,) float64 how often, (m,) float64 of how many)."""
    return (
        np.bincount(place[judged], yes[judged], size),
        np.bincount(place[judged], minlength=size).astype(np.float64),
    )


def prior_of(count, of):
    """Prior that makes the shares of all vendors most likely."""
    rate = (count.sum() + 1) / (of.sum() + 2)
    strength = max(STRENGTHS, key=lambda each: _likelihood(count, of, rate, each))
    return Prior(float(rate), strength)


def _share(place, yes, judged, size, prior=None):
    count, of = counted(place, yes, judged, size)
    prior = prior or prior_of(count, of)
    first = count + prior.strength * prior.rate
    second = of - count + prior.strength * (1 - prior.rate)
    low, high = (betaincinv(first, second, side) for side in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    mean = prior.mean(count, of)
    return Share(mean, low, high, count.astype(np.int64), of.astype(np.int64), prior)


def _likelihood(count, of, rate, strength):
    first, second = strength * rate, strength * (1 - rate)
    return float((betaln(count + first, of - count + second) - betaln(first, second)).sum())


def _lead(place, lines, here, size):
    days = (lines.received - lines.ordered).astype(np.float64)
    good = here & (days >= 0) & (days <= MOST_LEAD)
    place, days = place[good], days[good]
    number = np.bincount(place, minlength=size)
    if not len(days):
        return np.full(size, np.nan), np.full(size, np.nan), number
    total = np.bincount(place, days, size)
    own = total / np.maximum(number, 1)
    squares = np.bincount(place, (days - own[place]) ** 2, size)
    freedom = np.maximum(number - 1, 0)
    within = squares.sum() / max(freedom.sum(), 1)
    mean = days.mean()
    spread = (number * (own - mean) ** 2).sum() - within * ((number > 0).sum() - 1)
    between = spread / max(number.sum() - (number**2).sum() / number.sum(), 1e-12)
    strength = min(max(within / between, 0.5), 1e6) if between > 0 else 1e6
    return (
        (total + strength * mean) / (number + strength),
        np.sqrt((PRIOR_SPREAD * within + squares) / (PRIOR_SPREAD + freedom)),
        number,
    )


def _drift(place, lines, size):
    """Change of log prices a year, within products, turned into a rate: (m,) value, low, high."""
    used = np.isfinite(lines.price) & (lines.price > 0)
    place, years = place[used], lines.ordered[used] / YEAR
    log = np.log(lines.price[used])
    key = pair_key(lines.vendor[used], lines.product[used])
    pairs = np.unique(key)
    pair = places(pairs, key)
    number = np.maximum(np.bincount(pair, minlength=len(pairs)), 1)
    years = years - (np.bincount(pair, years, len(pairs)) / number)[pair]
    log = log - (np.bincount(pair, log, len(pairs)) / number)[pair]
    across = np.bincount(place, years**2, size)
    slope = np.bincount(place, years * log, size) / np.maximum(across, 1e-12)
    left = np.bincount(place, (log - slope[place] * years) ** 2, size)
    owner = np.zeros(len(pairs), np.int64)
    owner[pair] = place
    groups = np.bincount(owner, minlength=size) if len(pairs) else np.zeros(size)
    freedom = np.bincount(place, minlength=size) - groups - 1
    known = (freedom >= LEAST_FREEDOM) & (across > 1e-6)
    wide = np.full(size, np.nan)
    sure = stdtrit(np.maximum(freedom, 1), (1 + LEVEL) / 2)
    wide[known] = (sure * np.sqrt(left / np.maximum(freedom, 1) / np.maximum(across, 1e-12)))[known]
    value = np.where(known, slope, np.nan)
    return tuple(np.expm1(np.clip(each, -5, 5)) for each in (value, value - wide, value + wide))
