"""What would each method have said earlier? Rolling origins over the history at hand.

An origin is a day of the past; methods see only what was known before it and forecast the days from
it on, as many as have passed since, at most the horizon. Origins lie 30, 45, 60, … days back (30,
60, 90, … with more than 300 days of history), at most nine, and at least 28 days of history lie
before each. Near ones test the 30-day totals, far ones the 90-day totals too. A product takes part
in those origins before which it has enough history itself.

With half a year of history the totals of 90 days are tested from three origins that lie close to
each other, and whose forecasts knew only 60 to 90 days: it is one quarter that is tested, whatever
the number of products. The intervals allow for the shorter history (:mod:`.demand_intervals`), not
for a next quarter unlike the last.
"""

from dataclasses import dataclass, replace

import numpy as np

from ..core import parallel
from .methods import learn_state, run_methods
from .states import OK, states_of
from .weights import combine

TOTAL_DAYS = 30
NARROW_STEP, WIDE_STEP = 15, 30
WIDE_FROM = 300
MOST_ORIGINS = 9
LEAST_BEFORE = 28
# The boosting of an origin may serve later ones for less than a month: it never saw their future.
REFIT_DAYS = 30


@dataclass(frozen=True)
class Tested:
    """Forecasts of some products at the origins.

    columns : list of o origins, columns of the panel, the latest first.
    forecasts : list of o arrays (m, n, a) with a = days passed since, at most the horizon.
    usable : (o, n) bool, products with enough history before the origin.
    totals : (o, m, n) sums of the first 30 days; actual : (o, n), what was sold in these.
    """

    columns: list
    forecasts: list
    usable: np.ndarray
    totals: np.ndarray
    actual: np.ndarray

    def combined(self, number, weights):
        """(n, a) forecast of one origin by weights (n, m); NaN where none answered."""
        return combine(self.forecasts[number], weights)[0]


def origin_columns(length):
    """Columns of the origins for a panel of ``length`` days, the latest first; may be empty."""
    step = WIDE_STEP if length > WIDE_FROM else NARROW_STEP
    columns = range(length - TOTAL_DAYS, LEAST_BEFORE - 1, -step)
    return list(columns[:MOST_ORIGINS])


def learn_states(panel, rng):
    """CatalogueState of each origin and of the panel's end.

    panel : DemandPanel of the whole catalogue or a large sample.
    rng : numpy Generator; each origin gets one of its own, as it knows nothing of the others.
    Returns (list for the origins, the latest first; state of the end).
    """
    columns = [*origin_columns(panel.length)[::-1], panel.length]
    fits, seeds = _fits(columns), rng.integers(2**63, size=len(columns)).tolist()
    tasks = (
        (panel.until(column), np.random.default_rng(seed), again or None)
        for column, seed, again in zip(columns, seeds, fits, strict=True)
    )
    states, fitted = [], None
    for state, again in zip(parallel.each(learn_state, tasks), fits, strict=True):
        fitted = state.boosting if again else fitted
        states.append(state if again else replace(state, boosting=fitted))
    return states[-2::-1], states[-1]


def _fits(columns):
    """Whether boosting is fitted at each of the columns, ascending: every 30 days and at the end;
    those between take that of the column before."""
    fits, fitted_at = [], None
    for column in columns[:-1]:
        fits.append(fitted_at is None or column - fitted_at >= REFIT_DAYS)
        fitted_at = column if fits[-1] else fitted_at
    return [*fits, True]


def run_tests(panel, states, horizon, limits, names):
    """Forecasts of all methods at all origins.

    panel : DemandPanel of some products; states : of the origins, from ``learn_states``.
    limits : (min_history, discontinued_after), days; as in ``states_of``.
    Returns Tested.
    """
    columns = origin_columns(panel.length)
    forecasts, usable, actual = [], [], []
    for column, state in zip(columns, states, strict=True):
        before = panel.until(column)
        ahead = min(panel.length - column, horizon)
        forecasts.append(run_methods(before, state, ahead, names)[0])
        known = panel.mask[:, column : column + TOTAL_DAYS]
        usable.append((states_of(before, *limits) == OK) & known.all(axis=1))
        actual.append(panel.sold[:, column : column + TOTAL_DAYS].sum(axis=1))
    shape = (len(columns), len(panel))
    totals = [each[:, :, :TOTAL_DAYS].sum(axis=2) for each in forecasts]
    return Tested(
        columns=columns,
        forecasts=forecasts,
        usable=np.array(usable, bool).reshape(shape),
        totals=np.array(totals).reshape(shape[0], len(names), shape[1]),
        actual=np.array(actual, float).reshape(shape),
    )
