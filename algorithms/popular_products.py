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


def popular_products(baskets, members, today, most, least_customers=LEAST_CUSTOMERS):
    """The best sellers of each scope.

    baskets : algorithms.baskets.Baskets with days; unknown customers (0) are left out.
    members : (m, 3) int64, rows of kind, scope and customer; each once.
    today : float, days since 1970; most : int, products of each scope.
    Returns PopularTable; ties by product id.
    """
    recent = (baskets.when > today - POPULAR_DAYS) & (baskets.customer != 0)
    cells = recent[baskets.basket]
    pairs = np.unique(
        np.stack([baskets.customer[baskets.basket[cells]], baskets.product[cells]], axis=1), axis=0
    )
    members = np.asarray(members, np.int64).reshape(-1, 3)
    members = members[np.isin(members[:, 2], pairs[:, 0])]
    scopes, scope = np.unique(members[:, :2], axis=0, return_inverse=True)
    scope = scope.reshape(-1)
    buyers = np.bincount(scope, minlength=len(scopes))
    # Each membership beside each product of that customer: pairs are in order of customer.
    begin = np.searchsorted(pairs[:, 0], members[:, 2], "left")
    count = np.searchsorted(pairs[:, 0], members[:, 2], "right") - begin
    offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    product = pairs[np.repeat(begin, count) + offset, 1]
    found, customers = np.unique(
        np.stack([np.repeat(scope, count), product], axis=1), axis=0, return_counts=True
    )
    kept = customers >= least_customers
    found, customers = found[kept], customers[kept]
    order = np.lexsort([found[:, 1], -customers, found[:, 0]])
    found, customers = found[order], customers[order]
    rank = np.arange(len(found)) - np.searchsorted(found[:, 0], found[:, 0], "left")
    kept = rank < most
    scope = found[kept, 0]
    return PopularTable(
        kind=scopes[scope, 0],
        scope=scopes[scope, 1],
        product=found[kept, 1],
        rank=rank[kept],
        customers=customers[kept].astype(np.int64),
        share=customers[kept] / np.maximum(buyers[scope], 1),
    )
