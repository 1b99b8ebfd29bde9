"""Intervals: what is known beforehand of the scatter, corrected by what the back-test missed.

At every origin of the back-test each outcome gets its z-score under the prior (:mod:`.scatter`):
standard normal, were the prior right. A new forecast's interval reaches from the prior's quantile
at the pool's low score to that at its high one (distributional conformal prediction), pooled over
products and origins, by days ahead (1-7, 8-30, 31-60, 61-90) and for totals of 7, 30 and 90 days,
for errors of neighbouring days go together. Many products are told apart by κ.

No product moves another's interval by much:

    a product's    m, its mean squared score, is at most 1.7 + (n / 60)² times M, the median of n
                   products (at least 1); beyond it all its scores are drawn in
    common scale   S² = (25 + Σ min(m, 1.7 M)) / (25 + n); what is below 1 counts half, for the
                   totals of neighbouring origins overlap, and one calm quarter is soon seen
    own quantiles  of the scores, with the weight n² / (n² + 60²), and S times the normal's with the
                   rest: the 97.5 % quantile of ten products would be what one of them did

Where nothing could be tested the prior alone speaks (``tested`` is 0), and where no origin lies far
enough back for a total (90 days need a history of 118), the errors of the longest total at hand
serve: what exceeds the prior is taken for a level that drifts, and grows with the days.

    one-sided   Where half a sale or less is likelier than 2.5 %, or the lower end is zero, nothing
                can fall below zero, and [0, quantile at 95 %] holds as much and is shorter

Limits: coverage holds over the catalogue and over time, not for each product and each week, and
only as far as the next months resemble those tested.

Sources: Vovk, Gammerman & Shafer (2005), Algorithmic Learning in a Random World; Chernozhukov,
Wüthrich & Zhu (2021), Distributional conformal prediction, PNAS 118; for bounded influence Huber
(1964), Annals of Mathematical Statistics 35.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from .course import Course
from .scatter import FARTHEST, Spread, chance_of_nothing, quantile, scale_of, scores

DAY_GROUPS = (7, 30, 60)
TOTALS = (7, 30, 90)
OUTER, INNER = 0.95, 0.80
# Products that the prior counts as in the common scale; alone, a product has only itself.
PRIOR_PRODUCTS, PRIOR_ALONE = 25.0, 4.0
# Times the median that a product's mean square may be; of many products more.
MOST_OF_A_PRODUCT = 1.7
# Products from which quantiles are more the catalogue's own than the normal's, and of a group of κ.
ENOUGH_PRODUCTS, GROUP_PRODUCTS = 60.0, 150
MOST_GROUPS = 6
# Scores of days a group of days ahead; more do not move a 97.5 % quantile.
MOST_SCORES = 100_000


@dataclass(frozen=True)
class Pool:
    """z-scores between which outcomes lie, by κ.

    centres : (g,) ascending, ln κ of the groups' medians, between which limits pass gradually;
    limits : {coverage: (3, g) low, high and one-sided high scores}; count : int, scores pooled,
    zero when nothing could be tested.
    """

    centres: np.ndarray
    limits: dict
    count: int


@dataclass(frozen=True)
class IntervalModel:
    """daily : one Pool for each group of days ahead; totals : {days: Pool};
    borrowed : tuple of the totals' days whose errors are those of a shorter total."""

    daily: tuple
    totals: dict
    borrowed: tuple = ()

    @property
    def tested(self):
        """Number of totals that the intervals were tested on; zero where the prior alone speaks."""
        return max(pool.count for pool in self.totals.values())


@dataclass(frozen=True)
class Outcome:
    """What a combination forecast at an origin and what came.

    product : (n,) int, the same number at all origins; forecast, actual : (n, a), the latter NaN
    where unknown; spread : Spread of the products before the origin; course : Course of it, whose
    risk outcomes are measured by, see ``Course.as_it_came``.
    """

    product: np.ndarray
    forecast: np.ndarray
    actual: np.ndarray
    spread: Spread
    course: Course


def prior_limits(coverage, scale=1.0):
    """(3,) low, high and one-sided high scores of a normal of standard deviation ``scale``."""
    tail = (1 - coverage) / 2
    return scale * ndtri(np.array([tail, 1 - tail, coverage]))


def learn_pool(score, kappa, product, coverages=(OUTER, INNER)):
    """Pool of z-scores.

    score, kappa : (k,), others than finite ones are left out; product : (k,) int.
    """
    good = np.isfinite(score) & np.isfinite(kappa)
    score, kappa, product = score[good], kappa[good], product[good]
    scale = common_scale(score, product)
    score = drawn_in(score, product)
    place = _groups_of(kappa, len(np.unique(product)))
    groups = place.max(initial=0) + 1
    centres = np.zeros(groups)
    limits = {coverage: np.empty((3, groups)) for coverage in coverages}
    for group in range(groups):
        inside = place == group
        weight = _own_weight(product[inside])
        centres[group] = np.log(np.median(kappa[inside])) if inside.any() else 0.0
        for coverage, ends in limits.items():
            ends[:, group] = (1 - weight) * prior_limits(coverage, scale)
            if weight:
                ends[:, group] += weight * _own_limits(score[inside], coverage)
    return Pool(centres, limits, len(score))


def _groups_of(kappa, products):
    """(k,) int, the group by κ of each score, without empty groups."""
    groups = int(np.clip(products // GROUP_PRODUCTS, 1, MOST_GROUPS))
    edges = np.quantile(kappa, np.arange(1, groups) / groups) if groups > 1 else []
    return np.unique(np.searchsorted(edges, kappa, side="right"), return_inverse=True)[1]


def common_scale(score, product):
    """S of a pool: how much further outcomes lie off than the prior thinks; 1 without any."""
    if not len(score):
        return 1.0
    square, _place = _mean_squares(score, product)
    highest = MOST_OF_A_PRODUCT * _middle(square)
    prior = PRIOR_PRODUCTS if len(square) > 1 else PRIOR_ALONE
    scale = float(np.sqrt((prior + np.minimum(square, highest).sum()) / (prior + len(square))))
    return max(scale, (1 + scale) / 2)


def drawn_in(score, product):
    """Scores, those of products drawn in that lie off much further than the others."""
    if not len(score):
        return score
    square, place = _mean_squares(score, product)
    times = MOST_OF_A_PRODUCT + (len(square) / ENOUGH_PRODUCTS) ** 2
    highest = times * _middle(square)
    return score * np.sqrt(np.minimum(highest / np.maximum(square, 1e-300), 1.0))[place]


def _mean_squares(score, product):
    """(n,) mean squared score of each product, and (k,) the place of each score's product."""
    _ids, place, count = np.unique(product, return_inverse=True, return_counts=True)
    return np.bincount(place, np.square(score)) / count, place


def _middle(square):
    """Median, the lower one of two: with two products one may be absurd."""
    return max(float(np.quantile(square, 0.5, method="lower")), 1.0)


def _own_weight(product):
    """Weight of a group's own quantiles, by the number of products that its scores are of."""
    count = np.bincount(product) if len(product) else np.zeros(1)
    products = count.sum() ** 2 / max((count**2).sum(), 1)
    return products**2 / (products**2 + ENOUGH_PRODUCTS**2)


def _own_limits(score, coverage):
    tail = (1 - coverage) / 2
    return np.quantile(score, [tail, 1 - tail, coverage])


def bounds(forecast, spread, pool, days, risk=0.0, coverage=OUTER):
    """Low and high of forecasts, two (n, h), 0 <= low <= forecast <= high.

    forecast, spread, days, risk : as in ``scale_of``; pool : Pool of errors of such forecasts.
    """
    base, scale, kappa = scale_of(forecast, spread, days, risk)
    half = 0.5 * np.minimum(spread.phi[:, None], scale)
    ends = _ends(base, kappa, pool, coverage)
    low = ends[0] - half
    nothing = chance_of_nothing(base, kappa, spread.phi)
    clipped = (low <= 0) | (nothing > (1 - coverage) / 2)
    high = np.where(clipped, ends[2], ends[1]) + half
    low = np.clip(np.where(clipped, 0.0, low), 0.0, forecast)
    return low, np.maximum(high, forecast)


def _ends(base, kappa, pool, coverage):
    """(3, n, h) outcomes at the low, high and one-sided scores of a pool."""
    ends = np.zeros((3, *kappa.shape))
    for group, share in enumerate(_shares(np.log(kappa), pool.centres)):
        used = share > 0
        for number, z in enumerate(pool.limits[coverage][:, group]):
            z = np.clip(z, -FARTHEST, FARTHEST)
            ends[number][used] += share[used] * quantile(z, base[used], kappa[used])
    return ends


def _shares(value, centres):
    """Yield (n, h) shares of the groups in each value, linear between their centres."""
    for group in range(len(centres)):
        height = np.zeros(len(centres))
        height[group] = 1.0
        yield np.interp(value, centres, height)


def learn_intervals(outcomes, rng):
    """IntervalModel of a back-test.

    outcomes : list of Outcome, one for each origin; rng : numpy Generator, thins large pools.
    """
    limits = (0, *DAY_GROUPS, max((each.forecast.shape[1] for each in outcomes), default=0))
    daily = []
    for start, end in zip(limits, limits[1:], strict=False):
        used = [each for each in outcomes if each.forecast.shape[1] > start]
        share = MOST_SCORES / max(sum(len(each.product) for each in used) * (end - start), 1)
        parts = [_day_scores(each, slice(start, end), share, rng) for each in used]
        daily.append(_pool_of(parts))
    totals = {}
    for days in TOTALS:
        used = [each for each in outcomes if each.forecast.shape[1] >= days]
        totals[days] = _pool_of([_total_scores(each, days) for each in used])
    return _with_borrowed(daily, totals)


def _day_scores(outcome, days, share, rng):
    """Scores, κ and products of some days ahead; a random share of them where it is below 1."""
    risk = outcome.course.risk_of_days(outcome.forecast.shape[1])
    base, _scale, kappa = scale_of(outcome.forecast, outcome.spread, 1, risk)
    base, kappa, actual = (part[:, days] for part in (base, kappa, outcome.actual))
    chosen = np.isfinite(actual)
    if share < 1:
        chosen &= rng.random(chosen.shape) < share
    row, column = np.nonzero(chosen)
    base, kappa, actual = (part[row, column][:, None] for part in (base, kappa, actual))
    score = scores(actual, base, kappa, outcome.spread.phi[row])
    return score[:, 0], kappa[:, 0], outcome.product[row]


def _total_scores(outcome, days):
    forecast, actual = (
        part[:, :days].sum(axis=1, keepdims=True) for part in (outcome.forecast, outcome.actual)
    )
    risk = outcome.course.risk_of_total(days)
    base, _scale, kappa = scale_of(forecast, outcome.spread, days, risk)
    return scores(actual, base, kappa, outcome.spread.phi).ravel(), kappa.ravel(), outcome.product


def _pool_of(parts):
    if not parts:
        return learn_pool(np.empty(0), np.empty(0), np.empty(0, np.int64))
    return learn_pool(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _with_borrowed(daily, totals):
    """Pools without errors get those of the nearest shorter one."""
    for number in range(1, len(daily)):
        if not daily[number].count:
            daily[number] = daily[number - 1]
    borrowed = []
    for shorter, days in zip(TOTALS, TOTALS[1:], strict=False):
        if not totals[days].count and totals[shorter].count:
            totals[days] = _drifted(totals[shorter], days / shorter)
            borrowed.append(days)
    return IntervalModel(tuple(daily), totals, tuple(borrowed))


def _drifted(pool, times):
    """A pool for totals of so many times the days: what exceeds the prior grows with them."""
    limits = {}
    for coverage, ends in pool.limits.items():
        prior = np.square(prior_limits(coverage))[:, None]
        excess = np.maximum(np.square(ends) - prior, 0.0)
        grown = np.sqrt(np.square(ends) + (times - 1) * excess)
        limits[coverage] = np.sign(prior_limits(coverage))[:, None] * grown
    return Pool(pool.centres, limits, pool.count)
