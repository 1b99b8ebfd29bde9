"""Whether a chance of 30 % comes true 30 times of a hundred, and how to mend it if not."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit
from scipy.stats import rankdata

BINS = 10
# As if the slope were known to be 1 ± 0.5 beforehand and the shift to be 0 ± 1.
SLOPE_SD, SHIFT_SD = 0.5, 1.0
EDGE = 1e-6


@dataclass(frozen=True)
class Platt:
    """chance = expit(slope · logit + shift); Platt (1999), drawn towards leaving it as it is."""

    slope: float = 1.0
    shift: float = 0.0

    def chance(self, logits):
        """(n,) float64 in 0..1; logits : (n,) float."""
        return expit(self.slope * np.asarray(logits, np.float64) + self.shift)


def platt(logits, outcome, weight=None):
    """Learn from chances that were given before the outcome was known.

    logits : (n,) float; outcome : (n,) bool; weight : (n,) float >= 0. Returns Platt.
    """
    logits, outcome = np.asarray(logits, np.float64), np.asarray(outcome, np.float64)
    weight = np.ones(len(logits)) if weight is None else np.asarray(weight, np.float64)
    design = np.column_stack([logits, np.ones(len(logits))])
    usual, precision = np.array([1.0, 0.0]), np.array([SLOPE_SD**-2.0, SHIFT_SD**-2.0])
    found = usual.copy()
    for _step in range(50):
        chance = expit(design @ found)
        slope = design.T @ (weight * (outcome - chance)) - precision * (found - usual)
        curve = (design.T * (weight * chance * (1 - chance))) @ design + np.diag(precision)
        move = np.linalg.solve(curve, slope)
        found = found + move / max(1.0, float(np.abs(move).max()))
        if np.abs(move).max() < 1e-9:
            break
    return Platt(float(found[0]), float(found[1]))


@dataclass(frozen=True)
class Bins:
    """Calibration by groups of equal counts, (b,): mean chance, share that came true, cases."""

    chance: np.ndarray
    share: np.ndarray
    cases: np.ndarray

    @property
    def error(self):
        """Expected calibration error: mean distance of the two, weighted by cases."""
        return float(self.cases @ np.abs(self.chance - self.share) / max(self.cases.sum(), 1))


def bins(chance, outcome, count=BINS):
    """Bins by chance. chance : (n,) float in 0..1; outcome : (n,) bool; count : int >= 1.

    Equal chances are in one bin, so there may be fewer: what tells such cases apart is no chance.
    """
    chance, outcome = np.asarray(chance, np.float64), np.asarray(outcome, np.float64)
    order = np.argsort(chance, kind="stable")
    ascending = chance[order]
    sizes = [len(group) for group in np.array_split(order, count)]
    edges = np.cumsum(sizes)[:-1]
    edges = np.searchsorted(ascending, ascending[edges[edges < len(order)]])
    groups = [group for group in np.split(order, np.unique(edges)) if len(group)]
    return Bins(
        np.array([chance[group].mean() for group in groups]),
        np.array([outcome[group].mean() for group in groups]),
        np.array([len(group) for group in groups]),
    )


def brier(chance, outcome):
    """Mean squared distance of chances from 0 or 1 (Brier 1950)."""
    return float(((np.asarray(chance) - np.asarray(outcome, np.float64)) ** 2).mean())


def auc(score, outcome):
    """Chance that one that came true has the higher score, ties count half; NaN without both."""
    outcome = np.asarray(outcome, bool)
    yes = int(outcome.sum())
    if not 0 < yes < len(outcome):
        return float("nan")
    places = rankdata(score)[outcome].sum()
    return float((places - yes * (yes + 1) / 2) / (yes * (len(outcome) - yes)))


def log_odds(chance):
    """(n,) float64, finite."""
    return logit(np.clip(chance, EDGE, 1 - EDGE))
