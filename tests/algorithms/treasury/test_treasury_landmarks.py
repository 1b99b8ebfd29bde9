"""Chances of open quotations by their age, and which models stay in use."""

import numpy as np
import pytest

from algorithms.core.exceptions import InsufficientDataError
from algorithms.treasury.documents import OPEN
from algorithms.treasury.pipeline import miss_of, totals
from algorithms.treasury.win_chance import Quotations
from algorithms.treasury.win_landmarks import AGES, duel, open_chances, train_landmarks

TODAY = 20_000


def made(count=1500, seed=4, habits=True):
    """Quotations of 60 clients over three years: some win most, some hardly any; most that are won
    are won within five days, few after two weeks."""
    rng = np.random.default_rng(seed)
    client = rng.integers(1, 61, count)
    sent = np.sort(rng.integers(TODAY - 1000, TODAY, count))
    rate = np.where(client % 2, 0.75, 0.15) if habits else np.full(count, 0.4)
    won = rng.random(count) < rate
    took = np.minimum(1 + rng.exponential(5.0, count), 40).astype(int)
    decided = np.where(won, sent + took, OPEN)
    is_open = decided > TODAY
    return Quotations(
        client,
        sent,
        np.where(is_open, OPEN, decided),
        won & ~is_open,
        rng.lognormal(6, 1, count),
        rng.integers(1, 6, count),
        np.zeros(count),
    )


def by_age(quotations):
    return dict.fromkeys(AGES, quotations)


def test_clients_habits_beat_the_base_rate():
    landmarks, report = train_landmarks(by_age(made()), TODAY, 20)
    assert report.gain.better
    assert report.gain.low > 0
    assert report.calibration.error < 0.08
    assert not landmarks.models[1].base_only
    assert list(landmarks.models)[:2] == [1, 7]
    assert 10 < landmarks.lapse < 40


def test_without_habits_all_get_the_base_rate():
    quotations = made(seed=1, habits=False)
    landmarks, report = train_landmarks(by_age(quotations), TODAY, 20)
    assert not report.gain.better
    rows = np.flatnonzero((quotations.decided == OPEN) & (quotations.sent >= TODAY - 5))
    chances = open_chances(landmarks, by_age(quotations), rows, TODAY)
    assert np.ptp(chances) == 0
    assert chances[0] == pytest.approx(report.rate)


def test_chances_fall_with_age_and_end():
    quotations = made()
    landmarks, _report = train_landmarks(by_age(quotations), TODAY, 20)
    asked = Quotations(
        np.array([1, 1, 1]),
        TODAY - np.array([2, 15, 300]),
        np.full(3, OPEN),
        np.zeros(3, bool),
        np.full(3, 400.0),
        np.full(3, 2),
        np.zeros(3),
    )
    joined = Quotations(
        *(
            np.concatenate([getattr(quotations, name), getattr(asked, name)])
            for name in Quotations.__annotations__
        )
    )
    rows = len(quotations) + np.arange(3)
    new, old, given_up = open_chances(landmarks, by_age(joined), rows, TODAY)
    assert new > 0.5
    assert old < new - 0.2
    assert np.isnan(given_up)


def test_too_few_quotations_are_said():
    with pytest.raises(InsufficientDataError):
        train_landmarks(by_age(made(100)), TODAY, 20)


def test_a_duel_is_about_what_the_old_models_could_not_know():
    quotations = made()
    past = quotations.take(quotations.sent < TODAY - 200)
    old, _report = train_landmarks(by_age(past), TODAY - 200, 20)
    _new, report = train_landmarks(by_age(quotations), TODAY, 20)
    outcome = duel(old, by_age(quotations), report)
    assert 30 < outcome.unseen < len(quotations) / 2
    assert outcome.old == pytest.approx(outcome.new, abs=0.03)
    same = duel(train_landmarks(by_age(quotations), TODAY, 20)[0], by_age(quotations), report)
    assert same.unseen < 30
    assert not same.is_worse


def test_models_of_chance_lose_the_duel():
    quotations = made()
    past = quotations.take(quotations.sent < TODAY - 200)
    old, _report = train_landmarks(by_age(past), TODAY - 200, 20)
    _new, report = train_landmarks(by_age(quotations), TODAY, 20)
    wrong = report.__class__(**{**vars(report), "chance": 1 - report.chance})
    assert duel(old, by_age(quotations), wrong).is_worse


def test_totals_hold_what_comes_true():
    rng = np.random.default_rng(1)
    found = totals(np.full(200, 0.3), np.full(200, 10.0), rng)
    assert found.mean == pytest.approx(600)
    assert found.low < found.median < found.high
    assert found.low > 450
    assert found.high < 750
    wide = totals(np.full(200, 0.3), np.full(200, 10.0), rng, miss=0.5)
    assert wide.high - wide.low > 1.5 * (found.high - found.low)
    assert totals([], [], rng).mean == 0


def test_misses_are_those_that_chance_does_not_explain():
    assert miss_of([0.2, 0.5], [0.2, 0.5], [100, 100]) == 0
    assert miss_of([0.2, 0.5], [0.5, 0.8], [100, 100]) > 0.8
    assert miss_of([], [], []) == 0
