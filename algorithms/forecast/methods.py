"""The methods of the selection and what they share of the whole catalogue.

Forecasting product by product would lose what only the catalogue knows: its weekdays, its season,
how far one should trust a young product. This is learned once (``learn_state``) and handed to the
work on the products, which may then be done in portions with the same result.

    moving_average    the design's base, on the history as it is
    polynomial        the design's regression, on the last 180 days as they are
    last_year         the same weeks of last year times growth, spikes tempered
    damped_trend, long_mean, sba, tsb
                      on the last 300 days with the season of the year taken out and spikes tempered
    weekday_mean, weekday_smoothed, boosting
                      on these with the course of the catalogue taken out too (:mod:`.course`),
                      which their forecasts follow; the others do not, so that the back-test can
                      tell how far products go together

Each is spread over the weekdays by the factors of the product: methods are chosen by totals of 30
days, which say nothing of the day the shop is closed. What goes on rising is held to what the
catalogue has ever done (:mod:`.reach`).

A method that fails for some products (an exception, a number that is none) yields NaN for these and
a reason; it never takes the others along.
"""

from dataclasses import dataclass, replace

import numpy as np

from ..core.weekdays import catalogue_profile, weekday_profile
from .boosting import boosted, catalogue_direction, fit_boosting
from .course import Course, catalogue_course
from .intermittent import sba, tsb
from .last_year import catalogue_growth, last_year
from .means import moving_average, spread, weekday_mean
from .polynomial import polynomial
from .reach import catalogue_reach, held_levels, held_mean
from .scatter import ScatterLaw, learn_scatter, spread_of
from .season import Season, catalogue_season, day_of_year, product_indices
from .smoothing import damped_trend, pooled_errors, weekday_smoothed
from .spikes import spread_factor, tempered

BASE = "moving_average"
LONG_DAYS = 90
# What the design's regression sees, what levels and the boosting do (older days tell the season),
# and what last year's weeks take.
POLYNOMIAL_DAYS, RECENT_DAYS, YEARLY_DAYS = 180, 300, 480


@dataclass(frozen=True)
class CatalogueState:
    """What a catalogue says at the end of a panel.

    factor : float, see spikes; season : Season; course : Course; profile : (7,) weekdays;
    alpha_errors : (alphas,), see smoothing; direction : float, see boosting; growth : float, see
    last_year; reach : float, see reach; scatter : ScatterLaw; boosting : BoostedLevels or None.
    """

    factor: float
    season: Season
    course: Course
    profile: np.ndarray
    alpha_errors: np.ndarray
    direction: float
    growth: float
    reach: float
    scatter: ScatterLaw
    boosting: object = None


@dataclass(frozen=True)
class Prepared:
    """Products as the methods see them.

    raw : DemandPanel; still : DemandPanel, the last 300 days without season and spikes; even :
    DemandPanel, without course too; year : DemandPanel, the last 480 days without spikes; profile :
    (n, 7); season : (n, horizon) factors of the days ahead; state : CatalogueState.
    """

    raw: object
    still: object
    even: object
    year: object
    profile: np.ndarray
    season: np.ndarray
    state: CatalogueState


def _flat(kernel):
    """A method of constant forecasts, times the weekdays."""

    def method(work, horizon):
        return spread(kernel(work.still, 1)[:, 0], work.still, work.profile, horizon)

    return method


def _polynomial(work, horizon):
    recent = work.raw.last(POLYNOMIAL_DAYS)
    return held_levels(polynomial(recent, horizon), recent, work.state.reach)


def _boosting(work, horizon):
    state = work.state
    return boosted(work.even, horizon, work.profile, state.boosting, state.direction)


# Each takes (Prepared, horizon) and returns (n, horizon).
PLAIN = {
    BASE: lambda work, horizon: moving_average(work.raw, horizon),
    "polynomial": _polynomial,
}
# On its own weekdays and season.
YEARLY = {
    "last_year": lambda work, horizon: last_year(
        work.year, horizon, work.profile, work.state.growth
    ),
}
# Without the season of the year, which multiplies them.
SEASONAL = {
    "damped_trend": lambda work, horizon: held_mean(
        damped_trend(work.still, horizon, work.profile), work.still, work.state.reach
    ),
    "long_mean": lambda work, horizon: weekday_mean(work.still, horizon, work.profile, LONG_DAYS),
    "sba": _flat(sba),
    "tsb": _flat(tsb),
}
# Without the catalogue's course either.
ON_COURSE = {
    "weekday_mean": lambda work, horizon: weekday_mean(work.even, horizon, work.profile),
    "weekday_smoothed": lambda work, horizon: weekday_smoothed(
        work.even, horizon, work.profile, work.state.alpha_errors
    ),
    "boosting": _boosting,
}
METHODS = (*PLAIN, *YEARLY, *SEASONAL, *ON_COURSE)
# Weights as long as nothing could be tested: the level decides.
PRIOR_WEIGHTS = {"weekday_mean": 0.4, "weekday_smoothed": 0.2, "long_mean": 0.2, "tsb": 0.2}


def prior_weights(names):
    """(m,) float64 of sum 1: weights of methods of which nothing is known."""
    weight = np.array([PRIOR_WEIGHTS.get(name, 0.0) for name in names])
    return weight / weight.sum() if weight.any() else np.full(len(names), 1 / len(names))


def learn_state(panel, rng, boosting=True):
    """Learn what products share.

    panel : DemandPanel of the whole catalogue or a large sample; rng : numpy Generator.
    boosting : True fits the gradient boosting, where there is enough data for it; a BoostedLevels
        of an earlier day is taken as it is; None goes without.
    Returns CatalogueState.
    """
    season = catalogue_season(panel)
    growth = catalogue_growth(panel)
    even = _without_season(panel, product_indices(panel, season))
    course = catalogue_course(even)
    even = _without_course(even.last(RECENT_DAYS), course)
    scatter = learn_scatter(even, weekday_profile(even))
    factor = spread_factor(even)
    even = tempered(even, factor)
    weekdays = catalogue_profile(even)
    profile = weekday_profile(even, weekdays)
    if boosting is True:
        boosting = fit_boosting(even, profile, rng)
    # Absurd quantities may be too large to be squared; what is not finite is left out there.
    with np.errstate(over="ignore", invalid="ignore"):
        alpha_errors = pooled_errors(even, profile)
    return CatalogueState(
        factor=factor,
        season=season,
        course=course,
        profile=weekdays,
        alpha_errors=alpha_errors,
        direction=catalogue_direction(even),
        growth=growth,
        reach=catalogue_reach(even),
        scatter=scatter,
        boosting=boosting,
    )


def prepare(panel, state, horizon):
    """Prepared of some products of the catalogue."""
    indices = product_indices(panel, state.season)
    still = tempered(_without_season(panel, indices).last(RECENT_DAYS), state.factor)
    even = tempered(_even(panel, indices, state), state.factor)
    season = indices[:, day_of_year(panel.ahead(horizon))]
    profile = weekday_profile(even, state.profile)
    year = tempered(panel.last(YEARLY_DAYS), state.factor)
    return Prepared(panel, still, even, year, profile, season, state)


def spread_at_end(panel, state):
    """Spread of products, the season of the year taken out; see scatter."""
    indices = product_indices(panel, state.season)
    even = _even(panel, indices, state)
    spread = spread_of(even, weekday_profile(even, state.profile), state.scatter)
    return replace(spread, age=panel.mask.sum(axis=1))


def _without_season(panel, indices):
    """The panel over its products' yearly indices (n, 365)."""
    if (indices == 1).all():
        return panel
    return replace(panel, quantity=panel.quantity / indices[:, day_of_year(panel.days)])


def _even(panel, indices, state):
    """The last 300 days without season and course."""
    return _without_course(_without_season(panel, indices).last(RECENT_DAYS), state.course)


def _without_course(panel, course):
    return replace(panel, quantity=panel.quantity / course.of_past(panel.length))


def run_methods(panel, state, horizon, names=METHODS):
    """Forecasts of all methods.

    panel : DemandPanel of some products; state : CatalogueState of the same day.
    Returns ((m, n, horizon) float64, NaN where a method failed or does not exist, and
    {row: reason}).
    """
    result = np.full((len(names), len(panel), horizon), np.nan)
    reasons, prepared = {}, {}
    for number, name in enumerate(names):
        if name == "boosting" and state.boosting is None:
            continue
        _run(name, panel, state, np.arange(len(panel)), result[number], reasons, prepared)
    return result, reasons


def _run(name, panel, state, rows, result, reasons, prepared):
    """Fill result[rows]; halve the products until those that make the method fail are alone."""
    if not len(rows):
        return
    span = (int(rows[0]), len(rows))
    try:
        with np.errstate(all="ignore"):
            if span not in prepared:
                prepared[span] = prepare(panel.take(rows), state, result.shape[1])
            values = _values(name, prepared[span], result.shape[1])
    except (ArithmeticError, ValueError, IndexError, np.linalg.LinAlgError) as error:
        if len(rows) == 1:
            reasons[int(rows[0])] = f"{name}: {type(error).__name__}: {error}"
            return
        for half in np.array_split(rows, 2):
            _run(name, panel, state, half, result, reasons, prepared)
        return
    finite = np.isfinite(values).all(axis=1)
    # A product without a last year lacks nothing.
    for row in rows[~finite].tolist() if name not in YEARLY else ():
        reasons[row] = f"{name}: no finite number"
    result[rows[finite]] = np.maximum(values[finite], 0.0)


def _values(name, work, horizon):
    """(n, horizon) of one method."""
    if name in YEARLY:
        return YEARLY[name](work, horizon)
    if name in PLAIN:
        return spread(PLAIN[name](work, horizon), work.raw, work.profile, horizon)
    if name in SEASONAL:
        return SEASONAL[name](work, horizon) * work.season
    return ON_COURSE[name](work, horizon) * work.season * work.state.course.of_ahead(horizon)
