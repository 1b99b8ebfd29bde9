import numpy as np
import pytest
from customer_orders import baskets_of

from algorithms.core.exceptions import InsufficientDataError
from algorithms.suggestion.offers_backtest import StarsEffect, run_offers_backtest


def run(orders, **kwargs):
    return run_offers_backtest(baskets_of(orders), np.random.default_rng(0), **kwargs)


def rhythms(customers=60, days=200, every=14):
    """Each customer buys a product of its own every two weeks; all buy product 1 now and then."""
    rng = np.random.default_rng(1)
    return [
        (customer, float(day), {100 + customer: 2.0} | ({1: 1.0} if rng.random() < 0.1 else {}))
        for customer in range(1, customers + 1)
        for day in range(customer % every, days, every)
    ]


def tastes(customers=80, seed=0):
    """Two groups of customers, each buying single products out of twenty of its own."""
    rng = np.random.default_rng(seed)
    return [
        (customer, float(day), {int(p): 1.0})
        for customer in range(1, customers + 1)
        for day, p in zip(
            np.sort(rng.uniform(0, 300, 12)),
            rng.choice(20, 12, replace=False) + (1 if customer % 2 else 21),
            strict=True,
        )
    ]


def test_a_rhythm_is_found_where_popularity_finds_nothing():
    report = run(rhythms())
    assert report.any["reorder"].hit_rate > 0.8
    assert report.any["popular"].hit_rate < 0.2
    assert report.any["chosen"].mrr >= report.any["reorder"].mrr
    assert not report.beaten


def test_new_products_are_found_by_tastes():
    report = run(tastes())
    assert report.similar_first
    assert report.new["factors"].hit_rate > 1.3 * report.new["popular"].hit_rate
    assert report.new["reorder"].served == 0
    assert report.new_count > 30


def test_without_any_pattern_popularity_is_not_beaten_by_much():
    rng = np.random.default_rng(2)
    share = 1 / np.arange(1, 31) ** 1.5
    orders = [
        (customer, float(day), {int(rng.choice(30, p=share / share.sum())) + 1: 1.0})
        for customer in range(1, 101)
        for day in rng.uniform(0, 100, 8)
    ]
    report = run(orders)
    assert report.any["factors"].hit_rate <= report.any["popular"].hit_rate
    assert report.any["chosen"].hit_rate == pytest.approx(report.any["popular"].hit_rate, abs=0.1)


def test_training_twice_gives_the_same():
    assert run(tastes()) == run(tastes())


def test_unknown_and_few_customers_are_too_little():
    with pytest.raises(InsufficientDataError):
        run([(0, float(day), {1: 1.0}) for day in range(100)])
    with pytest.raises(InsufficientDataError):
        run([(1, float(day), {1: 1.0}) for day in range(100)])
    with pytest.raises(InsufficientDataError):
        run([])


def test_what_was_never_sold_before_is_no_case():
    orders = [(customer, 1.0, {1: 1.0}) for customer in range(1, 161)]
    with pytest.raises(InsufficientDataError):
        run([*orders, *((customer, 2.0, {2: 1.0}) for customer in range(1, 41))])


def rated_tastes(customers=150, seed=0, honest=True):
    """(orders, ratings): customers try products at random, keep to those of their own group, and
    give them five stars, one star to the others; dishonest ones give stars at random."""
    rng = np.random.default_rng(seed)
    orders, rows = [], []
    for customer in range(1, customers + 1):
        own = rng.permutation(20) + (1 if customer % 2 else 21)
        tried = rng.choice(40, 8, replace=False) + 1
        days = np.sort(rng.uniform(0, 300, 16))
        for day, product in zip(days, np.concatenate([tried, own[:8]]).tolist(), strict=True):
            orders.append((customer, float(day), {product: 1.0}))
        for product in tried.tolist():
            liked = (product <= 20) == (customer % 2 == 1)
            liked = liked if honest else rng.random() < 0.5
            rows.append((customer, product, 5 / 3 if liked else 1 / 3, 200.0))
    columns = (np.array(column) for column in zip(*rows, strict=True))
    return orders, dict(zip(("customer", "product", "rating", "when"), columns, strict=True))


def test_stars_count_where_they_tell_tastes():
    orders, ratings = rated_tastes()
    plain, rated = run(orders), run(orders, ratings=ratings)
    assert plain.stars is None
    assert rated.stars.gain
    assert rated.stars.better > rated.stars.worse
    assert rated.new["factors"].mrr > plain.new["factors"].mrr


def test_stars_at_random_do_not_count():
    orders, ratings = rated_tastes(honest=False)
    plain, rated = run(orders), run(orders, ratings=ratings)
    assert not rated.stars.gain
    assert (rated.any, rated.new) == (plain.any, plain.new)


def test_stars_given_after_the_first_later_order_are_not_known_yet():
    orders, ratings = rated_tastes()
    late = ratings | {"when": ratings["when"] + 100}
    assert run(orders, ratings=late) == run(orders)
    # Those that leaked would tell what is hidden.
    told = {
        "customer": np.array([customer for customer, _day, _products in orders]),
        "product": np.array([next(iter(products)) for _customer, _day, products in orders]),
        "rating": np.full(len(orders), 0.0),
        "when": np.array([day + 300 for _customer, day, _products in orders]),
    }
    assert run(orders, ratings=told) == run(orders)


@pytest.mark.parametrize(
    ("better", "worse", "gain"),
    [(0, 0, False), (5, 0, True), (4, 0, False), (60, 40, True), (50, 50, False), (40, 60, False)],
)
def test_stars_gain_by_more_than_chance(better, worse, gain):
    assert StarsEffect(better, worse).gain is gain
