"""Baskets: which products were bought together, after refunds.

A basket is the set of distinct products of one order whose net quantity is above zero. Refunds
reach us in two forms: as a smaller net quantity of the order line itself, which the reader of the
sales history has deducted already, and as orders with negative quantities. The latter take back
what the same customer bought before, latest purchase first, so that goods which came back are no
evidence that they belong to a basket.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

# Quantities are floats after unit conversion: what is left below this was taken back whole.
EPSILON = 1e-9


@dataclass(frozen=True)
class Baskets:
    """Distinct products of each order, as parallel arrays of (basket, product) cells.

    basket : (n,) int64, position of the order in 0..size-1.
    product : (n,) int64, product ids. The cells are in order of basket, then product.
    quantity : (n,) float64, net quantity in the product's own unit, above zero.
    customer : (size,) int64, customer id of each basket; 0 where nobody knows.
    day : (size,) float64, when it was bought, in days since 1970; None where time plays no part.
    oversized : int, orders left out because they hold more products than the cap.
    """

    basket: np.ndarray
    product: np.ndarray
    quantity: np.ndarray
    customer: np.ndarray
    day: np.ndarray | None = None
    oversized: int = 0

    @property
    def size(self):
        return len(self.customer)

    @property
    def sizes(self):
        """(size,) int64, distinct products of each basket."""
        return np.bincount(self.basket, minlength=self.size)

    @property
    def when(self):
        """(size,) float64, ``day``, or the position where time plays no part."""
        return np.arange(self.size, dtype=np.float64) if self.day is None else self.day

    @property
    def multi_product_count(self):
        """Number of baskets from which a pair can be learned."""
        return int((self.sizes > 1).sum())

    @property
    def product_count(self):
        return len(np.unique(self.product))

    def restricted(self, cells):
        """The same baskets with only some of their cells.

        cells : (n,) bool.
        """
        return replace(
            self,
            basket=self.basket[cells],
            product=self.product[cells],
            quantity=self.quantity[cells],
        )

    def subset(self, chosen):
        """Some of the baskets, renumbered.

        chosen : (size,) bool.
        """
        cells = chosen[self.basket]
        number = np.cumsum(chosen) - 1
        return Baskets(
            basket=number[self.basket[cells]],
            product=self.product[cells],
            quantity=self.quantity[cells],
            customer=self.customer[chosen],
            day=None if self.day is None else self.day[chosen],
        )


def build_baskets(lines, max_products=None):
    """Turn sale lines into baskets.

    lines : DataFrame with the columns order_id, customer_id, product_id (int64), date (datetime64)
        and quantity (float64, net of refunds, in the product's own unit; negative for refund
        orders), in any order.
    max_products : int or None, orders with more distinct products are left out: a few enormous
        orders (stock transfers, tenders) cost quadratic work and say little about tastes.
    Returns Baskets, ordered by order id.
    """
    items = _items(lines)
    if (items["quantity"] < -EPSILON).any():
        items = _take_back_refunds(items)
    items = items[items["quantity"].to_numpy() > EPSILON]
    oversized = 0
    order, basket = _runs(items["order_id"].to_numpy())
    if max_products:
        large = np.bincount(basket, minlength=len(order)) > max_products
        oversized = int(large.sum())
        if oversized:
            items = items[~large[basket]]
            order, basket = _runs(items["order_id"].to_numpy())
    first = np.searchsorted(basket, np.arange(len(order)))
    return Baskets(
        basket=basket,
        product=items["product_id"].to_numpy(np.int64),
        quantity=items["quantity"].to_numpy(np.float64),
        customer=items["customer_id"].to_numpy(np.int64)[first],
        day=_days(items["date"].to_numpy()[first]),
        oversized=oversized,
    )


def without_counters(baskets, most_orders):
    """The same baskets, with unknown customers for those who have more orders than people have."""
    customers, number = np.unique(baskets.customer, return_inverse=True)
    crowded = np.bincount(number, minlength=len(customers))[number] > most_orders
    return replace(baskets, customer=np.where(crowded, 0, baskets.customer))


def _items(lines):
    """One row for each order and product, in this order, with the summed quantity."""
    order = lines["order_id"].to_numpy(np.int64)
    product = lines["product_id"].to_numpy(np.int64)
    rows = np.lexsort([product, order])
    order, product = order[rows], product[rows]
    new = np.ones(len(rows), bool)
    new[1:] = (order[1:] != order[:-1]) | (product[1:] != product[:-1])
    starts = np.flatnonzero(new)
    quantity = lines["quantity"].to_numpy(np.float64)[rows]
    return pd.DataFrame(
        {
            "order_id": order[starts],
            "product_id": product[starts],
            "customer_id": lines["customer_id"].to_numpy(np.int64)[rows[starts]],
            "date": lines["date"].to_numpy()[rows[starts]],
            "quantity": np.add.reduceat(quantity, starts) if len(starts) else quantity,
        }
    )


def _runs(values):
    """Distinct values of an ascending array and the position of each among them."""
    new = np.ones(len(values), bool)
    new[1:] = values[1:] != values[:-1]
    return values[new], np.cumsum(new) - 1


def _days(dates):
    """Days since 1970 with fractions; plain numbers are days already."""
    if np.issubdtype(dates.dtype, np.datetime64):
        return (dates - np.datetime64(0, "us")) / np.timedelta64(1, "D")
    return dates.astype(np.float64)


def _take_back_refunds(items):
    """Deduct the negative rows of refund orders from the customer's earlier purchases."""
    refunds = items[items["quantity"] < -EPSILON]
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
