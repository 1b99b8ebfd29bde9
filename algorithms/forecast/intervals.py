"""Intervals from what the back-test missed: split conformal prediction, pooled over products.

No distribution is assumed. At every origin of the back-test the combination's error is divided by
the product's own scale, and a new forecast's interval is as wide as the errors were:

    scale   s = sqrt(φ F (1 + h / min(a, 80))), F the forecast of a day (h = 1) or of a sum of h
            days, a the product's known days: what chance does to the sum itself and to the level
            that was estimated from a days
            φ = Σ (y − m)² / Σ m over the product's last half year, m its mean by weekday:
            1 for single units at random, larger where it sells in lots, all known beforehand
    error   u = (y − F) / s
    events  κ = sqrt(F / φ): how many separate sales the forecast is made of (squared)

Errors of days are pooled by days ahead (1-7, 8-30, 31-60, 61-90) and by κ into up to twelve groups:
where κ is small most days are zero and the rest far above, where it is large errors are symmetric.
Totals of 7, 30 and 90 days have pools of their own, for errors of neighbouring days go together.

    interval  [F + s q(2.5 %), F + s q(97.5 %)] with the finite-sample quantiles of the pool,
              ⌈(n + 1) q⌉ / n. Where the lower end is zero or less, or more than 2.5 % of the
              group's outcomes were zero, nothing can fall below zero, and [0, F + s q(95 %)] holds
              as much and is shorter

Limits: coverage holds over the catalogue and over time, not for each product and each week, and
only as far as the next months resemble those tested. A pool of fewer than 39 errors has no 97.5 %
quantile: its largest error is widened as if errors were normal, which holds some 90 % of the totals
of catalogues with one to three products. Where no origin lies far enough
back for a total (90 days need a history of 135), the errors of the longest total at hand serve at
the same relative size: noise alone would shrink it, a level that drifts would widen it.

Sources: Vovk, Gammerman & Shafer (2005), Algorithmic Learning in a Random World; Romano, Patterson
& Candès (2019), Conformalized Quantile Regression.
"""

from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

DISPERSION_DAYS = 182
# The methods' levels rest on 28 to 90 days.
LEVEL_DAYS = 80
DAY_GROUPS = (7, 30, 60)
TOTALS = (7, 30, 90)
MOST_GROUPS = 12
LEAST_ERRORS = 400
# Errors of days kept a group of days ahead; more do not move a 97.5 % quantile.
MOST_ERRORS = 300_000
# Share of the mean forecast that a day's scale holds at least: weekdays without sales have errors.
FLOOR_SHARE = 0.05
RELATIVE_FLOOR = 0.02
TINY = 1e-9


@dataclass(frozen=True)
class Pool:
    """Quantiles of scaled errors by κ.

    edges : (g − 1,) ascending κ between the groups; low, high : (g,) two-sided quantiles;
    single : (g,) one-sided; open : (g,) bool, zero outcomes are too frequent to be left out;
    count : int, errors pooled; zero when nothing could be tested.
    """

    edges: np.ndarray
    low: np.ndarray
    high: np.ndarray
    single: np.ndarray
    open: np.ndarray
    count: int


@dataclass(frozen=True)
class IntervalModel:
    """daily : one Pool for each group of days ahead; totals : {days: Pool};
    borrowed : tuple of the totals' days whose errors are those of a shorter total."""

    daily: tuple
    totals: dict
    borrowed: tuple = ()


@dataclass(frozen=True)
class Outcome:
    """What a combination forecast at an origin and what came.

    forecast, actual : (n, a), the latter NaN where unknown; phi, age : (n,), dispersion and known
    days of each product before the origin.
    """

    forecast: np.ndarray
    actual: np.ndarray
    phi: np.ndarray
    age: np.ndarray


def dispersion(panel, profile):
    """(n,) φ of each product at the end of a panel.

    profile : (n, 7) weekday factors. Returns float64 >= 0; zero for constant demand.
    """
    part = slice(max(panel.length - DISPERSION_DAYS, 0), None)
    sold, mask = panel.sold[:, part], panel.mask[:, part]
    factors = np.where(mask, profile[:, panel.weekday[part]], 0.0)
    total = factors.sum(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        level = sold.sum(axis=1, keepdims=True) / np.where(total > 0, total, 1.0)
        spread = ((sold - level * factors) ** 2 * mask).sum(axis=1)
        return np.nan_to_num(spread / sold.sum(axis=1), nan=0.0, posinf=1e300)


def scale_of(forecast, phi, age, days):
    """Scale s and number of events κ of forecasts.

    forecast : (n, h) daily forecasts or (n, 1) totals; phi : (n,); age : (n,) known days; days :
    int, days that one column stands for. Returns two (n, h).
    """
    mean = forecast.mean(axis=1, keepdims=True)
    # Half a sale in the half year is the least that a product is thought to sell.
    least = 0.5 * days * phi[:, None] / DISPERSION_DAYS
    base = np.maximum((1 - FLOOR_SHARE) * forecast + FLOOR_SHARE * mean, least)
    scale = np.maximum(np.sqrt(phi[:, None]) * np.sqrt(base), RELATIVE_FLOOR * forecast) + TINY
    level = np.sqrt(1 + days / np.clip(age, 1, LEVEL_DAYS))[:, None]
    return scale * level, base / scale


def learn_pool(error, kappa, nothing, coverage):
    """Pool of scaled errors.

    error, kappa : (k,), others than finite ones are left out; nothing : (k,) bool, zero outcomes.
    """
    good = np.isfinite(error) & np.isfinite(kappa)
    error, kappa, nothing = error[good], kappa[good], nothing[good]
    groups = int(np.clip(len(error) // LEAST_ERRORS, 1, MOST_GROUPS))
    edges = np.quantile(kappa, np.arange(1, groups) / groups) if groups > 1 else np.empty(0)
    place = np.searchsorted(edges, kappa, side="right")
    tail = (1 - coverage) / 2
    low, high, single = (np.zeros(groups) for _ in range(3))
    open_ = np.ones(groups, bool)
    for group in range(groups):
        inside = place == group
        part = np.sort(error[inside])
        open_[group] = not len(part) or nothing[inside].mean() > tail
        low[group] = -_quantile(-part[::-1], 1 - tail)
        high[group] = _quantile(part, 1 - tail)
        single[group] = _quantile(part, coverage)
    return Pool(edges, low, high, single, open_, len(error))


def _quantile(ordered, level):
    """The ⌈(n + 1) level⌉-th smallest; beyond the largest a normal tail's."""
    count = len(ordered)
    if not count:
        return 0.0
    rank = int(np.ceil((count + 1) * level))
    if rank <= count:
        return float(ordered[rank - 1])
    # Months that overlap are no independent errors.
    normal, few = NormalDist(), count / 2
    return float(
        np.abs(ordered).max() * normal.inv_cdf(level) / normal.inv_cdf((few + 0.5) / (few + 1))
    )


def bounds(forecast, phi, age, pool, days):
    """Low and high of forecasts, two (n, h), 0 <= low <= forecast <= high.

    forecast, phi, age, days : as in ``scale_of``; pool : Pool of errors of such forecasts.
    """
    scale, kappa = scale_of(forecast, phi, age, days)
    group = np.searchsorted(pool.edges, kappa, side="right")
    low = forecast + scale * pool.low[group]
    clipped = (low <= 0) | pool.open[group]
    high = forecast + scale * np.where(clipped, pool.single[group], pool.high[group])
    low = np.clip(np.where(clipped, 0.0, low), 0.0, forecast)
    return low, np.maximum(high, forecast)


def learn_intervals(outcomes, coverage, rng):
    """IntervalModel of a back-test.

    outcomes : list of Outcome, one for each origin; rng : numpy Generator, thins large pools.
    """
    limits = (0, *DAY_GROUPS, max((each.forecast.shape[1] for each in outcomes), default=0))
    daily = []
    for start, end in zip(limits, limits[1:], strict=False):
        used = [each for each in outcomes if each.forecast.shape[1] > start]
        days = slice(start, end)
        daily.append(_pool_of([_day_errors(each, days) for each in used], coverage, rng))
    totals = {}
    for days in TOTALS:
        used = [each for each in outcomes if each.forecast.shape[1] >= days]
        totals[days] = _pool_of([_total_errors(each, days) for each in used], coverage, rng)
    return _with_borrowed(daily, totals)


def _day_errors(outcome, days):
    """Scaled errors, κ and whether nothing was sold, of some days ahead."""
    scale, kappa = scale_of(outcome.forecast, outcome.phi, outcome.age, 1)
    error = (outcome.actual - outcome.forecast) / scale
    return [part[:, days].ravel() for part in (error, kappa, outcome.actual == 0)]


def _total_errors(outcome, days):
    forecast, actual = (
        part[:, :days].sum(axis=1, keepdims=True) for part in (outcome.forecast, outcome.actual)
    )
    scale, kappa = scale_of(forecast, outcome.phi, outcome.age, days)
    return [part.ravel() for part in ((actual - forecast) / scale, kappa, actual == 0)]


def _pool_of(parts, coverage, rng):
    if not parts:
        return learn_pool(np.empty(0), np.empty(0), np.empty(0, bool), coverage)
    error, kappa, nothing = (np.concatenate(each) for each in zip(*parts, strict=True))
    if len(error) > MOST_ERRORS:
        sample = rng.choice(len(error), MOST_ERRORS, replace=False)
        error, kappa, nothing = error[sample], kappa[sample], nothing[sample]
    return learn_pool(error, kappa, nothing, coverage)


def _with_borrowed(daily, totals):
    """Pools without errors get those of the nearest shorter one."""
    for number in range(1, len(daily)):
        if not daily[number].count:
            daily[number] = daily[number - 1]
    borrowed = []
    for shorter, days in zip(TOTALS, TOTALS[1:], strict=False):
        if not totals[days].count and totals[shorter].count:
            # The same relative error: u grows as κ does, with the root of the days.
            root = np.sqrt(days / shorter)
            near = totals[shorter]
            names = ("edges", "low", "high", "single")
            totals[days] = replace(near, **{name: getattr(near, name) * root for name in names})
            borrowed.append(days)
    return IntervalModel(tuple(daily), totals, tuple(borrowed))
