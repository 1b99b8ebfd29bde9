"""How rare a number of typical sales is, as the z-score of the same probability.

Square roots of counts scatter alike at every level; where few are expected their tails are wrong,
and those of a negative binomial of the same mean and scatter are taken.
"""

import numpy as np
from scipy.special import betainc, gammainc, gammaincc, ndtri

ANSCOMBE = 3 / 8
# Below so many typical sales the normal approximation of a tail is wrong by more than a tenth.
COUNT_BELOW = 12.0
# What lies nearer is nothing, whatever its tail: no time is spent on it.
PLAIN = 1.5
# Tails beyond this are zero as floating point numbers; it is rare enough.
MOST = 37.0


def root_residuals(sold, mean):
    """2 √(sold + 3/8) − 2 √(mean + 3/8), about standard normal for Poisson counts."""
    return 2 * (np.sqrt(sold + ANSCOMBE) - np.sqrt(mean + ANSCOMBE))


def is_count(mean, scatter):
    """Where the tails of counts are used: few of them, scattering by chance or more."""
    return (mean < COUNT_BELOW) & (scatter >= 1)


def tail_scores(sold, mean, scatter, residual=None):
    """z-scores of numbers of typical sales.

    sold, mean, scatter : float arrays of one shape, NaN where unknown; scatter is that of the
    square roots. residual : ``root_residuals``, where it is at hand.
    """
    z = (root_residuals(sold, mean) if residual is None else residual) / scatter
    few = is_count(mean, scatter) & (np.abs(z) >= PLAIN)
    z[few] = _count_scores(sold[few], mean[few], scatter[few])
    return np.clip(z, -MOST, MOST)


def _count_scores(sold, mean, scatter):
    """z-scores of the tail probabilities of counts with a mean and a scatter.

    sold, mean, scatter : (m,) float. Variance mean × scatter²: negative binomial, Poisson for a
    scatter of 1. Quantities need not be whole.
    """
    over = np.maximum(scatter**2 - 1, 0.0)
    mean = np.maximum(mean, 1e-12)
    above, z = sold > mean, np.empty(len(sold))
    z[above] = -ndtri(np.minimum(_upper_tail(sold[above], mean[above], over[above]), 0.5))
    below = ~above
    z[below] = ndtri(np.minimum(_lower_tail(sold[below], mean[below], over[below]), 0.5))
    return np.nan_to_num(z, nan=np.nan, posinf=MOST, neginf=-MOST)


def _upper_tail(sold, mean, over):
    """P(X >= sold) of a negative binomial of variance mean × (1 + over), a Poisson for none."""
    tail, scattered = gammainc(np.maximum(sold, 1e-12), mean), over > 1e-6
    over, mean = over[scattered], mean[scattered]
    tail[scattered] = betainc(np.maximum(sold[scattered], 1e-12), mean / over, over / (1 + over))
    return tail


def _lower_tail(sold, mean, over):
    """P(X <= sold) of the same."""
    tail, scattered = gammaincc(sold + 1, mean), over > 1e-6
    over, mean = over[scattered], mean[scattered]
    tail[scattered] = betainc(mean / over, sold[scattered] + 1, 1 / (1 + over))
    return tail
