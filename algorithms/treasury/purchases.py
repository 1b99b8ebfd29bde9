"""How often a client still buys: BG/NBD of Fader, Hardie & Lee (2005), drawn by a weak prior.

While a client is one it buys at its own rate λ (gamma r, α); after each purchase it leaves for good
with its own chance p (beta a, b). Of each client three figures suffice: x repeat purchases, the age
t_x at the last one, and the age T today. Nothing else is looked at, neither seasons nor prices.

Maximum likelihood runs off to infinity where nobody seems to leave or all rates look alike; the
prior of the logarithms of r, α over the mean age, a and b, normal with mean 0 and ``prior_sd``,
keeps it (maximum a posteriori). With infinite ``prior_sd`` it is maximum likelihood: r 0.243,
α 4.414, a 0.793, b 2.426 on CDNOW, as published.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln, hyp2f1

from ..core.exceptions import InsufficientDataError

PRIOR_SD = 3.0
LEAST_CLIENTS, LEAST_REPEATING = 50, 10
STARTS = ((0.0, 0.0, 0.0, 0.0), (-1.0, -2.0, 0.0, 1.0))
# Formulas have a hole at a = 1; beside it they are the same to six figures.
HOLE = 1e-4


@dataclass(frozen=True)
class Buying:
    """What clients did, as parallel arrays (n,).

    client : int64. repeats : int64, days with a purchase after the first such day; last : float64,
    from the first to the last of them, 0 without repeats; age : float64 > 0, from the first until
    today; amount : float64, mean of the repeats' amounts a day, NaN without any. Times in any one
    unit, here days.
    """

    client: np.ndarray
    repeats: np.ndarray
    last: np.ndarray
    age: np.ndarray
    amount: np.ndarray

    def take(self, rows):
        return Buying(*(getattr(self, name)[rows] for name in self.__annotations__))


@dataclass(frozen=True)
class PurchaseModel:
    """r, alpha, a, b : float > 0; alpha in the unit of time. log_likelihood : float."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float


def buying_from(client, day, amount, today):
    """Buying of orders up to a day.

    client : (k,) int64; day : (k,) int64, local days since 1970; amount : (k,) float64, net of
    refunds, company currency: confirmed ``sale_order`` by commercial entity and day of
    ``date_order``. Orders of one day are one purchase; days that sum up to nothing or less are
    none. Those after ``today``, and clients whose first day is today, are left out.
    """
    client, day = np.asarray(client, np.int64), np.asarray(day, np.int64)
    used = day <= today
    pairs, place = np.unique(
        np.stack([client[used], day[used]], axis=1), axis=0, return_inverse=True
    )
    total = np.bincount(place.ravel(), np.asarray(amount, np.float64)[used], len(pairs))
    pairs, total = pairs[total > 0], total[total > 0]
    clients, first, number = np.unique(pairs[:, 0], return_index=True, return_counts=True)
    if not len(clients):
        empty = np.zeros(0)
        return Buying(clients, np.zeros(0, np.int64), empty, empty, empty)
    start, end = pairs[first, 1], pairs[first + number - 1, 1]
    whole = np.add.reduceat(total, first) - total[first]
    with np.errstate(invalid="ignore"):
        mean = np.where(number > 1, whole / np.maximum(number - 1, 1), np.nan)
    old = start < today
    return Buying(
        clients[old],
        number[old] - 1,
        (end - start)[old].astype(np.float64),
        (today - start)[old].astype(np.float64),
        mean[old],
    )


def fit_purchases(buying, prior_sd=PRIOR_SD):
    """PurchaseModel of clients.

    buying : Buying; prior_sd : float > 0, inf for maximum likelihood. Raises InsufficientDataError
    below 50 clients or 10 with a repeat purchase.
    """
    _check(buying)
    scale = float(buying.age.mean())
    rows, weight = np.unique(
        np.stack([buying.repeats, buying.last / scale, buying.age / scale], axis=1),
        axis=0,
        return_counts=True,
    )
    repeats, last, age = rows.T
    found = min(
        (
            minimize(
                _loss,
                start,
                (repeats, last, age, weight, prior_sd),
                jac=True,
                method="L-BFGS-B",
                bounds=[(-12.0, 12.0)] * 4,
                options={"ftol": 1e-14, "gtol": 1e-8, "maxiter": 2000},
            )
            for start in STARTS
        ),
        key=lambda each: each.fun,
    )
    r, alpha, a, b = np.exp(found.x).tolist()
    value = float(weight @ log_likelihood(r, alpha, a, b, repeats, last, age)[0])
    # Densities of times in the caller's unit.
    value -= float((weight @ repeats) * np.log(scale))
    return PurchaseModel(r, alpha * scale, a, b, value)


def _check(buying):
    repeating = int((buying.repeats > 0).sum())
    if len(buying.client) < LEAST_CLIENTS:
        raise InsufficientDataError(len(buying.client), LEAST_CLIENTS)
    if repeating < LEAST_REPEATING:
        raise InsufficientDataError(repeating, LEAST_REPEATING)


def log_likelihood(r, alpha, a, b, repeats, last, age):
    """((n,) log-likelihoods, (4, n) their slopes by r, α, a, b)."""
    x, some = repeats, repeats > 0
    further = b + np.maximum(x, 1.0) - 1
    left = np.where(some, np.log(a) - np.log(further) - (r + x) * np.log(alpha + last), -np.inf)
    stayed = -(r + x) * np.log(alpha + age)
    either = np.logaddexp(left, stayed)
    gone = np.exp(left - either)
    here = 1 - gone
    value = (
        gammaln(r + x)
        - gammaln(r)
        + r * np.log(alpha)
        + gammaln(a + b)
        + gammaln(b + x)
        - gammaln(b)
        - gammaln(a + b + x)
        + either
    )
    both = digamma(a + b) - digamma(a + b + x)
    slopes = np.array(
        [
            digamma(r + x)
            - digamma(r)
            + np.log(alpha)
            - here * np.log(alpha + age)
            - gone * np.log(alpha + last),
            r / alpha - (r + x) * (here / (alpha + age) + gone / (alpha + last)),
            both + gone / a,
            both + digamma(b + x) - digamma(b) - gone / further,
        ]
    )
    return value, slopes


def _loss(logs, repeats, last, age, weight, prior_sd):
    """(loss, its slopes) by the logarithms, of a client."""
    values = np.exp(logs)
    found, slopes = log_likelihood(*values, repeats, last, age)
    total = weight.sum()
    loss = -(weight @ found) + (logs**2).sum() / (2 * prior_sd**2)
    slope = -(slopes @ weight) * values + logs / prior_sd**2
    return loss / total, slope / total


def alive(model, buying):
    """(n,) float64, chance that each still is a client; 1 without a repeat, as the model has it."""
    return 1 / (1 + _odds_gone(model, buying))


def _odds_gone(model, buying):
    x = buying.repeats
    ratio = (model.alpha + buying.age) / (model.alpha + buying.last)
    log_odds = np.log(model.a / (model.b + np.maximum(x, 1) - 1)) + (model.r + x) * np.log(ratio)
    return np.where(x > 0, np.exp(np.minimum(log_odds, 700.0)), 0.0)


def expected_purchases(model, buying, ahead):
    """(n,) float64, purchases of each in the time ahead; never more than at its rate for ever.

    ahead : float > 0, in the unit of ``buying``.
    """
    a = model.a
    if abs(a - 1) < HOLE:
        a = 1 + HOLE if a >= 1 else 1 - HOLE
    x, r, b = buying.repeats, model.r, model.b
    whole = model.alpha + buying.age
    z = ahead / (whole + ahead)
    with np.errstate(over="ignore", invalid="ignore"):
        # Euler's transformation of the published series: it does not overflow for large x.
        series = hyp2f1(a - 1, a + b - 1 - r, a + b + x - 1, z)
        share = 1 - (1 - z) ** (a - 1) * series
        value = (a + b + x - 1) / (a - 1) * share / (1 + _odds_gone(model, buying))
    most = (r + x) / whole * ahead * alive(model, buying)
    return np.where(np.isfinite(value), np.clip(value, 0.0, most), most)
