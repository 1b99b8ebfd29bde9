import numpy as np
import pytest

from algorithms.forecast.catalogue import ForecastSettings, train_forecasts
from algorithms.forecast.intervals import bounds, learn_pool
from benchmarks.demand import covered
from benchmarks.demand_made import made_panel


def test_the_quantiles_of_a_pool_are_those_of_split_conformal_prediction():
    error = np.arange(1, 100.0)
    pool = learn_pool(error, np.ones(99), np.zeros(99, bool), 0.9)
    assert (pool.low[0], pool.high[0], pool.single[0]) == (5, 95, 90)
    assert not pool.open[0]


def test_a_pool_of_few_errors_is_wider_than_its_largest():
    pool = learn_pool(np.array([-1.0, 2.0]), np.ones(2), np.zeros(2, bool), 0.95)
    assert pool.high[0] > 2
    assert pool.low[0] < -2


def test_an_empty_pool_gives_the_forecast_itself():
    pool = learn_pool(np.empty(0), np.empty(0), np.empty(0, bool), 0.95)
    low, high = bounds(np.array([[3.0]]), np.array([1.0]), np.array([30]), pool, 1)
    assert (low[0, 0], high[0, 0]) == (0, 3)


def test_where_zeros_are_frequent_the_lower_bound_is_zero():
    error = np.linspace(-1, 3, 400)
    pool = learn_pool(error, np.ones(400), np.arange(400) < 40, 0.95)
    low, high = bounds(np.array([[9.0]]), np.array([1.0]), np.array([80]), pool, 1)
    assert low[0, 0] == 0
    assert high[0, 0] == pytest.approx(9 + 3 * np.sqrt(1 + 1 / 80) * pool.single[0])


@pytest.mark.parametrize("kind", ["poisson", "negative binomial"])
def test_95_percent_of_later_days_and_totals_lie_within_the_intervals(kind):
    panel = made_panel(500, 270, kind, seed=11)
    table, _catalogue = train_forecasts(
        panel.until(180), ForecastSettings(), np.random.default_rng(0)
    )
    days, totals = covered(panel, table, 180, 90)
    assert 0.93 <= days.mean() <= 0.97
    for span, inside in totals.items():
        assert 0.93 <= inside.mean() <= 0.975, span
