"""Delays: censored invoices count, clients are drawn towards all, and recent ones count more."""

import numpy as np
import pytest

from algorithms.treasury.delays import FIRST, LAST, METHODS, learn
from algorithms.treasury.documents import OPEN, Documents
from benchmarks.receivables_made import made_book

TODAY = 20_000


def documents(*rows):
    """Documents of (client, due, paid or None), issued 30 days before they are due."""
    client, due, paid = zip(*rows, strict=True)
    paid = [OPEN if day is None else day for day in paid]
    return Documents(client, np.array(due) - 30, due, paid, np.ones(len(rows)))


def test_arrays_must_fit():
    with pytest.raises(ValueError, match="differ in length"):
        Documents([1], [1, 2], [1], [1], [1.0])
    with pytest.raises(ValueError, match="no number"):
        Documents([1], [1], [1], [1], [np.nan])


def test_an_earlier_day_knows_nothing_of_later_ones():
    seen = documents((1, 100, 110), (1, 120, 150), (1, 200, 210)).on(130)
    assert seen.due.tolist() == [100, 120]
    assert seen.paid.tolist() == [110, OPEN]


def test_survival_of_all_is_that_of_kaplan_and_meier():
    rng = np.random.default_rng(1)
    delays = rng.integers(-10, 60, 4000)
    due = TODAY - rng.integers(0, 60, 4000)
    made = documents(*zip(rng.integers(0, 9, 4000), due, due + delays, strict=True))
    found = learn(made, TODAY, "all")
    truth = [(delays > day).mean() for day in (-5, 0, 10, 30, 50)]
    assert found.survival[-1][np.array([-5, 0, 10, 30, 50]) - FIRST] == pytest.approx(
        truth, abs=0.03
    )


def test_leaving_out_open_invoices_would_call_everybody_punctual():
    paid = [(1, TODAY - 50, TODAY - 48)] * 20
    unpaid = [(1, TODAY - 50, None)] * 20
    found = learn(documents(*paid, *unpaid), TODAY, "all")
    assert found.survival[-1][10 - FIRST] == pytest.approx(0.5, abs=0.03)
    assert learn(documents(*paid), TODAY, "all").survival[-1][10 - FIRST] < 0.1


@pytest.mark.parametrize("method", METHODS)
def test_every_row_falls_and_stays_a_chance(method):
    book = made_book(2, clients=30, invoices=600)
    found = learn(book.documents, book.today - 60, method, 90.0)
    assert found.survival.shape[0] == len(found.client) + 1
    assert (np.diff(found.survival, axis=1) <= 1e-12).all()
    assert found.survival.min() >= 0
    assert found.survival.max() <= 1


@pytest.mark.parametrize("method", ["own", "habit"])
def test_a_client_with_many_invoices_has_its_own_delay_and_a_new_one_that_of_all(method):
    slow = [(1, TODAY - 300 + 5 * n, TODAY - 300 + 5 * n + 25 + n % 3) for n in range(40)]
    rest = [(2 + n % 20, TODAY - 300 + n, TODAY - 300 + n + n % 5) for n in range(200)]
    found = learn(documents(*slow, *rest), TODAY, method)
    row = found.row(np.array([1, 2, 99]))
    over = found.longer(row, np.full(3, 15))
    assert over[0] > 0.7
    assert over[1] < 0.2
    assert over[2] == pytest.approx(40 / 240, abs=0.05)


def test_one_late_payment_moves_a_client_little():
    rng = np.random.default_rng(3)
    rest = [
        (n % 40, TODAY - 300 + n, TODAY - 300 + n + int(rng.normal(n % 40 - 20, 8)))
        for n in range(280)
    ]
    once = learn(documents(*rest, (77, TODAY - 100, TODAY - 80)), TODAY, "habit")
    often = learn(documents(*rest, *[(77, TODAY - 100, TODAY - 80)] * 20), TODAY, "habit")
    middle = [
        int(np.argmax(each.survival[each.row(np.array([77]))[0]] < 0.5)) + FIRST
        for each in (once, often)
    ]
    assert 0 < middle[0] < 15 < middle[1] < 22


def test_with_a_half_life_what_is_recent_counts_more():
    old = [(1, TODAY - 600, TODAY - 570)] * 30
    new = [(1, TODAY - 60, TODAY - 60)] * 30
    late = {
        half: learn(documents(*old, *new), TODAY, "all", half).survival[-1][10 - FIRST]
        for half in (90.0, np.inf)
    }
    assert late[np.inf] == pytest.approx(0.5, abs=0.03)
    assert late[90.0] < 0.1


def test_longer_than_ever_seen_still_ends_some_day():
    found = learn(documents(*[(1, TODAY - 300, TODAY - 295)] * 10), TODAY, "all")
    tail = found.survival[-1]
    assert 0 < tail[LAST - FIRST] < tail[100 - FIRST]


def test_without_a_payment_nobody_is_known():
    found = learn(documents((1, TODAY + 10, None)), TODAY, "habit")
    assert found.survival.shape == (2, LAST - FIRST + 1)
    with pytest.raises(ValueError, match="unknown method"):
        learn(documents((1, TODAY, None)), TODAY, "best")


def test_planted_means_are_found():
    book = made_book(5, clients=60, invoices=3000)
    found = learn(book.documents, book.today, "habit")
    middle = np.argmax(found.survival[:-1] < 0.5, axis=1) + FIRST
    assert np.corrcoef(middle, book.mean[found.client])[0, 1] > 0.9
