"""The shipped pipeline by the published protocol, where ../shared/data is beside us."""

import numpy as np
import pytest

from algorithms.forecast.catalogue import ForecastSettings, train_forecasts
from algorithms.forecast.means import moving_average, seasonal_naive
from algorithms.forecast.polynomial import polynomial
from benchmarks import demand, online_retail


@pytest.fixture(scope="module")
def panel():
    if not online_retail.FILE.is_file():
        pytest.skip("Online Retail is not in ../shared/data")
    return demand.retail_panel()


@pytest.fixture(scope="module")
def many(panel):
    return demand.best_sellers(panel, demand.ORIGINS[0], 1_000)


@pytest.fixture(scope="module")
def tables(many):
    """ForecastTable of a thousand products at each origin, by its column."""
    columns = [demand.column_of(many, origin) for origin in demand.ORIGINS]
    return {column: train(many.until(column)) for column in columns}


def train(panel):
    return train_forecasts(panel, ForecastSettings(), np.random.default_rng(0))[0]


def as_forecast(table, horizon):
    # Products of the protocol that have ended are still judged: nothing is forecast for them.
    return np.nan_to_num(table.daily[:, :horizon])


@pytest.mark.parametrize(
    ("method", "daily", "total", "mase", "bias"),
    [
        (moving_average, 109.8, 61.9, 0.881, -12),
        (seasonal_naive, 120.4, 61.8, 0.959, -12),
        (polynomial, 140.7, 78.6, 1.229, 41),
    ],
)
def test_the_protocol_is_the_published_one(panel, method, daily, total, mase, bias):
    figures = demand.evaluate(demand.best_sellers(panel, demand.ORIGINS[0]), method)
    assert figures.wape_daily == pytest.approx(daily, abs=0.06)
    assert figures.wape_total == pytest.approx(total, abs=0.06)
    assert figures.mase == pytest.approx(mase, abs=0.0006)
    assert figures.bias == pytest.approx(bias, abs=0.5)


def test_the_default_pipeline_beats_the_best_published_method(panel):
    figures = demand.evaluate(
        demand.best_sellers(panel, demand.ORIGINS[0]),
        lambda before, horizon: as_forecast(train(before), horizon),
    )
    assert figures.wape_total <= 38.9
    assert figures.mase <= 0.80
    assert abs(figures.bias) <= 5


def test_it_beats_the_base_method_by_far_on_a_thousand_products_too(many, tables):
    ours = demand.evaluate(
        many, lambda before, horizon: as_forecast(tables[before.length], horizon)
    )
    base = demand.evaluate(many, moving_average)
    assert ours.wape_total <= 0.65 * base.wape_total
    assert abs(ours.bias) <= 5


def test_later_days_and_totals_lie_within_the_intervals(many, tables):
    days, totals = [], {}
    for column, table in tables.items():
        inside, sums = demand.covered(many, table, column, 90)
        days.append(inside.ravel())
        for span, each in sums.items():
            totals.setdefault(span, []).append(each)
    assert 0.93 <= np.concatenate(days).mean() <= 0.97
    assert sorted(totals) == [7, 30, 90]
    for span, each in totals.items():
        assert 0.93 <= np.concatenate(each).mean() <= 0.97, span
