"""How much of a product is usually taken at a time: medians, because one order for a wedding must
not change what is offered to everybody."""

import numpy as np

from ..core.lookup import places, taken


def typical_quantities(baskets, products):
    """Median quantity of the baskets with each product.

    baskets : algorithms.core.baskets.Baskets; products : (n,) int ids, with repetitions.
    Returns (n,) float64, in each product's own unit; 0 for products that no basket holds.
    """
    known, group = np.unique(baskets.product, return_inverse=True)
    order = np.argsort(group, kind="stable")
    usual = medians(baskets.quantity[order], group[order], len(known))
    return taken(usual, places(known, products)).astype(np.float64)


def medians(values, group, size):
    """(size,) float64, median of the values of each group; NaN for empty ones.

    group : (n,) int, ascending.
    """
    order = np.lexsort([values, group])
    values = values[order]
    count = np.bincount(group, minlength=size)
    begin = np.cumsum(count) - count
    result = np.full(size, np.nan)
    some = count > 0
    low = begin[some] + (count[some] - 1) // 2
    high = begin[some] + count[some] // 2
    result[some] = (values[low] + values[high]) / 2
    return result
