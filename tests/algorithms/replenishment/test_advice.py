import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from algorithms.replenishment.advice import days_of_cover, order_quantity, replenish
from algorithms.replenishment.reorder_point import reorder_points_by_days

NAN, INF = np.nan, np.inf


def advice(demand, available, lead_time=7.0, safety_days=3.0, **options):
    """Replenishment of one product."""
    points = reorder_points_by_days([demand], [lead_time], safety_days)
    return replenish(points, [available], **options)


def test_what_is_missing_to_the_reorder_point_is_ordered():
    made = advice(2.0, 12.0)
    assert (made.quantity[0], made.action[0], made.cover[0]) == (8, "order_now", 6)


def test_at_the_reorder_point_nothing_is_ordered():
    made = advice(2.0, 20.0)
    assert (made.quantity[0], made.action[0]) == (0, "watch")
    assert advice(0.1, 0.1 * 7 + 0.1 * 3).quantity[0] == 0


@pytest.mark.parametrize(
    ("cover", "action"),
    [(9.9, "order_now"), (10, "watch"), (13.9, "watch"), (14, "ok"), (100, "ok")],
)
def test_actions_follow_the_cover(cover, action):
    assert advice(1.0, cover).action[0] == action


def test_below_seven_days_of_cover_but_above_a_short_reorder_point_is_watched():
    made = advice(1.0, 5.0, lead_time=1.0)
    assert (made.action[0], made.quantity[0]) == ("watch", 0)


@pytest.mark.parametrize(
    ("missing", "minimum", "multiple", "quantity"),
    [
        (8, 0, 0, 8),
        (8, 10, 0, 10),
        (8, 0, 6, 12),
        (8, 10, 6, 12),
        (12, 10, 6, 12),
        (0.3, 0, 0.1, 0.3),
        (0, 10, 6, 0),
        (-3, 10, 6, 0),
        (2.5, NAN, NAN, 2.5),
        (2.5, -1, -1, 2.5),
    ],
)
def test_quantities_keep_the_vendor_s_minimum_and_packages(missing, minimum, multiple, quantity):
    assert order_quantity(missing, minimum, multiple) == pytest.approx(quantity)


@given(st.floats(0.01, 1e6), st.floats(0, 1e4), st.integers(1, 500))
def test_rounding_up_is_the_least_multiple_that_suffices(missing, minimum, multiple):
    quantity = float(order_quantity(missing, minimum, float(multiple)))
    needed = max(missing, minimum)
    assert quantity / multiple == round(quantity / multiple)
    assert quantity >= needed * (1 - 1e-8)
    assert quantity - multiple < needed
    assert quantity in (math.ceil(needed / multiple) * multiple, quantity)


def test_negative_stock_is_owed_and_ordered():
    made = advice(2.0, -5.0)
    assert (made.quantity[0], made.cover[0], made.urgency[0]) == (25, 0, 100)
    made = advice(0.0, -5.0)
    assert (made.quantity[0], made.action[0], made.cover[0]) == (5, "order_now", INF)
    assert (made.order_in[0], made.urgency[0], made.gap[0]) == (-INF, 100, 0)


def test_without_demand_nothing_is_urgent():
    made = advice(0.0, 0.0)
    assert (made.action[0], made.quantity[0], made.cover[0]) == ("ok", 0, INF)
    assert (made.urgency[0], made.order_in[0], made.days_without[0]) == (0, INF, 0)


def test_unknown_demand_or_stock_advises_nothing():
    for made in (advice(NAN, 5.0), advice(2.0, NAN), advice(NAN, NAN), advice(0.0, NAN)):
        assert (made.action[0], made.quantity[0], made.urgency[0]) == ("unknown", 0, 0)
        assert np.isnan(made.cover[0])
        assert np.isnan(made.order_in[0])


def test_days_until_an_order_is_due_and_days_without_stock():
    made = advice(2.0, 30.0)
    assert (made.order_in[0], made.gap[0], made.days_without[0]) == (5, 0, 15)
    made = advice(2.0, 6.0)
    assert (made.order_in[0], made.gap[0], made.days_without[0]) == (-7, 4, 27)
    assert advice(2.0, 6.0, horizon=2.0).days_without[0] == 0


def test_urgency_puts_orders_before_watched_products_before_the_rest():
    points = reorder_points_by_days(np.ones(6), np.full(6, 7.0))
    urgency = replenish(points, [-1.0, 3.0, 9.9, 10.0, 13.0, 14.0]).urgency
    assert (np.diff(urgency) < 0).all()
    assert (urgency[2] > 50, urgency[3] < 50, urgency[5]) == (True, True, 0)


def test_an_order_fills_up_to_the_level_given_but_never_below_the_reorder_point():
    assert advice(2.0, 12.0, order_up_to=[50.0]).quantity[0] == 38
    assert advice(2.0, 12.0, order_up_to=[5.0]).quantity[0] == 8
    assert advice(2.0, 12.0, order_up_to=[NAN]).quantity[0] == 8
    assert advice(2.0, 21.0, order_up_to=[50.0]).quantity[0] == 0


def test_the_tiniest_demand_breaks_nothing():
    for available in (-1e300, -1.0, 1.0, 1e300):
        made = advice(1e-313, available, 0.0, 1.0)
        assert made.action[0] == ("order_now" if available < 0 else "ok")
        assert made.urgency[0] == (100 if available < 0 else 0)


def test_cover_of_tiny_demand_and_of_no_products():
    assert days_of_cover(np.array([1e300]), np.array([1e-300])).tolist() == [INF]
    assert len(replenish(reorder_points_by_days([], []), [])) == 0


@given(
    st.floats(0, 100), st.floats(-50, 500), st.floats(0, 60), st.floats(0, 30), st.integers(0, 24)
)
@example(1.0, 0.0, 0.0, 2.8e-9, 3)  # next to nothing of a package is missing
def test_an_order_reaches_the_reorder_point_and_urgency_stays_in_its_range(
    demand, available, lead_time, safety_days, multiple
):
    made = advice(demand, available, lead_time, safety_days, multiple=multiple)
    rop = demand * (lead_time + safety_days)
    assert 0 <= made.urgency[0] <= 100
    assert made.quantity[0] >= 0
    assert (made.action[0] == "order_now") == (made.quantity[0] > 0)
    assert available + made.quantity[0] >= rop - 1e-6 * max(rop, 1)
