import numpy as np
from demand_common import panel_of
from hypothesis import given
from hypothesis import strategies as st

from algorithms.core.stock_outs import stock_outs, without_stock_outs
from algorithms.replenishment.daily_demand import average_daily_demand

NAN = np.nan


def known(on_hand, sales, **options):
    return stock_outs([on_hand], [sales], **options).known[0].tolist()


def test_a_day_that_starts_and_ends_empty_without_a_sale_is_unknown():
    assert known([5, 0, 0, 0, 4], [1, 5, 0, 0, 1]) == [True, True, False, False, True]


def test_the_day_that_sells_out_is_known():
    found = stock_outs([[5, 0, 0]], [[0, 5, 0]])
    assert found.out.tolist() == [[False, False, True]]
    assert found.days_out.tolist() == [1]


def test_negative_stock_is_none():
    assert known([5, -2, -2, 3], [1, 7, 0, 0]) == [True, True, False, True]


def test_unknown_stock_is_no_stock_out():
    assert known([NAN, 0, NAN, 0, 0, 2], [0, 0, 0, 0, 0, 1]) == [True] * 4 + [False, True]


def test_the_first_day_needs_the_opening_stock():
    assert known([0, 0, 3], [0, 0, 1]) == [True, False, True]
    assert known([0, 0, 3], [0, 0, 1], opening=[0]) == [False, False, True]
    assert known([0, 0, 3], [0, 0, 1], opening=[NAN]) == [True, False, True]
    assert known([0, 0, 3], [0, 0, 1], opening=[2]) == [True, False, True]


def test_a_product_sold_without_ever_having_stock_keeps_its_zeros():
    found = stock_outs([[0] * 6], [[0, 0, 3, 0, 0, 0]], opening=[0])
    assert found.known.all()
    assert found.regardless.tolist() == [True]


def test_a_product_that_lay_empty_all_along_says_nothing():
    found = stock_outs([[0] * 6], [[0] * 6], opening=[0])
    assert not found.known.any()
    assert found.regardless.tolist() == [False]


def test_orders_taken_for_later_make_days_without_stock_count():
    on_hand = [9] * 10 + [-1] * 10
    often, rarely = [1, 0] * 10, [1, 0] * 5 + [0] * 9 + [1]
    found = stock_outs([on_hand, on_hand], [often, rarely])
    assert found.regardless.tolist() == [True, False]
    assert found.known[0].all()
    assert found.known[1].sum() == 12


def test_days_before_the_first_sale_do_not_count_as_other_days():
    on_hand, sales = [5] * 20 + [0] * 10, [0] * 18 + [1, 1] + [0] * 9 + [1]
    counts = np.arange(30)[None] >= 18
    assert stock_outs([on_hand], [sales]).regardless.tolist() == [True]
    assert stock_outs([on_hand], [sales], counts=counts).regardless.tolist() == [False]


def test_stock_outs_do_not_teach_the_average_to_buy_less():
    panel = panel_of([2.0] * 30 + [0.0] * 30)
    cleaned, found = without_stock_outs(panel, [[50.0] * 29 + [0.0] * 31])
    assert average_daily_demand(panel)[0].tolist() == [1]
    assert average_daily_demand(cleaned)[0].tolist() == [2]
    assert found.days_out.tolist() == [30]


def test_days_unknown_already_stay_unknown():
    given_known = np.ones((1, 4), bool)
    given_known[0, 1] = False
    panel = panel_of([1, 1, 1, 0], known=given_known)
    cleaned, _found = without_stock_outs(panel, [[3, 2, 0, 0]])
    assert cleaned.known[0].tolist() == [True, False, True, False]


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(0, 1)), min_size=1, max_size=20))
def test_unknown_days_are_those_found_one_by_one(days):
    levels, sales = zip(*days, strict=True)
    found = stock_outs([levels], [sales], opening=[1])
    for day, (level, sale) in enumerate(days):
        start = 1 if not day else levels[day - 1]
        out = start <= 0 and level <= 0
        expected = not out or sale > 0 or bool(found.regardless[0])
        assert found.known[0, day] == expected


def test_no_days_and_no_products_are_possible():
    assert stock_outs(np.empty((2, 0)), np.empty((2, 0))).known.shape == (2, 0)
    assert stock_outs(np.empty((0, 5)), np.empty((0, 5))).known.shape == (0, 5)
