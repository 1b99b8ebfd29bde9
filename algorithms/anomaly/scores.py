"""How far each bucket (day or week) of many series lies from what was to be expected.

Two methods, both on series × buckets at once:

    z-score     (x − μ) / σ of the whole window, the design's
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

from dataclasses import dataclass

import numpy as np

from .tails import COUNT_BELOW, MOST, is_count, root_residuals, tail_scores

# Of the squares of few counts the largest are left out, which takes so much from a normal's.
TRIMMED, NORMAL_TRIMMED = 0.02, 0.873
NORMAL_MAD, NORMAL_Q90 = 1.4826, 1.6449
LEAST_SCATTER = 0.5
# Buckets: the level looks back so far, and needs so many.
LEVEL_DAYS, LEVEL_WEEKS = 56, 12
LEAST_KNOWN_DAYS, LEAST_KNOWN_WEEKS = 28, 8
# The z-score needs a mean and a deviation that mean something.
LEAST_WINDOW = 14
CAP_QUANTILE = 0.95


@dataclass(frozen=True)
class Scores:
    """What is expected of n series in t buckets, and how far off they are.

    expected : (n, t) float, in the unit of the values, NaN where nothing can be said.
    z : (n, t) float, NaN likewise; |z| <= 37.
    scatter : (n,) float, of the square roots, about 1 for Poisson counts; the standard deviation of
        the values for the z-score; NaN where unknown.
    counts : (n, t) bool, where tails of a negative binomial were used.
    """

    expected: np.ndarray
    z: np.ndarray
    scatter: np.ndarray
    counts: np.ndarray

    def take(self, rows):
        """Scores of some series. rows : index, mask or slice."""
        return Scores(self.expected[rows], self.z[rows], self.scatter[rows], self.counts[rows])

    def with_rows(self, other, rows):
        """These scores, but those of another for some rows. rows : (n,) bool."""
        return Scores(
            np.where(rows[:, None], other.expected, self.expected),
            np.where(rows[:, None], other.z, self.z),
            np.where(rows, other.scatter, self.scatter),
            np.where(rows[:, None], other.counts, self.counts),
        )


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


def expected_before(values, known, factor, window, least):
    """What each bucket was to bring by those before it.

    values : (n, t) float >= 0; known : (n, t) bool, the buckets that teach; factor : (n, t) float,
        what a bucket brings over an average one, its weekday's share for days, 1 for weeks.
    window, least : int, buckets the mean looks back over, and how many of them must be known.
    Returns (n, t) float: capped mean of the ``window`` buckets before each, times its factor; NaN
        where fewer than ``least`` of them are known.
    """
    capped = capped_values(values, known)
    sums = sums_before(np.where(known, capped, 0.0), window)
    exposure = sums_before(np.where(known, factor, 0.0), window)
    count = sums_before(known.astype(np.float64), window)
    enough = (count >= least) & (exposure > 0)
    level = np.divide(sums, exposure, out=np.full(values.shape, np.nan), where=enough)
    return level * factor


def capped_values(values, known):
    """Values no higher than the 95 % quantile of the known buckets that sold, (n, t)."""
    sold = np.where(known & (values > 0), values, np.nan)
    count = np.isfinite(sold).sum(axis=1)
    cap = row_quantiles(np.sort(sold, axis=1), count, CAP_QUANTILE)
    return np.minimum(values, np.where(count > 0, cap, np.inf)[:, None])


def sums_before(values, window):
    """(n, t) sums of the ``window`` columns before each."""
    total = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=total[:, 1:])
    sums = total[:, :-1].copy()
    sums[:, window:] -= total[:, : max(values.shape[1] - window, 0)]
    return sums


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


def ending_sums(values, length):
    """(n, t) sums of the ``length`` columns that end at each, NaN where one of them is unknown.

    values : (n, t) float >= 0.
    """
    known = np.isfinite(values)
    total = _sums_ending(np.where(known, values, 0.0), length)
    whole = _sums_ending(known.astype(np.float64), length) == length
    # Sums of floats may fall a little short of zero.
    return np.where(whole, np.maximum(total, 0.0), np.nan)


def _sums_ending(values, length):
    """(n, t) sums of the last ``length`` columns at each, fewer at the start."""
    total = np.cumsum(values, axis=1)
    total[:, length:] -= total[:, :-length].copy()
    return total


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


def row_quantiles(ordered, count, q):
    """Quantiles of rows of different lengths, (n,).

    ordered : (n, t) float, each row ascending with NaN last; count : (n,) int, values that are not.
    Returns NaN for empty rows; linear between neighbours, as ``numpy.nanquantile``, which takes
    twenty times longer on short rows.
    """
    at = q * np.maximum(count - 1, 0)
    low = np.floor(at).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    rows = np.arange(len(ordered))
    below, above = ordered[rows, low], ordered[rows, high]
    return np.where(count > 0, below + (at - low) * (above - below), np.nan)
