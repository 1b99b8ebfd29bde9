"""How far each bucket (day or week) of many series lies from what was to be expected.

Three methods, all on series × buckets at once:

    z-score     (x − μ) / σ of the whole window, the design's
    recent      what a day sold against the thirty before it, in ``recent``
    residuals   what a bucket sold against the mean of the eight weeks *before* it times its
                weekday, both as square roots, over a robust scatter

Square roots make the scatter of counts the same at every level: 2√x of a Poisson count has a
standard deviation of about 1 (Anscombe 1948). Counts are numbers of *typical sales* (quantity over
the mean quantity of an order line), so that grams and tons, pieces and dozens are judged alike. The
scatter of a series is the larger of 1.4826 × the median absolute deviation and the 90 % quantile
over 1.645 (heavy tails), never below 0.5: counts that never varied may still do so. Where few
typical sales are expected the square root is too rough for what scatters by chance or more; there
the tails of a negative binomial of the same mean and scatter are used and turned into the z-score
of the same probability.

Drops are also looked for in runs of days: one day without a sale says little, a week says much.

Sources: Anscombe (1948), Biometrika 35; Hampel (1974) for the median absolute deviation; Farrington
et al. (1996), J. R. Stat. Soc. A 159, for exceedance by robust quasi-Poisson baselines.
"""

from dataclasses import dataclass, fields

import numpy as np

from .tails import COUNT_BELOW, MOST, is_count, root_residuals, tail_scores
from .windows import ending_sums, row_quantiles

# Of the squares of few counts the largest are left out, which takes so much from a normal's.
TRIMMED, NORMAL_TRIMMED = 0.02, 0.873
NORMAL_MAD, NORMAL_Q90 = 1.4826, 1.6449
LEAST_SCATTER = 0.5
# The z-score needs a mean and a deviation that mean something.
LEAST_WINDOW = 14


@dataclass(frozen=True)
class Scores:
    """What is expected of n series in t buckets, and how far off they are.

    expected : (n, t) float, in the unit of the values, NaN where nothing can be said.
    z : (n, t) float, NaN likewise; |z| <= 37.
    scatter : (n,) float, of the square roots, about 1 for Poisson counts; the standard deviation of
        the values for the z-score; NaN where unknown.
    counts : (n, t) bool, where tails of a negative binomial were used.
    low, high : (n, t) float, between which a bucket is usual; None where ``scatter`` tells.
    """

    expected: np.ndarray
    z: np.ndarray
    scatter: np.ndarray
    counts: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None

    def take(self, rows):
        """Scores of some series. rows : index, mask or slice."""
        parts = (getattr(self, field.name) for field in fields(self))
        return Scores(*(None if part is None else part[rows] for part in parts))


def zscores(values, known):
    """(x − μ) / σ of the window.

    values : (n, t) float; known : (n, t) bool, the buckets that count.
    Returns Scores: z is NaN for unknown buckets, below 14 known ones and where σ is 0.
    """
    count = known.sum(axis=1)
    enough = np.maximum(count, 1)
    mean = np.where(known, values, 0.0).sum(axis=1) / enough
    off = np.where(known, values - mean[:, None], 0.0)
    sigma = np.sqrt((off**2).sum(axis=1) / enough)
    # A constant series has a sigma of rounding errors.
    usable = (count >= LEAST_WINDOW) & (sigma > 1e-9 * np.maximum(np.abs(mean), 1e-9))
    sigma = np.where(usable, sigma, np.nan)
    z = np.where(known, off / sigma[:, None], np.nan)
    expected = np.where(usable[:, None] & known, mean[:, None], np.nan)
    return Scores(expected, np.clip(z, -MOST, MOST), sigma, np.zeros(values.shape, bool))


def residual_scores(values, expected, known, unit):
    """Robust z-scores of what was sold against what was expected.

    values, expected : (n, t) float >= 0, expected with NaN where nothing can be said.
    known : (n, t) bool, buckets whose scatter counts. unit : (n,) float > 0, one typical sale.
    Returns Scores.
    """
    sold, mean = values / unit[:, None], expected / unit[:, None]
    residual = root_residuals(sold, mean)
    scatter = _scatter(np.where(known, residual, np.nan), sold, mean)
    return _scores(expected, sold, mean, residual, scatter)


def run_scores(values, single, known, unit, length):
    """Scores of the ``length`` buckets that end at each one, taken as one.

    single : Scores of the buckets. The scatter of such sums is measured like that of single ones:
    what goes up and down slowly makes it larger. It is never below theirs.
    """
    expected = ending_sums(single.expected, length)
    sold, mean = ending_sums(values, length) / unit[:, None], expected / unit[:, None]
    residual = root_residuals(sold, mean)
    whole = ending_sums(known.astype(np.float64), length) == length
    own = _scatter(np.where(whole, residual, np.nan), sold, mean)
    return _scores(expected, sold, mean, residual, np.fmax(own, single.scatter))


def _scores(expected, sold, mean, residual, scatter):
    z = tail_scores(sold, mean, np.broadcast_to(scatter[:, None], sold.shape), residual)
    return Scores(expected, z, scatter, is_count(mean, scatter[:, None]))


def _scatter(residual, sold, mean):
    """(n,) robust standard deviation of the residuals, at least 0.5, NaN where there are none.

    residual : (n, t) float with NaN for buckets that do not count; sold, mean : what it is of.
    """
    ordered = np.sort(residual, axis=1)  # NaN last
    count = np.isfinite(residual).sum(axis=1)
    centre = row_quantiles(ordered, count, 0.5)
    mad = row_quantiles(np.sort(np.abs(residual - centre[:, None]), axis=1), count, 0.5)
    tail = row_quantiles(np.sort(np.abs(residual), axis=1), count, 0.9)
    scatter = np.maximum(np.maximum(NORMAL_MAD * mad, tail / NORMAL_Q90), LEAST_SCATTER)
    # Square roots of few counts hide how far single sales reach.
    few = np.flatnonzero((count > 0) & (np.nanmax(mean, axis=1, initial=0) < 2 * COUNT_BELOW))
    if len(few):
        used = np.isfinite(residual[few])
        pearson = (sold[few] - mean[few]) ** 2 / np.maximum(mean[few], 1e-3)
        pearson = np.sort(np.where(used, pearson, np.nan), axis=1)
        kept = np.floor(count[few] * (1 - TRIMMED)).astype(np.int64)
        first = np.arange(residual.shape[1]) < kept[:, None]
        mean_square = np.where(first, pearson, 0.0).sum(axis=1) / np.maximum(kept, 1)
        scatter[few] = np.maximum(scatter[few], np.sqrt(mean_square / NORMAL_TRIMMED))
    return scatter
