"""Association rules: what else is bought by those who buy these products.

A rule *antecedent → consequent* is learned from baskets by counting:

    support     P(A and C)             share of all orders that hold both
    confidence  P(C | A)               share of the antecedent's orders that hold the consequent
    lift        P(C | A) / P(C)        how many times more often than in all orders
    leverage    P(A and C) − P(A)P(C)  share of orders beyond what independence would give
    conviction  (1 − P(C)) / (1 − P(C | A)), infinite when the consequent never missed

Frequent itemsets come from mlxtend's FP-growth (Han, Pei & Yin 2000) over a sparse one-hot frame,
the rules from its ``association_rules``; those with one consequent are kept. mlxtend works on
shares and compares floats, so that a rule exactly on a threshold could get lost: itemsets are asked
for at half an order below the threshold, shares are turned back into counts, and every threshold
is then compared with whole numbers.

Limits: the number of itemsets grows with the power of the basket size. Rare products are pruned
first, oversized orders are left out by :mod:`.baskets`.
"""

import warnings
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np
import pandas as pd
from scipy import sparse

from .exceptions import InsufficientDataError


@dataclass(frozen=True)
class RuleThresholds:
    """What a rule must reach; each bound is inclusive.

    min_support : float in 0..1, least share of all orders with antecedent and consequent.
    min_orders : int >= 1, least number of such orders.
    min_confidence : float in 0..1.
    min_lift : float >= 0.
    max_antecedent : int >= 1, most products in an antecedent.
    """

    min_support: float = 0.01
    min_orders: int = 3
    min_confidence: float = 0.2
    min_lift: float = 1.1
    max_antecedent: int = 2

    def least_count(self, basket_count):
        """Least number of orders with both, out of ``basket_count``."""
        return max(self.min_orders, 1, ceil(_exact(self.min_support) * basket_count))


@dataclass(frozen=True)
class Rule:
    """One rule with its counts and metrics.

    antecedent : tuple of product ids, ascending; consequent : product id.
    *_count : orders with the antecedent, the consequent, both (support_count), and all
    (order_count); customer_count : distinct customers of the orders with both.
    typical_quantity : median quantity of the consequent in the orders with both, in its own unit;
    0.0 where there are none.
    conviction : float, ``inf`` when confidence is 1.
    """

    antecedent: tuple
    consequent: int
    antecedent_count: int
    consequent_count: int
    support_count: int
    order_count: int
    customer_count: int
    typical_quantity: float
    support: float
    confidence: float
    lift: float
    leverage: float
    conviction: float


def mine_rules(baskets, thresholds):
    """Find every rule with one consequent that reaches the thresholds.

    baskets : algorithms.baskets.Baskets
    thresholds : RuleThresholds
    Returns list of Rule, best first (confidence, lift, support, then ids).
    Raises InsufficientDataError when fewer baskets hold two products than ``min_orders`` asks for.
    """
    if baskets.multi_product_count < max(thresholds.min_orders, 1):
        raise InsufficientDataError(baskets.multi_product_count, max(thresholds.min_orders, 1))
    least = thresholds.least_count(baskets.size)
    itemsets = _frequent_itemsets(baskets, least, thresholds.max_antecedent + 1)
    if itemsets.empty:
        return []
    rules = count_rules(baskets, _split_itemsets(itemsets, baskets.size, thresholds))
    return sorted(
        rules, key=lambda r: (-r.confidence, -r.lift, -r.support, r.antecedent, r.consequent)
    )


def count_rules(baskets, pairs):
    """Count given rules in the baskets, whatever thresholds they reach.

    pairs : iterable of (antecedent ids, consequent id); ids may be unknown to the baskets.
    Returns list of Rule in the order of ``pairs``.
    """
    by_product = _occurrences(baskets)
    return [
        _count_rule(baskets, by_product, tuple(sorted(antecedent)), consequent)
        for antecedent, consequent in pairs
    ]


def _exact(threshold):
    """The decimal number a user typed, not its nearest binary fraction: 0.1 is 1/10."""
    return Fraction(threshold).limit_denominator(10**6)


def _frequent_itemsets(baskets, least, max_len):
    """Frame of itemsets (frozensets of product ids) held by at least ``least`` baskets."""
    # Imported here: mlxtend pulls in scikit-learn, which only training may pay for.
    from mlxtend.frequent_patterns import fpgrowth

    products, column = np.unique(baskets.product, return_inverse=True)
    frequent = np.bincount(column, minlength=len(products)) >= least
    keep = frequent[column]
    if not keep.any():
        return pd.DataFrame({"support": [], "itemsets": []})
    renumbered = np.cumsum(frequent) - 1
    matrix = sparse.csr_matrix(
        (np.ones(keep.sum(), dtype=bool), (baskets.basket[keep], renumbered[column[keep]])),
        shape=(baskets.size, int(frequent.sum())),
    )
    itemsets = fpgrowth(_one_hot(matrix), min_support=(least - 0.5) / baskets.size, max_len=max_len)
    ids = products[frequent]
    itemsets["itemsets"] = [
        frozenset(ids[list(columns)].tolist()) for columns in itemsets["itemsets"]
    ]
    return itemsets


def _one_hot(matrix):
    """Sparse boolean frame; columns are 0..n-1, for mlxtend refuses other integers."""
    with warnings.catch_warnings():
        # pandas warns about the fill value that its own constructor chooses for booleans.
        warnings.filterwarnings("ignore", message="Allowing arbitrary scalar fill_value")
        return pd.DataFrame.sparse.from_spmatrix(matrix)


def _split_itemsets(itemsets, basket_count, thresholds):
    """(antecedent, consequent) of the rules that reach confidence and lift, by whole numbers."""
    from mlxtend.frequent_patterns import association_rules

    if itemsets["itemsets"].map(len).max() < 2:
        return []
    table = association_rules(itemsets, metric="support", min_threshold=0.0)
    table = table[table["consequents"].map(len) == 1]
    counts = {
        name: np.rint(table[name].to_numpy() * basket_count).astype(np.int64)
        for name in ("support", "antecedent support", "consequent support")
    }
    min_confidence, min_lift = _exact(thresholds.min_confidence), _exact(thresholds.min_lift)
    return [
        (tuple(antecedent), next(iter(consequent)))
        for antecedent, consequent, both, left, right in zip(
            table["antecedents"],
            table["consequents"],
            counts["support"].tolist(),
            counts["antecedent support"].tolist(),
            counts["consequent support"].tolist(),
            strict=True,
        )
        if both >= min_confidence * left and both * basket_count >= min_lift * left * right
    ]


def _occurrences(baskets):
    """{product id: ascending positions of its cells in the arrays of the baskets}."""
    order = np.argsort(baskets.product, kind="stable")
    products, starts = np.unique(baskets.product[order], return_index=True)
    return (
        dict(zip(products.tolist(), np.split(order, starts[1:]), strict=True)) if len(order) else {}
    )


def _count_rule(baskets, by_product, antecedent, consequent):
    nothing = np.empty(0, np.int64)
    cells = by_product.get(consequent, nothing)
    holders = baskets.basket[by_product.get(antecedent[0], nothing)]
    for product in antecedent[1:]:
        other = baskets.basket[by_product.get(product, nothing)]
        holders = np.intersect1d(holders, other, assume_unique=True)
    cells_of_both = cells[np.isin(baskets.basket[cells], holders)]
    return _rule(
        antecedent,
        consequent,
        counts=(len(holders), len(cells), len(cells_of_both), baskets.size),
        customer_count=len(np.unique(baskets.customer[baskets.basket[cells_of_both]])),
        quantities=baskets.quantity[cells_of_both],
    )


def _rule(antecedent, consequent, counts, customer_count, quantities):
    left, right, both, total = counts
    confidence = both / left if left else 0.0
    return Rule(
        antecedent=antecedent,
        consequent=consequent,
        antecedent_count=left,
        consequent_count=right,
        support_count=both,
        order_count=total,
        customer_count=customer_count,
        typical_quantity=float(np.median(quantities)) if both else 0.0,
        support=both / total if total else 0.0,
        confidence=confidence,
        lift=both * total / (left * right) if left and right else 0.0,
        leverage=both / total - left * right / total**2 if total else 0.0,
        conviction=(1 - right / total) / (1 - confidence)
        if left and both < left
        else _certain(both),
    )


def _certain(both):
    """Conviction of a rule without exception is infinite; of one never seen it is undefined: 0."""
    return float("inf") if both else 0.0
