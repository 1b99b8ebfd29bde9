"""Demand forecasts of a whole catalogue: methods, back-test, combination, intervals, in two steps.

    1. ``fit_catalogue``      what products share, learned on all of them or on a sample: weekdays,
                              season, boosting, the weights of the methods, the pools of errors
    2. ``forecast_products``  forecasts of any portion of the products; portions give the same rows
                              as the whole, so a job may stop between them and go on

``train_forecasts`` does both. Step 1 costs the same for 3,000 products and more (a sample is
drawn), step 2 grows with the number of products.

The forecast is the weighted mean of the methods (:mod:`.demand_weights`) after rolling origins
(:mod:`.demand_backtest`). Where no method answers for a product the base method does, the mean of
the last seven days, and ``reason`` says why. The errors that are reported per product are those of
the combination at the origins, with weights that did not know the origin.
"""

from dataclasses import dataclass

import numpy as np

from ..core import parallel
from ..core.exceptions import InsufficientDataError
from .backtest import TOTAL_DAYS, learn_states, run_tests
from .intervals import IntervalModel, Outcome, learn_intervals
from .means import moving_average
from .methods import BASE, METHODS, CatalogueState, prior_weights, run_methods, spread_at_end
from .ranges import ranges_of
from .states import OK, states_of
from .table import ForecastTable, concatenate
from .trend import THRESHOLD, confidence_score, trend_of, trend_slope
from .weights import (
    CatalogueWeights,
    catalogue_weights,
    combine,
    corrections,
    weights_of,
)

COMBINATION = "combination"
# Products that step 1 looks at, and those of them whose back-test errors are pooled.
MOST_LEARNED, MOST_TESTED = 3_000, 1_500
PORTION = 1_000
# Trend and the score of the history are those of the last half year, however much is known.
RATED_DAYS = 182
# Origins that knew less than this share of the history miss more than a forecast of today: they say
# how methods compare, not how wide intervals are.
LEAST_SHARE = 1 / 3


@dataclass(frozen=True)
class ForecastSettings:
    """horizon : int 1..365, days ahead. min_history : int >= 1, known days since the first sale.
    discontinued_after : int >= 1, days without a sale after which there is no forecast.
    trend_threshold : float >= 0. methods : tuple of names out of demand_methods.METHODS.
    """

    horizon: int = 90
    min_history: int = 14
    discontinued_after: int = 90
    trend_threshold: float = THRESHOLD
    methods: tuple = METHODS

    @property
    def limits(self):
        return self.min_history, self.discontinued_after


@dataclass(frozen=True)
class Catalogue:
    """What step 1 learned; of arrays, numbers and scikit-learn models, can be pickled by joblib.

    last_day : datetime64[D] and length : int, of the panel it was learned on; portions must match.
    states : tuple of CatalogueState at the origins, the latest first; state : that of the end.
    weights : CatalogueWeights. correction : float, factor against the catalogue's bias, and
    corrections : (o,), those with which the origins are judged. intervals : IntervalModel.
    """

    last_day: np.datetime64
    length: int
    states: tuple
    state: CatalogueState
    weights: CatalogueWeights
    correction: float
    corrections: np.ndarray
    intervals: IntervalModel

    @property
    def boosting(self):
        """BoostedLevels with the fitted scikit-learn model, or None with too little data."""
        return self.state.boosting


def train_forecasts(panel, settings, rng):
    """Both steps.

    panel : DemandPanel; settings : ForecastSettings; rng : numpy Generator.
    Returns (ForecastTable, Catalogue). Raises InsufficientDataError as ``fit_catalogue``.
    """
    catalogue = fit_catalogue(panel, settings, rng)
    portions = (
        (panel.take(slice(start, start + PORTION)), catalogue, settings)
        for start in range(0, max(len(panel), 1), PORTION)
    )
    return concatenate(list(parallel.each(forecast_products, portions))), catalogue


def fit_catalogue(panel, settings, rng):
    """Step 1: learn what products share.

    panel : DemandPanel of the whole catalogue or of a random sample; of more than 3,000 products
    with sales a sample is drawn. rng : numpy Generator for samples and trees.
    Returns Catalogue. Raises InsufficientDataError when the panel has fewer days than
    ``min_history``, which no product could reach.
    """
    if panel.length < settings.min_history:
        raise InsufficientDataError(panel.length, settings.min_history)
    panel = _sample(panel.take(panel.sold.any(axis=1)), MOST_LEARNED, rng)
    states, state = learn_states(panel, rng)
    panel = _sample(panel, MOST_TESTED, rng)
    tested = run_tests(panel, states, settings.horizon, settings.limits, settings.methods)
    prior = prior_weights(settings.methods)
    weights = catalogue_weights(tested.totals, tested.actual, tested.usable, prior)
    _final, apart = weights_of(tested.totals, tested.actual, tested.usable, weights.weight)
    combined = [tested.combined(number, weight) for number, weight in enumerate(apart)]
    totals = np.array([each[:, :TOTAL_DAYS].sum(axis=1) for each in combined])
    factor, factors = corrections(totals.reshape(tested.actual.shape), tested.actual, tested.usable)
    outcomes = [
        _outcome(
            panel,
            tested,
            number,
            combined[number] * factors[number],
            states[number].course.as_it_came(state.course, panel.length - tested.columns[number]),
            states[number],
        )
        for number in range(len(states))
        if tested.columns[number] >= LEAST_SHARE * panel.length
    ]
    intervals = learn_intervals(outcomes, rng)
    return Catalogue(
        last_day=panel.days[-1],
        length=panel.length,
        states=tuple(states),
        state=state,
        weights=weights,
        correction=factor,
        corrections=factors,
        intervals=intervals,
    )


def forecast_products(panel, catalogue, settings):
    """Step 2: forecasts of some products.

    panel : DemandPanel of any products on the days that ``catalogue`` was learned on.
    Returns ForecastTable. Raises ValueError for other days.
    """
    if (panel.days[-1], panel.length) != (catalogue.last_day, catalogue.length):
        raise ValueError(f"the catalogue was learned on {catalogue.length} days to another date")
    state = states_of(panel, *settings.limits)
    rows = np.flatnonzero(state == OK)
    part = panel.take(rows)
    tested = run_tests(part, catalogue.states, settings.horizon, settings.limits, settings.methods)
    weights, apart = weights_of(
        tested.totals, tested.actual, tested.usable, catalogue.weights.weight
    )
    daily, used, fell_back, reasons = _forecast(part, catalogue, weights, settings)
    values = {
        "method": np.where(fell_back, BASE, COMBINATION),
        "reason": np.array([reasons.get(row, "") for row in range(len(part))], object),
        "weights": used,
        "daily": daily,
        **ranges_of(
            daily, spread_at_end(part, catalogue.state), catalogue.intervals, catalogue.state.course
        ),
        **_errors(part, tested, apart, catalogue.corrections),
    }
    recent = part.last(RATED_DAYS)
    slope = trend_slope(recent)
    values |= {
        "slope": slope,
        "trend": trend_of(slope, settings.trend_threshold),
        "confidence": confidence_score(recent),
    }
    whole = {name: _all_rows(value, rows, len(panel)) for name, value in values.items()}
    return ForecastTable(
        product_ids=panel.product_ids,
        start=panel.ahead(1)[0],
        methods=settings.methods,
        state=state,
        **whole,
    )


def _outcome(panel, tested, number, forecast, course, state):
    """Outcome of one origin: the products that could have had a forecast then."""
    rows, column = np.flatnonzero(tested.usable[number]), tested.columns[number]
    forecast = forecast[rows]
    panel = panel.take(rows)
    after = slice(column, column + forecast.shape[1])
    return Outcome(
        product=rows,
        forecast=forecast,
        actual=np.where(panel.mask[:, after], panel.sold[:, after], np.nan),
        spread=spread_at_end(panel.until(column), state),
        course=course,
    )


def _sample(panel, most, rng):
    if len(panel) <= most:
        return panel
    return panel.take(np.sort(rng.choice(len(panel), most, replace=False)))


def _forecast(panel, catalogue, weights, settings):
    """((n, h) forecasts, (n, m) weights used, (n,) whether the base answered, {row: reason})."""
    forecasts, reasons = run_methods(panel, catalogue.state, settings.horizon, settings.methods)
    daily, used = combine(forecasts, weights)
    daily *= catalogue.correction
    failed = ~np.isfinite(daily).all(axis=1)
    if failed.any():
        daily[failed] = moving_average(panel.take(failed), settings.horizon)
        for row in np.flatnonzero(failed).tolist():
            reasons.setdefault(row, "no method answered")
        if BASE in settings.methods:
            used[failed] = np.arange(len(settings.methods)) == settings.methods.index(BASE)
    return daily, used, failed, reasons


def _errors(panel, tested, apart, factors):
    """Errors of the combination at the origins, as columns of the table."""
    sums = np.zeros((len(panel), 4))
    scaled, scales, origins = (np.zeros(len(panel)) for _ in range(3))
    for number, column in enumerate(tested.columns):
        forecast = tested.combined(number, apart[number])[:, :TOTAL_DAYS] * factors[number]
        used = tested.usable[number] & np.isfinite(forecast).all(axis=1)
        forecast = np.nan_to_num(forecast)
        sold = panel.sold[:, column : column + forecast.shape[1]]
        error = (forecast - sold).sum(axis=1)
        daily = np.abs(forecast - sold)
        figures = [sold.sum(axis=1), np.abs(error), error, daily.sum(axis=1)]
        sums += np.where(used[:, None], np.stack(figures, axis=1), 0.0)
        origins += used
        scale = _naive_error(panel.until(column))
        valid = used & (scale > 0)
        scaled += np.divide(daily.mean(axis=1), scale, out=np.zeros(len(panel)), where=valid)
        scales += valid
    sold = sums[:, :1]
    shares = np.divide(sums, sold, out=np.full_like(sums, np.nan), where=sold > 0)
    return {
        "origins": origins.astype(np.int64),
        "wape": shares[:, 1],
        "bias": shares[:, 2],
        "mase": np.divide(scaled, scales, out=np.full(len(panel), np.nan), where=scales > 0),
        "tested": sums,
    }


def _naive_error(panel):
    """(n,) mean absolute error of the seasonal naive (7) within a history, zero without one."""
    if panel.length <= 7:
        return np.zeros(len(panel))
    both = panel.mask[:, 7:] & panel.mask[:, :-7]
    error = np.where(both, np.abs(panel.sold[:, 7:] - panel.sold[:, :-7]), 0.0).sum(axis=1)
    return error / np.maximum(both.sum(axis=1), 1)


def _all_rows(values, rows, count):
    """Values of some rows among all: NaN, zero or "" elsewhere."""
    if values.dtype.kind == "f":
        whole = np.full((count, *values.shape[1:]), np.nan)
    elif values.dtype.kind in "UO":
        whole = np.full(count, "", object)
    else:
        whole = np.zeros((count, *values.shape[1:]), values.dtype)
    whole[rows] = values
    return whole
