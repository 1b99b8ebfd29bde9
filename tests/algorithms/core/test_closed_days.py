import numpy as np
import pytest

from algorithms.core.closed_days import closed_stretches
from algorithms.core.demand_panel import weekday_of

DAYS = np.datetime64("2026-01-05") + np.arange(180)  # a Monday


def spans(found):
    return [(str(first), str(last)) for first, last in found]


def shop(a_day, seed=0, sundays=False):
    orders = np.random.default_rng(seed).poisson(a_day, len(DAYS))
    return orders if sundays else np.where(weekday_of(DAYS) == 6, 0, orders)


def test_a_shop_closed_for_25_days_is_found_with_its_first_and_last_working_day():
    orders = shop(20)
    orders[100:125] = 0
    assert spans(closed_stretches(orders, DAYS)) == [(str(DAYS[100]), str(DAYS[124]))]


def test_a_closure_that_lasts_until_today_is_found():
    orders = shop(20)
    orders[-10:] = 0
    assert spans(closed_stretches(orders, DAYS)) == [(str(DAYS[-10]), str(DAYS[-1]))]


def test_sundays_on_which_nobody_ever_buys_are_no_closure():
    assert closed_stretches(shop(20), DAYS) == []


def test_a_holiday_of_a_busy_shop_is_one_and_that_of_a_quiet_shop_is_chance():
    busy, quiet = shop(20, sundays=True), shop(1, sundays=True)
    busy[60] = quiet[60] = 0
    assert spans(closed_stretches(busy, DAYS)) == [(str(DAYS[60]), str(DAYS[60]))]
    assert closed_stretches(quiet, DAYS) == []


@pytest.mark.parametrize("seed", range(20))
def test_chance_closes_no_shop(seed):
    for a_day in (0.1, 0.5, 1, 3, 10):
        assert closed_stretches(shop(a_day, seed, sundays=True), DAYS) == []


def test_a_quiet_shop_closed_for_a_month_is_found():
    orders = shop(1, 3, sundays=True)
    orders[90:120] = 0
    ((first, last),) = closed_stretches(orders, DAYS)
    assert first <= DAYS[90]
    assert last >= DAYS[119]


def test_two_weeks_of_days_are_needed_and_no_order_is_no_shop():
    assert closed_stretches(np.zeros(13), DAYS[:13]) == []
    assert closed_stretches(np.zeros(180), DAYS) == []
