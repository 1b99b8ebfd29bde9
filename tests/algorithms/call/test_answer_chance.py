"""Chances to answer: drawn towards all clients, learned by hour, and true on planted calls."""

import numpy as np
import pytest

from algorithms.call.answer_chance import BANDS, band_of, learn
from benchmarks.calls_made import made_call_center


def rows(*calls):
    """learn() of (client, hour, weekday, answered, made)."""
    client, hour, weekday, answered, made = np.array(calls).T
    return learn(client, band_of(hour), weekday, answered, made)


def test_hours_fall_into_bands():
    assert band_of(np.array([0, 8, 9, 10, 11, 18, 19, 23])).tolist() == [0, 0, 1, 1, 2, 5, 6, 6]
    assert BANDS == 7


def test_without_a_call_every_chance_is_one_half():
    empty = np.zeros(0)
    found = learn(empty, empty, empty, empty, empty)
    assert found.call_count == 0
    assert found.chance([3, 4], 2, 1).tolist() == [0.5, 0.5]


def test_an_unknown_client_has_the_chance_of_all():
    found = rows((1, 9, 0, 30, 40), (2, 9, 0, 10, 40))
    assert found.chance([99], band_of(9), 0)[0] == pytest.approx(0.5, abs=0.02)


def test_one_call_moves_a_client_little_and_many_much():
    others = [(client, 9, 0, 20, 40) for client in range(10, 40)]
    few = rows(*others, (1, 9, 0, 1, 1)).chance([1], band_of(9), 0)[0]
    many = rows(*others, (1, 9, 0, 40, 40)).chance([1], band_of(9), 0)[0]
    assert 0.5 < few < 0.6
    assert many > few + 0.1


def test_the_chance_is_the_formula_of_the_docstring():
    calls = [(1, 9, 0, 3, 4), (1, 14, 1, 1, 6), (2, 9, 1, 5, 8), (2, 14, 0, 2, 9)]
    found = rows(*calls)
    strength, rate = found.strength, 12 / 29
    assert found.rate == pytest.approx(rate)
    band, prior = 1, 20.0
    cells = {}
    for number, hours, weekday in ((1, 9, 0), (1, 14, 1), (2, 9, 1), (2, 14, 0)):
        inside = [call for call in calls if call[1] == hours]
        by_band = (sum(c[3] for c in inside) + prior * rate) / (sum(c[4] for c in inside) + prior)
        inside = [call for call in calls if call[2] == weekday]
        by_day = (sum(c[3] for c in inside) + prior * rate) / (sum(c[4] for c in inside) + prior)
        cells[number, hours] = by_band * by_day / rate
    ratio = (1 + strength * rate) / (6 * cells[1, 14] + strength * rate)
    expected = (3 + strength * cells[1, 9] * ratio) / (4 + strength)
    assert found.chance([1], band, 0)[0] == pytest.approx(expected)


def test_where_clients_are_alike_their_calls_count_little():
    rng = np.random.default_rng(1)
    alike = rng.binomial(10, 0.5, 200)
    apart = np.where(np.arange(200) % 2, 9, 1)
    ones = np.ones(200)
    strength = {
        name: learn(np.arange(200), ones, ones, answered, 10 * ones).strength
        for name, answered in (("alike", alike), ("apart", apart))
    }
    assert strength["alike"] >= 8 * strength["apart"]


def test_planted_hours_are_found():
    center = made_call_center(3)
    calls, days = center.calls, np.unique(center.calls.day)
    cut = days[int(0.8 * len(days))]
    found = calls.take(calls.day < cut).chances()
    tested = calls.day >= cut
    later, truth = calls.take(tested), center.chance[tested]
    chance = np.array(
        [
            found.chance([client], band, weekday)[0]
            for client, band, weekday in zip(
                later.client, band_of(later.hour), later.weekday, strict=True
            )
        ]
    )
    assert np.corrcoef(chance, truth)[0, 1] > 0.75
    assert ((chance - truth) ** 2).mean() < 0.5 * ((found.rate - truth) ** 2).mean()
