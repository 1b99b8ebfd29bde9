from dataclasses import replace

import numpy as np
import pytest

from algorithms.core.baskets import Baskets
from algorithms.core.exceptions import InsufficientDataError
from algorithms.suggestion import affinity, backtest, backtest_cases
from algorithms.suggestion.affinity import (
    NEIGHBOURS,
    cosine_weights,
    ease_weights,
    mixed_weights,
    purchases_of,
    rule_weights,
    with_rest,
)
from algorithms.suggestion.association_rules import RuleThresholds, mine_rules
from algorithms.suggestion.next_item import train_recommender
from algorithms.suggestion.recommender import Blend, Recommender, Trainer


def random_baskets(orders=400, products=40, seed=0, bundles=5):
    """Random orders over a year; each bundle of three products is bought together by habit."""
    rng = np.random.default_rng(seed)
    cells = set()
    for number in range(orders):
        for product in rng.integers(1, products + 1, rng.integers(1, 5)).tolist():
            cells.add((number, product))
        head = 1 + 3 * int(rng.integers(bundles))
        if rng.random() < 0.6:
            cells.update((number, head + step) for step in range(3))
    basket, product = np.array(sorted(cells), dtype=np.int64).T
    return Baskets(
        basket,
        product,
        np.ones(len(basket)),
        1 + np.arange(orders) % 50,
        np.sort(rng.uniform(0, 365, orders)),
    )


def weighted_gram(purchases, damping):
    dense = purchases.matrix.toarray().astype(float)
    return dense.T @ (dense * purchases.weights(damping)[:, None])


def test_ease_is_the_formula_of_the_paper():
    purchases = purchases_of(random_baskets())
    gram = weighted_gram(purchases, affinity.EASE_DAMPING)
    inverse = np.linalg.inv(gram + 0.5 * np.diag(gram).mean() * np.eye(len(gram)))
    expected = -inverse / np.diag(inverse)
    np.fill_diagonal(expected, 0)
    found = ease_weights(purchases, 0.5).toarray()
    assert np.allclose(found, np.maximum(expected, 0), atol=1e-5)
    assert (np.diag(found) == 0).all()


def test_cosine_is_the_cosine_of_weighted_columns():
    purchases = purchases_of(random_baskets())
    gram = weighted_gram(purchases, affinity.COSINE_DAMPING)
    norm = np.sqrt(np.diag(gram))
    expected = gram / np.outer(norm, norm)
    np.fill_diagonal(expected, 0)
    assert np.allclose(cosine_weights(purchases).toarray(), expected, atol=1e-6)


def test_each_product_keeps_its_strongest_neighbours():
    purchases = purchases_of(random_baskets(orders=3000, products=80))
    full = weighted_gram(purchases, affinity.COSINE_DAMPING)
    for weights in (cosine_weights(purchases), ease_weights(purchases, 0.2)):
        assert np.diff(weights.indptr).max() == NEIGHBOURS
    norm = np.sqrt(np.diag(full))
    expected = full / np.outer(norm, norm)
    np.fill_diagonal(expected, 0)
    strongest = np.sort(expected, axis=1)[:, -NEIGHBOURS:].sum(axis=1)
    found = np.asarray(cosine_weights(purchases).sum(axis=1)).ravel()
    assert found == pytest.approx(strongest, rel=1e-5)


def test_products_beyond_the_limit_of_ease_have_cosine():
    purchases = purchases_of(random_baskets())
    ease = ease_weights(purchases, 0.5, limit=10)
    assert (np.diff(ease.indptr) > 0).sum() <= 10
    assert len(np.unique(ease.indices)) <= 10
    both = with_rest(ease, cosine_weights(purchases))
    assert (np.diff(both.indptr) > 0).all()


def test_blocks_do_not_change_the_weights(monkeypatch):
    purchases = purchases_of(random_baskets())
    whole = [cosine_weights(purchases), ease_weights(purchases, 0.5)]
    monkeypatch.setattr(affinity, "BLOCK_CELLS", 100)
    parts = [cosine_weights(purchases), ease_weights(purchases, 0.5)]
    for one, other in zip(whole, parts, strict=True):
        assert abs(one - other).max() < 1e-6


def test_rule_weights_are_bounds_of_pair_rules():
    baskets = random_baskets()
    rules = mine_rules(baskets, RuleThresholds())
    products = purchases_of(baskets).products
    weights = rule_weights(rules, products).toarray()
    pair = next(rule for rule in rules.rules() if len(rule.antecedent) == 1)
    row, column = np.searchsorted(products, [pair.antecedent[0], pair.consequent])
    assert weights[row, column] == pytest.approx(pair.confidence_low, rel=1e-6)


def test_mixed_weights_have_no_more_neighbours():
    purchases = purchases_of(random_baskets(orders=3000, products=80))
    mixed = mixed_weights(cosine_weights(purchases), ease_weights(purchases, 0.5))
    assert np.diff(mixed.indptr).max() <= NEIGHBOURS


def test_no_products_at_all():
    empty = Baskets(
        np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64)
    )
    purchases = purchases_of(empty)
    assert cosine_weights(purchases).shape == (0, 0)
    assert ease_weights(purchases, 0.5).shape == (0, 0)


def test_the_partners_of_a_bundle_are_recommended_and_nothing_of_the_basket():
    model = train_recommender(random_baskets(), RuleThresholds())
    found = [product for product, _score in model.recommend([1, 2], count=5)]
    assert found[0] == 3
    assert not {1, 2} & set(found)
    assert model.recommend([999]) == model.recommend([])


def test_the_customers_own_history_counts():
    model = replace(
        train_recommender(random_baskets(), RuleThresholds()),
        blend=Blend("cosine", history_weight=5.0),
    )
    found = model.recommend([1], history={40: 3}, count=1)
    assert found[0][0] == 40


def test_training_twice_gives_the_same():
    first, second = (train_recommender(random_baskets(), RuleThresholds()) for _ in range(2))
    assert first.blend == second.blend
    assert first.report == second.report
    assert abs(first.weights - second.weights).max() == 0


def test_the_order_of_orders_does_not_matter_to_the_weights():
    # A window that has moved by a day gives other positions to the same orders.
    baskets = random_baskets()
    later = baskets.subset(baskets.day > 30)
    again = random_baskets()
    again = again.subset(again.day > 30)
    for one, other in zip(
        (cosine_weights(purchases_of(later)), ease_weights(purchases_of(later), 0.5)),
        (cosine_weights(purchases_of(again)), ease_weights(purchases_of(again), 0.5)),
        strict=True,
    ):
        assert (one != other).nnz == 0


def test_a_short_history_falls_back_to_rules_without_a_report():
    baskets = random_baskets(orders=40)
    model = train_recommender(baskets, RuleThresholds())
    assert (model.blend.method, model.report) == ("rules", None)
    with pytest.raises(InsufficientDataError):
        train_recommender(baskets.subset(np.arange(40) < 2), RuleThresholds())


def test_a_neighbour_by_chance_is_not_offered_unless_the_customer_buys_it():
    baskets = random_baskets(orders=600)
    chosen = Trainer(baskets, None, RuleThresholds(), 1000).train(Blend("ease", 0.5, 0.5))
    # Products 16 to 40 are in no bundle: bought at random, they go with nothing.
    assert {product for product, _score in chosen.recommend([1], count=50)} == {2, 3}
    assert 40 in dict(chosen.recommend([1], history={40: 1}, count=50))
    everything = Trainer(baskets, None, RuleThresholds(max_false_rate=1.0), 1000)
    assert len(everything.train(chosen.blend).recommend([1], count=50)) > 5


def test_a_customer_with_too_many_orders_is_nobody():
    baskets = random_baskets()
    report = train_recommender(baskets, RuleThresholds(), most_history_orders=7).report
    nobody = replace(baskets, customer=np.zeros(baskets.size, np.int64))
    assert report == train_recommender(nobody, RuleThresholds()).report


def test_baskets_without_days_are_in_the_order_of_time():
    baskets = replace(random_baskets(), day=None)
    model = train_recommender(baskets, RuleThresholds())
    assert model.recommend([1, 2], count=1)[0][0] == 3
    older, later = backtest_cases.split(baskets)
    assert (older.size, later.size) == (320, 80)


# The back-test


def test_the_older_orders_train_and_the_later_ones_test():
    baskets = random_baskets()
    older, later = backtest_cases.split(baskets)
    assert (older.size, later.size) == (320, 80)
    assert older.day.max() <= later.day.min()


def test_hidden_products_are_not_shown_and_history_is_older():
    older, later = backtest_cases.split(random_baskets())
    purchases = purchases_of(older)
    cases, count = backtest_cases.hide(later, older, purchases, np.random.default_rng(0))
    assert count <= 80 < len(cases)
    rows = np.arange(len(cases))
    assert not np.asarray(cases.full[rows, cases.hidden]).any()
    assert cases.early.sum(axis=1).max() == 3
    customer = later.customer[0]
    expected = purchases.matrix[older.customer == customer].sum()
    row = backtest_cases.customer_history(older, purchases, np.array([customer, 0]))
    assert (row[0].sum(), row[1].sum()) == (expected, 0)


def test_quality_is_that_of_ranks_counted_by_hand():
    older, later = backtest_cases.split(random_baskets())
    purchases = purchases_of(older)
    cases, _count = backtest_cases.hide(later, older, purchases, np.random.default_rng(0))
    model = Recommender(
        purchases.products, cosine_weights(purchases), None, np.zeros(len(purchases.products)),
        Blend("cosine"),
    )  # fmt: skip
    found = backtest.quality(model, cases, cases.full)
    ranks = []
    for number, hidden in enumerate(cases.hidden):
        shown = purchases.products[cases.full[number].indices].tolist()
        ranked = [product for product, _score in model.recommend(shown, count=1000)]
        wanted = purchases.products[hidden]
        ranks.append(ranked.index(wanted) + 1 if wanted in ranked else None)
    hits = np.mean([rank is not None and rank <= 5 for rank in ranks])
    assert found.hit_rate == pytest.approx(hits, abs=0.01)
    assert found.served == 1.0


def test_what_is_bought_together_beats_popularity():
    report = train_recommender(random_baskets(), RuleThresholds()).report
    assert not report.beaten
    assert report.full["chosen"].hit_rate > 2 * report.full["popular"].hit_rate


def test_orders_without_any_pattern_are_reported_as_beaten_or_level():
    rng = np.random.default_rng(3)
    popularity = 1 / np.arange(1, 41) ** 2
    popularity /= popularity.sum()
    cells = sorted(
        {
            (order, int(product) + 1)
            for order in range(600)
            for product in rng.choice(40, size=4, replace=False, p=popularity)
        }
    )
    basket, product = np.array(cells, dtype=np.int64).T
    report = train_recommender(
        Baskets(basket, product, np.ones(len(cells)), 1 + np.arange(600), np.arange(600.0)),
        RuleThresholds(),
    ).report
    assert report.full["rules"].served == 0
    popular = report.full["popular"].hit_rate
    assert report.full["chosen"].hit_rate == pytest.approx(popular, abs=0.05)
    worse = replace(report.full["popular"], hit_rate=popular - 0.01)
    assert replace(report, full={**report.full, "chosen": worse}).beaten
