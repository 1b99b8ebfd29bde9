"""A credit score gives way unless the new one is surely worse on invoices it could not know."""

from dataclasses import replace

import numpy as np
import pytest

from algorithms.treasury.calibration import Platt
from algorithms.treasury.credit_duel import KeptCredit, duel
from algorithms.treasury.credit_features import MOST_RATIO, known_on, usual_amounts
from algorithms.treasury.credit_score import amount_effect, score, train_credit
from algorithms.treasury.documents import Documents
from benchmarks.receivables_made import made_book

BACK = 120


@pytest.fixture(scope="module")
def learned():
    """(documents, report of today, KeptCredit of some months ago)."""
    book = made_book(1, clients=150, invoices=5000)
    report = train_credit(book.documents, book.today, np.random.default_rng(0))
    then = book.today - BACK
    before = train_credit(book.documents.on(then), then, np.random.default_rng(0))
    return book.documents, report, KeptCredit(before.model, then)


def test_a_score_that_was_as_well_learned_is_no_reason_to_keep_it(learned):
    documents, report, old = learned
    found = duel(old, documents, report)
    assert found.unseen > 100
    assert not found.is_worse
    assert abs(found.new - found.old) < 0.03


def test_a_new_score_that_says_nonsense_does_not_replace(learned):
    documents, report, old = learned
    found = duel(old, documents, replace(report, chance=1 - report.chance))
    assert found.new > found.old
    assert found.is_worse


def test_a_bad_old_score_gives_way(learned):
    documents, report, old = learned
    bad = replace(old, model=replace(old.model, platt=Platt(-1.0, 0.0)))
    found = duel(bad, documents, report)
    assert found.new < found.old
    assert not found.is_worse


def test_of_what_both_saw_nothing_is_said(learned):
    documents, report, old = learned
    late = replace(old, today=int(documents.due.max()) + 400)
    assert duel(late, documents, report).unseen == 0
    other = replace(old, model=replace(old.model, late_after=old.model.late_after + 1))
    assert not duel(other, documents, report).is_worse


def test_the_effect_of_an_amount_is_that_of_the_score(learned):
    documents, report, _old = learned
    model = report.model
    if model.mean_only:
        pytest.skip("the past mean is the score")
    clients, today = np.unique(documents.client)[:20], int(documents.issued.max()) + 1
    usual, share = usual_amounts(documents, clients)
    base = score(model, documents, clients, today).chance
    amount = np.exp(usual) * np.linspace(0.1, 500, len(clients))
    asked = score(model, documents, clients, today, amount).chance
    ratio = np.clip(share * (np.log(amount) - usual), -MOST_RATIO, MOST_RATIO)
    logit = np.log(base / (1 - base)) + amount_effect(model) * ratio
    assert asked == pytest.approx(1 / (1 + np.exp(-logit)), rel=1e-6)


def test_usual_amounts_are_those_of_the_feature():
    documents = Documents([1, 1, 2], [10, 20, 30], [40, 50, 60], [40, 50, 60], [100.0, 400.0, 7.0])
    usual, share = usual_amounts(documents, [1, 2, 9])
    assert np.exp(usual[0]) == pytest.approx(200)
    assert share.tolist() == pytest.approx([0.5, 1 / 3, 0.0])
    assert usual[2] == 0
    known = known_on(documents, 30, _usual(), [1], [100], [800.0])
    assert np.log(known.shown[0, 3]) == pytest.approx(0.5 * np.log(4))


def _usual():
    from algorithms.treasury.credit_features import Usual

    return Usual(2.0, 3.0, 0.25)
