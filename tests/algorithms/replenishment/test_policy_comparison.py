import numpy as np
import pytest
from demand_common import panel_of

from algorithms.replenishment.policy_comparison import (
    PolicySettings,
    Supply,
    compare_policies,
    drawn_lead_times,
)
from algorithms.replenishment.stock_simulation import Policy, replay


def rng():
    return np.random.default_rng(3)


def compared(panel, lead_time, lead_time_sd=0.0, multiple=0.0, **settings):
    supply = Supply(lead_time, lead_time_sd, multiple=multiple)
    return compare_policies(panel, supply, PolicySettings(**settings), rng())


def poisson_panel(products=30, days=365, mean=4.0, **options):
    return panel_of(*rng().poisson(mean, (products, days)), **options)


def test_even_demand_is_served_by_both():
    made = compared(panel_of([2.0] * 200), [7.0])
    assert (made.start[0], made.by_days.days[0]) == (28, 172)
    assert made.by_days.fill_rate.tolist() == [1]
    assert made.by_service.fill_rate.tolist() == [1]
    assert made.rop_days[0] == pytest.approx(20)
    assert made.rop_service[0] == pytest.approx(14, abs=1e-4)


def test_levels_know_nothing_of_later_days():
    late = compared(panel_of([1.0] * 60 + [50.0] * 40), [5.0])
    assert late.by_days.fill_rate[0] < 0.9
    known = replay(np.array([[1.0] * 60 + [50.0] * 40]), [5], Policy(np.array([400.0])), [400.0])
    assert known.fill_rate[0] == 1


def test_a_service_level_asks_more_of_demand_that_scatters():
    panel = poisson_panel()
    low, high = (compared(panel, 7.0, service_level=level) for level in (0.8, 0.99))
    assert high.by_service.overall > low.by_service.overall
    assert high.by_service.mean_stock.mean() > low.by_service.mean_stock.mean()
    assert high.by_days.overall == low.by_days.overall


def test_packages_leave_no_parts_of_a_unit():
    made = compared(poisson_panel(), 7.5, 2.0, multiple=1.0)
    for replayed in (made.by_days, made.by_service):
        assert (replayed.served % 1 == 0).all()
        assert (replayed.ordered % 1 == 0).all()


def test_gamma_serves_more_of_skew_demand():
    sold = rng().negative_binomial(0.05, 0.05, (60, 365)).astype(float)
    normal, gamma = (
        compared(panel_of(*sold), 7.0, distribution=name).by_service for name in ("normal", "gamma")
    )
    assert gamma.overall > normal.overall


def test_lead_times_that_vary_cost_service_of_fixed_safety_days():
    panel = poisson_panel()
    steady, varied = (compared(panel, 10.0, sd) for sd in (0.0, 6.0))
    assert varied.by_days.overall < steady.by_days.overall - 0.01
    assert varied.by_service.overall > varied.by_days.overall


def test_days_without_stock_are_filled_and_counted():
    known = np.ones((1, 200), bool)
    known[0, 100:120] = False
    days = np.full(200, 2.0)
    days[100:120] = 0
    made = compared(panel_of(days, known=known), [7.0])
    assert made.filled.tolist() == [20]
    assert made.by_days.demanded.tolist() == [2 * 172]


def test_products_without_four_known_weeks_take_no_part():
    made = compared(panel_of([0.0] * 60, [0.0] * 50 + [1.0] * 10), 7.0)
    assert made.start.tolist() == [60, 60]
    assert made.by_days.days.tolist() == [0, 0]
    assert np.isnan(made.rop_days).all()
    assert np.isnan(made.by_service.overall)


def test_filling_up_above_the_reorder_point_orders_less_often():
    panel = poisson_panel()
    often, seldom = (compared(panel, 7.0, cycle_days=days) for days in (0, 14))
    assert seldom.by_days.orders.sum() < 0.2 * often.by_days.orders.sum()
    assert seldom.by_days.mean_stock.mean() > often.by_days.mean_stock.mean()


def test_an_empty_panel_compares_nothing():
    made = compared(poisson_panel(2).take(slice(0, 0)), 7.0)
    assert len(made.start) == 0


def test_drawn_lead_times_have_the_mean_and_deviation_asked_for():
    drawn = drawn_lead_times(np.array([10.0, 5.5, 0.0]), np.array([3.0, 0.0, 2.0]), 20_000, rng())
    assert drawn[0].mean() == pytest.approx(10, abs=0.1)
    assert drawn[0].std() == pytest.approx(3, abs=0.1)
    assert (drawn[1] == 5.5).all()
    assert (drawn[2] == 0).all()
