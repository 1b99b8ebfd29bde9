"""What stands behind given rules: orders, customers and quantities, counted rule by rule.

The baskets of a rule are the common rows of its products' columns; sparse matrices intersect a
block of rules at once.
"""

import numpy as np
from scipy import sparse

from ..core.significance import fisher_p_values
from .itemsets import basket_matrix, blocks_of
from .rule_table import NO_PRODUCT, RuleTable

# Cells of the occurrence lists that one block of rules may copy.
BLOCK_CELLS = 2_000_000


def count_rules(baskets, pairs):
    """Count given rules in the baskets, whatever thresholds they reach.

    pairs : list of (antecedent ids, consequent id); ids may be unknown to the baskets.
    Returns RuleTable in the order of ``pairs``.
    """
    width = max((len(antecedent) for antecedent, _consequent in pairs), default=1)
    antecedent = np.full((len(pairs), width), NO_PRODUCT, np.int64)
    for row, (ids, _consequent) in enumerate(pairs):
        antecedent[row, : len(ids)] = sorted(ids)
    consequent = np.array([consequent for _ids, consequent in pairs], np.int64)
    return table_of(baskets, antecedent, consequent)


def table_of(baskets, antecedent, consequent):
    """RuleTable of rules given as product ids.

    antecedent : (m, a) int64, filled up with NO_PRODUCT; consequent : (m,) int64.
    """
    evidence = _Evidence(baskets, np.union1d(antecedent, consequent))
    parts = [
        evidence.count(antecedent[rows], consequent[rows])
        for rows in evidence.blocks(antecedent, consequent)
    ]
    left, right, both, customers, quantity = (
        np.concatenate([part[number] for part in parts]) if parts else np.empty(0, dtype)
        for number, dtype in enumerate((np.int64, np.int64, np.int64, np.int64, np.float64))
    )
    return RuleTable(
        antecedent=antecedent,
        consequent=consequent,
        antecedent_count=left,
        consequent_count=right,
        support_count=both,
        order_count=np.full(len(consequent), baskets.size, np.int64),
        p_value=fisher_p_values(both, left, right, baskets.size),
        customer_count=customers,
        typical_quantity=quantity,
    )


def pair_customers(baskets, first, second):
    """Distinct customers who bought two products in one order.

    first, second : (m,) int64 product ids. Returns (m,) int64.
    """
    evidence = _Evidence(baskets, np.union1d(first, second))
    counts = [np.empty(0, np.int64)]
    for rows in evidence.blocks(first[:, None], second):
        counts.append(evidence.customers_of_pairs(first[rows], second[rows]))
    return np.concatenate(counts)


class _Evidence:
    """Occurrences of some products in baskets."""

    def __init__(self, baskets, products):
        matrix, self.products = basket_matrix(_only(baskets, products))
        # A last, empty row stands for products that nobody bought.
        nothing = sparse.csr_matrix((1, baskets.size), dtype=np.int32)
        self.holders = sparse.vstack([matrix.T.tocsr(), nothing], format="csr")
        self.baskets = baskets

    def column(self, ids):
        """Row of each product in ``holders``."""
        if not len(self.products):
            return np.zeros(len(ids), np.int64)
        at = np.minimum(np.searchsorted(self.products, ids), len(self.products) - 1)
        return np.where(self.products[at] == ids, at, len(self.products))

    def blocks(self, antecedent, consequent):
        """Slices of rules with a bounded number of occurrences."""
        counts = np.diff(self.holders.indptr)
        work = counts[self.column(consequent)] + counts[self.column(antecedent[:, 0])] + 1
        return blocks_of(work, BLOCK_CELLS)

    def count(self, antecedent, consequent):
        """(left, right, both, customers, median quantity), each (m,)."""
        holders = self.holders[self.column(antecedent[:, 0])]
        for others in antecedent[:, 1:].T:
            more = others != NO_PRODUCT
            if more.any():
                # Rows without another product are multiplied with themselves: ones stay ones.
                column = np.where(more, self.column(others), self.column(antecedent[:, 0]))
                holders = holders.multiply(self.holders[column]).tocsr()
        column = self.column(consequent)
        both = holders.multiply(self.holders[column]).tocsr()
        count = np.diff(both.indptr).astype(np.int64)
        rule = np.repeat(np.arange(len(consequent)), count)
        return (
            np.diff(holders.indptr).astype(np.int64),
            np.diff(self.holders.indptr)[column].astype(np.int64),
            count,
            self._customers(rule, both.indices, len(consequent)),
            self._medians(rule, both.indices, consequent[rule], count),
        )

    def customers_of_pairs(self, first, second):
        """(m,) distinct customers of the baskets with both."""
        both = self.holders[self.column(first)].multiply(self.holders[self.column(second)]).tocsr()
        rule = np.repeat(np.arange(len(first)), np.diff(both.indptr))
        return self._customers(rule, both.indices, len(first))

    def _customers(self, rule, basket, rules):
        """Distinct customers of each rule's baskets."""
        customers, number = np.unique(self.baskets.customer, return_inverse=True)
        distinct = np.unique(rule * max(len(customers), 1) + number[basket])
        return np.bincount(distinct // max(len(customers), 1), minlength=rules)

    def _medians(self, rule, basket, product, count):
        """Median quantity of the product in each rule's baskets; 0 where there are none."""
        quantity = self._quantities(basket, product)
        quantity = quantity[np.lexsort([quantity, rule])]
        start = np.cumsum(count) - count
        seen = count > 0
        result = np.zeros(len(count))
        low, high = (start + (count - 1) // 2)[seen], (start + count // 2)[seen]
        result[seen] = (quantity[low] + quantity[high]) / 2
        return result

    def _quantities(self, basket, product):
        """Quantity of each (basket, product) cell; every cell exists."""
        baskets = self.baskets
        span = int(baskets.product.max(initial=0)) + 1
        cells = baskets.basket * span + baskets.product
        return baskets.quantity[np.searchsorted(cells, basket * np.int64(span) + product)]


def _only(baskets, products):
    """The baskets with some of their products; all baskets stay."""
    return baskets.restricted(np.isin(baskets.product, products))
