"""The back-test of payments: nothing leaks from later, planted habits win, and chance does not."""

from dataclasses import replace

import numpy as np
import pytest

from algorithms.core.exceptions import InsufficientDataError
from algorithms.treasury.delay_backtest import SIMPLE, origin_days, run_delay_backtest
from algorithms.treasury.documents import Documents
from benchmarks.receivables_made import made_book


def report(book, **options):
    return run_delay_backtest(book.documents, book.today, np.random.default_rng(0), **options)


def test_planted_habits_beat_the_due_day_and_the_median():
    found = report(made_book(1))
    assert not found.beaten
    assert found.gain.sure
    assert found.wape[found.method] < 0.6 * found.wape[SIMPLE]
    assert found.judged == len(found.origins) - len(found.origins) // 2


def test_a_drift_is_corrected_on_totals():
    found = report(made_book(2, drift=-12.0), horizon=14)
    assert abs(found.bias[found.method]) < 0.03
    assert found.wape[found.method] < 0.12


def test_what_comes_later_changes_no_earlier_forecast():
    book = made_book(3, invoices=1500)
    doc, cut = book.documents, book.today - 200
    later = doc.paid > cut
    other = replace(doc, paid=np.where(later, doc.paid + 50, doc.paid))
    days = [replace(book, documents=each) for each in (doc, other)]
    first, second = (report(each, horizon=14).origins for each in days)
    known = [
        (one.foreseen, two.foreseen)
        for one, two in zip(first, second, strict=True)
        if one.day <= cut - 14
    ]
    assert len(known) > 5
    assert all(one == two for one, two in known)


def test_too_little_says_so():
    book = made_book(4, invoices=20)
    with pytest.raises(InsufficientDataError):
        report(book)
    with pytest.raises(InsufficientDataError):
        origin_days(made_book(4, invoices=400, days=40).documents, 19_060, 30, 7)


def test_there_are_never_more_than_sixty_origins():
    book = made_book(5, invoices=500, days=3000)
    days = origin_days(book.documents, book.today, 30, 7)
    assert 40 < len(days) <= 60
    assert max(days) + 30 <= book.today


def test_where_everybody_pays_on_one_day_the_simple_rule_may_stay():
    due = 19_000 + np.arange(700)
    doc = Documents(due % 7, due - 30, due, due + 3, np.full(700, 10.0))
    found = run_delay_backtest(doc, 19_700, np.random.default_rng(0), horizon=14)
    assert found.wape[SIMPLE] == 0
    assert found.beaten
