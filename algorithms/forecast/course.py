"""The course of the whole catalogue: where its common level has gone, and where it may go.

Each week's demand of the products that were there all along, relative to their own means, is one
point y of a series (logarithms; at most two years, the season already known taken out). It is seen
as the sum of

    a level        that wanders: a random walk of deviation q a week
    growth         of deviation g a week, that is forgotten within two years (damped trend)
    a season       of deviation s that comes again each year, though nobody has seen it twice
    chance         what days within a week scatter, and of whole weeks e

which is one multivariate normal distribution for the past and the weeks ahead together (Gaussian
process). None of q, g, s, e is chosen: all of a grid are averaged, each weighted by how likely it
makes what was seen, times a prior that prefers little of anything (Bayesian model averaging). Half
a year that climbs as summers do is thus partly taken for growth and partly for a season, and the
weeks ahead have a mean that bends accordingly, and a variance that knows both.

Some methods look at histories over this course and their forecasts are multiplied by it, as with
the season. Weeks far off those around them tell little: shops close for holidays. Ranges take the
variance of its mean over the days ahead (``risk_of_total``): unlike chance it is common to all
products, and no number of them averages it out.

Sources: Rasmussen & Williams (2006), Gaussian Processes for Machine Learning, chapters 2 and 5;
Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter; Gardner & McKenzie
(1985), Management Science 31, for the damping; Hoeting et al. (1999), Statistical Science 14.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np
from scipy.linalg import solve_triangular

from .relative_demand import relative_demand

WEEK, YEAR_WEEKS = 7, 365.25 / 7
MOST_WEEKS, AHEAD_WEEKS = 104, 53
# (value, prior) of each deviation, logarithms of demand.
WANDER = ((0.0, 0.7), (0.015, 0.25), (0.04, 0.05))
GROWTH = ((0.0, 0.8), (0.005, 0.15), (0.015, 0.05))
# And how smooth it is, in shares of a third of a year.
SEASON = (((0.0, 0.8), 0.95), ((0.12, 0.8), 0.02), ((0.35, 0.8), 0.0125), ((0.25, 0.5), 0.0175))
CHANCE = ((0.0, 0.4), (0.07, 0.3), (0.2, 0.3))
DAMPED_WEEKS = 100.0
# Seasons are rougher than that: as far as one is likely, the variance is so many times larger.
ROUGHER = 3.0
# What a level is that the weeks ahead are compared with.
LEVEL_DAYS = 56
UNKNOWN_LEVEL = 4.0
LEAST_NOISE = 1e-4
# Median of the mean of six squared normal numbers.
MEDIAN_OF_SIX = 0.891 * 6
# Weeks on either side of one, and deviations off their median from which it is odd.
AROUND, ODD, USUAL_CHANCE = 3, 3.0, 0.05


@dataclass(frozen=True)
class Course:
    """past : (w,) logarithms of the catalogue's level at its last w weeks, the last ending today;
    ahead : (53,) of the weeks ahead; covariance : (53, 53) of the latter, given the past."""

    past: np.ndarray
    ahead: np.ndarray
    covariance: np.ndarray

    def of_past(self, length):
        """(length,) factors of the last days."""
        back = (np.arange(length - 1, -1, -1) + 0.5) / WEEK
        centres = np.arange(len(self.past) - 1, -1, -1) + 0.5
        return np.exp(np.interp(-back, np.r_[-centres, 0.5], np.r_[self.past, self.ahead[0]]))

    def of_ahead(self, horizon):
        """(horizon,) factors of the days ahead."""
        days = (np.arange(horizon) + 0.5) / WEEK
        known = np.r_[self.past[-1], self.ahead]
        return np.exp(np.interp(days, np.arange(len(known)) - 0.5, known))

    def risk_of_total(self, days):
        """τ of a sum of the next ``days`` days: relative deviation common to all products."""
        weight = np.bincount(np.arange(days) // WEEK, minlength=AHEAD_WEEKS)[:AHEAD_WEEKS] / days
        return float(np.sqrt(max(weight @ self.covariance @ weight, 0.0)))

    def risk_of_days(self, horizon):
        """(horizon,) τ of each day ahead."""
        week = np.minimum(np.arange(horizon) // WEEK, AHEAD_WEEKS - 1)
        return np.sqrt(np.maximum(self.covariance.diagonal()[week], 0.0))

    def as_it_came(self, later, ago):
        """The course of ``ago`` days earlier, fearing no more than what then came.

        later : Course of the end. An even catalogue was feared to move while it was young; that
        it did not must not make the ranges of today narrower than what chance alone needs.
        """
        days = min(ago, len(self.ahead) * WEEK)
        before = min(LEVEL_DAYS, len(self.past) * WEEK)
        path = np.log(later.of_past(before + ago))
        came = path[before : before + days].mean() - path[:before].mean()
        thought = np.log(self.of_ahead(days)).mean() - np.log(self.of_past(before)).mean()
        feared = self.risk_of_total(days) ** 2
        known = (came - thought) ** 2 + later.risk_of_total(days) ** 2
        share = min(known / feared, 1.0) if feared else 0.0
        return replace(self, covariance=share * self.covariance)


NO_COURSE = Course(np.zeros(1), np.zeros(AHEAD_WEEKS), np.zeros((AHEAD_WEEKS, AHEAD_WEEKS)))


def catalogue_course(panel):
    """Course of a catalogue.

    panel : DemandPanel of the whole catalogue or a large sample, the known season taken out.
    """
    weeks = min(panel.length // WEEK, MOST_WEEKS)
    if weeks < 2:
        return NO_COURSE
    rate = relative_demand(panel.last(weeks * WEEK))
    return NO_COURSE if rate is None else course_of(rate)


def course_of(rate):
    """Course of the relative demand (7 w,) of whole weeks."""
    by_week = rate.reshape(-1, WEEK)
    level = by_week.mean(axis=1)
    seen = np.flatnonzero(level > 0)
    if len(seen) < 2:
        return NO_COURSE
    values = np.log(level[seen])
    noise = _noise(by_week[seen] / level[seen][:, None])
    noise = noise + _odd_weeks(values, noise)
    return _averaged(values - np.median(values), noise, seen, len(level))


def _noise(share):
    """Variance of a week's mean by what the days of the median week scatter around their weekdays.

    share : (w, 7) of days in their weeks, mean 1.
    """
    rest = share - np.median(share, axis=0)
    found = np.median((rest**2).sum(axis=1)) / MEDIAN_OF_SIX / WEEK
    return max(found * len(share) / (len(share) - 1), LEAST_NOISE)


def _odd_weeks(values, noise):
    """(w,) variance of weeks far off those around them, which tell little: a closure, one order."""
    width = min(2 * AROUND + 1, len(values))
    middles = np.median(np.lib.stride_tricks.sliding_window_view(values, width), axis=1)
    place = np.clip(np.arange(len(values)) - AROUND, 0, len(middles) - 1)
    off = (values - middles[place]) ** 2
    return np.where(off > ODD**2 * (noise + USUAL_CHANCE**2), off, 0.0)


def _averaged(values, noise, weeks, length):
    """Course of values (k,) with variances ``noise`` at some of ``length`` weeks."""
    seen = np.zeros(length + AHEAD_WEEKS, bool)
    seen[weeks] = True
    wandering, growing, recurring = _parts(length)
    chances, means, covariances = [], [], []
    for (wander, growth, season, chance), prior in _grid():
        whole = UNKNOWN_LEVEL + wander**2 * wandering + growth**2 * growing
        whole += season[0] ** 2 * recurring ** (1 / season[1] ** 2)
        root = np.linalg.cholesky(whole[np.ix_(seen, seen)] + np.diag(noise + chance**2))
        solved = solve_triangular(root, np.c_[values, whole[seen]], lower=True)
        told, across = solved[:, 0], solved[:, 1:]
        chances.append(np.log(prior) - told @ told / 2 - np.log(root.diagonal()).sum())
        means.append(told @ across)
        ahead = across[:, length:]
        covariances.append(whole[length:, length:] - ahead.T @ ahead)
    weight = np.exp(np.array(chances) - max(chances))
    weight /= weight.sum()
    mean = weight @ means
    apart = (np.array(means) - mean)[:, length:]
    covariance = np.tensordot(weight, covariances, 1) + (apart * weight[:, None]).T @ apart
    seasonal = weight @ [season[0] > 0 for (_wander, _growth, season, _chance), _prior in _grid()]
    return Course(mean[:length], mean[length:], (1 + (ROUGHER - 1) * seasonal) * covariance)


@lru_cache(maxsize=1)
def _grid():
    """[((wander, growth, season, chance), prior)]"""
    return [
        (tuple(value for value, _prior in each), np.prod([prior for _value, prior in each]))
        for each in product(WANDER, GROWTH, SEASON, CHANCE)
    ]


def _parts(length):
    """Covariances of unit deviation over the weeks of a history and those ahead, three (k, k)."""
    week = np.arange(length + AHEAD_WEEKS, dtype=np.float64)
    apart = np.abs(week[:, None] - week)
    earlier = np.minimum(week[:, None], week)
    lag = DAMPED_WEEKS
    sinking = np.exp(-week / lag)
    growth = lag * (2 * earlier + lag * (sinking[:, None] + sinking - 1 - np.exp(-apart / lag)))
    season = np.exp(-2 * np.sin(np.pi * apart / YEAR_WEEKS) ** 2)
    return earlier, growth, season
