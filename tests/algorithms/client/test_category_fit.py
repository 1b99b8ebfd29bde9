"""Which new products fit: shares drawn towards everybody's, and found again in later orders."""

import numpy as np
import pytest

from algorithms.client.category_fit import best_fits, category_shares, scores
from algorithms.client.fit_backtest import run_fit_backtest
from algorithms.core.exceptions import InsufficientDataError
from benchmarks.new_products_made import made_sales

WATER, SOAP = 1, 2


def two_customers(orders=5):
    """A hundred each: one buys water alone, the other half and half."""
    return category_shares([7, 9, 9], [WATER, WATER, SOAP], [100.0, 50.0, 50.0], {7: orders, 9: 5})


def test_shares_are_drawn_towards_everybodys():
    shares = two_customers()
    assert shares.everybody.tolist() == [0.75, 0.25]
    assert shares.share[0].tolist() == [(5 * 1 + 5 * 0.75) / 10, 5 * 0.25 / 10]
    assert shares.share.sum(axis=1).tolist() == [1.0, 1.0]


def test_more_orders_say_more():
    few, many = two_customers(1).share[0, 0], two_customers(50).share[0, 0]
    assert 0.75 < few < many < 1.0


def test_who_bought_nothing_is_like_everybody():
    shares = category_shares([7], [WATER], [100.0], {7: 3, 8: 0})
    assert shares.share[1].tolist() == shares.everybody.tolist()


def test_refunds_beyond_sales_count_as_nothing():
    shares = category_shares([7, 7], [WATER, SOAP], [-10.0, 10.0], {7: 2})
    assert shares.everybody.tolist() == [0.0, 1.0]


def test_an_unknown_category_says_nothing():
    score, lift = scores(two_customers(), np.array([SOAP, 99]), [0, 0])
    assert (score[:, 1] == 0).all()
    assert (lift[:, 1] == 0).all()
    assert (score[:, 0] > 0).all()


def test_without_sales_nothing_fits():
    shares = category_shares([], [], [], {7: 0})
    score, lift = scores(shares, np.array([WATER]), [0])
    assert score.tolist() == [[0.0]]
    assert lift.tolist() == [[0.0]]


def test_within_a_category_what_others_bought_comes_first():
    row, column, _lift, rank = best_fits(
        two_customers(), np.array([SOAP, SOAP]), [0, 3], np.zeros((2, 2), bool), 5
    )
    assert row.tolist() == [1, 1]
    assert (column.tolist(), rank.tolist()) == ([1, 0], [1, 2])


def test_what_was_bought_or_sent_away_is_left_out():
    bought = np.array([[False, False], [True, False]])
    row, column, _lift, rank = best_fits(two_customers(), np.array([SOAP, SOAP]), [0, 0], bought, 5)
    assert (row.tolist(), column.tolist(), rank.tolist()) == ([1], [1], [1])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_tastes_are_found_before_popularity_knows_them(seed):
    report = run_fit_backtest(made_sales(seed))
    assert report.cases >= 30
    assert report.mrr["category"] > report.mrr["popular"] + 0.1
    assert not report.beaten


def test_without_tastes_it_is_no_worse_than_popularity():
    report = run_fit_backtest(made_sales(1, tastes=False))
    assert report.mrr["category"] == pytest.approx(report.mrr["popular"], abs=0.12)


def test_too_few_cases_are_refused():
    sales = made_sales(1)
    with pytest.raises(InsufficientDataError):
        run_fit_backtest(sales.take(sales.order < 50))
