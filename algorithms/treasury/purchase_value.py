"""What a purchase of a client is worth: Gamma-Gamma of Fader & Hardie (2013), by a weak prior.

Amounts of a client scatter around its own mean (gamma p, ν), and means differ between clients
(gamma q, v). A client's expected amount is drawn from its mean m of x amounts towards that of all:
p (v + x m) / (p x + q − 1). It takes amounts to have nothing to do with how often one buys, which
the report's correlation of the two tells.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln

from ..core.exceptions import InsufficientDataError
from .purchases import LEAST_REPEATING, PRIOR_SD


@dataclass(frozen=True)
class ValueModel:
    """p, v : float > 0; q : float > 1, so that the mean of all exists; v in the currency.
    correlation : float, of the log of mean amounts with the log of repeats, near 0 if it fits."""

    p: float
    q: float
    v: float
    correlation: float

    @property
    def mean(self):
        """Expected amount of a client that nothing is known of."""
        return self.p * self.v / (self.q - 1)


def fit_values(buying, prior_sd=PRIOR_SD):
    """ValueModel of the clients with repeat purchases.

    buying : Buying; prior_sd : float > 0, of the logarithms of p, q − 1 and v over the mean amount,
    whose means are 0. Raises InsufficientDataError below 10 of them.
    """
    used = (buying.repeats > 0) & (buying.amount > 0)
    if used.sum() < LEAST_REPEATING:
        raise InsufficientDataError(int(used.sum()), LEAST_REPEATING)
    x = buying.repeats[used].astype(np.float64)
    scale = float(buying.amount[used].mean())
    amount = buying.amount[used] / scale
    found = minimize(
        _loss,
        np.array([1.0, 1.0, 0.0]),
        (x, amount, prior_sd),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-12.0, 12.0)] * 3,
        options={"ftol": 1e-14, "gtol": 1e-8, "maxiter": 2000},
    )
    p, above, v = np.exp(found.x).tolist()
    logs = np.log(x), np.log(amount)
    varies = min(each.std() for each in logs) > 0
    correlation = float(np.corrcoef(*logs)[0, 1]) if varies else 0.0
    return ValueModel(p, 1 + above, v * scale, correlation)


def _loss(logs, x, amount, prior_sd):
    p, above, v = np.exp(logs)
    q = 1 + above
    size, summed = p * x, x * amount + v
    value = (
        gammaln(size + q)
        - gammaln(size)
        - gammaln(q)
        + q * np.log(v)
        + (size - 1) * np.log(amount)
        + size * np.log(x)
        - (size + q) * np.log(summed)
    )
    both = digamma(size + q)
    slopes = np.array(
        [
            (x * (both - digamma(size) + np.log(amount * x / summed))).sum() * p,
            (both - digamma(q) + np.log(v / summed)).sum() * above,
            (q / v - (size + q) / summed).sum() * v,
        ]
    )
    loss = -value.sum() + (logs**2).sum() / (2 * prior_sd**2)
    return loss / len(x), (-slopes + logs / prior_sd**2) / len(x)


def expected_amounts(model, buying):
    """(n,) float64, expected amount of a purchase of each; that of all without repeats."""
    some = (buying.repeats > 0) & (buying.amount > 0)
    x = np.where(some, buying.repeats, 0)
    amount = np.where(some, buying.amount, 0.0)
    return model.p * (model.v + x * amount) / (model.p * x + model.q - 1)
