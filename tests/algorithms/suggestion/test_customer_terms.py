"""What is known of the customer in the ranking of a quotation and in its back-test."""

from dataclasses import replace

import numpy as np
import pytest
from customer_orders import baskets_of, random_orders

from algorithms.suggestion import backtest, backtest_cases
from algorithms.suggestion.affinity import purchases_of
from algorithms.suggestion.association_rules import RuleThresholds
from algorithms.suggestion.customer_factors import new_products, train_factors
from algorithms.suggestion.next_item import train_recommender
from algorithms.suggestion.recommender import Blend, Trainer
from algorithms.suggestion.reorder_due import reorder_table


def alternating(customers=60, turns=10, seed=0):
    """Each customer buys one pair of products on even turns and another one on odd turns."""
    rng = np.random.default_rng(seed)
    return [
        (
            customer,
            turn * 10 + customer % 10 + rng.random() / 2,
            {10 * (turn % 2) + customer % 10 + 1: 2.0, 10 * (turn % 2) + customer % 10 + 21: 1.0},
        )
        for turn in range(turns)
        for customer in range(1, customers + 1)
    ]


def cases_of(baskets, min_purchases=3):
    older, later = backtest_cases.split(baskets)
    purchases = purchases_of(older, 3)
    cases, _count = backtest_cases.hide(later, older, purchases, np.random.default_rng(0))
    products = purchases.products
    return backtest_cases.with_terms(cases, baskets, older, products, min_purchases, 1), products


def test_rhythms_are_those_of_the_orders_before_the_case():
    orders = random_orders(count=400, customers=8)
    baskets = baskets_of(orders)
    cases, products = cases_of(baskets)
    checked = 0
    for number in range(0, len(cases), 37):
        customer, when = int(cases.customer[number]), float(cases.when[number])
        row = cases.reorder[[number]].toarray()[0]
        if not customer:
            assert not row.any()
            continue
        earlier = [each for each in orders if each[0] == customer and each[1] < when]
        table = reorder_table(baskets_of(earlier), 3)
        scores = table.scores(int(when))
        expected = dict(zip(table.product.tolist(), scores / scores.max(), strict=True))
        found = {int(products[column]): row[column] for column in np.flatnonzero(row)}
        assert found == pytest.approx({k: v for k, v in expected.items() if v > 0}, rel=1e-5)
        checked += 1
    assert checked > 3


def test_factors_are_those_of_the_older_orders():
    baskets = baskets_of(alternating())
    cases, products = cases_of(baskets)
    older, _later = backtest_cases.split(baskets)
    offers = new_products(train_factors(older), backtest_cases.SIMILAR_ROWS)
    for number in (0, 7, len(cases) - 1):
        mine = offers.customer == cases.customer[number]
        row = cases.factors[[number]].toarray()[0]
        wanted = dict(zip(offers.product[mine].tolist(), offers.score[mine], strict=True))
        found = {int(products[column]): row[column] for column in np.flatnonzero(row)}
        assert found == pytest.approx(wanted, rel=1e-5)


def test_what_is_due_wins_over_what_was_bought_as_often():
    report = train_recommender(baskets_of(alternating()), RuleThresholds()).report
    assert report.blend.reorder_weight > 0
    assert report.empty["chosen"].mrr > 1.5 * report.empty["popular"].mrr
    assert report.empty["chosen"].served > 0.9
    assert report.empty["rules"].served == 0


def test_customers_whom_nobody_knows_get_no_weights():
    orders = [(0, day, content) for _customer, day, content in alternating()]
    blend = train_recommender(baskets_of(orders), RuleThresholds()).report.blend
    assert (blend.reorder_weight, blend.factor_weight) == (0, 0)


def test_without_days_there_are_no_rhythms():
    baskets = replace(baskets_of(alternating()), day=None)
    cases, _products = cases_of(baskets)
    assert cases.reorder.nnz == 0


def test_terms_add_their_weight_and_nothing_else():
    baskets = baskets_of(alternating())
    trainer = Trainer(baskets, None, RuleThresholds(), 1000)
    plain = trainer.train(Blend("cosine", history_weight=0.3))
    weighted = replace(plain, blend=replace(plain.blend, reorder_weight=0.5, factor_weight=2.0))
    before = dict(plain.recommend([1], {2: 4}, count=100))
    after = dict(
        weighted.recommend([1], {2: 4}, count=100, reorder={2: 0.5, 3: 1.0}, factors={4: 0.25})
    )
    gains = {product: score - before.get(product, 0) for product, score in after.items()}
    assert gains.pop(2) == pytest.approx(0.25)
    assert gains.pop(3) == pytest.approx(0.5)
    assert gains.pop(4) == pytest.approx(0.5)
    assert list(gains.values()) == pytest.approx([0] * len(gains))
    assert 1 not in after


def test_quality_counts_the_terms():
    baskets = baskets_of(alternating())
    cases, _products = cases_of(baskets)
    older, _later = backtest_cases.split(baskets)
    trainer = Trainer(older, None, RuleThresholds(), 1000)
    without = backtest.quality(trainer.train(Blend("cosine")), cases, cases.empty)
    due = backtest.quality(trainer.train(Blend("cosine", reorder_weight=1.0)), cases, cases.empty)
    assert (without.served, due.served) == (0, 1)
    assert due.hit_rate > without.hit_rate + 0.5
