"""Kernels against the named library, naive loops and cases that can be counted by hand."""

import numpy as np
import pytest
from demand_common import panel_of
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

from algorithms.core.demand_panel import weekday_of
from algorithms.core.weekdays import weekday_profile
from algorithms.forecast import boosting, intermittent, means, smoothing
from algorithms.forecast.last_year import catalogue_growth, last_year
from algorithms.forecast.methods import METHODS, SEASONAL, learn_state, run_methods
from algorithms.forecast.polynomial import polynomial
from algorithms.forecast.season import YEAR, catalogue_season, day_of_year, product_indices
from algorithms.forecast.spikes import spike_caps, tempered
from benchmarks.demand_made import made_panel
from benchmarks.situations_made import yearly_season

SUNDAY = 6


def naive_sba(series, alpha):
    """Croston's method as written in 1972, times Syntetos and Boylan's correction."""
    sizes = [value for value in series if value > 0]
    places = [place for place, value in enumerate(series, start=1) if value > 0]
    gaps = [places[0], *np.diff(places).tolist()]
    size, gap = sizes[0], gaps[0]
    for next_size, next_gap in zip(sizes[1:], gaps[1:], strict=True):
        size += alpha * (next_size - size)
        gap += alpha * (next_gap - gap)
    return (1 - alpha / 2) * size / gap


def naive_tsb(series, alpha, beta):
    chance, size = 0.0, None
    for day, value in enumerate(series, start=1):
        chance += max(alpha, 1 / day) * ((value > 0) - chance)
        if value > 0:
            size = value if size is None else size + beta * (value - size)
    return chance * size


def test_the_base_method_is_the_mean_of_seven_days_with_their_zeros():
    forecast = means.moving_average(panel_of([9, 0, 7, 0, 0, 0, 0, 0, 7]), 3)
    np.testing.assert_allclose(forecast, [[2, 2, 2]])


def test_days_without_stock_are_left_out_of_a_mean():
    known = np.array([[True] * 5 + [False] * 2])
    forecast = means.moving_average(panel_of([2, 2, 2, 2, 2, 0, 0], known=known), 1)
    np.testing.assert_allclose(forecast, [[2]])


def test_the_seasonal_naive_says_last_week_again():
    forecast = means.seasonal_naive(panel_of([5, 1, 2, 3, 4, 5, 6, 7]), 8)
    assert forecast[0].tolist() == [1, 2, 3, 4, 5, 6, 7, 1]


@pytest.mark.parametrize("late", [False, True])
def test_the_parabola_is_that_of_scikit_learn(late):
    rng = np.random.default_rng(1)
    first = rng.integers(0, 177, 60) if late else np.zeros(60, int)
    quantity = rng.poisson(3, (60, 180)) * (np.arange(180) >= first[:, None])
    panel = panel_of(*quantity, first=first)
    forecast = polynomial(panel, 30)
    for row in range(60):
        series = quantity[row, first[row] :]
        days = np.arange(len(series) + 30)[:, None]
        smooth = [series[max(0, day - 6) : day + 1].mean() for day in range(len(series))]
        model = make_pipeline(PolynomialFeatures(2), LinearRegression())
        wanted = model.fit(days[: len(series)], smooth).predict(days[len(series) :])
        np.testing.assert_allclose(forecast[row], np.maximum(wanted, 0), rtol=1e-9, atol=1e-9)


def test_the_parabola_of_one_or_two_days_is_their_mean():
    np.testing.assert_allclose(polynomial(panel_of([0, 0, 4], [0, 2, 4]), 2), [[4, 4], [2.5, 2.5]])


def test_sba_is_croston_s_method_with_the_correction():
    rng = np.random.default_rng(2)
    quantity = rng.poisson(0.4, (40, 200))
    panel = panel_of(*quantity, first=np.zeros(40, int))
    for row, forecast in enumerate(intermittent.sba(panel, 1)[:, 0]):
        assert forecast == pytest.approx(naive_sba(quantity[row].tolist(), 0.1))


def test_sba_of_the_same_sale_every_second_day_is_just_below_half_of_it():
    panel = panel_of([0, 4] * 20, first=[0])
    np.testing.assert_allclose(intermittent.sba(panel, 1), [[4 / 2 * 0.95]])


def test_tsb_follows_its_definition_and_sinks_while_nothing_sells():
    rng = np.random.default_rng(3)
    quantity = rng.poisson(0.4, (40, 100))
    panel = panel_of(*quantity, first=np.zeros(40, int))
    for row, forecast in enumerate(intermittent.tsb(panel, 1)[:, 0]):
        assert forecast == pytest.approx(naive_tsb(quantity[row].tolist(), 0.1, 0.1))
    asleep = panel_of([1] * 30 + [0] * 30)
    assert intermittent.tsb(asleep, 1)[0, 0] < 0.05 < intermittent.sba(asleep, 1)[0, 0]


def test_the_weekday_profile_finds_the_weekdays():
    week = [3, 1, 1, 1, 1, 0, 0]
    panel = panel_of(week * 20, week * 20)
    profile = weekday_profile(panel)
    np.testing.assert_allclose(profile, [week, week])
    np.testing.assert_allclose(means.weekday_mean(panel, 7), [week, week])


def test_a_product_with_one_sale_gets_the_weekdays_of_the_catalogue():
    week = [3, 1, 1, 1, 1, 0, 0]
    panel = panel_of(week * 20, [0] * 138 + [1, 0])
    profile = weekday_profile(panel, np.array(week, float))
    np.testing.assert_allclose(profile[1], week, atol=0.25)


def test_constant_demand_is_forecast_as_it_is():
    panel = panel_of([2.0] * 150, first=[0])
    state = learn_state(panel, np.random.default_rng(0))
    forecasts, reasons = run_methods(panel, state, 10)
    assert not reasons
    for name, forecast in zip(METHODS, forecasts, strict=True):
        if name not in ("boosting", "sba", "last_year"):
            np.testing.assert_allclose(forecast, 2, err_msg=name)
    assert forecasts[METHODS.index("sba")] == pytest.approx(1.9)


def test_smoothing_is_simple_exponential_smoothing_of_weeks():
    weeks = np.array([[5.0, 9, 2, 7, 7, 1, 4, 8]])
    levels = smoothing.smoothed_levels(weeks, np.full_like(weeks, 1.0) * 7, 0.3)
    level, expected = 0.0, []
    for number, value in enumerate(weeks[0] / 7, start=1):
        level += max(0.3, 1 / number) * (value - level)
        expected.append(level)
    np.testing.assert_allclose(levels[0], expected)


def test_a_damped_trend_goes_on_rising_but_slower_and_slower():
    panel = panel_of(np.repeat(np.arange(1, 27), 7), first=[0])
    ahead = smoothing.damped_trend(panel, 90)[0].reshape(-1)[:84].reshape(12, 7).mean(axis=1)
    steps = np.diff(ahead)
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


def test_one_pallet_order_is_tempered_and_even_demand_is_left():
    panel = panel_of([1] * 99 + [1000], [2] * 100)
    assert spike_caps(panel).tolist() == pytest.approx([1, 2])
    even = tempered(panel, 1.0).quantity
    assert even[0, -1] == pytest.approx(1 + 0.3 * 999)
    np.testing.assert_allclose(even[1], 2)


def test_without_thirteen_months_there_is_no_season():
    season = catalogue_season(made_panel(20, 394))
    assert (season.index == 1).all()
    assert season.trust == 0


def test_a_season_is_trusted_more_with_each_month_and_no_day_changes_everything():
    trusts = [
        catalogue_season(yearly_season(days, seed=0).until(days)).trust
        for days in (395, 425, 485, 545, 640, 729, 730)
    ]
    assert trusts == sorted(trusts)
    assert 0.1 < trusts[0] < 0.5
    assert trusts[-1] > 0.9
    assert trusts[-1] - trusts[-2] < 0.01


def test_moves_that_did_not_come_again_are_no_season():
    rng = np.random.default_rng(0)
    level = np.ones(2 * YEAR)
    level[100:160] = 3
    panel = panel_of(*rng.poisson(20 * level, (30, 2 * YEAR)))
    assert catalogue_season(panel).trust < 0.2


def test_the_season_of_two_years_is_found_beside_growth():
    days = np.datetime64("2023-01-01") + np.arange(3 * YEAR)
    shape = np.where(day_of_year(days) >= 334, 3.0, 1.0)
    growth = np.exp(0.3 * np.arange(len(days)) / YEAR)
    panel = panel_of(*[20 * shape * growth] * 5, start="2023-01-01")
    season = catalogue_season(panel)
    index = season.index
    assert index[350] / index[200] == pytest.approx(3**season.trust, rel=0.05)
    assert index[350] / index[200] > 2.6
    assert index[250] / index[100] == pytest.approx(1, rel=0.05)
    own = product_indices(panel, season)
    assert own.shape == (5, 365)
    assert own.argmax(axis=1).min() >= 330


def test_last_year_s_weeks_times_growth():
    days = np.arange(420)
    panel = panel_of(np.where((days >= 40) & (days < 100), 6.0, 2.0) * np.where(days < 200, 1, 2))
    profile = np.ones((1, 7))
    state_growth = catalogue_growth(panel)
    ahead = last_year(panel, 60, profile, state_growth)[0]
    # The eight weeks up to today are days 364 to 420 and 0 to 56: 4 a day then, 4 now.
    then = panel.sold[0, :56].mean()
    assert state_growth == pytest.approx(4 / then)
    assert ahead[20] == pytest.approx(6 * 4 / then, rel=0.02)
    assert ahead[20] > 2 * ahead[59]


def test_a_product_younger_than_that_has_no_last_year():
    panel = panel_of([1.0] * 430, [0.0] * 100 + [1.0] * 330)
    forecast = last_year(panel, 5, np.ones((2, 7)), 1.0)
    np.testing.assert_allclose(forecast[0], 1)
    assert np.isnan(forecast[1]).all()
    assert np.isnan(last_year(panel.last(400), 5, np.ones((2, 7)), 1.0)).all()


def test_no_method_leaves_what_was_sold_further_than_the_catalogue_ever_went():
    steep = np.arange(1, 41)
    panel = panel_of(steep, np.full(40, 20))
    state = learn_state(panel, np.random.default_rng(0), boosting=None)
    forecasts, _reasons = run_methods(panel, state, 90)
    highest = np.nanmax(forecasts[:, 0].mean(axis=1))
    assert highest <= steep[-28:].mean() * state.reach * 1.01
    assert state.reach == 1.5
    # The parabola itself would have said more.
    assert polynomial(panel, 90)[0].mean() > highest * 1.4


def test_the_regression_sees_the_last_180_days_only():
    rng = np.random.default_rng(0)
    panel = panel_of(*rng.poisson(3, (4, 400)))
    changed = panel_of(*np.hstack([panel.quantity[:, :220] * 7, panel.quantity[:, 220:]]))
    both = [
        run_methods(each, learn_state(each, rng, boosting=None), 10, ("polynomial",))[0]
        for each in (panel, changed)
    ]
    ratio = both[0][0].sum(axis=1) / both[1][0].sum(axis=1)
    np.testing.assert_allclose(ratio, 1, rtol=0.05)


def test_the_29th_of_february_is_no_day_of_its_own():
    days = np.array(["2024-02-28", "2024-02-29", "2024-03-01", "2024-12-31", "2023-12-31"])
    assert day_of_year(days.astype("datetime64[D]")).tolist() == [58, 59, 59, 364, 364]


def test_boosting_needs_enough_rows_and_then_knows_the_level():
    rng = np.random.default_rng(0)
    small, large = made_panel(20, 120), made_panel(300, 180)
    assert boosting.fit_boosting(small, weekday_profile(small), rng) is None
    profile = weekday_profile(large)
    fitted = boosting.fit_boosting(large, profile, rng)
    forecast = boosting.boosted(large, 30, profile, fitted)
    assert forecast.sum() == pytest.approx(large.sold[:, -30:].sum(), rel=0.1)


def test_portions_get_the_forecasts_of_the_whole():
    panel = made_panel(120, 180)
    state = learn_state(panel, np.random.default_rng(0))
    whole, _reasons = run_methods(panel, state, 30)
    part, _reasons = run_methods(panel.take(slice(40, 80)), state, 30)
    np.testing.assert_allclose(part, whole[:, 40:80], rtol=1e-9)


def test_a_method_that_fails_for_one_product_serves_the_others(monkeypatch):
    def fails_for_one(work, horizon):
        if (work.raw.product_ids == 5).any():
            raise ValueError("no answer")
        return np.ones((len(work.raw), horizon))

    monkeypatch.setitem(SEASONAL, "tsb", fails_for_one)
    panel = made_panel(20, 100)
    state = learn_state(panel, np.random.default_rng(0))
    forecasts, reasons = run_methods(panel, state, 7)
    answered = np.isfinite(forecasts[METHODS.index("tsb")]).all(axis=1)
    assert np.flatnonzero(~answered).tolist() == [5]
    assert reasons == {5: "tsb: ValueError: no answer"}


def test_running_out_of_memory_is_not_taken_for_a_failing_method(monkeypatch):
    def no_memory(_work, _horizon):
        raise MemoryError

    monkeypatch.setitem(SEASONAL, "tsb", no_memory)
    panel = made_panel(5, 100)
    state = learn_state(panel, np.random.default_rng(0))
    with pytest.raises(MemoryError):
        run_methods(panel, state, 7)


@pytest.mark.parametrize("last", np.arange("2026-06-01", "2026-06-08", dtype="datetime64[D]"))
def test_every_method_rests_on_the_day_the_shop_is_closed_whatever_day_it_is_today(last):
    days = np.arange(last - 119, last + 1)
    worked = weekday_of(days) != SUNDAY
    panel = panel_of(12 * worked, 10 + np.arange(120) // 4, first=[0, 0], start=str(days[0]))
    state = learn_state(panel, np.random.default_rng(0), boosting=None)
    forecasts, _reasons = run_methods(panel, state, 14)
    closed = weekday_of(panel.ahead(14)) == SUNDAY
    for name, values in zip(METHODS, forecasts[:, 0], strict=True):
        if name not in ("boosting", "last_year"):
            assert values[closed].max() < values[~closed].min() / 3, name
