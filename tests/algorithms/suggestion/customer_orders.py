"""Orders of customers, as short lists."""

import numpy as np

from algorithms.core.baskets import Baskets


def baskets_of(orders):
    """Baskets of (customer, day, {product: quantity})."""
    cells = [
        (number, product, quantity)
        for number, (_customer, _day, content) in enumerate(orders)
        for product, quantity in sorted(content.items())
    ]
    basket, product, quantity = np.array(cells, float).reshape(-1, 3).T
    return Baskets(
        basket.astype(np.int64),
        product.astype(np.int64),
        quantity,
        np.array([customer for customer, _day, _content in orders], np.int64),
        np.array([day for _customer, day, _content in orders], float),
    )


def random_orders(count=600, customers=12, products=6, seed=0):
    rng = np.random.default_rng(seed)
    return [
        (
            int(rng.integers(0, customers)),
            float(rng.uniform(0, 300)),
            {int(p): float(rng.integers(1, 9)) for p in rng.integers(1, products + 1, 3)},
        )
        for _number in range(count)
    ]
