"""Sums, quantiles and expectations along the rows of tables of series × buckets."""

import numpy as np

CAP_QUANTILE, GIANT = 0.95, 10.0
# Buckets: the level looks back so far, and needs so many.
LEVEL_DAYS, LEVEL_WEEKS = 56, 12
LEAST_KNOWN_DAYS, LEAST_KNOWN_WEEKS = 28, 8


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


def giant_from(values, known):
    """(n, 1) what a bucket sells at most as a guide to others: ten times the median that sold.

    Of a few buckets the 95 % quantile is nearly the largest.
    """
    sold = np.where(known & (values > 0), values, np.nan)
    count = np.isfinite(sold).sum(axis=1)
    return (GIANT * np.nan_to_num(row_quantiles(np.sort(sold, axis=1), count, 0.5)))[:, None]


def sums_before(values, window):
    """(n, t) sums of the ``window`` columns before each."""
    total = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=total[:, 1:])
    sums = total[:, :-1].copy()
    sums[:, window:] -= total[:, : max(values.shape[1] - window, 0)]
    return sums


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


def row_quantiles(ordered, count, q):
    """Quantiles of rows of different lengths, (n,).

    ordered : (n, t) float, each row ascending with NaN last; count : (n,) int, values that are not.
    Returns NaN for empty rows; linear between neighbours, as ``numpy.nanquantile``, which takes
    twenty times longer on short rows.
    """
    if not ordered.shape[1]:
        return np.full(len(ordered), np.nan)
    at = q * np.maximum(count - 1, 0)
    low = np.floor(at).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    rows = np.arange(len(ordered))
    below, above = ordered[rows, low], ordered[rows, high]
    return np.where(count > 0, below + (at - low) * (above - below), np.nan)
