"""Which newly arrived products fit a customer: by the categories that the customer spends on.

Nobody has bought a new product yet, so that neither baskets nor similar customers know it; its
category is known. For customer c and category k:

    share(c, k) = (n(c) · own(c, k) + m · all(k)) / (n(c) + m)
    lift(c, k)  = share(c, k) / all(k)

own is k's share of the customer's revenue, all its share of everybody's, n the customer's orders
and m the orders that everybody's share counts as (Dirichlet smoothing; Zhai & Lafferty 2001, "A
Study of Smoothing Methods for Language Models"): one order of coffee makes nobody a café. The score
of a product is the chance of its category for the customer, times that of the product among the new
ones of its category by the customers that it has already (with one more for each):

    score(c, p) = share(c, k) · (sold(p) + 1) / Σ (sold(q) + 1) over the new q of k

A product *fits* where the customer spends so much more on its category than others do as LEAST_LIFT
says.
"""

from dataclasses import dataclass

import numpy as np

PRIOR_ORDERS = 5.0
LEAST_LIFT = 1.25


@dataclass(frozen=True)
class CategoryShares:
    """What customers spend on.

    customer : (n,) int64 ids, ascending; category : (k,) int64 ids, ascending.
    share : (n, k) float64, rows add up to 1; everybody : (k,) float64, shares of all revenue.
    """

    customer: np.ndarray
    category: np.ndarray
    share: np.ndarray
    everybody: np.ndarray

    def of_products(self, product_category):
        """(share, lift), each (n, p), of the categories of products.

        product_category : (p,) int64. Of a category that nobody buys both are 0: it says nothing.
        """
        column = np.searchsorted(self.category, product_category)
        column[column == len(self.category)] = 0
        known = np.zeros(len(product_category), bool)
        if len(self.category):
            known = self.category[column] == product_category
        if not known.any():
            empty = np.zeros((len(self.customer), len(product_category)))
            return empty, empty
        share = np.where(known, self.share[:, column], 0.0)
        everybody = np.where(known, self.everybody[column], 1.0)
        return share, share / np.maximum(everybody, np.finfo(float).tiny)


def category_shares(customer, category, revenue, order_count, prior_orders=PRIOR_ORDERS):
    """What customers spend on, drawn towards what everybody does.

    customer, category : (r,) int64, one row a pair; revenue : (r,) float64, refunds deducted; what
        is below zero counts as nothing.
    order_count : {customer: number of orders}, of those that are wanted.
    Returns CategoryShares; those of customers without revenue are everybody's.
    """
    revenue = np.maximum(np.asarray(revenue, np.float64), 0.0)
    categories, column = np.unique(np.asarray(category, np.int64), return_inverse=True)
    everybody = np.bincount(column, revenue, minlength=len(categories))
    everybody = everybody / max(everybody.sum(), np.finfo(float).tiny)
    customers = np.array(sorted(order_count), np.int64)
    orders = np.array([order_count[each] for each in customers.tolist()], np.float64)
    row = np.searchsorted(customers, customer)
    row[row == len(customers)] = 0
    wanted = customers[row] == customer if len(customers) else np.zeros(len(revenue), bool)
    own = np.zeros((len(customers), len(categories)))
    np.add.at(own, (row[wanted], column[wanted]), revenue[wanted])
    total = own.sum(axis=1)
    orders = np.where(total > 0, orders, 0.0)[:, None]
    own /= np.maximum(total, np.finfo(float).tiny)[:, None]
    share = (orders * own + prior_orders * everybody) / (orders + prior_orders)
    return CategoryShares(customers, categories, share, everybody)


def scores(shares, product_category, sold):
    """What speaks for each new product and customer.

    product_category : (p,) int64; sold : (p,) int, customers who bought each already.
    Returns (scores, lifts), each (n, p) float64.
    """
    share, lift = shares.of_products(product_category)
    counted = np.asarray(sold, np.float64) + 1.0
    _categories, place = np.unique(product_category, return_inverse=True)
    within = counted / np.bincount(place, counted)[place] if len(counted) else counted
    return share * within, lift


def best_fits(shares, product_category, sold, bought, most, least_lift=LEAST_LIFT):
    """The new products that fit each customer, best first.

    bought : (n, p) bool, what is not offered: bought already, or sent away.
    most : int, products a customer.
    Returns (row of the customer, column of the product, lift, rank from 1), each (f,).
    """
    score, lift = scores(shares, product_category, sold)
    row, column = np.nonzero((lift >= least_lift) & ~bought)
    order = np.lexsort([column, -score[row, column], row])
    row, column = row[order], column[order]
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    rank = np.arange(len(row)) - np.repeat(starts, np.diff(np.append(starts, len(row)))) + 1
    kept = rank <= most
    row, column = row[kept], column[kept]
    return row, column, lift[row, column], rank[kept]
