"""Chance of a yes or no by logistic regression, drawn towards the rate of all, with its reasons."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

PENALTY = 1.0
STEPS = 50
CLOSE = 1e-9


@dataclass(frozen=True)
class Logistic:
    """logit = base + Σ slope · (x − mean) / scale.

    mean, scale, slope : (k,) float64; base : float.
    """

    mean: np.ndarray
    scale: np.ndarray
    slope: np.ndarray
    base: float

    def parts(self, features):
        """(n, k) float64, what each feature adds to the logit; features : (n, k) float."""
        return (features - self.mean) / self.scale * self.slope

    def logit(self, features):
        """(n,) float64."""
        return self.base + self.parts(features).sum(axis=1)

    def chance(self, features):
        """(n,) float64 in 0..1."""
        return expit(self.logit(features))


def fit(features, outcome, weight=None, penalty=PENALTY):
    """Newton's method on the penalised likelihood (ridge: Le Cessie & van Houwelingen 1992).

    features : (n, k) float, finite; outcome : (n,) bool; weight : (n,) float >= 0; penalty : float,
    half of it on each squared slope of a standardised feature. One that does not vary gets a slope
    of 0. Returns Logistic; without both outcomes its base is the rate with half a case of each.
    """
    features = np.asarray(features, np.float64)
    outcome = np.asarray(outcome, np.float64)
    weight = np.ones(len(outcome)) if weight is None else np.asarray(weight, np.float64)
    total = max(weight.sum(), 1e-12)
    mean = weight @ features / total
    scale = np.sqrt(weight @ (features - mean) ** 2 / total)
    varies = scale > CLOSE * np.maximum(np.abs(mean), 1.0)
    scale = np.where(varies, scale, 1.0)
    design = np.column_stack([np.ones(len(outcome)), (features - mean) / scale * varies])
    ridge = np.concatenate([[0.0], np.full(len(mean), penalty)])
    rate = (weight @ outcome + 0.5) / (weight.sum() + 1.0)
    found = np.zeros(len(ridge))
    found[0] = np.log(rate / (1 - rate))
    if not 0 < weight @ outcome < weight.sum():
        return Logistic(mean, scale, found[1:], float(found[0]))
    value = _value(design, outcome, weight, ridge, found)
    for _step in range(STEPS):
        chance = expit(design @ found)
        slope = design.T @ (weight * (outcome - chance)) - ridge * found
        curve = (design.T * (weight * chance * (1 - chance))) @ design + np.diag(ridge)
        move = np.linalg.solve(curve + 1e-10 * np.eye(len(ridge)), slope)
        found, value, done = _moved(design, outcome, weight, ridge, found, move, value)
        if done:
            break
    return Logistic(mean, scale, found[1:], float(found[0]))


def _moved(design, outcome, weight, ridge, found, move, value):
    """A Newton step, halved until the likelihood does not fall: (found, value, whether it ends)."""
    for _half in range(30):
        new = _value(design, outcome, weight, ridge, found + move)
        if new >= value:
            return found + move, new, np.abs(move).max() < 1e-8
        move = move / 2
    return found, value, True


def _value(design, outcome, weight, ridge, found):
    logit = design @ found
    return float(weight @ (outcome * logit - np.logaddexp(0, logit)) - ridge @ found**2 / 2)
