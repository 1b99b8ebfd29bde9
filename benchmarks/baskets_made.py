"""Baskets with a long tail, as a shop has them: generated, the same for every method."""

import numpy as np

from algorithms.core.baskets import Baskets

# name → (lines wanted, products)
SIZES = {
    "100 orders": (500, 1_000),
    "1k orders": (6_000, 1_000),
    "10k lines": (9_400, 2_000),
    "100k lines": (94_000, 10_000),
    "200k lines": (203_200, 10_000),
    "1M lines": (937_000, 10_000),
    "10M lines": (9_400_000, 50_000),
    "50M lines": (47_000_000, 50_000),
}
MEAN_SIZE = 5


def long_tail(name, seed=0):
    """Baskets of a size in SIZES: Zipf-like popularity, one product in twenty heads a bundle."""
    lines, products = SIZES[name]
    rng = np.random.default_rng(seed)
    orders = lines // MEAN_SIZE
    sizes = 1 + rng.poisson(MEAN_SIZE - 2, orders)
    popularity = 1 / (np.arange(products) + 4)
    product = rng.choice(products, sizes.sum(), p=popularity / popularity.sum())
    parts = [np.repeat(np.arange(orders), sizes) * products + product]
    for rank in range(products // 20):
        members = rng.choice(products, 3, replace=False)
        buyers = rng.integers(0, orders, max(3, orders // (200 + 10 * rank)))
        parts += [buyers * products + member for member in members]
    cells = np.unique(np.concatenate(parts))
    return Baskets(
        basket=cells // products,
        product=cells % products + 1,
        quantity=np.ones(len(cells)),
        customer=1 + rng.integers(0, orders // 8 + 1, orders),
        day=np.sort(rng.uniform(0, 365, orders)),
    )


def least_count(baskets):
    """Orders that a set needs: one in 800, three at least.

    With one in a thousand mlxtend's apriori asks for 28 GB at 100k lines.
    """
    return max(3, baskets.size // 800)
