from statistics import median

import numpy as np
import pytest
from customer_orders import baskets_of, random_orders

from algorithms.suggestion.reorder_due import reorder_table, strongest


def test_a_weekly_customer_is_due_a_week_after_the_last_purchase():
    days = [100.3, 107.9, 114.1, 121.5]
    table = reorder_table(baskets_of([(5, day, {7: 2.0}) for day in days]))
    assert (table.customer.tolist(), table.product.tolist()) == ([5], [7])
    assert (table.purchases[0], table.interval[0], table.quantity[0]) == (4, 7.0, 2.0)
    assert (table.last[0], table.due[0]) == (121, 128)
    assert (table.offer_from[0], table.offer_until[0]) == (126, 142)


def test_rhythms_are_those_counted_by_hand():
    orders = random_orders()
    bought = {}
    for customer, day, content in orders:
        for product, quantity in content.items():
            days = bought.setdefault((customer, product), {})
            days[int(day)] = days.get(int(day), 0) + quantity
    table = reorder_table(baskets_of(orders), min_purchases=3)
    expected = {}
    for key, days in sorted(bought.items()):
        order = sorted(days)
        if key[0] and len(order) >= 3:
            gaps = [later - earlier for earlier, later in zip(order, order[1:], strict=False)]
            recent = [days[day] for day in order[-8:]]
            expected[key] = (len(order), median(gaps), median(recent), order[-1])
    found = dict(
        zip(
            zip(table.customer.tolist(), table.product.tolist(), strict=True),
            zip(
                table.purchases.tolist(),
                table.interval.tolist(),
                table.quantity.tolist(),
                table.last.tolist(),
                strict=True,
            ),
            strict=True,
        )
    )
    assert found == expected
    assert list(found) == list(expected)


def test_two_orders_of_a_day_are_one_purchase():
    days = [10, 10.5, 20]
    assert len(reorder_table(baskets_of([(1, day, {3: 1.0}) for day in days]))) == 0
    table = reorder_table(baskets_of([(1, day, {3: 1.0}) for day in [*days, 30]]))
    assert (table.purchases[0], table.quantity[0]) == (3, 1.0)


def test_unknown_customers_and_no_orders_have_no_rhythm():
    assert len(reorder_table(baskets_of([]))) == 0
    assert len(reorder_table(baskets_of([(0, day, {3: 1.0}) for day in range(9)]))) == 0
    assert [len(each) for each in strongest(reorder_table(baskets_of([])), 5, 3)] == [0, 0]


def test_a_daily_product_is_offered_the_day_after_and_given_up_after_two_weeks():
    table = reorder_table(baskets_of([(1, day, {3: 1.0}) for day in range(10)]))
    assert (table.due[0], table.offer_from[0], table.offer_until[0]) == (10, 10, 9 + 14)
    assert [bool(table.is_due(day)[0]) for day in (9, 10, 23, 24)] == [False, True, True, False]


def test_the_score_is_highest_when_it_is_due_and_ends_with_the_offer():
    table = reorder_table(baskets_of([(1, day, {3: 1.0}) for day in range(0, 50, 10)]))
    scores = [float(table.scores(day)[0]) for day in range(40, 75)]
    assert int(np.argmax(scores)) == 10
    assert scores[10] == pytest.approx(5 / 7)
    assert scores[:11] == sorted(scores[:11])
    assert scores[10:] == sorted(scores[10:], reverse=True)
    assert scores[-1] == 0
    assert table.scores(np.array([45]))[0] == scores[5]


def test_the_best_rows_of_each_customer_are_scaled_to_one():
    table = reorder_table(baskets_of(random_orders()))
    rows, scores = strongest(table, 290, 2)
    counts = np.bincount(table.customer[rows])
    assert counts.max() == 2
    every = table.scores(290)
    for customer in np.unique(table.customer):
        mine = rows[table.customer[rows] == customer]
        wanted = sorted(every[table.customer == customer], reverse=True)[:2]
        assert every[mine] == pytest.approx(wanted)
        if wanted[0] > 0:
            assert scores[table.customer[rows] == customer].max() == pytest.approx(1)


def test_the_quantity_is_that_of_the_last_purchases_not_of_all():
    orders = [(1, day, {3: 1.0 if day < 120 else 20.0}) for day in range(0, 200, 10)]
    assert reorder_table(baskets_of(orders)).quantity.tolist() == [20.0]
    assert reorder_table(baskets_of(orders), recent=99).quantity.tolist() == [1.0]
