"""Association rules: what else is bought by those who buy these products.

A rule *antecedent → consequent* is learned from baskets by counting:

    support     P(A and C)             share of all orders that hold both
    confidence  P(C | A)               share of the antecedent's orders that hold the consequent
    lift        P(C | A) / P(C)        how many times more often than in all orders
    leverage    P(A and C) − P(A)P(C)  share of orders beyond what independence would give
    conviction  (1 − P(C)) / (1 − P(C | A)), infinite when the consequent never missed

Frequent itemsets are counted in whole numbers (:mod:`.itemsets`) and every threshold is compared
with whole numbers, so that a rule exactly on a threshold is in. With the two filters below
switched off the rules are those of mlxtend's ``fpgrowth`` and ``association_rules`` with single
consequents; a test compares them.

What chance could explain is left out: rules must pass Fisher's exact test at a false discovery rate
over everything that could have been tested (:mod:`.significance`). So are rules that say no more
than a shorter one: milk + bread → butter at 40 % where milk → butter has 40 %.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil

import numpy as np

from ..core.exceptions import InsufficientDataError
from ..core.significance import adjusted_p_values, effective_orders, fisher_p_values
from .itemsets import frequent_itemsets
from .rule_evidence import table_of
from .rule_table import NO_PRODUCT

# Relative distance from a threshold below which floating point does not decide.
NEAR = 1e-9


@dataclass(frozen=True)
class RuleThresholds:
    """What a rule must reach; each bound is inclusive.

    min_support : float in 0..1, least share of all orders with antecedent and consequent.
    min_orders : int >= 1, least number of such orders.
    min_confidence : float in 0..1.
    min_lift : float >= 0.
    max_antecedent : int >= 1, most products in an antecedent.
    max_false_rate : float in 0..1, false discovery rate; 1 keeps every rule.
    prune : bool, leave out what a shorter rule says as well.
    """

    min_support: float = 0.01
    min_orders: int = 3
    min_confidence: float = 0.2
    min_lift: float = 1.1
    max_antecedent: int = 2
    max_false_rate: float = 0.05
    prune: bool = True

    def least_count(self, basket_count):
        """Least number of orders with both, out of ``basket_count``."""
        return max(self.min_orders, 1, ceil(_exact(self.min_support) * basket_count))


@dataclass(frozen=True)
class PairLimits:
    """Which threshold left how many pairs of products out; a pair counts at the first one only.

    together : int, pairs that some order holds; few_orders, not_confident, not_lifted, by_chance :
    int, pairs left out for orders, confidence, lift (each way round) and false discovery rate.
    """

    together: int = 0
    few_orders: int = 0
    not_confident: int = 0
    not_lifted: int = 0
    by_chance: int = 0


@dataclass(frozen=True)
class _Candidates:
    """Counts of the rules of one antecedent size.

    antecedent : (m, a) columns, ascending; consequent : (m,) columns; row : (m,) int64, row of the
    antecedent in its level; left, right, both : (m,) int64.
    """

    antecedent: np.ndarray
    consequent: np.ndarray
    row: np.ndarray
    left: np.ndarray
    right: np.ndarray
    both: np.ndarray

    def take(self, index):
        return _Candidates(*(getattr(self, name)[index] for name in self.__dataclass_fields__))


def mine_rules(baskets, thresholds):
    """Find every rule with one consequent that reaches the thresholds.

    baskets : algorithms.core.baskets.Baskets
    thresholds : RuleThresholds
    Returns RuleTable, best first (lower bound of confidence, lift, support, then ids).
    Raises InsufficientDataError when fewer baskets hold two products than ``min_orders`` asks for,
    TooManyItemsetsError when the thresholds are too low for the data.
    """
    if baskets.multi_product_count < max(thresholds.min_orders, 1):
        raise InsufficientDataError(baskets.multi_product_count, max(thresholds.min_orders, 1))
    least = thresholds.least_count(baskets.size)
    itemsets = frequent_itemsets(baskets, least, thresholds.max_antecedent + 1)
    found = [
        _reaching(_split(itemsets, size), thresholds, baskets.size)
        for size in range(1, len(itemsets.levels))
    ]
    found = _significant(found, itemsets, baskets, thresholds.max_false_rate)
    if thresholds.prune:
        found = _without_redundant(found, itemsets)
    return _as_table(found, itemsets, baskets).best_first()


def pair_limits(baskets, thresholds):
    """Say which thresholds left how many pairs out: what to tell where few rules are found.

    baskets : algorithms.core.baskets.Baskets; thresholds : RuleThresholds. Returns PairLimits.
    Raises TooManyItemsetsError where more pairs are bought together than fit in memory.
    """
    together = frequent_itemsets(baskets, 1, 2)
    itemsets = frequent_itemsets(baskets, thresholds.least_count(baskets.size), 2)
    if len(itemsets.levels) < 2:
        pairs = len(together.levels[1].count) if len(together.levels) > 1 else 0
        return PairLimits(together=pairs, few_orders=pairs)
    candidates = _split(itemsets, 1)
    confident = candidates.take(
        _at_least(candidates.both, 1, thresholds.min_confidence, candidates.left, 1)
    )
    lifted = _reaching(candidates, thresholds, baskets.size)
    significant = _significant([lifted], itemsets, baskets, thresholds.max_false_rate)[0]
    left = [len(together.levels[1].count)] + [
        _pair_count(rules) for rules in (candidates, confident, lifted, significant)
    ]
    return PairLimits(left[0], *(before - after for before, after in pairwise(left)))


def _pair_count(rules):
    """Pairs of products among rules with one product before the arrow, either way round."""
    pairs = np.sort(np.column_stack([rules.antecedent[:, 0], rules.consequent]), axis=1)
    return len(np.unique(pairs, axis=0))


def _exact(threshold):
    """The decimal number a user typed, not its nearest binary fraction: 0.1 is 1/10."""
    return Fraction(threshold).limit_denominator(10**6)


def _split(itemsets, size):
    """Rules with ``size`` products before the arrow: each itemset of one more, each way."""
    level = itemsets.levels[size]
    parts = []
    for position in range(size + 1):
        antecedent = np.delete(level.items, position, axis=1)
        row = itemsets.rows(antecedent)
        consequent = level.items[:, position]
        parts.append(
            (
                antecedent,
                consequent,
                row,
                itemsets.levels[size - 1].count[row],
                itemsets.levels[0].count[consequent],
                level.count,
            )
        )
    return _Candidates(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _reaching(rules, thresholds, total):
    """The candidates that reach minimum confidence and lift."""
    confident = _at_least(rules.both, 1, thresholds.min_confidence, rules.left, 1)
    lifted = _at_least(rules.both, total, thresholds.min_lift, rules.left, rules.right)
    return rules.take(confident & lifted)


def _at_least(both, factor, threshold, left, right):
    """both · factor >= threshold · left · right, exactly.

    Floating point decides but for what is within rounding of the threshold; there Python's own
    integers do, which do not overflow.
    """
    exact = _exact(threshold)
    have = both.astype(np.float64) * factor
    need = float(exact) * left.astype(np.float64) * right
    result = have >= need
    right = np.broadcast_to(right, both.shape)
    for near in np.flatnonzero(np.abs(have - need) <= NEAR * need):
        wanted = exact * int(left[near]) * int(right[near])
        result[near] = int(both[near]) * int(factor) >= wanted
    return result


def _significant(found, itemsets, baskets, max_false_rate):
    """The candidates that Benjamini-Hochberg keeps at a false discovery rate.

    Every frequent antecedent could have been tested with every other frequent product: that is the
    number of tests, whatever came out.
    """
    if max_false_rate >= 1 or not found:
        return found
    sizes = np.bincount(baskets.basket, minlength=baskets.size)
    products = len(itemsets.products)
    tests = sum(
        len(itemsets.levels[size - 1].count) * (products - size)
        for size in range(1, len(found) + 1)
    )
    p_values = [
        fisher_p_values(rules.both, rules.left, rules.right, effective_orders(sizes, size))
        for size, rules in enumerate(found, start=1)
    ]
    kept = adjusted_p_values(np.concatenate(p_values), tests) <= max_false_rate
    limits = np.cumsum([len(p) for p in p_values])[:-1]
    return [rules.take(mask) for rules, mask in zip(found, np.split(kept, limits), strict=True)]


def _without_redundant(found, itemsets):
    """Drop rules that are not more confident than one with fewer of their products."""
    width = len(itemsets.products)
    result = list(found[:1])
    for longer in range(1, len(found)):
        rules = found[longer]
        keep = np.ones(len(rules.both), bool)
        for shorter in range(longer):
            keep &= ~_beaten_by(rules, found[shorter], itemsets, width)
        result.append(rules.take(keep))
    return result


def _beaten_by(rules, shorter, itemsets, width):
    """Whether some rule with a subset of the antecedent is as confident."""
    key = shorter.row * width + shorter.consequent
    order = np.argsort(key)
    key, left, both = key[order], shorter.left[order], shorter.both[order]
    beaten = np.zeros(len(rules.both), bool)
    if not len(key):
        return beaten
    for columns in _subsets(rules.antecedent.shape[1], shorter.antecedent.shape[1]):
        wanted = itemsets.rows(rules.antecedent[:, columns]) * width + rules.consequent
        at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        beaten |= (key[at] == wanted) & (both[at] * rules.left >= rules.both * left[at])
    return beaten


def _subsets(size, wanted):
    return [list(columns) for columns in combinations(range(size), wanted)]


def _as_table(found, itemsets, baskets):
    """RuleTable of candidates, with the customers and quantities behind each."""
    width = max((rules.antecedent.shape[1] for rules in found), default=1)
    antecedents, consequents = [np.empty((0, width), np.int64)], [np.empty(0, np.int64)]
    for rules in found:
        ids = np.full((len(rules.both), width), NO_PRODUCT, np.int64)
        ids[:, : rules.antecedent.shape[1]] = itemsets.products[rules.antecedent]
        antecedents.append(ids)
        consequents.append(itemsets.products[rules.consequent])
    return table_of(baskets, np.concatenate(antecedents), np.concatenate(consequents))
