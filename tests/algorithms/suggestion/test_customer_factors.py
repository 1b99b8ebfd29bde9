from dataclasses import replace

import numpy as np
import pytest

from algorithms.core.baskets import Baskets
from algorithms.suggestion import customer_factors
from algorithms.suggestion.customer_factors import new_products, train_factors


def baskets_of(customers_products):
    """A basket for each pair of (customer, products)."""
    cells = [
        (number, product)
        for number, (_customer, products) in enumerate(customers_products)
        for product in sorted(set(products))
    ]
    basket, product = np.array(cells, np.int64).reshape(-1, 2).T
    return Baskets(
        basket,
        product,
        np.ones(len(basket)),
        np.array([customer for customer, _products in customers_products], np.int64),
    )


def two_tastes(customers=60, seed=0):
    """Odd customers buy some of products 1 to 20, even ones some of 21 to 40."""
    rng = np.random.default_rng(seed)
    return [
        (number, (rng.choice(20, 6, replace=False) + (1 if number % 2 else 21)).tolist())
        for number in range(1, customers + 1)
        for _order in range(2)
    ]


def test_customers_are_offered_what_customers_like_them_buy():
    orders = two_tastes()
    offers = new_products(train_factors(baskets_of(orders), factors=2), 5)
    assert len(offers) == 60 * 5
    assert ((offers.product <= 20) == (offers.customer % 2 == 1)).all()
    bought = {customer: set() for customer, _products in orders}
    for customer, products in orders:
        bought[customer].update(products)
    for customer, product, because in zip(
        offers.customer.tolist(), offers.product.tolist(), offers.because.tolist(), strict=True
    ):
        assert product not in bought[customer]
        assert because[0] in bought[customer]
        assert set(because) <= bought[customer] | {0}
    assert (offers.score[offers.rank == 0] == 1).all()


def test_scores_and_reasons_are_those_of_the_formula():
    tastes = train_factors(baskets_of(two_tastes(seed=4)), factors=5)
    dense = tastes.matrix.toarray().astype(float)
    _left, values, right = np.linalg.svd(dense, full_matrices=False)
    power = values[:5] ** 2
    similarity = right[:5].T * (power / (power + power.mean())) @ right[:5]
    scores = np.where(dense > 0, -np.inf, dense @ similarity)
    offers = new_products(tastes, 4)
    for row, customer in enumerate(tastes.customers.tolist()):
        mine = offers.customer == customer
        best = np.sort(scores[row])[::-1][: mine.sum()]
        assert offers.score[mine] == pytest.approx(best / best[0], abs=1e-4)
        column = int(np.searchsorted(tastes.products, offers.product[mine][0]))
        terms = dense[row] * similarity[:, column]
        reasons = np.searchsorted(tastes.products, offers.because[mine][0])
        assert terms[reasons] == pytest.approx(np.sort(terms)[::-1][:3], abs=1e-5)


def test_old_orders_count_less():
    baskets = baskets_of([(1, [1]), (1, [2]), (2, [1, 2])])
    aged = replace(baskets, day=np.array([120.0, 0.0, 120.0]))
    matrix, _customers, _products = customer_factors.purchases_by_customer(aged)
    assert matrix.toarray() == pytest.approx(np.log([[2, 1.5], [2, 2]]))


def test_arpack_and_dense_agree_and_training_twice_gives_the_same(monkeypatch):
    baskets = baskets_of(two_tastes())
    dense = train_factors(baskets, factors=6)
    monkeypatch.setattr(customer_factors, "DENSE_CELLS", 0)
    first, second = (train_factors(baskets, factors=6) for _turn in range(2))
    assert (first.factors == second.factors).all()
    expected = dense.factors @ dense.factors.T
    assert np.allclose(first.factors @ first.factors.T, expected, atol=1e-4)


def test_blocks_do_not_change_the_offers(monkeypatch):
    tastes = train_factors(baskets_of(two_tastes()), factors=6)
    whole = new_products(tastes, 5)
    monkeypatch.setattr(customer_factors, "BLOCK_CELLS", 90)
    parts = new_products(tastes, 5)
    assert (whole.product == parts.product).all()
    assert (whole.because == parts.because).all()


def test_some_customers_are_offered_the_same_as_among_all():
    tastes = train_factors(baskets_of(two_tastes()), factors=6)
    every, some = new_products(tastes, 5), new_products(tastes, 5, customers=np.array([3, 8, 999]))
    assert set(some.customer.tolist()) == {3, 8}
    assert (every.product[np.isin(every.customer, [3, 8])] == some.product).all()


def test_products_of_few_customers_are_offered_to_nobody():
    orders = [*two_tastes(), (1, [99, 1, 2]), (3, [99, 1, 2])]
    tastes = train_factors(baskets_of(orders))
    assert 99 in new_products(tastes, 50).product
    assert 99 not in new_products(tastes, 50, least_customers=3).product


def test_ratings_multiply_and_zero_takes_a_product_out():
    orders = [(1, [1, 2]), (2, [1, 2]), (3, [1, 3])]
    plain = train_factors(baskets_of(orders))
    rated = train_factors(
        baskets_of(orders),
        {"customer": [1, 9], "product": [2, 1], "rating": [0.0, 5.0]},
    )
    assert plain.matrix[0, 1] > 0
    assert rated.matrix[0, 1] == 0
    same = train_factors(baskets_of(orders), {"customer": [1], "product": [2], "rating": [1.0]})
    assert abs(same.matrix - plain.matrix).max() < 1e-7


@pytest.mark.parametrize(
    "orders",
    [[], [(0, [1, 2])], [(1, [1, 2, 3])], [(1, [1]), (2, [1]), (3, [1])], [(1, [1]), (2, [2])]],
)
def test_little_data_offers_nothing_and_does_not_fail(orders):
    assert len(new_products(train_factors(baskets_of(orders)), 5)) == 0


def test_fewer_customers_than_factors_are_enough():
    offers = new_products(train_factors(baskets_of([(1, [1, 2]), (2, [1, 2, 3])])), 5)
    assert (offers.customer.tolist(), offers.product.tolist()) == ([1], [3])
