from statistics import median

import numpy as np
from customer_orders import baskets_of, random_orders

from algorithms.suggestion.quantities import medians, typical_quantities


def test_medians_are_those_of_each_order_counted_by_hand():
    orders = random_orders()
    taken = {}
    for _customer, _day, content in orders:
        for product, quantity in content.items():
            taken.setdefault(product, []).append(quantity)
    products = [*taken, *taken]
    found = typical_quantities(baskets_of(orders), np.array(products))
    assert found.tolist() == [median(taken[product]) for product in products]


def test_unknown_products_and_no_orders_have_none():
    assert typical_quantities(baskets_of([(1, 1, {5: 3.0})]), np.array([4, 5])).tolist() == [0, 3]
    assert typical_quantities(baskets_of([]), np.array([4])).tolist() == [0]
    assert typical_quantities(baskets_of([(1, 1, {5: 3.0})]), np.empty(0, int)).tolist() == []


def test_an_empty_group_has_no_median():
    found = medians(np.array([1.0, 4.0, 2.0]), np.array([0, 0, 2]), 3)
    assert np.isnan(found[1])
    assert found[[0, 2]].tolist() == [2.5, 2.0]
