"""How often figures are right, over many draws of the arms; seeds are fixed."""

import numpy as np
from scipy import stats

from algorithms.experiment.effect import evaluate
from algorithms.experiment.over_time import effect_over_time
from benchmarks.experiments_made import exposed, made_shop

CLIENTS = 250


def draws(count, share=0.5, planted=0.0, seed=0, clients=CLIENTS):
    """Exposures of made shops, each with arms of its own."""
    rng = np.random.default_rng(seed)
    for _draw in range(count):
        yield exposed(made_shop(rng, clients), rng.random(clients) < share, planted)


def rejected_by_order(data):
    """What a plain t-test of the quotations says."""
    arms = data.outcome[data.treated], data.outcome[~data.treated]
    return stats.ttest_ind(*arms, equal_var=False).pvalue < 0.05


def test_without_an_effect_a_test_by_order_cries_wolf_and_this_one_does_not():
    data = list(draws(400))
    by_order = np.mean([rejected_by_order(each) for each in data])
    ours = np.mean([evaluate(each, 0.5).can_tell for each in data])
    assert by_order > 0.15
    assert 0.03 <= ours <= 0.07


def test_intervals_hold_the_effect_as_often_as_they_say():
    """The truth is that of all shops: what winsorising leaves of a planted +20 %."""
    truth = true_effect(0.2, 900.0)
    for share in (0.5, 0.8):
        found = [evaluate(each, share, cap=900.0) for each in draws(300, share, 0.2)]
        held = np.mean([each.low <= truth <= each.high for each in found])
        assert 0.93 <= held <= 0.97, share
        middle = np.mean([each.absolute for each in found])
        assert abs(middle - truth) < 0.2 * found[0].standard_error


def true_effect(planted, cap):
    _client, outcome, _before = made_shop(np.random.default_rng(1), 100_000)
    return np.mean(np.minimum(outcome * (1 + planted), cap) - np.minimum(outcome, cap))


def test_few_clients_are_told_honestly():
    """30 clients an arm: with the normal distribution it would be wrong more often."""
    found = [evaluate(each, 0.5) for each in draws(500, seed=3, clients=60)]
    scores = np.array([each.absolute / each.standard_error for each in found if each.enough])
    assert len(scores) > 450
    assert np.mean(np.abs(scores) > 1.96) > 0.055
    assert 0.03 <= np.mean([each.can_tell for each in found if each.enough]) <= 0.07


def test_who_looks_every_week_needs_the_sequence():
    rng = np.random.default_rng(4)
    false = {"fixed": 0, "sequence": 0}
    for data in draws(100, seed=5, clients=200):
        days = rng.integers(0, 70, len(data))
        for looks in false:
            line = effect_over_time(data, days, 0.5, looks, planned=800)
            false[looks] += any(each.can_tell for each in line.effects)
    assert false["fixed"] > 0.1 * 100
    assert false["sequence"] <= 0.05 * 100


def test_the_sequence_still_finds_what_is_there():
    found = [evaluate(each, 0.5, "sequence", planned=1_000) for each in draws(60, planted=1.0)]
    assert np.mean([each.can_tell for each in found]) > 0.8
    assert all(each.absolute > 0 for each in found if each.can_tell)


def test_orders_of_the_experiment_among_those_before_it_hide_a_part_of_the_effect():
    """Why ``before`` ends with the client's first exposure."""
    right, late = [], []
    for data in draws(100, planted=0.5, seed=6):
        right.append(evaluate(data, 0.5).relative)
        before = data.before * (1 + 0.5 * data.treated)
        late.append(evaluate(type(data)(data.client, data.treated, data.outcome, before), 0.5))
    late = np.mean([each.relative for each in late])
    assert np.mean(right) > 0.42
    assert late < 0.6 * np.mean(right)
