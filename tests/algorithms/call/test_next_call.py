"""Whom to call next: near the simple rule without history, better than it where there is some."""

import numpy as np
import pytest

from algorithms.call.next_call import places, ranked, scores, weight_of
from algorithms.call.next_call_backtest import Calls, run_ranking_backtest
from algorithms.core.exceptions import InsufficientDataError
from benchmarks.calls_made import made_call_center


def test_equal_values_share_a_place():
    assert places([5, 1, 5, 9]).tolist() == [0.5, 0.0, 0.5, 1.0]
    assert places([2]).tolist() == [0.5]
    assert places([]).tolist() == []


def test_without_calls_the_longest_waiting_comes_first():
    order = ranked([900.0, 0.0, 10.0], [0.9, 0.1, 0.5], [1, np.inf, 30], 0)
    assert order.tolist() == [1, 2, 0]


def test_with_many_calls_the_most_worth_comes_first():
    order = ranked([900.0, 0.0, 1000.0], [0.9, 0.1, 0.3], [1, np.inf, 30], 5_000)
    assert order.tolist() == [0, 2, 1]


def test_the_chance_decides_between_equal_margins():
    assert ranked([100.0, 100.0], [0.2, 0.8], [5, 5], 1_000).tolist() == [1, 0]


def test_equal_scores_are_ordered_by_waiting():
    assert ranked([0.0, 0.0, 0.0], [0.5, 0.5, 0.5], [3, 3, 8], 0).tolist() == [2, 0, 1]


def test_trust_grows_with_the_calls():
    assert [weight_of(count) for count in (0, 200, 1_800)] == [0.0, 0.5, 0.9]
    assert scores([1.0, 2.0], [0.5, 0.5], [2, 1], 200).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("seed", [1, 2])
def test_planted_worth_is_found_on_later_days(seed):
    report = run_ranking_backtest(made_call_center(seed).calls)
    assert report.difference > 4 * report.error
    assert report.best > 0.75
    assert not report.beaten


def test_where_nothing_is_to_be_known_both_orders_are_alike():
    calls = made_call_center(4).calls
    rng = np.random.default_rng(0)
    shuffled = rng.permutation(len(calls.client))
    blind = Calls(
        calls.client, calls.day, calls.hour, calls.answered, calls.brought[shuffled],
        calls.margin, calls.waited[rng.permutation(len(shuffled))],
    )  # fmt: skip
    report = run_ranking_backtest(blind)
    assert abs(report.difference) < 3 * report.error
    assert report.best == pytest.approx(0.5, abs=0.1)


def test_ties_count_as_if_drawn_by_lot():
    day = np.repeat(np.arange(100), 4)
    ones = np.ones(len(day))
    calls = Calls(ones, day, 9 * ones, ones, ones, 0 * ones, ones)
    report = run_ranking_backtest(calls)
    assert (report.best, report.waiting) == (0.5, 0.5)


def test_too_few_days_are_refused():
    calls = made_call_center(1, days=45).calls
    with pytest.raises(InsufficientDataError):
        run_ranking_backtest(calls)
