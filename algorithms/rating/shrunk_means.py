"""Means of few ratings, drawn towards the mean of all: one 5 is no 5.0.

A product with n ratings of mean x̄ has (k · m + n · x̄) / (k + n), m being the mean of all ratings.
The prior strength k, in ratings, is how much more the ratings of one product scatter (W) than the
products' true means do (B): k = W / B, the Bühlmann credibility with the unbiased estimators of W
and B of a one-way layout (Bühlmann & Gisler 2005, section 4.8).
"""

import numpy as np

from .ratings import numbered

USUAL_STRENGTH = 5.0
LEAST_STRENGTH, MOST_STRENGTH = 2.0, 50.0
# Groups with two ratings or more from which a scatter of their means can be told.
LEAST_GROUPS = 10


def prior_strength(group, value):
    """How many ratings the mean of all is worth, float in 2..50.

    group : (n,) int64 ids, what was rated (or who rated); value : (n,) float.
    5 where fewer than ten groups have two ratings, or where nothing scatters.
    """
    ids, number = numbered(group)
    count = np.bincount(number, minlength=len(ids))
    if (count > 1).sum() < LEAST_GROUPS:
        return USUAL_STRENGTH
    total = len(value)
    means = np.bincount(number, value) / count
    within = ((value - means[number]) ** 2).sum() / (total - len(count))
    scatter = (count * (means - np.mean(value)) ** 2).sum() - (len(count) - 1) * within
    between = scatter / (total - (count.astype(np.float64) ** 2).sum() / total)
    if between > 0:
        return float(np.clip(within / between, LEAST_STRENGTH, MOST_STRENGTH))
    return MOST_STRENGTH if within > 0 else USUAL_STRENGTH


def shrunk_means(group, value, size, strength, centre=0.0):
    """Means of groups drawn towards a centre.

    group : (n,) int in 0..size-1; value : (n,) float; strength : float, in ratings.
    Returns (size,) float64; the centre for a group without a value.
    """
    count = np.bincount(group, minlength=size)
    total = np.bincount(group, value - centre, size)
    return centre + total / (count + strength)
