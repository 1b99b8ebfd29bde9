"""Single days against the thirty before them: for young series, and where there are few.

    t = (x − mean of the 30 days before) / (their deviation × √(1 + 1 / n))

with the weekdays evened out, and the tail of Student's t with n − 1 degrees as the z-score of the
same probability: n days say little of a deviation. A rolling z-score does the same with the limit
of a normal whose deviation is known. What varies like few counts is compared by square roots, for
its tails are long above. The days before are held to ten times their median, or one giant would
hide the next.

A catalogue has better judges, longer histories and the median product, and too many products for a
rule that looks back a month.

Source: the predictive distribution of a normal sample, Fisher (1935), Annals of Eugenics 6.
"""

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from .scores import Scores
from .tails import ANSCOMBE, COUNT_BELOW, MOST
from .windows import giant_from, sums_before

RECENT_DAYS = 30
# What never varied, by a hundredth of its mean, may still do so: by a twentieth. Roots of counts
# vary by half of what chance gives.
NEVER, LEAST_SPREAD, LEAST_ROOT_SPREAD = 0.01, 0.05, 0.25
# A weekday on which hardly anything is sold would make a giant of one sale.
LEAST_FACTOR = 0.05


def recent_scores(series, factor, least, limit):
    """Scores of days by the thirty before each.

    series : Series by day; factor : (n, t) what each weekday brings over an average one.
    least : int >= 2, days that must be known before one is judged.
    limit : float, the z-score that ``low`` and ``high`` of the result stand for.
    Returns Scores.
    """
    factor, unit = np.maximum(factor, LEAST_FACTOR), series.unit[:, None]
    even = series.values / factor
    held = np.minimum(even, giant_from(even, series.known))
    roots = _like_counts(held / unit, series.known)[:, None]

    def scaled(values):
        return np.where(roots, np.sqrt(values / unit + ANSCOMBE), values)

    def unscaled(figures):
        figures = np.where(roots, (np.maximum(figures, 0) ** 2 - ANSCOMBE) * unit, figures)
        return np.where(usable, np.maximum(figures, 0.0) * factor, np.nan)

    count, mean, spread = _moments_before(scaled(held), series.known)
    usable = (count >= least) & (mean > 0)
    steady = np.where(spread < NEVER * mean, LEAST_SPREAD * mean, 0.0)
    floor = np.where(roots, LEAST_ROOT_SPREAD, steady)
    spread = np.where(usable, np.maximum(spread, floor) * np.sqrt(1 + 1 / np.maximum(count, 1)), 1)
    freedom = np.maximum(count - 1, 1)
    reach = stdtrit(freedom, ndtr(limit)) * spread
    return Scores(
        expected=unscaled(mean),
        z=np.where(usable, _normal_score((scaled(even) - mean) / spread, freedom), np.nan),
        scatter=spread[:, -1] if spread.size else np.full(len(series), np.nan),
        counts=np.zeros(even.shape, bool),
        low=unscaled(mean - reach),
        high=unscaled(mean + reach),
    )


def _like_counts(typical, known):
    """(n,) bool, whether few typical sales a day vary by chance or more. typical : (n, t)."""
    count = np.maximum(known.sum(axis=1), 1)
    mean = np.where(known, typical, 0.0).sum(axis=1) / count
    variance = np.where(known, (typical - mean[:, None]) ** 2, 0.0).sum(axis=1) / count
    return (mean < COUNT_BELOW) & (variance >= mean)


def _moments_before(values, known):
    """Number, mean and standard deviation of the known ones of the 30 columns before each."""
    count = sums_before(known.astype(np.float64), RECENT_DAYS)
    mean = sums_before(np.where(known, values, 0.0), RECENT_DAYS) / np.maximum(count, 1)
    squares = sums_before(np.where(known, values**2, 0.0), RECENT_DAYS) - count * mean**2
    return count, mean, np.sqrt(np.maximum(squares, 0.0) / np.maximum(count - 1, 1))


def _normal_score(t, freedom):
    """z-score of the probability of Student's t."""
    tail = np.clip(stdtr(freedom, -np.abs(t)), 1e-300, 0.5)
    return np.clip(np.sign(t) * -ndtri(tail), -MOST, MOST)
