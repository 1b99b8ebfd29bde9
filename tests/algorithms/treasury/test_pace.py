"""Pace: a planted factor is found, chance is no shock, and periods that overlap count once."""

import numpy as np
import pytest

from algorithms.treasury.pace import Pace, PastPace, pace_from, past_pace


def test_a_planted_pace_is_found():
    rng = np.random.default_rng(1)
    still, amount = rng.uniform(0.2, 0.9, 500), rng.lognormal(5, 1, 500)
    for planted in (-0.5, 0.0, 0.4):
        came = float((amount * (1 - still ** np.exp(planted))).sum())
        assert past_pace(1, still, amount, came).value == pytest.approx(planted, abs=1e-6)


def test_nothing_that_could_come_tells_nothing():
    assert past_pace(1, np.ones(3), np.ones(3), 0.0) is None
    assert past_pace(1, np.zeros(0), np.zeros(0), 0.0) is None


def test_without_a_past_the_pace_is_usual_and_sure():
    assert pace_from([], 100, 30) == Pace()
    assert Pace().draw(np.random.default_rng(0), 3).tolist() == [1, 1, 1]


def test_a_later_period_is_not_known_yet():
    assert pace_from([PastPace(101, 1.0, 0.01)], 100, 30).periods == 0


def test_chance_of_single_invoices_is_no_shock_and_a_planted_one_is():
    rng = np.random.default_rng(2)
    for shock in (0.0, 0.3):
        found = [
            pace_from(
                [
                    PastPace(30 * n, rng.normal(0.1, np.hypot(0.1, shock)), 0.01)
                    for n in range(1, 41)
                ],
                1200,
                30,
            )
            for _ in range(40)
        ]
        assert np.mean([each.shock for each in found]) == pytest.approx(shock, abs=0.04)
        assert all(each.sd >= each.shock for each in found)


def test_periods_that_overlap_count_by_what_they_do_not_share():
    once = pace_from([PastPace(30 * n, 0.5, 0.02) for n in range(1, 11)], 300, 30)
    often = pace_from([PastPace(3 * n, 0.5, 0.02) for n in range(10, 101)], 300, 30)
    assert often.mean == pytest.approx(once.mean, abs=0.03)
    assert often.sd == pytest.approx(once.sd, rel=0.1)
