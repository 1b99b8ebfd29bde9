"""Would the offers have helped? What the customer's next order held, looked for among the offers.

The newest fifth of the orders is set aside. A case is a customer with earlier orders and the first
of the later ones; one random product of it is hidden. Two situations: *any* product, and products
that are *new* to the customer. Each method offers a list; shares and ranks are those of the hidden
product in its first ten.

    popular    what most customers bought in the last 90 days
    reorder    what is due by the customer's own rhythm on the day of the order
    factors    what customers with the same tastes buy
    chosen     what is due, then factors and popular, in the order that finds more

Nothing is tuned on the cases but this one order.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from ..core.exceptions import InsufficientDataError
from .backtest import Quality
from .backtest_cases import LEAST_BASKETS, REORDER_ROWS, SIMILAR_ROWS, split
from .customer_factors import new_products, train_factors
from .popular_products import popular_products
from .reorder_due import reorder_table, strongest

HITS_AT = 10
MOST_CASES = 3_000
SITUATIONS = ("any", "new")
# Enough that those which the customer buys already can be left out.
POPULAR_ROWS = 500
COMPANY = np.int64(0)
# Chance that stars count although they say nothing.
STARS_LEVEL = 0.05


@dataclass(frozen=True)
class StarsEffect:
    """What stars do to the factors' offers: int, hidden new products that they move up and down."""

    better: int
    worse: int

    @property
    def gain(self):
        """Whether more move up than chance explains."""
        moved = self.better + self.worse
        return bool(stats.binom.sf(self.better - 1, moved, 0.5) <= STARS_LEVEL) if moved else False


@dataclass(frozen=True)
class OfferReport:
    """Outcome of a back-test of offers.

    any, new : {method: Quality}, for "popular", "reorder", "factors" and "chosen".
    similar_first : bool, whether factors come before popular products in "chosen".
    customer_count : int, cases of *any*; new_count : int, those of *new*.
    stars : StarsEffect, or None where no stars were known in time; the factors are those with stars
        where they gain.
    """

    any: dict
    new: dict
    similar_first: bool
    customer_count: int
    new_count: int
    stars: StarsEffect | None = None

    @property
    def beaten(self):
        """Whether popular products alone find more, or as many and rank them better."""
        chosen, popular = self.any["chosen"], self.any["popular"]
        return (chosen.hit_rate, chosen.mrr) < (popular.hit_rate, popular.mrr)


@dataclass(frozen=True)
class _Case:
    """A customer, the day and the products of the next order, and those bought before."""

    customer: int
    day: int
    products: np.ndarray
    before: set


def run_offers_backtest(baskets, rng, min_purchases=3, least_customers=3, ratings=None):
    """Compare the offers with what customers bought next.

    baskets : algorithms.core.baskets.Baskets with days; unknown customers (0) are no cases.
    rng : numpy Generator, of what is hidden; others as for ``reorder_table``, ``new_products``.
    ratings : as for ``train_factors`` with a further array ``when``, float days like
        ``Baskets.when``; or None.
    Returns OfferReport. Raises InsufficientDataError below 30 customers with a later order.
    """
    older, later = split(baskets)
    cases = _cases(older, later, rng)
    if len(cases) < LEAST_BASKETS:
        raise InsufficientDataError(len(cases), LEAST_BASKETS)
    hidden = {
        "any": [int(rng.choice(case.products)) for case in cases],
        "new": [_one_of(case, rng) for case in cases],
    }
    lists = _lists(older, cases, min_purchases, least_customers)
    known = _known_before(ratings, later.when.min())
    effect = None
    if known is not None:
        rated = _similar(older, cases, least_customers, known)
        effect = stars_effect(lists["factors"], rated, cases, hidden["new"])
        if effect.gain:
            lists["factors"] = rated
    orders = {
        first: _joined(lists, ("reorder", *both))
        for first, both in ((True, ("factors", "popular")), (False, ("popular", "factors")))
    }
    value = {
        first: sum(_quality(orders[first], cases, hidden[name], name).mrr for name in SITUATIONS)
        for first in orders
    }
    similar_first = value[True] >= value[False]
    lists["chosen"] = orders[similar_first]
    return OfferReport(
        **{
            situation: {
                name: _quality(offers, cases, hidden[situation], situation)
                for name, offers in lists.items()
            }
            for situation in SITUATIONS
        },
        similar_first=similar_first,
        customer_count=len(cases),
        new_count=sum(product is not None for product in hidden["new"]),
        stars=effect,
    )


def stars_effect(plain, rated, cases, hidden):
    """StarsEffect of two lists of offers, for each case, on its hidden product or None."""
    without = _ranks(plain, cases, hidden, "new")[0]
    with_stars = _ranks(rated, cases, hidden, "new")[0]
    return StarsEffect(int((with_stars < without).sum()), int((with_stars > without).sum()))


def _known_before(ratings, moment):
    """The ratings given before a moment, None without any."""
    if ratings is None:
        return None
    early = np.asarray(ratings["when"]) < moment
    if not early.any():
        return None
    return {name: np.asarray(column)[early] for name, column in ratings.items()}


def _cases(older, later, rng):
    """The first later order of each customer with an earlier one; of at most so many customers."""
    known = np.unique(older.customer[older.customer != 0])
    order = np.argsort(later.when, kind="stable")
    customers, first = np.unique(later.customer[order], return_index=True)
    chosen = order[first[np.isin(customers, known)]]
    if len(chosen) > MOST_CASES:
        chosen = np.sort(rng.choice(chosen, MOST_CASES, replace=False))
    begin = np.searchsorted(later.basket, chosen)
    end = np.searchsorted(later.basket, chosen, "right")
    sold = np.unique(older.product)
    owner = older.customer[older.basket]
    by_owner = np.argsort(owner, kind="stable")
    owner = owner[by_owner]
    cases = []
    for number, start, stop in zip(chosen.tolist(), begin, end, strict=True):
        customer = int(later.customer[number])
        products = later.product[start:stop]
        # What nobody had bought yet no method can offer.
        products = products[np.isin(products, sold)]
        if len(products):
            mine = slice(*np.searchsorted(owner, [customer, customer + 1]))
            before = set(older.product[by_owner[mine]].tolist())
            cases.append(_Case(customer, int(later.when[number] // 1), products, before))
    return cases


def _lists(older, cases, min_purchases, least_customers):
    """{method: list of the products that it offers in each case}."""
    customers = np.array([case.customer for case in cases])
    table = reorder_table(older, min_purchases)
    table = table.take(np.isin(table.customer, customers))
    day_of = dict(zip(customers.tolist(), (case.day for case in cases), strict=True))
    today = np.array([day_of[customer] for customer in table.customer.tolist()], np.int64)
    due = table.is_due(today)
    table, today = table.take(due), today[due]
    rows, _scores = strongest(table, today, REORDER_ROWS)
    everybody = np.unique(older.customer)
    members = np.stack(
        [np.full(len(everybody), COMPANY), np.full(len(everybody), COMPANY), everybody], axis=1
    )
    best = popular_products(
        older, members, older.when.max(initial=0), POPULAR_ROWS, least_customers
    ).product.tolist()
    return {
        "popular": [best for _case in cases],
        "reorder": _grouped(customers, table.customer[rows], table.product[rows]),
        "factors": _similar(older, cases, least_customers),
    }


def _similar(older, cases, least_customers, ratings=None):
    """What customers with the same tastes buy, for each case."""
    customers = np.array([case.customer for case in cases])
    similar = new_products(
        train_factors(older, ratings),
        SIMILAR_ROWS,
        least_customers,
        customers=customers,
        reasons=False,
    )
    return _grouped(customers, similar.customer, similar.product)


def _grouped(customers, owner, product):
    """The products of each customer, as lists; owner : ascending."""
    begin, end = (np.searchsorted(owner, customers, side) for side in ("left", "right"))
    return [product[start:stop].tolist() for start, stop in zip(begin, end, strict=True)]


def _joined(lists, names):
    return [sum(parts, []) for parts in zip(*(lists[name] for name in names), strict=True)]


def _one_of(case, rng):
    """A random product of a case that is new to the customer, or None."""
    new = [product for product in case.products.tolist() if product not in case.before]
    return int(rng.choice(new)) if new else None


def _quality(offers, cases, hidden, situation):
    """Quality of the first ten offers of each case that hides a product."""
    rank, served = _ranks(offers, cases, hidden, situation)
    if not len(rank):
        return Quality(0.0, 0.0, 0.0)
    return Quality(
        hit_rate=float((rank <= HITS_AT).mean()),
        mrr=float((1 / rank).mean()),
        served=float(served.mean()),
    )


def _ranks(offers, cases, hidden, situation):
    """Of each case that hides a product: (its rank in the first ten offers, infinite beyond them;
    whether there are offers)."""
    ranks, served = [], []
    for offered, case, wanted in zip(offers, cases, hidden, strict=True):
        if wanted is not None:
            first = _first(offered, case.before if situation == "new" else ())
            ranks.append(first.index(wanted) + 1 if wanted in first else np.inf)
            served.append(bool(first))
    return np.array(ranks, np.float64), np.array(served, bool)


def _first(offered, without):
    """The first ten different products of a list that are not among others."""
    kept = {}
    for product in offered:
        if product not in without:
            kept.setdefault(product)
            if len(kept) == HITS_AT:
                break
    return list(kept)
