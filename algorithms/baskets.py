"""Baskets: which products were bought together, after refunds.

A basket is the set of distinct products of one order whose net quantity is above zero. Refunds
reach us in two forms: as a smaller net quantity of the order line itself, which the reader of the
sales history has deducted already, and as orders with negative quantities. The latter take back
what the same customer bought before, latest purchase first, so that goods which came back are no
evidence that they belong to a basket.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

# Quantities are floats after unit conversion: what is left below this was taken back whole.
EPSILON = 1e-9


@dataclass(frozen=True)
class Baskets:
    """Distinct products of each order, as parallel arrays of (basket, product) cells.

    basket : (n,) int64, position of the order in 0..size-1.
    product : (n,) int64, product ids.
    quantity : (n,) float64, net quantity in the product's own unit, above zero.
    customer : (size,) int64, customer id of each basket.
    oversized : int, orders left out because they hold more products than the cap.
    """

    basket: np.ndarray
    product: np.ndarray
    quantity: np.ndarray
    customer: np.ndarray
    oversized: int = 0

    @property
    def size(self):
        return len(self.customer)

    @property
    def multi_product_count(self):
        """Number of baskets from which a pair can be learned."""
        return int((np.bincount(self.basket, minlength=self.size) > 1).sum())

    @property
    def product_count(self):
        return len(np.unique(self.product))


def build_baskets(lines, max_products=None):
    """Turn sale lines into baskets.

    lines : DataFrame with the columns order_id, customer_id, product_id (int), date (sortable) and
        quantity (float, net of refunds, in the product's own unit; negative for refund orders).
    max_products : int or None, orders with more distinct products are left out: a few enormous
        orders (stock transfers, tenders) cost quadratic work and say little about tastes.
    Returns Baskets, ordered by order id.
    """
    items = (
        lines.groupby(["order_id", "product_id"], sort=True)
        .agg(
            customer_id=("customer_id", "first"),
            date=("date", "first"),
            quantity=("quantity", "sum"),
        )
        .reset_index()
    )
    items = _take_back_refunds(items)
    items = items[items["quantity"] > EPSILON]
    oversized = 0
    if max_products:
        sizes = items.groupby("order_id")["product_id"].transform("size")
        oversized = int(items.loc[sizes > max_products, "order_id"].nunique())
        items = items[sizes <= max_products]
    order_ids, first, basket = np.unique(
        items["order_id"].to_numpy(np.int64), return_index=True, return_inverse=True
    )
    return Baskets(
        basket=basket.astype(np.int64),
        product=items["product_id"].to_numpy(np.int64),
        quantity=items["quantity"].to_numpy(np.float64),
        customer=items["customer_id"].to_numpy(np.int64)[first]
        if len(order_ids)
        else np.empty(0, np.int64),
        oversized=oversized,
    )


def _take_back_refunds(items):
    """Deduct the negative rows of refund orders from the customer's earlier purchases."""
    refunds = items[items["quantity"] < -EPSILON]
    if refunds.empty:
        return items
    items = items.copy()
    keys = pd.MultiIndex.from_frame(items[["customer_id", "product_id"]])
    touched = keys.isin(pd.MultiIndex.from_frame(refunds[["customer_id", "product_id"]]))
    quantity = items["quantity"].to_numpy(np.float64, copy=True)
    for _key, rows in items[touched].groupby(["customer_id", "product_id"]):
        _settle(quantity, rows.sort_values(["date", "order_id"]).index.to_numpy())
    items["quantity"] = quantity
    return items


def _settle(quantity, positions):
    """Cancel refunds against purchases, in place.

    positions : rows of one customer and product in order of time. A refund whose purchase lies
    before the window finds nothing to cancel and is dropped.
    """
    purchases = []
    for position in positions:
        if quantity[position] >= 0:
            purchases.append(position)
            continue
        owed = -quantity[position]
        quantity[position] = 0.0
        while owed > EPSILON and purchases:
            taken = min(owed, quantity[purchases[-1]])
            quantity[purchases[-1]] -= taken
            owed -= taken
            if quantity[purchases[-1]] <= EPSILON:
                purchases.pop()
