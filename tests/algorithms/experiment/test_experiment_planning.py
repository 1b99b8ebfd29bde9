import math
from dataclasses import replace

import numpy as np
import pytest

from algorithms.experiment.effect import evaluate
from algorithms.experiment.exposures import Exposures
from algorithms.experiment.planning import days_until_visible, quotation_variance, quotations_needed
from benchmarks.experiments_made import exposed, made_shop


def draw(seed, clients, planted=0.0, share=0.5):
    rng = np.random.default_rng(seed)
    return exposed(made_shop(rng, clients), rng.random(clients) < share, planted)


def test_single_quotations_need_what_the_textbook_says():
    """In each arm 16 times the squared coefficient of variation over the squared effect."""
    needed = quotations_needed(0.1, 1.0)
    assert needed == math.ceil(4 * (1.959964 + 0.841621) ** 2 / 0.01)
    assert needed == pytest.approx(2 * 16 / 0.01, rel=0.02)
    assert quotations_needed(-0.1, 1.0) == needed
    assert quotations_needed(0.2, 1.0) == pytest.approx(needed / 4, abs=1)
    assert quotations_needed(0.1, 1.0, share=0.8) == pytest.approx(needed / 0.64, abs=1)
    assert quotations_needed(0.1, 1.0, power=0.9) > 1.3 * needed
    assert quotations_needed(0.1, 1.0, looks="sequence") == pytest.approx(
        needed * (3.035 + 0.8416) ** 2 / (1.96 + 0.8416) ** 2, rel=0.01
    )


def test_independent_quotations_have_their_own_variance():
    rng = np.random.default_rng(0)
    outcome = rng.gamma(4, 10, 20_000)
    data = Exposures(np.arange(20_000), rng.random(20_000) < 0.5, outcome, np.full(20_000, np.nan))
    assert quotation_variance(data, math.inf) == pytest.approx(0.25, rel=0.05)
    assert quotation_variance(data) < 0.25


def test_clients_who_come_back_make_it_take_longer():
    """Ten quotations of a client that are all alike say no more than one."""
    rng = np.random.default_rng(0)
    outcome = np.repeat(rng.gamma(4, 10, 2_000), 10)
    data = Exposures(
        np.repeat(np.arange(2_000), 10), np.zeros(20_000, bool), outcome, np.full(20_000, np.nan)
    )
    assert quotation_variance(data, math.inf) == pytest.approx(2.5, rel=0.1)


def test_before_and_during_an_experiment_it_says_much_the_same():
    data = draw(0, 3_000)
    earlier = Exposures(data.client, np.zeros(len(data), bool), data.outcome, data.before)
    during = quotations_needed(0.1, evaluate(data, 0.5))
    assert quotations_needed(0.1, data) == pytest.approx(during, rel=0.1)
    assert quotations_needed(0.1, earlier) == pytest.approx(during, rel=0.1)


def test_so_many_quotations_find_the_effect_in_four_of_five():
    whole = draw(0, 5_000)
    needed = quotations_needed(0.2, whole)
    amount = 0.2 * np.minimum(whole.outcome, evaluate(whole, 0.5).cap).mean()
    found = []
    for seed in range(100):
        data = draw(1 + seed, needed // 4)
        more = replace(data, outcome=data.outcome + amount * data.treated)
        found.append(evaluate(more, 0.5))
    assert np.mean([each.quotations for each in found]) == pytest.approx(needed, rel=0.05)
    assert 0.7 <= np.mean([each.can_tell for each in found]) <= 0.9


def test_the_smallest_visible_effect_is_the_one_that_needs_what_is_there():
    found = evaluate(draw(0, 3_000), 0.5)
    needed = quotations_needed(found.smallest_visible, found)
    assert needed == pytest.approx(found.quotations, rel=0.03)


def test_days_are_what_is_missing_over_what_comes():
    needed = quotations_needed(0.1, 1.0)
    assert days_until_visible(0.1, 10, 1.0) == math.ceil(needed / 10)
    assert days_until_visible(0.1, 10, 1.0, done=needed - 1) == 1
    assert days_until_visible(0.1, 10, 1.0, done=needed) == 0
    assert days_until_visible(0.1, 0, 1.0, done=needed) == 0
    assert days_until_visible(0.1, 0, 1.0) is None


def test_an_effect_knows_how_many_quotations_it_has():
    found = evaluate(draw(0, 300), 0.5)
    needed = quotations_needed(0.05, found)
    assert days_until_visible(0.05, 7, found) == math.ceil((needed - found.quotations) / 7)


@pytest.mark.parametrize(
    "source",
    [
        Exposures(np.empty(0, int), np.empty(0, bool), np.empty(0), np.empty(0)),
        Exposures([1, 2], [True, False], [0.0, 0.0], [1.0, 2.0]),
        evaluate(Exposures([1, 2], [True, False], [5.0, 0.0], [1.0, 2.0]), 0.5),
        float("nan"),
    ],
    ids=["none", "all lost", "few clients", "unknown"],
)
def test_where_nothing_is_known_it_says_so(source):
    assert quotations_needed(0.1, source) is None
    assert days_until_visible(0.1, 5, source) is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"effect": 0}, "effect: a relative effect"),
        ({"effect": math.nan}, "effect: a relative effect"),
        ({"power": 1}, "power: must lie"),
        ({"share": 0}, "share: must lie"),
        ({"level": 95}, "level: must lie"),
    ],
)
def test_what_does_not_fit_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        quotations_needed(**{"effect": 0.1, "exposures_or_variance": 1.0, **arguments})
