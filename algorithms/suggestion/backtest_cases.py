"""What a back-test hides and what it shows: the newest fifth of the orders, a product of each.

Beside the basket a case knows its customer: what was bought before, what is due for reorder on the
day of the case, and what customers with the same tastes buy.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from ..core.baskets import Baskets
from ..core.exceptions import InsufficientDataError
from .customer_factors import new_products, train_factors
from .reorder_due import reorder_table, strongest

TRAINING_SHARE = 0.8
EARLY_SIZE = 3
# Fewer baskets than this say nothing; small histories hide several products of each, one at a time.
LEAST_BASKETS = 30
WANTED_CASES = 1_500
MOST_ROUNDS = 10
# What is stored for each customer, here and where offers are served: a sheet shows ten or twenty,
# and some may have been dismissed, sold out or archived since.
REORDER_ROWS, SIMILAR_ROWS = 40, 15


@dataclass(frozen=True)
class Cases:
    """Hidden products and what was shown, over the columns of a trainer.

    hidden : (n,) columns; full, early : (n, f) csr, ones for what is shown; history : (n, f) csr,
    earlier orders of the same customer with each product. customer : (n,) ids, 0 for unknown ones;
    when : (n,) float, when it was bought. reorder, factors : (n, f) csr of float32 in 0..1, see
    ``with_terms``, or None where customers tell nothing.
    """

    hidden: np.ndarray
    full: sparse.csr_matrix
    early: sparse.csr_matrix
    history: sparse.csr_matrix
    customer: np.ndarray | None = None
    when: np.ndarray | None = None
    reorder: sparse.csr_matrix | None = None
    factors: sparse.csr_matrix | None = None

    @property
    def empty(self):
        """(n, f) csr without an entry: only the customer is known."""
        return sparse.csr_matrix(self.full.shape, dtype=np.float32)

    def __len__(self):
        return len(self.hidden)


def split(baskets):
    """The older 80 % of the baskets and the later ones, by day."""
    order = np.argsort(baskets.when, kind="stable")
    older = np.zeros(baskets.size, bool)
    older[order[: int(TRAINING_SHARE * baskets.size)]] = True
    return baskets.subset(older), baskets.subset(~older)


def hide(later, older, purchases, rng):
    """Cases of the later baskets with two or more known products.

    Returns (Cases, number of baskets). Raises InsufficientDataError below LEAST_BASKETS of these.
    """
    known = later.restricted(np.isin(later.product, purchases.products))
    kept = known.subset(known.sizes > 1)
    if kept.size < LEAST_BASKETS:
        raise InsufficientDataError(kept.size, LEAST_BASKETS)
    if kept.size > WANTED_CASES:
        newest = np.zeros(kept.size, bool)
        newest[np.argsort(kept.when, kind="stable")[-WANTED_CASES:]] = True
        kept = kept.subset(newest)
    columns = np.split(
        np.searchsorted(purchases.products, kept.product), np.cumsum(kept.sizes)[:-1]
    )
    rounds = min(MOST_ROUNDS, max(1, WANTED_CASES // kept.size))
    hidden, full, early, number = [], [], [], []
    for basket, content in enumerate(columns):
        order = rng.permutation(content)
        for turn in range(min(rounds, len(order))):
            others = np.delete(order, turn)
            hidden.append(order[turn])
            full.append(others)
            early.append(others[:EARLY_SIZE])
            number.append(basket)
    width = len(purchases.products)
    customers = kept.customer[number]
    return (
        Cases(
            np.array(hidden),
            rows_of(full, width),
            rows_of(early, width),
            customer_history(older, purchases, customers),
            customers,
            kept.when[number],
        ),
        kept.size,
    )


def rows_of(contents, width):
    """(n, width) csr_matrix of ones.

    contents : list of n arrays of column numbers.
    """
    lengths = np.array([len(content) for content in contents])
    columns = np.concatenate(contents)
    return sparse.csr_matrix(
        (np.ones(len(columns), np.float32), columns, np.concatenate([[0], np.cumsum(lengths)])),
        shape=(len(contents), width),
    )


def customer_history(baskets, purchases, customers):
    """Earlier orders of some customers with each product.

    baskets : those that ``purchases`` were made of; customers : (n,) ids, 0 for unknown ones.
    Returns (n, f) csr_matrix of float32.
    """
    known = np.unique(customers[customers != 0])
    bought = np.isin(baskets.customer, known)
    groups = sparse.csr_matrix(
        (
            np.ones(int(bought.sum()), np.float32),
            (np.searchsorted(known, baskets.customer[bought]), np.flatnonzero(bought)),
        ),
        shape=(len(known) + 1, baskets.size),
    )
    counts = (groups @ purchases.matrix).tocsr()
    row = np.searchsorted(known, customers)
    # The last, empty row stands for customers whom nobody knows.
    return counts[np.where(customers != 0, row, len(known))]


def with_terms(cases, baskets, older, products, min_purchases, least_customers):
    """The same cases with what is known of their customers.

    baskets : all Baskets, of which ``older`` are for training; products : (f,) ids of the columns.
    min_purchases, least_customers : see ``reorder_table`` and ``new_products``. Rhythms are those
    of the customer's orders up to the case, as they are trained again every night; tastes change
    slowly and are those of the older orders.
    """
    shape = (len(cases), len(products))
    known = np.unique(cases.customer[cases.customer != 0])
    similar = new_products(
        train_factors(older), SIMILAR_ROWS, least_customers, customers=known, reasons=False
    )
    factors = _spread(cases.customer, similar.customer, similar.product, similar.score, products)
    reorder = sparse.csr_matrix(shape, dtype=np.float32)
    if baskets.day is not None and len(known):
        moments, moment = np.unique(
            np.stack([cases.customer.astype(np.float64), cases.when], axis=1),
            axis=0,
            return_inverse=True,
        )
        table = reorder_table(_before(baskets, moments), min_purchases)
        today = np.floor(moments[:, 1]).astype(np.int64)
        rows, scores = strongest(table, today[table.customer - 1], REORDER_ROWS)
        reorder = _spread(
            moment.reshape(-1) + 1, table.customer[rows], table.product[rows], scores, products
        )
    return replace(cases, reorder=reorder, factors=factors)


def _before(baskets, moments):
    """Baskets of what customers had bought before a moment, with its number from 1 as customer.

    moments : (m, 2) float, customer (0 for unknown ones, who bought nothing) and time.
    """
    order = np.lexsort([baskets.when, baskets.customer])
    customer, when = baskets.customer[order], baskets.when[order]
    chosen, number = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for place, (who, until) in enumerate(moments.tolist()):
        if who:
            begin, end = np.searchsorted(customer, [who, who + 1])
            end = begin + np.searchsorted(when[begin:end], until)
            chosen.append(order[begin:end])
            number.append(np.full(end - begin, place + 1))
    chosen, number = np.concatenate(chosen), np.concatenate(number)
    first = np.searchsorted(baskets.basket, chosen)
    sizes = np.searchsorted(baskets.basket, chosen, "right") - first
    cells = np.arange(int(sizes.sum())) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
    return Baskets(
        basket=np.repeat(np.arange(len(chosen)), sizes),
        product=baskets.product[cells],
        quantity=baskets.quantity[cells],
        customer=number,
        day=baskets.when[chosen],
    )


def _spread(wanted, group, product, score, products):
    """(n, f) csr of the scores of each row's group.

    wanted : (n,) group of each row; group, product, score : (k,) scores, by group.
    """
    kept = np.isin(product, products)
    group, product, score = group[kept], product[kept], score[kept]
    begin = np.searchsorted(group, wanted)
    sizes = np.searchsorted(group, wanted, "right") - begin
    cells = np.arange(int(sizes.sum())) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)
    row = np.repeat(np.arange(len(wanted)), sizes)
    column = np.searchsorted(products, product[cells])
    return sparse.csr_matrix(
        (score[cells].astype(np.float32), (row, column)), shape=(len(wanted), len(products))
    )
