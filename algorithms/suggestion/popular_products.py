"""What is popular near a customer: in the customer's tags, state, country and the whole company.

Counted are distinct customers of the last 90 days, not orders: one who orders daily is one. A
product that fewer than three customers of a scope bought is not named, for it could tell what one
of them buys.
"""

from dataclasses import dataclass

import numpy as np

POPULAR_DAYS = 90
LEAST_CUSTOMERS = 3


@dataclass(frozen=True)
class PopularTable:
    """Popular products by kind, scope and rank.

    kind, scope : (n,) int64; product : (n,) int64 ids; rank : (n,) int64 from 0.
    customers : (n,) int64, distinct ones; share : (n,) float64 of the scope's buying customers.
    """

    kind: np.ndarray
    scope: np.ndarray
    product: np.ndarray
    rank: np.ndarray
    customers: np.ndarray
    share: np.ndarray

    def __len__(self):
        return len(self.product)


def popular_products(baskets, members, today, most, least_customers=LEAST_CUSTOMERS, offered=None):
    """The best sellers of each scope.

    baskets : algorithms.core.baskets.Baskets with days; unknown customers (0) are left out.
    members : (m, 3) int64, rows of kind, scope and customer; each once.
    today : float, days since 1970; most : int, products of each scope.
    offered : (k,) int ids of the only products to name; None for all. Others count as bought.
    Returns PopularTable; ties by product id.
    """
    recent = (baskets.when > today - POPULAR_DAYS) & (baskets.customer != 0)
    cells = recent[baskets.basket]
    buyer, bought = _pairs(baskets.customer[baskets.basket[cells]], baskets.product[cells])[:2]
    members = np.asarray(members, np.int64).reshape(-1, 3)
    members = members[np.isin(members[:, 2], buyer)]
    order = np.lexsort([members[:, 1], members[:, 0]])
    members = members[order]
    first = np.ones(len(members), bool)
    first[1:] = (members[1:, :2] != members[:-1, :2]).any(axis=1)
    scopes, scope = members[first, :2], np.cumsum(first) - 1
    buyers = np.bincount(scope, minlength=len(scopes))
    # Each membership beside each product of that customer: pairs are in order of customer.
    begin = np.searchsorted(buyer, members[:, 2], "left")
    count = np.searchsorted(buyer, members[:, 2], "right") - begin
    offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    place, product, customers = _pairs(
        np.repeat(scope, count), bought[np.repeat(begin, count) + offset]
    )
    named = customers >= least_customers
    if offered is not None:
        named &= np.isin(product, offered)
    kept = np.flatnonzero(named)
    kept = kept[np.lexsort([product[kept], -customers[kept], place[kept]])]
    rank = np.arange(len(kept)) - np.searchsorted(place[kept], place[kept], "left")
    kept, rank = kept[rank < most], rank[rank < most]
    scope = place[kept]
    return PopularTable(
        kind=scopes[scope, 0],
        scope=scopes[scope, 1],
        product=product[kept],
        rank=rank,
        customers=customers[kept],
        share=customers[kept] / np.maximum(buyers[scope], 1),
    )


def _pairs(left, right):
    """Distinct pairs of two columns of ids >= 0 in order, and how often each occurs."""
    width = int(right.max(initial=0)) + 1
    # One number each: sorting rows takes ten times as long.
    keys, counts = np.unique(left * width + right, return_counts=True)
    return keys // width, keys % width, counts.astype(np.int64)
