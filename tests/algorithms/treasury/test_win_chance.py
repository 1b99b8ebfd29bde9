"""Quotations: planted differences are found, chance is not, and nothing of the end leaks."""

from dataclasses import replace

import numpy as np
import pytest

from algorithms.core.exceptions import InsufficientDataError
from algorithms.treasury.calibration import Bins
from algorithms.treasury.documents import OPEN
from algorithms.treasury.win_chance import (
    features_of,
    lapse_of,
    outcome_of,
    pipeline,
    train_win,
    win_chances,
)
from benchmarks.receivables_made import made_quotations


def test_planted_differences_beat_the_base_rate():
    made, today, truth = made_quotations(1, count=4000)
    found = train_win(made, today, np.random.default_rng(0))
    assert found.gain.sure
    assert found.calibration.error < 0.07
    still = np.flatnonzero(made.decided == OPEN)
    chance = win_chances(found.model, made, made.take(still), today)
    assert np.corrcoef(chance, truth[still])[0, 1] > 0.5


def test_where_all_have_one_chance_little_is_gained_and_the_base_rate_may_stay():
    made, today, _truth = made_quotations(2, count=3000, matters=False)
    found = train_win(made, today, np.random.default_rng(0))
    assert not found.gain.sure
    assert found.model.base_only == (found.gain.gain <= 0)
    only = replace(found.model, base_only=True)
    assert set(win_chances(only, made, made.take(np.arange(3)), today)) == {found.model.rate}


def test_the_end_and_what_comes_later_change_no_chance():
    made, today, _truth = made_quotations(3)
    rows = made.take(np.arange(500, 520))
    day = rows.sent + 7
    other = replace(
        made,
        won=np.where(made.decided >= rows.sent.min(), ~made.won, made.won),
    )
    own = replace(rows, won=~rows.won, decided=rows.decided + 5)
    before = features_of(made, rows, np.minimum(day, rows.sent.min()), 0.5, 30)
    after = features_of(other, own, np.minimum(day, rows.sent.min()), 0.5, 30)
    assert (before == after).all()


def test_what_nobody_decided_is_lost_when_its_time_is_over():
    made, today, _truth = made_quotations(4)
    lapse = lapse_of(made, today)
    assert 14 <= lapse <= 60
    ended, won = outcome_of(made, lapse)
    assert (ended <= made.sent + lapse).all()
    assert not won[made.decided == OPEN].any()
    assert won.sum() >= 0.9 * made.won.sum()


def test_at_a_later_age_those_decided_before_are_left_out():
    made, today, _truth = made_quotations(5, count=4000)
    young, old = (train_win(made, today, np.random.default_rng(0), age=age) for age in (0, 10))
    assert old.quotations < young.quotations
    assert old.rate < young.rate


def test_too_few_quotations_say_so():
    made, today, _truth = made_quotations(6, count=100)
    with pytest.raises(InsufficientDataError):
        train_win(made, today, np.random.default_rng(0))


def test_the_pipeline_is_the_sum_of_chances_times_amounts():
    rng = np.random.default_rng(7)
    chance, amount = rng.random(200), rng.lognormal(5, 1, 200)
    found = pipeline(chance, amount, rng)
    sd = np.sqrt((chance * (1 - chance) * amount**2).sum())
    assert found.mean == pytest.approx(chance @ amount)
    assert found.high - found.low == pytest.approx(2 * 1.2816 * sd, rel=0.1)
    assert found.low < found.median < found.high
    missed = Bins(np.array([0.3, 0.7]), np.array([0.6, 0.4]), np.array([500, 500]))
    wider = pipeline(chance, amount, rng, missed)
    assert wider.high - wider.low > 1.5 * (found.high - found.low)
    assert pipeline([], [], rng).mean == 0
