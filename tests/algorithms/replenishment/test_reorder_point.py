import numpy as np
import pytest
from scipy import stats

from algorithms.replenishment.reorder_point import (
    demand_over,
    reorder_points_by_days,
    reorder_points_by_service,
    safety_stock,
)
from algorithms.replenishment.skew import gamma_factor

NAN = np.nan


def test_the_design_s_reorder_point_is_demand_times_lead_time_and_safety_days():
    points = reorder_points_by_days([4.0, 0.5], [7, 10], safety_days=3)
    assert points.rop.tolist() == [40, 6.5]
    assert points.lead_time_demand.tolist() == [28, 5]
    assert points.safety_stock.tolist() == [12, 1.5]
    assert not points.defaulted.any()


def test_no_vendor_and_a_negative_lead_time_take_the_default_and_say_so():
    points = reorder_points_by_days([1.0] * 4, [NAN, -2, np.inf, 0], default_lead_time=9)
    assert points.lead_time.tolist() == [9, 9, 9, 0]
    assert points.defaulted.tolist() == [True, True, True, False]


def test_zero_lead_time_leaves_the_safety_days():
    assert reorder_points_by_days([2.0], [0]).rop.tolist() == [6]
    assert reorder_points_by_service([2.0], [1.0], [0]).rop.tolist() == [0]


def test_no_demand_has_no_reorder_point():
    assert reorder_points_by_days([0.0], [90]).rop.tolist() == [0]
    points = reorder_points_by_service([0.0], [3.0], [90], 10.0)
    assert (points.rop.tolist(), points.safety_stock.tolist()) == ([0], [0])


def test_unknown_demand_has_an_unknown_reorder_point():
    assert np.isnan(reorder_points_by_days([NAN], [7]).rop).all()
    assert np.isnan(reorder_points_by_service([NAN, 2.0], [1.0, NAN], [7, 7]).rop).all()


def test_the_textbook_s_safety_stock_over_a_random_lead_time():
    # Jacobs & Chase: daily demand 60 with deviation 7, lead time 6 days, 95 %: R = 388.
    points = reorder_points_by_service([60.0], [7.0], [6], distribution="normal")
    assert points.lead_time_demand.tolist() == [360]
    assert points.safety_stock[0] == pytest.approx(1.645 * np.sqrt(6) * 7, rel=1e-3)
    assert round(points.rop[0]) == 388
    # With lead times that vary: σ² = 6 · 7² + 60² · 2².
    varied = reorder_points_by_service([60.0], [7.0], [6], 2.0, distribution="normal")
    assert varied.safety_stock[0] == pytest.approx(1.6449 * np.sqrt(294 + 14400), rel=1e-4)


def test_the_service_level_is_the_share_of_lead_times_without_a_stock_out():
    rng = np.random.default_rng(5)
    lead = np.maximum(rng.normal(20, 3, 20_000).round(), 1).astype(int)
    days = rng.normal(50, 12, (20_000, lead.max()))
    demand = np.where(np.arange(lead.max()) < lead[:, None], days, 0).sum(axis=1)
    for level in (0.8, 0.95, 0.99):
        rop = reorder_points_by_service([50.0], [12.0], [20], 3.0, level).rop[0]
        assert (demand <= rop).mean() == pytest.approx(level, abs=0.01)


def test_a_level_of_one_half_needs_no_safety_stock_and_others_outside_are_refused():
    assert safety_stock(1.0, 1.0, 4.0, 0.0, 0.5) == 0
    for level in (0.4, 1.0, 95):
        with pytest.raises(ValueError, match="service level"):
            safety_stock(1.0, 1.0, 4.0, 0.0, level)


def test_a_mean_of_few_days_errs_on_all_days_of_the_lead_time_alike():
    rng = np.random.default_rng(6)
    past, ahead = rng.normal(50, 12, (40_000, 60)), rng.normal(50, 12, (40_000, 30)).sum(axis=1)
    error, lead = np.full(40_000, 12.0), np.full(40_000, 30.0)
    plain = reorder_points_by_service(past.mean(axis=1), error, lead)
    allowed = reorder_points_by_service(past.mean(axis=1), error, lead, level_days=60)
    assert (ahead <= plain.rop).mean() < 0.92
    assert (ahead <= allowed.rop).mean() == pytest.approx(0.95, abs=0.005)


def test_gamma_quantiles_are_those_of_scipy():
    mean = np.array([0.05, 0.7, 3.0, 40.0, 900.0])
    deviation = np.array([0.06, 0.9, 3.0, 11.0, 30.0])
    for level in (0.8, 0.95, 0.99):
        shape, scale = (mean / deviation) ** 2, deviation**2 / mean
        exact = np.maximum((stats.gamma.ppf(level, shape, scale=scale) - mean) / deviation, 0)
        assert gamma_factor(mean, deviation, level) == pytest.approx(exact, abs=1e-3)


def test_more_scatter_never_needs_less_stock():
    deviation = np.linspace(0, 60, 500)
    for level in (0.5, 0.8, 0.95, 0.999):
        above = gamma_factor(2.0, deviation, level) * deviation
        assert (np.diff(above) >= -1e-9).all()


def test_gamma_holds_the_service_level_of_skew_demand_where_normal_does_not():
    rng = np.random.default_rng(7)
    demand = rng.gamma(0.8 * 7, 2.5, 50_000)
    mean, error = [0.8 * 2.5], [np.sqrt(0.8) * 2.5]
    held = {
        name: (demand <= reorder_points_by_service(mean, error, [7], distribution=name).rop).mean()
        for name in ("normal", "gamma")
    }
    assert held["gamma"] == pytest.approx(0.95, abs=0.004)
    assert held["normal"] < 0.94


def test_gamma_without_demand_or_error_needs_no_safety_stock():
    points = reorder_points_by_service(
        [0.0, 2.0, NAN], [1.0, 0.0, 1.0], [7, 7, 7], distribution="gamma"
    )
    assert points.rop[:2].tolist() == [0, 14]
    assert np.isnan(points.rop[2])
    with pytest.raises(ValueError, match="'cauchy'"):
        safety_stock(1.0, 1.0, 4.0, 0.0, distribution="cauchy")


def test_daily_forecasts_are_summed_over_the_lead_time_with_parts_of_days():
    forecast = np.array([[1.0, 2.0, 3.0]] * 6)
    days = np.array([0, 1, 2.5, 3, 5, 0.25])
    assert demand_over(forecast, days).tolist() == [0, 1, 4.5, 6, 10, 0.25]
    assert demand_over(np.array([2.0]), np.array([3.5])).tolist() == [7]


def test_a_forecast_of_each_day_and_its_mean_agree_where_it_is_even():
    even = np.full((3, 30), 2.0)
    lead, error = np.array([4.0, 40.0, NAN]), np.full(3, 1.5)
    whole = reorder_points_by_service(even, error, lead, 1.0)
    assert whole.rop == pytest.approx(reorder_points_by_service(even[:, 0], error, lead, 1.0).rop)
    assert whole.daily_demand == pytest.approx([2, 2, 2])


def test_negative_and_infinite_figures_are_refused():
    for bad in (-1.0, np.inf):
        with pytest.raises(ValueError, match="daily demand"):
            reorder_points_by_days([bad], [7])
        with pytest.raises(ValueError, match="error"):
            reorder_points_by_service([1.0], [bad], [7])
        with pytest.raises(ValueError, match="safety days"):
            reorder_points_by_days([1.0], [7], bad)


def test_no_products_have_no_reorder_points():
    assert len(reorder_points_by_days([], [])) == 0
    assert len(reorder_points_by_service(np.empty((0, 30)), [], [])) == 0
