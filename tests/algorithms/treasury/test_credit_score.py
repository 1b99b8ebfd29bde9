"""Credit: features by hand, no leak, planted trouble is found, noise falls back to the mean."""

from dataclasses import replace

import numpy as np
import pytest

from algorithms.core.exceptions import InsufficientDataError
from algorithms.treasury.credit_features import (
    AGE,
    AMOUNT,
    OVERDUE,
    PAST,
    TREND,
    Usual,
    known_on,
    usual_of,
)
from algorithms.treasury.credit_score import REASONS, chosen_limit, score, train_credit
from algorithms.treasury.documents import OPEN, Documents
from algorithms.treasury.history import Before
from benchmarks.receivables_made import made_book

USUAL = Usual(2.0, 3.0, 0.25)


def by_hand(doc, late_after, client, day, amount):
    """Features of one client on one day, in plain words."""
    mine = [
        row
        for row in zip(doc.client, doc.issued, doc.due, doc.paid, doc.amount, strict=True)
        if row[0] == client
    ]
    days = [
        min(max(p - d, -60), 180)
        for _c, _i, d, p, _a in sorted(mine, key=lambda r: r[3])
        if p < day
    ]
    told = [p - d > late_after for _c, _i, d, p, _a in mine if min(p, d + late_after + 1) < day]
    overdue = [d for _c, _i, d, p, _a in mine if d < day <= p]
    logs = [np.log(a) for _c, i, _d, _p, a in mine if i < day]
    first = min([i for _c, i, *_ in mine], default=day)
    mean = (sum(days) + 2 * USUAL.mean) / (len(days) + 2)
    share = (sum(told) + 2 * USUAL.share) / (len(told) + 2)
    last = days[-4:]
    return [
        mean,
        np.log(share / (1 - share)),
        np.log1p(len(overdue)),
        np.log1p(sum(day - d for d in overdue)),
        (sum(last) - len(last) * mean) / (len(last) + 2),
        sum(np.log(amount) - each for each in logs) / (len(logs) + 2),
        np.log1p(max(day - first, 0)),
    ]


def test_features_are_those_counted_by_hand():
    rng = np.random.default_rng(1)
    count = 120
    client, issued = rng.integers(0, 6, count), 1000 + rng.integers(0, 300, count)
    due = issued + 30
    paid = np.where(rng.random(count) < 0.2, OPEN, due + rng.integers(-25, 90, count))
    # Of two paid on one day either may be the last: none are.
    paid = np.where(paid < OPEN, paid * 1000 + np.arange(count), OPEN * 1000) // 1000
    doc = Documents(client, issued, due, paid, rng.lognormal(3, 1, count))
    asked = np.array([0, 1, 2, 3, 4, 5, 77]), np.full(7, 1210), np.full(7, 20.0)
    found = known_on(doc, 30, USUAL, *asked)
    for row, who in enumerate(asked[0]):
        wanted = by_hand(doc, 30, who, 1210, 20.0)
        same = [0, 1, 2, 3, 5, 6]
        assert found.features[row, same] == pytest.approx(np.array(wanted)[same])
    assert found.shown[6].tolist()[:3] == [USUAL.mean, 0, 0]
    assert found.shown[:, OVERDUE].sum() == sum(
        (doc.due < 1210) & (doc.paid >= 1210) & np.isin(doc.client, asked[0])
    )


def test_the_trend_is_of_the_last_four_paid():
    due = 1000 + 10 * np.arange(10)
    doc = Documents(np.zeros(10), due - 30, due, due + 20 * (due > 1055), np.ones(10))
    found = known_on(doc, 30, USUAL, [0], [1200], [1.0])
    mean = (80 + 2 * USUAL.mean) / 12
    assert found.shown[0, TREND] == pytest.approx((80 - 4 * mean) / 6)
    assert found.shown[0, AGE] == 1200 - 970
    assert found.shown[0, AMOUNT] == pytest.approx(1.0)


def test_sums_before_a_day_leave_out_that_day():
    rows = Before([1, 1, 2, 1], [5, 7, 6, 9], value=[1.0, 2.0, 4.0, 8.0])
    assert rows.count(np.array([1, 1, 2, 3]), np.array([7, 8, 99, 99])).tolist() == [1, 2, 1, 0]
    assert rows.sum("value", np.array([1, 1]), np.array([10, 10]), last=2).tolist() == [10, 10]
    assert rows.sum("value", np.array([1, 2]), np.array([9, 6])).tolist() == [3, 0]


def test_the_limit_is_the_longest_that_is_not_too_rare():
    due = 1000 + np.arange(1000)

    def limit(late, number):
        delay = np.where(np.arange(1000) < number, late, 0)
        return chosen_limit(Documents(due * 0, due - 30, due, due + delay, due * 1.0), 5000)

    assert limit(70, 40) == 60
    assert limit(40, 40) == 30
    assert limit(70, 10) == 0
    assert limit(5, 400) == 0


def test_planted_trouble_is_found_and_calibrated():
    book = made_book(1, clients=150, invoices=5000)
    found = train_credit(book.documents, book.today, np.random.default_rng(0))
    assert found.gain.better
    assert found.gain.model > 0.8
    assert found.calibration.error < 0.06
    assert found.brier < found.base_brier
    seen = book.documents.on(book.today)
    made = score(found.model, seen, np.arange(150), book.today)
    assert np.corrcoef(made.chance, book.mean)[0, 1] > 0.6
    assert set(made.reason.ravel()) <= set(range(len(REASONS)))
    assert (np.abs(made.part[:, 0]) >= np.abs(made.part[:, 1])).all()
    assert set(made.grade) <= set("ABCDE")
    worst, best = np.argmax(made.chance), np.argmin(made.chance)
    assert made.grade[worst] == "E"
    assert made.grade[best] in "AB"
    assert made.part[worst].max() > 0


def test_a_large_amount_and_an_unknown_client_have_chances_too():
    book = made_book(2, clients=100, invoices=3000)
    found = train_credit(book.documents, book.today, np.random.default_rng(0))
    made = score(found.model, book.documents, [1, 12345], book.today, [1e9, 0.0])
    assert ((made.chance > 0) & (made.chance < 1)).all()


def test_what_comes_later_changes_no_chance():
    book = made_book(3, clients=60, invoices=2000)
    model = train_credit(book.documents, book.today, np.random.default_rng(0)).model
    day = book.today - 100
    later = book.documents.paid >= day
    other = replace(book.documents, paid=np.where(later, OPEN, book.documents.paid))
    one, two = (score(model, doc, np.arange(60), day) for doc in (book.documents, other))
    assert (one.chance == two.chance).all()


def test_where_only_chance_decides_the_past_mean_is_the_score():
    rng = np.random.default_rng(4)
    count = 3000
    client, issued = rng.integers(0, 80, count), 19_000 + rng.integers(0, 700, count)
    late = np.where(rng.random(count) < 0.3, 70, 0)
    doc = Documents(client, issued, issued + 30, issued + 30 + late, rng.lognormal(3, 1, count))
    found = [train_credit(doc, 20_000, np.random.default_rng(seed)) for seed in range(2)]
    assert all(0.4 < each.gain.model < 0.6 for each in found)
    mean_only = replace(found[0].model, mean_only=True)
    assert found[0].model.mean_only == (found[0].gain.gain <= 0)
    if found[0].model.mean_only:
        made = score(mean_only, doc, [1], 20_000)
        assert made.reason[0, 0] == PAST
        assert made.part[0, 1:].tolist() == [0, 0]


def test_too_few_invoices_or_late_ones_say_so():
    due = 1000 + np.arange(300)
    doc = Documents(due % 9, due - 30, due, due, np.ones(300))
    with pytest.raises(InsufficientDataError):
        train_credit(doc, 5000, np.random.default_rng(0))
    with pytest.raises(InsufficientDataError):
        train_credit(doc.take(slice(0, 50)), 5000, np.random.default_rng(0))
    assert usual_of(doc.take(slice(0, 0)), 30, 5000) == Usual(0.0, 0.0, 0.5)
