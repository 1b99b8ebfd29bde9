from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from algorithms.core.baskets import Baskets
from algorithms.core.exceptions import InsufficientDataError, TooManyItemsetsError
from algorithms.suggestion import itemsets
from algorithms.suggestion.association_rules import (
    PairLimits,
    RuleThresholds,
    mine_rules,
    pair_limits,
)
from algorithms.suggestion.rule_evidence import count_rules


def unfiltered(support=0.0, orders=1, confidence=0.0, lift=0.0, length=2):
    """Thresholds without the filters against chance and repetition."""
    return RuleThresholds(support, orders, confidence, lift, length, 1.0, prune=False)


ALL = unfiltered()


def mine(baskets, thresholds):
    return mine_rules(baskets, thresholds).rules()


def make(*orders):
    """Baskets of sets of product ids; each order is of a customer of its own."""
    cells = [(number, product) for number, order in enumerate(orders) for product in sorted(order)]
    basket, product = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    return Baskets(basket, product, np.ones(len(cells)), np.arange(len(orders)))


def oracle(orders, thresholds):
    """{(antecedent, consequent): (left, right, both)} counted rule by rule, naively."""
    least = thresholds.least_count(len(orders))
    found = {}
    products = sorted(set().union(*orders))
    for size in range(1, thresholds.max_antecedent + 1):
        for antecedent in combinations(products, size):
            for consequent in set(products) - set(antecedent):
                left = sum(set(antecedent) <= order for order in orders)
                right = sum(consequent in order for order in orders)
                both = sum({*antecedent, consequent} <= order for order in orders)
                if (
                    both >= least
                    and both * 1000 >= round(thresholds.min_confidence * 1000) * left
                    and both * len(orders) * 1000
                    >= round(thresholds.min_lift * 1000) * left * right
                ):
                    found[antecedent, consequent] = (left, right, both)
    return found


ORDERS = st.lists(st.sets(st.integers(1, 7), min_size=1, max_size=5), min_size=4, max_size=30)


@settings(max_examples=60, deadline=None)
@given(
    orders=ORDERS,
    support=st.sampled_from([0.0, 0.1, 0.2, 0.3]),
    confidence=st.sampled_from([0.0, 0.2, 0.5, 0.6]),
    lift=st.sampled_from([0.0, 1.0, 1.1]),
    length=st.integers(1, 5),
)
def test_rules_are_those_of_a_naive_count(orders, support, confidence, lift, length):
    thresholds = unfiltered(support, 1, confidence, lift, length)
    baskets = make(*orders)
    if not baskets.multi_product_count:
        with pytest.raises(InsufficientDataError):
            mine_rules(baskets, thresholds)
        return
    mined = {
        (r.antecedent, r.consequent): (r.antecedent_count, r.consequent_count, r.support_count)
        for r in mine(baskets, thresholds)
    }
    assert mined == oracle(orders, thresholds)


def test_metrics_of_a_textbook_example():
    # Tan, Steinbach & Kumar, Introduction to Data Mining, table 6.1: {milk, diapers} → beer
    # has support 2/5 and confidence 2/3.
    bread, milk, diapers, beer, eggs, cola = range(1, 7)
    orders = [
        {bread, milk},
        {bread, diapers, beer, eggs},
        {milk, diapers, beer, cola},
        {bread, milk, diapers, beer},
        {bread, milk, diapers, cola},
    ]
    rules = {(r.antecedent, r.consequent): r for r in mine(make(*orders), ALL)}
    rule = rules[(milk, diapers), beer]
    assert rule.support == pytest.approx(2 / 5)
    assert rule.confidence == pytest.approx(2 / 3)
    assert rule.lift == pytest.approx((2 / 3) / (3 / 5))
    assert rule.leverage == pytest.approx(2 / 5 - 3 / 5 * 3 / 5)
    assert rule.conviction == pytest.approx((1 - 3 / 5) / (1 - 2 / 3))
    assert rules[(beer,), diapers].conviction == float("inf")


def test_independent_items_have_lift_one():
    rules = mine(make({1, 2}, {1}, {2}, {3}), ALL)
    assert [r.lift for r in rules if r.antecedent == (1,) and r.consequent == 2] == [1.0]


@pytest.mark.parametrize("count", range(1, 40))
def test_a_rule_exactly_on_a_threshold_is_in(count):
    orders = [{1, 2}] * count + [{3}] * (100 - count)
    thresholds = unfiltered(count / 100, 1, 1.0, 1.0, 1)
    assert len(mine_rules(make(*orders), thresholds)) == 2


def test_a_confidence_exactly_on_its_threshold_is_in():
    orders = [{1, 2}] * 6 + [{1}] * 4 + [{3}] * 90
    rules = mine(make(*orders), unfiltered(0.01, 1, 0.6, 0.0, 1))
    assert ((1,), 2) in {(r.antecedent, r.consequent) for r in rules}


def test_single_product_orders_count_among_all_orders():
    (rule, _mirror) = mine(make({1, 2}, {1, 2}, {3}, {4}), unfiltered(0.1, 2, 0, 0, 1))
    assert (rule.order_count, rule.support) == (4, 0.5)


@pytest.mark.parametrize("orders", [[], [{1}], [{1}, {2}, {3}]])
def test_too_little_data_is_told_with_counts(orders):
    with pytest.raises(InsufficientDataError) as caught:
        mine_rules(make(*orders), RuleThresholds())
    assert (caught.value.found, caught.value.needed) == (0, 3)


def test_nothing_frequent_is_no_rule():
    assert mine(make({1, 2}, {3, 4}, {5, 6}), unfiltered(orders=2)) == []


def test_rules_come_best_first_and_without_chance():
    orders = [{1, 2}] * 5 + [{1, 3}] * 3 + [{2}] * 2
    first, second = (mine(make(*orders), ALL) for _run in range(2))
    assert first == second
    assert [r.confidence_low for r in first] == sorted(
        (r.confidence_low for r in first), reverse=True
    )


def test_given_rules_are_counted_even_when_unknown_or_rare():
    known, unknown = count_rules(make({1, 2}, {1}), [((1,), 2), ((8, 9), 1)]).rules()
    assert (known.antecedent_count, known.support_count, known.confidence) == (2, 1, 0.5)
    assert (unknown.antecedent_count, unknown.support_count, unknown.lift) == (0, 0, 0.0)
    assert unknown.conviction == 0.0


def test_customers_are_distinct_and_quantities_median():
    baskets = make({1, 2}, {1, 2}, {1, 2})
    baskets = Baskets(
        baskets.basket,
        baskets.product,
        np.array([1.0, 4, 1, 6, 1, 50]),
        np.array([7, 7, 8]),
    )
    (rule,) = count_rules(baskets, [((1,), 2)]).rules()
    assert (rule.customer_count, rule.typical_quantity) == (2, 6.0)


METRICS = ("support", "confidence", "lift", "leverage", "conviction")


def naive_metrics(orders, antecedent, consequent):
    """Support, confidence, lift, leverage and conviction as mlxtend writes them."""
    left, right, both = (
        sum(wanted <= order for order in orders) / len(orders)
        for wanted in (set(antecedent), {consequent}, {*antecedent, consequent})
    )
    confidence = both / left
    conviction = np.inf if confidence == 1 else (1 - right) / (1 - confidence)
    return both, confidence, confidence / right, both - left * right, conviction


@settings(max_examples=40, deadline=None)
@given(orders=ORDERS)
def test_metrics_are_those_of_a_naive_count(orders):
    baskets = make(*orders)
    if not baskets.multi_product_count:
        return
    for rule in mine(baskets, unfiltered(length=3)):
        metrics = [getattr(rule, name) for name in METRICS]
        expected = naive_metrics(orders, rule.antecedent, rule.consequent)
        assert metrics == pytest.approx(expected, abs=1e-12)


def test_a_longer_rule_that_says_no_more_is_pruned():
    # 1 → 3 holds in 6 of 8; 1 + 2 → 3 in 3 of 4, no better; 1 + 4 → 3 in 2 of 2, better.
    orders = [{1, 2, 3}] * 3 + [{1, 2}] + [{1, 3, 4}] * 2 + [{1, 3}, {1}, {4}]
    thresholds = RuleThresholds(0.0, 1, 0.0, 0.0, 2, max_false_rate=1.0, prune=True)
    found = {(r.antecedent, r.consequent) for r in mine(make(*orders), thresholds)}
    assert ((1,), 3) in found
    assert ((1, 2), 3) not in found
    assert ((1, 4), 3) in found


@pytest.mark.parametrize("dense", [True, False])
def test_thresholds_that_let_everything_through_are_refused(monkeypatch, dense):
    monkeypatch.setattr(itemsets, "MOST_ITEMSETS", 100)
    monkeypatch.setattr(itemsets, "DENSE_CELLS", 4_000_000 if dense else 0)
    with pytest.raises(TooManyItemsetsError):
        mine(make(set(range(1, 30))), ALL)


@settings(max_examples=40, deadline=None)
@given(orders=ORDERS)
def test_both_ways_of_counting_pairs_agree(orders):
    baskets = make(*orders)
    found = []
    for cells in (4_000_000, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(itemsets, "DENSE_CELLS", cells)
            patch.setattr(itemsets, "BLOCK_CELLS", 5)
            levels = itemsets.frequent_itemsets(baskets, 1, 3).levels
        found.append([(level.items.tolist(), level.count.tolist()) for level in levels])
    assert found[0] == found[1]


@pytest.mark.parametrize("length", [1, 3, 5])
def test_long_antecedents_up_to_the_setting(length):
    rules = mine(make(*[{1, 2, 3, 4, 5, 6}] * 3), unfiltered(length=length))
    assert max(len(rule.antecedent) for rule in rules) == length


class TestPairLimits:
    # 1 and 2 in five of ten orders and never apart, 3 and 4 in two, 5 with 1 once, 6 in all.
    BOUGHT = ({1, 2, 6}, {1, 2, 6}, {1, 2, 6}, {1, 2, 6}, {1, 2, 5, 6}) + (
        ({3, 4, 6}, {3, 4, 6}, {6, 7}, {6, 7}, {6, 7})
    )

    def limits(self, *thresholds, rate=1.0):
        return pair_limits(make(*self.BOUGHT), RuleThresholds(*thresholds, 2, rate))

    def test_each_pair_counts_at_the_first_threshold_that_leaves_it_out(self):
        # Together: 12, 34, 15, 25 and those of 6 with each of the six others.
        found = self.limits(0.0, 2, 0.25, 1.1)
        assert found == PairLimits(
            together=10, few_orders=3, not_confident=0, not_lifted=5, by_chance=0
        )

    def test_a_pair_stays_if_one_way_round_reaches_the_confidence(self):
        # 6 → 3 holds in 2 of 10, 3 → 6 in all.
        assert self.limits(0.0, 2, 0.9, 0.0).not_confident == 0
        assert self.limits(0.0, 1, 1.1, 0.0).not_confident == 10

    def test_what_chance_explains_is_told_last(self):
        found = self.limits(0.0, 2, 0.2, 1.1, rate=0.0001)
        assert found.by_chance == 2

    def test_orders_of_one_product_have_no_pairs(self):
        found = pair_limits(make({1}, {1}, {2}), RuleThresholds())
        assert found == PairLimits()

    @settings(max_examples=40, deadline=None)
    @given(orders=ORDERS)
    def test_what_no_threshold_leaves_out_is_mined(self, orders):
        thresholds = RuleThresholds(0.0, 2, 0.3, 1.0, 1, 0.2, prune=False)
        found = pair_limits(make(*orders), thresholds)
        left = found.together - (
            found.few_orders + found.not_confident + found.not_lifted + found.by_chance
        )
        try:
            mined = mine(make(*orders), thresholds)
        except InsufficientDataError:
            mined = []
        assert left == len({frozenset((*rule.antecedent, rule.consequent)) for rule in mined})
