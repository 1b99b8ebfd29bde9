"""What customers like this one buy: our factors beside a published recommender, and the speed.

Online Retail: purchases before 2011-07-15 train; products of each known customer's next invoice
that are new to the customer are looked for. Made data: 50,000 customers with tastes, one product
of each hidden. The peer is implicit's alternating least squares (Hu, Koren & Volinsky 2008) on the
same matrix, one thread for both.
"""

import time

import numpy as np

from algorithms.core.baskets import Baskets
from algorithms.suggestion.customer_factors import (
    new_products,
    purchases_by_customer,
    train_factors,
)

from . import online_retail
from .table import gate, row, seconds, title
from .turns import in_turns, times

WIDTHS = (44, 12, 12, 12, 12)
AT = 10
TRAININGS = 3
MADE = (50_000, 10_000)
QUICK = (5_000, 1_000)


def run(quick=False):
    title("New products for customers, Online Retail, hit rate at 10")
    if online_retail.FILE.is_file():
        ours, peer = _compare(*retail_cases())
        if peer is not None:
            gate("hit rate at 10, ALS = 100", 100 * ours[0] / peer[0], 100)
    else:
        print("  ../shared/data is not here: not measured")
    customers, products = QUICK if quick else MADE
    title(f"The same, made data, {customers:,} customers × {products:,} products")
    ours, peer = _compare(*made_cases(customers, products))
    if peer is not None:
        gate("times faster than ALS", times(peer[1], ours[1]), 5 if not quick else 1)
        gate("hit rate at 10, ALS = 100", 100 * ours[0] / max(peer[0], 1e-9), 100)


def _compare(baskets, customers, hidden):
    """Rows of the table; (hit rate, Turns of training) of ours, and of the peer or None."""
    row("method", "hit@10", "train", "offers", "", widths=WIDTHS)
    kept = {}
    ways = {"ours": lambda: kept.update(tastes=train_factors(baskets))}
    peer = als(baskets)
    if peer:
        ways["ALS"] = peer[0]
    trained = in_turns(ways, TRAININGS)
    tastes = kept["tastes"]
    started = time.perf_counter()
    offers = new_products(tastes, AT, reasons=False)
    served = time.perf_counter() - started
    hits = _hits(offers.customer, offers.product, customers, hidden)
    _show("ours: SVD, 64 factors", hits, trained["ours"].median, served)
    started = time.perf_counter()
    new_products(tastes, AT)
    print(f"  with the reasons: {seconds(time.perf_counter() - started)}")
    popular = _hits(*_popular(tastes), customers, hidden)
    _show("most popular, not bought yet", popular, float("nan"), float("nan"))
    ours = hits, trained["ours"]
    if not peer:
        return ours, None
    started = time.perf_counter()
    hits = _hits(*peer[1](), customers, hidden)
    served = time.perf_counter() - started
    _show("implicit ALS, 64 factors, 15 rounds", hits, trained["ALS"].median, served)
    return ours, (hits, trained["ALS"])


def als(baskets):
    """implicit's ALS: (function that trains, function that gives customers and products of its
    offers); None where it is not installed."""
    try:
        from implicit.als import AlternatingLeastSquares
    except ImportError:
        print("  implicit is not installed: not compared")
        return None
    matrix, ids, products = purchases_by_customer(baskets)
    kept = {}

    def train():
        # A new one each time: it would go on from what it has.
        kept["model"] = AlternatingLeastSquares(
            factors=64, regularization=0.01, iterations=15, num_threads=1, random_state=0
        )
        kept["model"].fit(matrix, show_progress=False)

    def offer():
        found, _scores = kept["model"].recommend(np.arange(len(ids)), matrix, N=AT)
        return np.repeat(ids, AT), products[found].ravel()

    return train, offer


def _show(name, hits, trained, served):
    row(name, f"{100 * hits:.2f}", seconds(trained), seconds(served), "", widths=WIDTHS)


def _hits(customer, product, customers, hidden):
    """Chance that a random hidden product of a random customer is among the offers."""
    width = int(max(product.max(initial=0), hidden.max(initial=0))) + 1
    found = np.isin(customers * width + hidden, customer * width + product)
    _ids, number, count = np.unique(customers, return_inverse=True, return_counts=True)
    return float((found / count[number]).sum() / len(count))


def _popular(tastes):
    """(customers, products) of the ten best sellers that each has not bought."""
    best = np.argsort(-tastes.bought, kind="stable")[:1000]
    bought = tastes.matrix[:, best].tocsr()
    customers, products = [], []
    for number, customer in enumerate(tastes.customers.tolist()):
        mine = bought.indices[bought.indptr[number] : bought.indptr[number + 1]]
        new = np.delete(best[: AT + len(mine)], mine[mine < AT + len(mine)])[:AT]
        customers.append(np.full(len(new), customer))
        products.append(tastes.products[new])
    return np.concatenate(customers), np.concatenate(products)


def retail_cases():
    """(Baskets, customers, hidden products): all of the next invoice of each known customer that
    are new to the customer."""
    lines = online_retail.sales()
    lines = lines[lines["CustomerID"].notna()]
    older = lines[lines["InvoiceDate"] < online_retail.CUT]
    later = lines[lines["InvoiceDate"] >= online_retail.CUT].sort_values("InvoiceDate")
    known = np.sort(older["StockCode"].unique())
    ids = np.sort(older["CustomerID"].unique())
    first = later[
        later["InvoiceNo"].isin(later.drop_duplicates("CustomerID")["InvoiceNo"])
        & later["StockCode"].isin(known)
        & later["CustomerID"].isin(ids)
    ]
    first = first.merge(
        older[["CustomerID", "StockCode"]].drop_duplicates(), how="left", indicator=True
    )
    first = first[first["_merge"] == "left_only"]
    return (
        online_retail.baskets_of(older, known, ids),
        online_retail.customer_numbers(first["CustomerID"], ids).astype(np.int64),
        np.searchsorted(known, first["StockCode"].to_numpy()).astype(np.int64) + 1,
    )


def made_cases(customers, products, groups=40, seed=0):
    """Customers who buy 10 to 40 products, most out of three groups of a long-tailed catalogue."""
    rng = np.random.default_rng(seed)
    share = 1 / np.arange(1, products + 1) ** 0.8
    group_of = rng.integers(groups, size=products)
    members = [np.flatnonzero(group_of == group) for group in range(groups)]
    cumulated = [np.cumsum(share[each]) / share[each].sum() for each in members]
    everything = np.cumsum(share) / share.sum()
    count = rng.integers(10, 41, customers)
    owner = np.repeat(np.arange(1, customers + 1), count)
    taste = rng.integers(groups, size=(customers + 1, 3))
    group = taste[owner, rng.integers(3, size=len(owner))]
    draw = rng.random(len(owner))
    bought = np.searchsorted(everything, draw)
    liked = rng.random(len(owner)) < 0.8
    for number in range(groups):
        mine = liked & (group == number)
        bought[mine] = members[number][np.searchsorted(cumulated[number], draw[mine])]
    pairs = np.unique(np.stack([owner, np.minimum(bought, products - 1) + 1], axis=1), axis=0)
    order = rng.permutation(len(pairs))
    _customers, first = np.unique(pairs[order, 0], return_index=True)
    hidden = np.zeros(len(pairs), bool)
    hidden[order[first]] = True
    kept = pairs[~hidden]
    known = np.isin(pairs[hidden, 1], kept[:, 1]) & np.isin(pairs[hidden, 0], kept[:, 0])
    ids, basket = np.unique(kept[:, 0], return_inverse=True)
    baskets = Baskets(basket, kept[:, 1], np.ones(len(kept)), ids)
    return baskets, pairs[hidden, 0][known], pairs[hidden, 1][known]


if __name__ == "__main__":
    run()
