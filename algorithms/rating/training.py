"""Which method tells stars best, how far off it is, and whether it may replace the old model.

Ratings are dealt into five folds; each is told by what was learned from the other four. Of the
methods that are no worse than the best one by more than a standard error of the difference over the
folds, the simplest is taken (the one-standard-error rule of Breiman et al. 1984, with paired
folds), and learned from all ratings.

Below 50 ratings of ten clients and ten products nothing is learned: each fold would tell its errors
from fewer than ten ratings, and an RMSE of 50 errors is itself uncertain by a fifth at 95 %.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from ..core import parallel
from ..core.exceptions import InsufficientDataError
from .model import METHODS, fit
from .shrunk_means import prior_strength

FOLDS = 5
LEAST_RATINGS, LEAST_CLIENTS, LEAST_PRODUCTS = 50, 10, 10
# Fewer ratings that the old model has not seen cannot speak against the new one.
LEAST_UNSEEN = 10
# Chance of keeping the old model where both are equally good.
LEVEL = 0.05


@dataclass(frozen=True)
class Errors:
    """Of ratings that a method did not learn from, in stars: means over the folds."""

    rmse: float
    mae: float


@dataclass(frozen=True)
class RatingReport:
    """What cross-validation tells.

    method : the one chosen. errors : {method: Errors}. predicted : (n,) float64 in 1..5, what the
    chosen method said of each rating when it had not seen it. mean_stars : float, of all ratings.
    prior_strength : float, see shrunk_means.
    """

    method: str
    errors: dict
    predicted: np.ndarray = field(compare=False)
    mean_stars: float
    prior_strength: float

    @property
    def beats_mean(self):
        """Whether a method was chosen that tells more than the mean of the product."""
        return self.method != METHODS[0]


@dataclass(frozen=True)
class Duel:
    """Two models on ratings that the old one has not seen; errors are RMSE in stars, or NaN.

    unseen : int, ratings. gone : int, ratings that the old one was learned from and that are no
    longer there: it knows what it may not, and is no champion any more.
    is_worse : bool, whether the new one is worse by more than chance.
    """

    unseen: int
    gone: int
    old: float
    new: float
    is_worse: bool


def train(ratings, seed=0):
    """(RatingModel, RatingReport) of Ratings, the same for the same ratings and seed.

    Raises InsufficientDataError below 50 ratings.
    """
    check_enough(ratings)
    report = cross_validate(ratings, seed)
    return fit(ratings, report.method, np.random.default_rng(seed)), report


def check_enough(ratings):
    """Raises InsufficientDataError below 50 ratings, 10 clients or 10 products."""
    for found, needed in (
        (len(ratings), LEAST_RATINGS),
        (len(np.unique(ratings.client)), LEAST_CLIENTS),
        (len(np.unique(ratings.product)), LEAST_PRODUCTS),
    ):
        if found < needed:
            raise InsufficientDataError(found, needed)


def cross_validate(ratings, seed=0, methods=METHODS):
    """RatingReport of Ratings. methods : those to compare, the simplest first."""
    folds = deal(len(ratings), seed)
    predicted = {name: np.empty(len(ratings)) for name in methods}
    hidden = [folds == fold for fold in range(FOLDS)]
    tasks = ((ratings.take(~rows), ratings.take(rows), methods, seed) for rows in hidden)
    for rows, told in zip(hidden, parallel.each(_told, tasks), strict=True):
        for name in methods:
            predicted[name][rows] = told[name]
    errors = {name: fold_errors(ratings.stars, told, folds) for name, told in predicted.items()}
    method = _simplest({name: rmse for name, (rmse, _mae) in errors.items()})
    return RatingReport(
        method,
        {
            name: Errors(float(rmse.mean()), float(mae.mean()))
            for name, (rmse, mae) in errors.items()
        },
        predicted[method],
        float(np.mean(ratings.stars)),
        prior_strength(ratings.product, ratings.stars),
    )


def _told(shown, asked, methods, seed):
    """{method: (n,) stars of the ratings that are asked for, by those that are shown}."""
    return {
        name: fit(shown, name, np.random.default_rng(seed)).predict(asked.client, asked.product)
        for name in methods
    }


def deal(count, seed):
    """(count,) int, the fold of each rating: at random, and as many in each."""
    return np.random.default_rng(seed).permutation(count) % FOLDS


def fold_errors(stars, predicted, folds):
    """((FOLDS,) RMSE, (FOLDS,) MAE) of each fold, in stars."""
    error = predicted - stars
    count = np.bincount(folds, minlength=FOLDS)
    return (
        np.sqrt(np.bincount(folds, error**2, FOLDS) / count),
        np.bincount(folds, np.abs(error), FOLDS) / count,
    )


def duel(old, ratings, report):
    """Duel of an old RatingModel and what a new RatingReport says of the same Ratings."""
    unseen = ~old.has_seen(ratings.client, ratings.product)
    count = int(unseen.sum())
    gone = len(old.seen) - (len(ratings) - count)
    if count < LEAST_UNSEEN or gone:
        return Duel(count, gone, np.nan, np.nan, False)
    asked = ratings.take(unseen)
    of_old = (old.predict(asked.client, asked.product) - asked.stars) ** 2
    of_new = (report.predicted[unseen] - asked.stars) ** 2
    loss = of_new - of_old
    error = loss.std(ddof=1) / np.sqrt(count)
    bound = stats.t.ppf(1 - LEVEL, count - 1) * error
    return Duel(
        count,
        gone,
        float(np.sqrt(of_old.mean())),
        float(np.sqrt(of_new.mean())),
        bool(loss.mean() > max(bound, 1e-12)),
    )


def _simplest(errors):
    """The first method that is not worse than the best one by more than a standard error.

    errors : {method: (FOLDS,) RMSE}, the simplest first.
    """
    best = min(errors.values(), key=np.mean)
    worse = {name: each - best for name, each in errors.items()}
    return next(
        name for name, each in worse.items() if each.mean() <= each.std(ddof=1) / np.sqrt(FOLDS)
    )
