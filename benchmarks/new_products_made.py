"""Made sales in which products arrive one after the other, and customers have tastes."""

import numpy as np

from algorithms.client.fit_backtest import Sales


def made_sales(seed, tastes=True, customers=60, days=400):
    """Customers of five categories of ten products, each product first sold at a day of its own;
    with tastes a customer buys four fifths from one category."""
    rng = np.random.default_rng(seed)
    taste = rng.integers(0, 5, customers)
    starts = rng.integers(0, days, 50)
    starts[::4] = 0
    rows = []
    for order in range(2_500):
        customer, day = int(rng.integers(customers)), int(rng.integers(days))
        for _line in range(2):
            category = taste[customer] if tastes and rng.random() < 0.8 else int(rng.integers(5))
            sold = np.flatnonzero((starts <= day) & (np.arange(50) // 10 == category))
            if len(sold):
                product = int(rng.choice(sold))
                rows.append((order, customer + 1, product, category, day, 10.0))
    order, customer, product, category, day, revenue = np.array(rows).T
    return Sales(
        order.astype(int), customer.astype(int), product.astype(int), category.astype(int),
        day.astype(int), revenue,
    )  # fmt: skip
