"""The whole selection: states, bad input, fallback, portions, trend and confidence."""

import io
from dataclasses import replace

import joblib
import numpy as np
import pytest
from demand_common import panel_of
from hypothesis import given, settings
from hypothesis import strategies as st

from algorithms.core.exceptions import InsufficientDataError
from algorithms.forecast.catalogue import (
    ForecastSettings,
    forecast_products,
    run_methods,
    train_forecasts,
)
from algorithms.forecast.methods import METHODS, prior_weights
from algorithms.forecast.season import day_of_year
from algorithms.forecast.table import concatenate, overall
from algorithms.forecast.trend import confidence_score, trend_of, trend_slope
from algorithms.forecast.weights import (
    catalogue_weights,
    combine,
    corrections,
    weights_of,
)
from benchmarks.demand_made import made_panel

NUMBERS = (
    "daily", "daily_low", "daily_high", "daily_low_80", "daily_high_80",
    "totals", "totals_low", "totals_high", "totals_low_80", "totals_high_80", "weights",
)  # fmt: skip


def train(panel, **settings):
    rng = np.random.default_rng(0)
    return train_forecasts(panel, ForecastSettings(**settings), rng)


def assert_sound(table):
    """Rows with a forecast have finite, ordered numbers; others have none."""
    rows = table.state == "ok"
    for name in NUMBERS:
        values = getattr(table, name)
        assert np.isfinite(values[rows]).all(), name
        assert np.isnan(values[~rows]).all(), name
    for start in (0, 5):
        middle, low, high, low_80, high_80 = (
            getattr(table, name)[rows] for name in NUMBERS[start : start + 5]
        )
        assert (low >= 0).all()
        assert (low_80 <= middle).all()
        assert (middle <= high_80).all()
        assert (low <= low_80).all()
        assert (high_80 <= high).all()
    np.testing.assert_allclose(table.weights[rows].sum(axis=1), 1)
    np.testing.assert_allclose(table.totals[rows, 0], table.daily[rows, :7].sum(axis=1))
    assert ((table.confidence[rows] >= 0) & (table.confidence[rows] <= 1)).all()
    assert set(table.trend[~rows]) <= {""}


@pytest.fixture(scope="module")
def trained():
    panel = made_panel(250, 180, "negative binomial")
    return panel, *train(panel)


def test_every_product_with_enough_history_has_a_sound_forecast(trained):
    panel, table, _catalogue = trained
    assert_sound(table)
    assert (table.state == "ok").sum() > 240
    assert table.daily.shape == (250, 90)
    assert table.start == panel.days[-1] + np.timedelta64(1, "D")


def test_bad_input_in_one_catalogue_gets_states_and_sound_numbers():
    rng = np.random.default_rng(0)
    length = 180
    good = rng.poisson(2, (30, length))
    one_sale = np.eye(1, length, length - 50)[0] * 3
    late_sale = np.eye(1, length, length - 5)[0] * 3
    gap = np.where((np.arange(length) < 30) | (np.arange(length) > 150), 4, 0)
    ended = np.where(np.arange(length) < 60, 4, 0)
    huge = rng.poisson(2, length) * 1e14
    absurd = np.where(np.arange(length) == 90, 1e300, 1)
    panel = panel_of(
        np.zeros(length), one_sale, late_sale, np.full(length, 3), gap, ended, huge, absurd, *good
    )
    table, _catalogue = train(panel)
    assert_sound(table)
    assert table.state[:8].tolist() == [
        "no_sales", "ok", "not_enough_history", "ok", "ok", "discontinued", "ok", "ok",
    ]  # fmt: skip
    np.testing.assert_allclose(table.daily[3], 3, rtol=0.12)
    assert table.totals[6, 1] == pytest.approx(6e15, rel=0.2)
    # The others do not notice.
    assert table.totals[8:, 1].mean() == pytest.approx(60, rel=0.1)


def test_only_refunds_are_told_from_no_sales():
    panel = panel_of([0] * 60, [0] * 60, [1] * 60)
    panel = replace(panel, unmatched=np.array([4.0, 0, 0]))
    assert train(panel)[0].state.tolist() == ["only_refunds", "no_sales", "ok"]


def test_thirteen_days_are_not_enough_and_fourteen_are():
    table, _catalogue = train(panel_of([0] * 7 + [1] * 13, [0] * 6 + [1] * 14))
    assert table.state.tolist() == ["not_enough_history", "ok"]
    assert np.isnan(table.totals[0]).all()


def test_a_window_shorter_than_the_least_history_is_refused():
    with pytest.raises(InsufficientDataError):
        train(panel_of([1] * 10))


def test_a_catalogue_without_products_or_sales_has_no_numbers():
    empty = panel_of([1] * 60).take(slice(0, 0))
    assert len(train(empty)[0]) == 0
    table, _catalogue = train(panel_of([0] * 60))
    assert table.state.tolist() == ["no_sales"]
    assert np.isnan(overall(table).wape)


@pytest.mark.parametrize("length", [14, 20, 35, 57, 58, 90, 118, 301, 430])
def test_any_length_of_history_gives_sound_forecasts(length):
    table, catalogue = train(made_panel(12, length, seed=3), min_history=14)
    assert_sound(table)
    assert table.origins.max(initial=0) == len(catalogue.states)


def test_two_years_bring_the_season_in():
    days = np.datetime64("2023-01-01") + np.arange(2 * 365 + 320)
    season = np.where(day_of_year(days) >= 334, 3.0, 1.0)
    rng = np.random.default_rng(0)
    panel = panel_of(*rng.poisson(5 * season, (30, len(days))), start="2023-01-01")
    table, catalogue = train(panel)
    assert_sound(table)
    december = day_of_year(panel.ahead(90)) >= 340
    assert december.any()
    assert table.daily[:, december].mean() == pytest.approx(15, rel=0.15)
    # The index is smoothed, so the step begins a little early.
    assert table.daily[:, :5].mean() == pytest.approx(5, rel=0.2)
    assert len(catalogue.states) == 9


def test_a_horizon_of_thirty_days_has_no_total_of_ninety():
    table, _catalogue = train(made_panel(20, 120), horizon=30)
    assert table.daily.shape[1] == 30
    assert np.isnan(table.totals[:, 2]).all()
    assert np.isfinite(table.totals[table.state == "ok", 1]).all()


def test_portions_give_the_rows_of_the_whole(trained):
    panel, table, catalogue = trained
    settings = ForecastSettings()
    parts = [
        forecast_products(panel.take(rows), catalogue, settings)
        for rows in (slice(0, 100), slice(100, 101), slice(101, 250))
    ]
    joined = concatenate(parts)
    for name in ("daily", "daily_high", "totals_low", "weights", "mase"):
        np.testing.assert_allclose(getattr(joined, name), getattr(table, name), rtol=1e-9)


def test_a_kept_catalogue_gives_the_same_forecasts(trained):
    panel, table, catalogue = trained
    file = io.BytesIO()
    joblib.dump(catalogue, file)
    file.seek(0)
    again = forecast_products(panel, joblib.load(file), ForecastSettings())
    np.testing.assert_array_equal(again.daily, table.daily)
    assert catalogue.boosting.rows >= 1_500


def test_the_same_seed_gives_the_same_forecasts(trained):
    panel, table, _catalogue = trained
    np.testing.assert_array_equal(train(panel)[0].daily, table.daily)


def test_a_catalogue_of_another_day_is_refused(trained):
    panel, _table, catalogue = trained
    with pytest.raises(ValueError, match="180 days"):
        forecast_products(panel.until(170), catalogue, ForecastSettings())


def test_where_no_method_answers_the_base_method_does_and_the_reason_is_told(monkeypatch, trained):
    panel, table, catalogue = trained

    def nothing_for_one(part, state, horizon, names):
        forecasts, reasons = run_methods(part, state, horizon, names)
        at = np.flatnonzero(part.product_ids == 3)
        forecasts[:, at] = np.nan
        return forecasts, reasons | {int(row): "tsb: no finite number" for row in at}

    monkeypatch.setattr("algorithms.forecast.catalogue.run_methods", nothing_for_one)
    failed = forecast_products(panel, catalogue, ForecastSettings())
    assert_sound(failed)
    assert failed.method[3] == "moving_average"
    assert failed.reason[3] == "tsb: no finite number"
    assert failed.daily[3, 0] == pytest.approx(panel.quantity[3, -7:].mean())
    assert set(np.delete(failed.method, 3)) <= {"combination", ""}
    np.testing.assert_array_equal(np.delete(failed.daily, 3, 0), np.delete(table.daily, 3, 0))


def test_the_told_error_is_near_to_that_of_later_days():
    panel = made_panel(300, 210, "negative binomial", seed=5)
    table, _catalogue = train(panel.until(180), horizon=30)
    rows = table.state == "ok"
    sold = panel.sold[rows, 180:].sum(axis=1)
    error = np.abs(table.totals[rows, 1] - sold).sum() / sold.sum()
    assert overall(table).wape == pytest.approx(error, rel=0.2)


EVEN = np.full(3, 1 / 3)


def test_weights_are_inverse_to_squared_errors_and_drawn_to_the_catalogue():
    actual = np.full((4, 50), 10.0)
    totals = np.stack([actual + 1, actual + 1.1, actual + 9], axis=1)
    usable = np.ones((4, 50), bool)
    prior = np.array([0.0, 1.0, 0.0])
    catalogue = catalogue_weights(totals, actual, usable, prior)
    tested = 4 / 5 * 200 / 208
    wanted = tested * np.array([1.21 / 2.21, 1 / 2.21, 0]) + (1 - tested) * prior
    np.testing.assert_allclose(catalogue.weight, wanted)
    totals[:, :, 0] = actual[:, :1] + 1.1
    totals[:, 1, 0] = actual[:, 0] + 1
    weights, apart = weights_of(totals, actual, usable, catalogue.weight)
    assert weights[0, 0] == pytest.approx(0.4 * (1 / 2.21) + 0.6 * wanted[0])
    assert weights[1, 0] == pytest.approx(0.4 * (1.21 / 2.21) + 0.6 * wanted[0])
    assert apart.shape == (4, 50, 3)


def test_where_nothing_could_be_tested_the_prior_decides_and_it_knows_no_parabola():
    totals, actual, usable = np.empty((0, 3, 5)), np.empty((0, 5)), np.empty((0, 5), bool)
    assert catalogue_weights(totals, actual, usable, EVEN).weight.tolist() == EVEN.tolist()
    weight = dict(zip(METHODS, prior_weights(METHODS), strict=True))
    assert weight["polynomial"] == weight["damped_trend"] == weight["moving_average"] == 0
    assert sum(weight.values()) == pytest.approx(1)
    assert prior_weights(("boosting", "sba")).tolist() == [0.5, 0.5]


def test_an_origin_is_judged_by_weights_that_did_not_know_it():
    actual = np.full((3, 1), 10.0)
    totals = np.stack([actual + 2, actual + 2], axis=1)
    totals[1, 0] = 10.0
    usable = np.ones((3, 1), bool)
    _weights, apart = weights_of(totals, actual, usable, np.array([0.5, 0.5]))
    assert apart[1, 0, 0] == pytest.approx(0.5)
    assert apart[0, 0, 0] > 0.5


def test_a_bias_that_the_origins_agree_on_is_taken_out():
    forecast = np.full((4, 30), 10.0)
    usable = np.ones((4, 30), bool)
    factor, apart = corrections(forecast, forecast * 0.8, usable)
    assert factor == pytest.approx(0.8, abs=0.04)
    np.testing.assert_allclose(apart, factor)
    # Origins that contradict each other say nothing, and neither does a bias within their noise.
    assert corrections(forecast, forecast * [[0.8], [1.2], [0.75], [1.3]], usable)[0] == 1
    assert corrections(forecast, forecast * 1.04, usable)[0] == 1
    # One absurd product does not speak for the others.
    actual = forecast.copy()
    actual[:, 0] = 1e12
    assert corrections(forecast, actual, usable)[0] == pytest.approx(1, abs=0.07)


def test_one_of_two_products_corrects_the_other_by_less_than_a_tenth():
    forecast = np.tile([1e5, 10.0], (4, 1))
    actual = np.tile([1.0, 10.0], (4, 1))
    assert 0.9 < corrections(forecast, actual, np.ones((4, 2), bool))[0] <= 1


def test_a_method_that_failed_is_left_out_of_the_mean():
    forecasts = np.array([[[2.0], [2.0]], [[4.0], [np.nan]]])
    mean, used = combine(forecasts, np.array([[0.5, 0.5], [0.5, 0.5]]))
    assert mean[:, 0].tolist() == [3, 2]
    assert used.tolist() == [[0.5, 0.5], [1, 0]]


@pytest.mark.parametrize(
    ("end", "slope", "trend"),
    [(2, 2 / 3, "up"), (0.5, -2 / 3, "down"), (1, 0, "stable"), (1.2, 0.2 / 1.1, "stable")],
)
def test_the_trend_compares_the_last_four_weeks_with_the_first(end, slope, trend):
    panel = panel_of([1.0] * 60 + [5.0] * 40 + [end] * 28)
    assert trend_slope(panel)[0] == pytest.approx(slope)
    assert trend_of(trend_slope(panel)).tolist() == [trend]


def test_the_trend_starts_with_the_product_and_of_nothing_it_is_stable():
    panel = panel_of([0.0] * 90 + [2.0] * 60, [0.0] * 150)
    assert trend_slope(panel).tolist() == [0, 0]


def test_confidence_is_the_sum_of_its_three_terms():
    steady, one_sale = [1.0] * 140, [0.0] * 139 + [5.0]
    half = [0.0] * 70 + [1.0] * 70
    scores = confidence_score(panel_of(steady, one_sale, half, [0.0] * 140))
    assert scores[0] == 1
    assert scores[1] == pytest.approx(0.4 / 20 + 0.3 + 0.3 / 60)
    assert scores[2] == pytest.approx(0.4 / 2 + 0.3 + 0.3)
    assert scores[3] == 0


def test_days_without_stock_do_not_lower_a_forecast():
    rng = np.random.default_rng(0)
    quantity = rng.poisson(4, (40, 180))
    known = np.ones((40, 180), bool)
    known[0, 100:170] = False
    quantity[0, 100:170] = 0
    table, _catalogue = train(panel_of(*quantity, known=known))
    assert_sound(table)
    assert table.totals[0, 1] == pytest.approx(120, rel=0.2)


@pytest.mark.parametrize("methods", [("weekday_mean",), ("boosting", "tsb"), ("boosting",)])
def test_any_choice_of_methods_gives_sound_forecasts(methods):
    panel = made_panel(30, 120)
    table, _catalogue = train_forecasts(
        panel, ForecastSettings(methods=methods), np.random.default_rng(0)
    )
    rows = table.state == "ok"
    assert np.isfinite(table.daily[rows]).all()
    assert (table.daily_high[rows] >= table.daily[rows]).all()
    # Thirty products are too few for boosting: alone it leaves all to the base method.
    assert (set(table.method[rows]) == {"moving_average"}) == (methods == ("boosting",))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(14, 70),
    st.lists(st.sampled_from([0, 0, 0, 1, 5, 1e-9, 1e6, 1e15]), min_size=1, max_size=40),
    st.integers(0, 2**31),
)
def test_whatever_is_sold_forecasts_are_sound(length, sizes, seed):
    quantity = np.random.default_rng(seed).choice(sizes, (4, length))
    assert_sound(train(panel_of(*quantity))[0])
