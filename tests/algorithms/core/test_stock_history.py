import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorithms.core.stock_history import on_hand_history, past_stock
from algorithms.core.stock_outs import stock_outs

FIRST = np.datetime64("2025-03-01")
DAYS = FIRST + np.arange(5)


def history(now, flows, days=DAYS):
    """Stock of one product and opening. flows : [(day number, quantity)]."""
    day = FIRST + np.array([number for number, _quantity in flows], np.int64)
    quantity = [quantity for _number, quantity in flows]
    row = np.zeros(len(flows), np.int64)
    stock, opening = on_hand_history(np.array([now]), row, day, quantity, days)
    return stock[0].tolist(), float(opening[0])


def test_flows_lead_back_from_todays_stock():
    assert history(7, [(1, -2), (3, 5)]) == ([4, 2, 2, 7, 7], 4)


def test_without_flows_the_stock_was_always_what_it_is():
    assert history(7, []) == ([7] * 5, 7)


def test_what_flows_today_is_taken_back_too():
    assert history(7, [(5, 3), (9, -1)]) == ([5] * 5, 5)


def test_flows_before_the_first_day_say_nothing_more():
    assert history(7, [(-1, 3), (-400, 9)]) == ([7] * 5, 7)


def test_a_flow_of_the_first_day_changes_the_opening_alone():
    assert history(7, [(0, 7)]) == ([7] * 5, 0)


def test_an_inventory_introduced_late_leaves_nothing_before():
    stock, opening = history(40, [(3, 40)])
    assert (stock, opening) == ([0, 0, 0, 40, 40], 0)


def test_stock_may_have_been_negative():
    assert history(1, [(1, -4), (3, 4)]) == ([1, -3, -3, 1, 1], 1)


def test_several_flows_of_a_day_and_unsorted_ones_add_up():
    flows = [(3, 5), (1, -2), (3, -1), (0, 4), (1, 1)]
    assert history(7, flows) == history(7, sorted(flows)) == ([4, 3, 3, 7, 7], 0)


def test_a_single_day_has_an_end_and_an_opening():
    assert history(7, [(0, 2), (1, 1)], DAYS[:1]) == ([6], 4)


def test_days_may_be_numbers_from_1970():
    day = np.array([(FIRST + 3).astype(np.int64)], np.int32)
    stock, _opening = on_hand_history([7.0], [0], day, [5.0], DAYS)
    assert stock[0].tolist() == [2, 2, 2, 7, 7]


def test_fractions_that_cancel_out_leave_an_empty_shelf():
    stock, opening = history(0.0, [(0, 0.1), (0, 0.2), (1, -0.3), (4, 0.7), (4, -0.6), (4, -0.1)])
    assert stock == [0.3, 0, 0, 0, 0]
    assert opening == 0
    sales = np.array([[0, 0.3, 0, 0, 0]])
    found = stock_outs(np.array([stock]), sales, np.array([opening]))
    assert found.out[0].tolist() == [False, False, True, True, True]


def test_no_products_have_no_history():
    stock, opening = on_hand_history([], [], [], [], DAYS)
    assert stock.shape == (0, 5)
    assert opening.shape == (0,)


FLOWS = st.lists(st.tuples(st.integers(0, 2), st.integers(-8, 8), st.integers(-9, 9)), max_size=30)


@given(st.lists(st.integers(-20, 20), min_size=3, max_size=3), FLOWS)
def test_history_is_that_of_a_loop(now, flows):
    row, number, quantity = (
        (list(each) for each in zip(*flows, strict=True)) if flows else ([],) * 3
    )
    day = FIRST + np.array(number, np.int64)
    stock, opening = on_hand_history(now, row, day, quantity, DAYS)
    for product in range(3):
        for end in range(-1, 5):
            later = sum(q for r, d, q in flows if r == product and d > end and d >= 0)
            at_end = opening[product] if end < 0 else stock[product, end]
            assert at_end == now[product] - later


def table(**columns):
    return {name: np.array(values) for name, values in columns.items()}


STOCK = table(product_id=[5, 3, 9, 3], warehouse_id=[1, 1, 1, 2], on_hand=[10.0, 4.0, 99.0, 7.0])
FLOW_DAY = int((FIRST + 2).astype(np.int64))
FLOWS_OF_TWO = table(
    product_id=[3, 5, 3, 9],
    warehouse_id=[1, 1, 2, 1],
    day=[FLOW_DAY] * 4,
    quantity=[1.0, -2.0, 7.0, 50.0],
)


def test_each_warehouse_has_its_own_past():
    ids = np.array([3, 4, 5])
    first, _opening = past_stock(ids, DAYS, STOCK, FLOWS_OF_TWO, 1)
    assert first.tolist() == [[3, 3, 4, 4, 4], [0] * 5, [12, 12, 10, 10, 10]]
    second, opening = past_stock(ids, DAYS, STOCK, FLOWS_OF_TWO, 2)
    assert second.tolist() == [[0, 0, 7, 7, 7], [0] * 5, [0] * 5]
    assert opening.tolist() == [0, 0, 0]


def test_all_warehouses_together_are_their_sum():
    ids = np.array([5, 3])
    parts = [past_stock(ids, DAYS, STOCK, FLOWS_OF_TWO, each)[0] for each in (1, 2)]
    assert past_stock(ids, DAYS, STOCK, FLOWS_OF_TWO)[0].tolist() == sum(parts).tolist()


@pytest.mark.parametrize("ids", [[], [4]])
def test_products_that_nobody_stocks_have_none(ids):
    empty = {name: values[:0] for name, values in STOCK.items()}
    no_flows = {name: values[:0] for name, values in FLOWS_OF_TWO.items()}
    stock, opening = past_stock(np.array(ids, np.int64), DAYS, empty, no_flows, 1)
    assert stock.tolist() == [[0] * 5] * len(ids)
    assert opening.tolist() == [0] * len(ids)
