"""Would category affinity have found who buys a new product? Beside the most popular new products.

The newest fifth of the orders is set aside. A case is one of them that holds a product which was
new on its day (first sold by anyone in the ``new_days`` days before, and not on the day itself) and
new to the customer. Each method ranks the products that were new on that day and that the customer
had not bought:

    popular     the customers that each had before that day, most first
    category    ``category_fit``: shares of the customer's revenue before the newest fifth, and the
                same counts of customers

Nothing is tuned on the cases.
"""

from dataclasses import dataclass

import numpy as np

from ..core.exceptions import InsufficientDataError
from .category_fit import category_shares, scores

TRAINING_SHARE = 0.8
LEAST_CASES = 30
HITS_AT = 3


@dataclass(frozen=True)
class Sales:
    """Order lines, as parallel arrays (n,).

    order, customer, product, category : int64; day : int64, days since 1970; revenue : float64.
    """

    order: np.ndarray
    customer: np.ndarray
    product: np.ndarray
    category: np.ndarray
    day: np.ndarray
    revenue: np.ndarray

    def take(self, rows):
        return Sales(*(getattr(self, name)[rows] for name in self.__annotations__))


@dataclass(frozen=True)
class FitReport:
    """Outcome: shares of the cases whose product is among the first three, and mean reciprocal
    ranks, each {"popular", "category"}; cases : int; candidates : float, new products a case."""

    hit_rate: dict
    mrr: dict
    cases: int
    candidates: float

    @property
    def beaten(self):
        """Whether the most popular new products find more, or as many and rank them better."""
        figures = {name: (self.hit_rate[name], self.mrr[name]) for name in self.mrr}
        return figures["category"] < figures["popular"]


def run_fit_backtest(sales, new_days=30):
    """Compare category affinity with popularity on what customers bought when it was new.

    sales : Sales. Returns FitReport. Raises InsufficientDataError below 30 cases.
    """
    first_day = dict(zip(*_first_days(sales), strict=True))
    older, later = _split(sales)
    shares = category_shares(
        *_revenue_of_pairs(older), dict(zip(*_order_counts(older), strict=True))
    )
    ranks = {"popular": [], "category": []}
    counts = []
    for case in _cases(later, shares, first_day, new_days):
        before = sales.take(sales.day < case.day)
        new = _new_products(before, case, first_day, new_days)
        wanted = np.flatnonzero(np.isin(new, case.products))
        if len(new) < 2 or not len(wanted):
            continue
        sold = _customers_of(before, new)
        category = _category_of(sales, new)
        row = int(np.searchsorted(shares.customer, case.customer))
        alone = type(shares)(
            shares.customer[row : row + 1], shares.category, shares.share[[row]], shares.everybody
        )
        score, _lift = scores(alone, category, sold)
        counts.append(len(new))
        ranks["popular"].append(_best_rank(sold, wanted))
        ranks["category"].append(_best_rank(score[0], wanted))
    if len(counts) < LEAST_CASES:
        raise InsufficientDataError(len(counts), LEAST_CASES)
    return FitReport(
        hit_rate={name: float(np.mean(np.array(each) <= HITS_AT)) for name, each in ranks.items()},
        mrr={name: float(np.mean(1 / np.array(each))) for name, each in ranks.items()},
        cases=len(counts),
        candidates=float(np.mean(counts)),
    )


@dataclass(frozen=True)
class _Case:
    customer: int
    day: int
    products: np.ndarray


def _first_days(sales):
    products, place = np.unique(sales.product, return_inverse=True)
    first = np.full(len(products), np.iinfo(np.int64).max)
    np.minimum.at(first, place, sales.day)
    return products.tolist(), first.tolist()


def _split(sales):
    orders, first = np.unique(sales.order, return_index=True)
    by_day = orders[np.argsort(sales.day[first], kind="stable")]
    older = np.isin(sales.order, by_day[: int(TRAINING_SHARE * len(by_day))])
    return sales.take(older), sales.take(~older)


def _revenue_of_pairs(sales):
    pairs, place = np.unique(
        np.stack([sales.customer, sales.category], axis=1), axis=0, return_inverse=True
    )
    revenue = np.bincount(place.ravel(), sales.revenue, minlength=len(pairs))
    return pairs[:, 0], pairs[:, 1], revenue


def _order_counts(sales):
    pairs = np.unique(np.stack([sales.customer, sales.order], axis=1), axis=0)
    customers, count = np.unique(pairs[:, 0], return_counts=True)
    return customers.tolist(), count.tolist()


def _cases(later, shares, first_day, new_days):
    """Orders of known customers with a product that was new on their day, by order."""
    first = np.array([first_day[product] for product in later.product.tolist()])
    new = (first < later.day) & (first >= later.day - new_days)
    new &= np.isin(later.customer, shares.customer)
    rows = later.take(new)
    for order in np.unique(rows.order):
        mine = rows.order == order
        place = int(np.flatnonzero(mine)[0])
        yield _Case(int(rows.customer[place]), int(rows.day[place]), rows.product[mine])


def _new_products(before, case, first_day, new_days):
    """(p,) ids of what was new on the day of a case and not yet bought by its customer."""
    sold = np.unique(before.product)
    first = np.array([first_day[product] for product in sold.tolist()])
    own = np.unique(before.product[before.customer == case.customer])
    return np.setdiff1d(sold[first >= case.day - new_days], own)


def _customers_of(before, products):
    pairs = np.unique(np.stack([before.product, before.customer], axis=1), axis=0)
    return np.array([(pairs[:, 0] == product).sum() for product in products.tolist()])


def _category_of(sales, products):
    known, first = np.unique(sales.product, return_index=True)
    return sales.category[first[np.searchsorted(known, products)]]


def _best_rank(score, wanted):
    """Rank of the best of some places; ties count half, as if drawn by lot."""
    best = max(score[wanted])
    return 1 + int((score > best).sum()) + (int((score == best).sum()) - 1) / 2
