import numpy as np
import pandas as pd

from algorithms.core.baskets import build_baskets

COLUMNS = ["order_id", "customer_id", "product_id", "date", "quantity"]


def baskets(*rows, **options):
    frame = pd.DataFrame(rows, columns=COLUMNS).astype(
        {"order_id": "int64", "customer_id": "int64", "product_id": "int64", "quantity": float}
    )
    return build_baskets(frame, **options)


def content(result):
    """{customer: {product: quantity}} of each basket, in order."""
    return [
        (
            int(result.customer[number]),
            dict(
                zip(
                    result.product[result.basket == number].tolist(),
                    result.quantity[result.basket == number].tolist(),
                    strict=True,
                )
            ),
        )
        for number in range(result.size)
    ]


def test_no_lines_make_no_baskets():
    empty = baskets()
    assert (empty.size, empty.multi_product_count, empty.product_count) == (0, 0, 0)


def test_duplicate_lines_are_one_item_with_the_sum():
    assert content(baskets((1, 7, 10, 0, 2), (1, 7, 10, 0, 3))) == [(7, {10: 5.0})]


def test_a_line_taken_back_in_its_own_order_is_out():
    assert content(baskets((1, 7, 10, 0, 2), (1, 7, 10, 0, -2), (1, 7, 11, 0, 1))) == [
        (7, {11: 1.0})
    ]


def test_a_refund_order_takes_back_the_latest_purchase_first():
    result = baskets(
        (1, 7, 10, 0, 5), (2, 7, 10, 1, 3), (2, 7, 11, 1, 1), (3, 7, 10, 2, -4), (4, 7, 10, 3, 2)
    )
    assert content(result) == [(7, {10: 4.0}), (7, {11: 1.0}), (7, {10: 2.0})]


def test_a_refund_does_not_touch_other_customers_products_or_later_purchases():
    result = baskets((1, 8, 10, 0, 1), (2, 7, 11, 0, 1), (3, 7, 10, 1, -1), (4, 7, 10, 2, 1))
    assert content(result) == [(8, {10: 1.0}), (7, {11: 1.0}), (7, {10: 1.0})]


def test_a_refund_of_what_was_bought_before_the_window_is_dropped():
    assert baskets((1, 7, 10, 0, -3)).size == 0


def test_enormous_orders_are_left_out_and_counted():
    result = baskets(
        *[(1, 7, product, 0, 1) for product in range(5)], (2, 7, 1, 0, 1), max_products=4
    )
    assert (result.size, result.oversized) == (1, 1)


def test_multi_product_baskets_are_counted():
    result = baskets((1, 7, 10, 0, 1), (1, 7, 11, 0, 1), (2, 7, 10, 0, 1))
    assert (result.multi_product_count, result.product_count) == (1, 2)
    assert result.basket.dtype == np.int64
