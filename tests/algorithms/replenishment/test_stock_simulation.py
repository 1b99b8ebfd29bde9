import math

import numpy as np
import pytest
from demand_common import panel_of
from hypothesis import given
from hypothesis import strategies as st

from algorithms.replenishment.reorder_point import reorder_points_by_service
from algorithms.replenishment.stock_simulation import Policy, filled_demand, replay


def replay_by_hand(demand, lead, rop, initial, up_to=None, lot=None, minimum=0, multiple=0):
    """One product, one day after the other: (served, stock each night, orders, units, short)."""
    on_hand, coming, served, stock, orders, short = initial, [], 0, [], [], 0
    for day, wanted in enumerate(demand):
        on_hand += sum(quantity for due, quantity in coming if due == day)
        coming = [(due, quantity) for due, quantity in coming if due > day]
        sold = min(on_hand, wanted)
        on_hand -= sold
        served += sold
        short += sold < wanted
        stock.append(on_hand)
        position = on_hand + sum(quantity for _due, quantity in coming)
        if position < rop:
            quantity = lot * math.ceil((rop - position) / lot) if lot else up_to - position
            quantity = max(quantity, minimum)
            quantity = math.ceil(quantity / multiple) * multiple if multiple else quantity
            orders.append(quantity)
            coming.append((day + max(lead, 1), quantity))
    return served, stock, orders, short


def check(found, row, expected, demanded):
    served, stock, orders, short = expected
    assert found.served[row] == served
    assert found.mean_stock[row] == pytest.approx(sum(stock) / len(stock))
    assert (found.orders[row], found.ordered[row]) == (len(orders), sum(orders))
    assert found.days_out[row] == sum(each == 0 for each in stock)
    assert found.days_short[row] == short
    if demanded:
        assert found.fill_rate[row] == pytest.approx(served / demanded)
    else:
        assert np.isnan(found.fill_rate[row])


products = st.tuples(
    st.lists(st.integers(0, 9), min_size=25, max_size=25),
    st.integers(0, 8),
    st.integers(0, 40),
    st.integers(0, 30),
    st.integers(0, 20),
    st.integers(1, 15),
)


@given(st.lists(products, min_size=1, max_size=4), st.integers(0, 12), st.integers(0, 6))
def test_every_product_fares_as_if_it_were_alone(rows, minimum, multiple):
    demand, lead, rop, initial, above, lot = (np.array(part) for part in zip(*rows, strict=True))
    limits = {"minimum": float(minimum), "multiple": float(multiple)}
    filled = replay(demand, lead, Policy(rop, rop + above, **limits), initial)
    fixed = replay(demand, lead, Policy(rop, fixed=lot, **limits), initial)
    for row in range(len(rows)):
        one = (demand[row].tolist(), int(lead[row]), int(rop[row]), int(initial[row]))
        up_to = int(rop[row] + above[row])
        expected = replay_by_hand(*one, up_to=up_to, minimum=minimum, multiple=multiple)
        check(filled, row, expected, demand[row].sum())
        expected = replay_by_hand(*one, lot=int(lot[row]), minimum=minimum, multiple=multiple)
        check(fixed, row, expected, demand[row].sum())


def test_the_reorder_point_of_even_demand_serves_all_of_it():
    found = replay(np.full((1, 100), 2.0), [7], Policy(np.array([14.0])), [14.0])
    assert found.fill_rate.tolist() == [1]
    assert (found.mean_stock[0], found.days_short[0]) == (pytest.approx(0.42), 0)
    short = replay(np.full((1, 100), 2.0), [7], Policy(np.array([13.0])), [14.0])
    assert short.fill_rate[0] < 1


def test_zero_lead_time_is_there_on_the_next_morning():
    found = replay(np.full((2, 10), 3.0), [0, 1], Policy(np.array([3.0, 3.0])), [0.0, 0.0])
    assert found.fill_rate.tolist() == [0.9, 0.9]
    assert found.orders.tolist() == [10, 10]


def test_parts_of_a_day_of_lead_time_are_rounded_up():
    demand, policy = np.full((2, 30), 1.0), Policy(np.array([5.0, 5.0]))
    found = replay(demand, [2.2, 3.0], policy, [5.0, 5.0])
    assert found.served[0] == found.served[1]


def test_without_demand_there_is_no_fill_rate():
    found = replay(np.zeros((1, 10)), [3], Policy(np.array([0.0])), [4.0])
    assert np.isnan(found.fill_rate[0])
    assert (found.mean_stock[0], found.days_out[0], found.orders[0]) == (4, 0, 0)
    assert math.isnan(found.overall)


def test_an_unknown_reorder_point_orders_nothing():
    found = replay(np.ones((1, 10)), [3], Policy(np.array([np.nan])), [4.0])
    assert (found.served[0], found.orders[0], found.days_short[0]) == (4, 0, 6)


def test_days_before_the_start_are_neither_run_nor_counted():
    demand = np.tile(np.arange(10.0), (3, 1))
    policy = Policy(np.full(3, 20.0))
    found = replay(demand, [2, 2, 2], policy, [20.0] * 3, start=[0, 4, 10])
    assert found.days.tolist() == [10, 6, 0]
    assert found.demanded.tolist() == [45, 39, 0]
    alone = replay(demand[:1, 4:], [2], Policy(np.array([20.0])), [20.0])
    assert found.served[1] == alone.served[0]
    assert found.mean_stock[1] == alone.mean_stock[0]
    assert np.isnan(found.mean_stock[2])


def test_levels_and_lead_times_may_change_by_day():
    demand = np.ones((1, 20))
    rop = np.where(np.arange(20) < 10, 0.0, 5.0)[None]
    lead = np.where(np.arange(20) < 15, 1, 3)[None]
    found = replay(demand, lead, Policy(rop), [10.0])
    # Ten days from stock; on the eleventh the first order is placed, from then on one each day.
    assert (found.served[0], found.days_short[0]) == (19, 1)
    assert (found.orders[0], found.ordered[0]) == (10, 14)


def test_more_stock_serves_more():
    rng = np.random.default_rng(8)
    demand = np.tile(rng.poisson(3, 300), (5, 1))
    levels = np.array([5.0, 15.0, 25.0, 35.0, 45.0])
    found = replay(demand, np.full(5, 7), Policy(levels), levels)
    assert (np.diff(found.fill_rate) >= 0).all()
    assert (np.diff(found.mean_stock) > 0).all()
    assert found.overall == pytest.approx(found.served.sum() / found.demanded.sum())


def test_the_service_level_holds_over_the_days_of_a_long_replay():
    rng = np.random.default_rng(9)
    demand = rng.normal(50, 10, (40, 500)).clip(0)
    points = reorder_points_by_service(np.full(40, 50.0), np.full(40, 10.0), np.full(40, 7.0))
    found = replay(demand, np.full(40, 7), Policy(points.rop), points.rop)
    # Lost sales leave more stock for the next days, so a little less than 5 % of days are short.
    assert 0.02 < found.days_short.sum() / found.days.sum() <= 0.05
    assert found.overall > 0.98


def test_bad_demand_and_lead_times_are_refused():
    policy = Policy(np.array([1.0]))
    for demand, lead in ([-1.0, 1], [np.nan, 1], [1.0, -1], [1.0, np.nan], [1.0, np.inf]):
        with pytest.raises(ValueError, match="negative or no number"):
            replay(np.array([[demand]]), [lead], policy, [0.0])


def test_no_products_and_no_days():
    assert len(replay(np.empty((0, 5)), [], Policy(np.empty(0)), []).fill_rate) == 0
    assert np.isnan(replay(np.empty((1, 0)), [2], Policy(np.ones(1)), [1.0]).mean_stock[0])


def test_unknown_days_are_filled_with_days_of_the_same_product():
    known = np.ones((3, 40), bool)
    known[0, 10:20] = False
    known[2] = False
    days = np.array([[3.0] * 40, [1.0] * 40, [0.0] * 40])
    days[0, 10:20] = 0
    days[1, :5] = 0
    filled = filled_demand(panel_of(*days, known=known), np.random.default_rng(1))
    assert filled[0].tolist() == [3] * 40
    assert filled[1].tolist() == days[1].tolist()
    assert filled[2].sum() == 0


def test_filled_days_keep_mean_and_spread():
    rng = np.random.default_rng(2)
    days = rng.poisson(4, (1, 4_000)).astype(float)
    known = rng.random((1, 4_000)) < 0.5
    filled = filled_demand(panel_of(*np.where(known, days, 0), first=[0], known=known), rng)
    assert filled[0][~known[0]].mean() == pytest.approx(4, abs=0.2)
    assert filled[0][~known[0]].std() == pytest.approx(2, abs=0.15)
