import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact, hypergeom

from algorithms.core.baskets import Baskets
from algorithms.core.significance import (
    adjusted_p_values,
    effective_orders,
    fisher_p_values,
    wilson_interval,
)
from algorithms.suggestion.association_rules import RuleThresholds, mine_rules


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 400), st.data())
def test_p_values_equal_scipys_hypergeometric_tail(total, data):
    left = data.draw(st.integers(0, total))
    right = data.draw(st.integers(0, total))
    both = data.draw(st.integers(max(0, left + right - total), min(left, right)))
    expected = hypergeom.sf(both - 1, total, left, right)
    assert fisher_p_values([both], [left], [right], total)[0] == pytest.approx(
        expected, rel=1e-8, abs=1e-12
    )


def test_p_values_hold_at_a_million_orders():
    both, left, right, total = 240, 2_000, 100_000, 1_000_000
    expected = hypergeom.sf(both - 1, total, left, right)
    assert fisher_p_values([both], [left], [right], total)[0] == pytest.approx(expected, rel=1e-6)


def test_a_p_value_equals_scipys_fisher_exact():
    table = [[8, 2], [2, 8]]
    expected = fisher_exact(table, alternative="greater").pvalue
    assert fisher_p_values([8], [10], [10], 20)[0] == pytest.approx(expected)


def test_benjamini_hochberg_counts_the_tests_that_were_not_computed():
    # Of 10 tests at 5 %: 0.004 <= 1/10 · 0.05 and 0.01 <= 2/10 · 0.05 pass, 0.02 > 3/10 · 0.05.
    kept = adjusted_p_values(np.array([0.004, 0.01, 0.02]), 10) <= 0.05
    assert kept.tolist() == [True, True, False]
    assert adjusted_p_values(np.empty(0), 10).tolist() == []


def test_two_of_two_is_less_sure_than_eighty_of_a_hundred():
    few, many = wilson_interval([2, 80], [2, 100]).low
    assert few == pytest.approx(0.342, abs=0.001)
    assert many == pytest.approx(0.711, abs=0.001)
    unknown = wilson_interval(0, 0)
    assert (unknown.low, unknown.high) == (0.0, 1.0)


def test_equal_orders_are_all_effective():
    assert effective_orders([3] * 50) == 50
    assert effective_orders([1] * 50) == 50
    assert effective_orders([]) == 1
    assert effective_orders([2] * 98 + [100, 100]) < 10


def shuffled(sizes, popularity, rng):
    """Baskets of given sizes with products drawn by popularity and nothing else."""
    cells = [
        (number, product)
        for number, size in enumerate(sizes)
        for product in sorted(
            rng.choice(len(popularity), size=size, replace=False, p=popularity) + 1
        )
    ]
    basket, product = np.array(cells, dtype=np.int64).T
    return Baskets(basket, product, np.ones(len(cells)), np.arange(len(sizes)))


@pytest.mark.parametrize("orders", ["of one size", "of very different sizes"])
def test_shuffled_baskets_give_rules_no_more_often_than_the_rate(orders):
    rng = np.random.default_rng(1)
    popularity = 1 / np.arange(3, 33)
    popularity /= popularity.sum()
    thresholds = RuleThresholds(0.0, 3, 0.0, 0.0, 2, max_false_rate=0.05)
    runs, with_rules = 200, 0
    for _run in range(runs):
        sizes = np.full(150, 4) if orders == "of one size" else 1 + rng.geometric(0.3, 150) % 15
        with_rules += bool(len(mine_rules(shuffled(sizes, popularity, rng), thresholds)))
    # 5 % of 200 runs are 10; 17 or more have a probability of 2 %.
    assert with_rules <= 16


def test_the_filter_is_needed_and_keeps_what_is_real():
    rng = np.random.default_rng(1)
    popularity = np.full(30, 1 / 30)
    baskets = shuffled(np.full(300, 4), popularity, rng)
    assert len(mine_rules(baskets, RuleThresholds(0.0, 3, 0.0, 0.0, 1, max_false_rate=1.0)))
    planted = np.arange(300) < 40
    basket = np.concatenate([baskets.basket, np.flatnonzero(planted), np.flatnonzero(planted)])
    product = np.concatenate([baskets.product, np.full(40, 101), np.full(40, 102)])
    order = np.lexsort([product, basket])
    bundled = Baskets(basket[order], product[order], np.ones(len(order)), np.arange(300))
    rules = mine_rules(bundled, RuleThresholds(0.0, 3, 0.5, 0.0, 1)).rules()
    assert {(rule.antecedent, rule.consequent) for rule in rules} == {((101,), 102), ((102,), 101)}
