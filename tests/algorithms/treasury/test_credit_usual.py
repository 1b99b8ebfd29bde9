"""Simple rules of credit: shares of late invoices, usual days late, proposed limits."""

import numpy as np
import pytest

from algorithms.core.exceptions import InsufficientDataError
from algorithms.treasury.credit_usual import (
    by_share,
    proposed_limits,
    two_figures,
    usual_days,
)
from algorithms.treasury.documents import OPEN, Documents

TODAY = 20_000


def documents(*rows):
    """rows : (client, days since it was due, days late or None, amount), issued 30 days earlier."""
    client, ago, late, amount = zip(*rows, strict=True)
    due = TODAY - np.array(ago)
    paid = [OPEN if one is None else day + one for day, one in zip(due, late, strict=True)]
    return Documents(client, due - 30, due, paid, amount)


def two_clients():
    return documents(
        *[(1, 40 + 20 * number, 45, 100.0) for number in range(12)],
        *[(2, 40 + 20 * number, -2, 100.0) for number in range(12)],
    )


def test_who_was_late_more_often_has_the_higher_chance():
    scores = by_share(two_clients(), [1, 2, 3], TODAY)
    assert scores.chance[0] > 0.8
    assert scores.chance[1] < 0.2
    # Nobody knows the third one: as all.
    assert scores.chance[2] == pytest.approx(0.5, abs=0.02)
    assert list(scores.grade) == ["E", "A", "C"]
    assert scores.part[0, 0] > 0 > scores.part[1, 0]


def test_too_few_invoices_raise():
    with pytest.raises(InsufficientDataError):
        by_share(two_clients().take(np.arange(19)), [1], TODAY)


def test_usual_days_are_the_middle_of_a_year():
    rows = [(1, 500, 90, 1.0), (1, 300, 10, 1.0), (1, 200, 20, 1.0), (1, 100, 30, 1.0)]
    # That of 500 days ago was paid 410 days ago, and an open one is no delay.
    found = usual_days(documents(*rows, (1, 50, None, 1.0), (2, 50, 3, 1.0)), [1, 2, 9], TODAY)
    assert found[0] == 20
    assert np.isnan(found[1:]).all()


def test_limits_follow_amount_time_until_paid_and_grade():
    book = documents(
        *[(1, 30 * number - 30, 30 if number > 2 else None, 1000.0) for number in range(12)]
    )
    best, usual, worst = (
        proposed_limits(book, [1], [grade], TODAY)[0] for grade in ("A", "C", "E")
    )
    assert best > usual > worst > 0
    # About 1,000 a month, paid after two months, twice.
    assert 3000 <= usual <= 5000


def test_no_limit_below_five_invoices_nor_for_strangers():
    book = documents(*[(1, 30 * number, 0, 1000.0) for number in range(4)])
    assert np.isnan(proposed_limits(book, [1, 2], ["A", "A"], TODAY)).all()
    nothing = Documents(*([] for _ in range(5)))
    assert np.isnan(proposed_limits(nothing, [1], ["A"], TODAY)).all()


def test_two_figures():
    assert two_figures([0.0, 7.4, 1234.0, 98765.0]).tolist() == [0.0, 7.4, 1200.0, 99000.0]
