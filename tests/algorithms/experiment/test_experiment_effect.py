import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from algorithms.experiment.effect import evaluate
from algorithms.experiment.exposures import Exposures
from benchmarks.experiments_made import exposed, made_shop

FIGURES = ("absolute", "standard_error", "low", "high", "p_value", "relative", "smallest_visible")


def halves(clients):
    return np.arange(clients) % 2 == 0


def shop(seed=0, clients=200, **settings):
    return made_shop(np.random.default_rng(seed), clients, **settings)


def figures(effect):
    return [getattr(effect, name) for name in FIGURES]


def test_counts_and_raw_means_are_those_of_the_exposures():
    data = exposed(shop(), halves(200), 0.2)
    found = evaluate(data, 0.5, cap=100.0)
    arm = data.outcome[data.treated]
    assert found.treated.quotations == len(arm)
    assert found.treated.clients == found.control.clients == 100
    assert found.treated.raw_mean == pytest.approx(arm.mean())
    assert found.treated.mean == pytest.approx(np.minimum(arm, 100).mean())
    assert found.absolute == pytest.approx(
        found.treated.adjusted_mean - found.control.adjusted_mean
    )
    assert found.relative == pytest.approx(found.absolute / found.control.adjusted_mean)
    assert (found.total, found.total_low, found.total_high) == pytest.approx(
        tuple(each * len(arm) for each in (found.absolute, found.low, found.high))
    )


def test_the_cap_is_the_pooled_percentile_and_stays_what_it_was():
    data = exposed(shop(), halves(200))
    found = evaluate(data, 0.5)
    assert found.cap == pytest.approx(np.quantile(data.outcome, 0.99))
    one = data.outcome.copy()
    one[one.argmax()] *= 1e6
    typed = replace(data, outcome=one)
    assert evaluate(typed, 0.5, cap=found.cap).absolute == pytest.approx(found.absolute)
    assert evaluate(typed, 0.5, cap=math.inf).standard_error > 100 * found.standard_error


def test_a_loss_is_cut_as_a_gain_is():
    data = exposed(shop(), halves(200))
    gain, loss = (evaluate(replace(data, outcome=sign * data.outcome), 0.5) for sign in (1, -1))
    assert loss.absolute == pytest.approx(-gain.absolute)
    assert loss.cap == gain.cap
    assert math.isnan(loss.relative)


def test_what_is_known_beforehand_takes_out_chance_and_leaves_the_effect():
    """Here clients differ in what they had before and in nothing else."""
    rng = np.random.default_rng(0)
    before = rng.uniform(100, 900, 300)
    treated = rng.random(300) < 0.5
    outcome = before + 30 * treated + rng.normal(0, 1, 300)
    data = Exposures(np.arange(300), treated, outcome, before)
    found = evaluate(data, 0.5, cap=math.inf)
    blind = evaluate(replace(data, before=np.full(300, np.nan)), 0.5, cap=math.inf)
    assert found.absolute == pytest.approx(30, abs=1)
    assert found.standard_error < 0.03 * blind.standard_error
    assert abs(blind.absolute - 30) > 5


@pytest.mark.parametrize(("factor", "unit"), [(1000.0, 1.0), (1.0, 0.01), (0.01, 100.0)])
def test_units_of_before_do_not_matter_and_those_of_the_outcome_scale(factor, unit):
    data = exposed(shop(), halves(200), 0.1)
    plain = evaluate(data, 0.5)
    found = evaluate(replace(data, before=factor * data.before, outcome=unit * data.outcome), 0.5)
    assert found.absolute == pytest.approx(unit * plain.absolute)
    assert found.high == pytest.approx(unit * plain.high)
    assert found.relative_low == pytest.approx(plain.relative_low)
    assert found.p_value == pytest.approx(plain.p_value)


def test_new_clients_are_told_from_those_with_small_orders():
    """New ones buy ten times as much; without the flag they would pass for clients with none."""
    rng = np.random.default_rng(0)
    new = rng.random(400) < 0.5
    treated = rng.random(400) < 0.5
    outcome = np.where(new, 1_000, 100) + 10 * treated + rng.normal(0, 5, 400)
    found = evaluate(Exposures(np.arange(400), treated, outcome, np.where(new, np.nan, 0.0)), 0.5)
    assert found.standard_error < 1
    assert found.low < 10 < found.high


def test_all_clients_new_is_a_comparison_without_cuped():
    data = exposed(shop(new=1.0), halves(200))
    found = evaluate(data, 0.5)
    assert np.isnan(data.before).all()
    assert found.absolute == pytest.approx(found.treated.mean - found.control.mean)


@given(st.integers(0, 2**32 - 1), st.integers(1, 2**40))
@settings(max_examples=15)
def test_the_order_of_rows_and_the_numbers_of_clients_do_not_matter(seed, base):
    data = exposed(shop(3, 60), halves(60), 0.3)
    rng = np.random.default_rng(seed)
    order, codes = rng.permutation(len(data)), base + rng.permutation(60)
    mixed = Exposures(
        codes[data.client][order],
        data.treated[order],
        data.outcome[order],
        data.before[order],
    )
    assert figures(evaluate(mixed, 0.5)) == pytest.approx(figures(evaluate(data, 0.5)))


def test_exchanged_arms_exchange_the_sign():
    data = exposed(shop(), halves(200), 0.2)
    found, other = evaluate(data, 0.3), evaluate(replace(data, treated=~data.treated), 0.7)
    assert other.absolute == pytest.approx(-found.absolute)
    assert other.low == pytest.approx(-found.high)
    assert other.sample_ratio_p == pytest.approx(found.sample_ratio_p)


@pytest.mark.parametrize("looks", ["fixed", "sequence"])
@pytest.mark.parametrize("planted", [0.0, 0.1, 0.25, 0.5, -0.3])
def test_both_intervals_and_the_p_value_agree_on_whether_there_is_an_effect(looks, planted):
    for seed in range(8):
        data = exposed(shop(seed, 300), halves(300), planted)
        found = evaluate(data, 0.5, looks, planned=900)
        outside = not found.low <= 0 <= found.high
        assert outside == found.can_tell == (found.p_value < 0.05)
        assert outside == (not found.relative_low <= 0 <= found.relative_high)
        assert found.relative_low < found.relative < found.relative_high


def test_any_outcome_can_be_compared():
    data = exposed(shop(clients=800), halves(800))
    rng = np.random.default_rng(1)
    won = rng.random(len(data)) < np.where(data.treated, 0.6, 0.4)
    found = evaluate(replace(data, outcome=won), 0.5)
    assert found.cap == 1
    assert found.can_tell
    assert found.absolute == pytest.approx(0.2, abs=0.05)
    rare = evaluate(replace(data, outcome=np.arange(len(data)) % 300 == 0), 0.5)
    assert rare.cap == 1
    assert rare.treated.raw_mean == pytest.approx(rare.treated.mean)


@pytest.mark.parametrize("treated", [0.5, 0.42])
def test_a_sample_ratio_that_chance_cannot_explain_hides_the_result(treated):
    data = exposed(shop(clients=1_500), np.arange(1_500) < treated * 1_500, 1.0)
    found = evaluate(data, 0.5)
    assert found.hidden == (treated != 0.5)
    assert found.can_tell != found.hidden
    assert found.sample_ratio_p == pytest.approx(1.0 if treated == 0.5 else 5.7e-10, rel=0.05)


def test_the_sample_ratio_counts_clients_and_not_their_quotations():
    """Treated clients come back three times as often, which an effect may well cause."""
    client = np.concatenate([np.repeat(np.arange(100), 3), np.arange(100, 200)])
    data = Exposures(client, client < 100, np.ones(400), np.full(400, np.nan))
    assert evaluate(data, 0.5).sample_ratio_p == 1


def test_a_client_that_came_into_both_arms_counts_in_both():
    """Two contacts of either arm were merged into one client."""
    data = exposed(shop(), halves(200), 0.2)
    merged = replace(data, client=np.where(data.client == 1, 0, data.client))
    found = evaluate(merged, 0.5)
    assert found.treated.clients == found.control.clients == 100
    assert found.absolute == pytest.approx(evaluate(data, 0.5).absolute)


def nothing_to_tell(found):
    assert not found.enough
    assert not found.can_tell
    assert np.isnan([*figures(found), found.total, found.relative_high]).all()
    assert 0 <= found.sample_ratio_p <= 1
    assert found.cap >= 0


def empty():
    return Exposures(np.empty(0, int), np.empty(0, bool), np.empty(0), np.empty(0))


@pytest.mark.parametrize("looks", ["fixed", "sequence"])
@pytest.mark.parametrize(
    "data",
    [
        empty(),
        Exposures([7], [True], [12.0], [np.nan]),
        Exposures([7] * 50, [True] * 50, np.arange(50.0), [3.0] * 50),
        exposed(shop(clients=200), np.ones(200, bool)),
        exposed(shop(clients=200), np.zeros(200, bool)),
        exposed(shop(clients=200), np.arange(200) < 19),
        exposed(shop(clients=200, won=0.0), halves(200)),
        Exposures(np.arange(99), np.arange(99) % 2 == 0, np.full(99, 5.3), np.full(99, 1.0)),
    ],
    ids=["none", "one", "one client", "treated", "control", "19 clients", "all lost", "constant"],
)
def test_where_there_is_little_it_says_that_it_cannot_tell(data, looks):
    nothing_to_tell(evaluate(data, 0.5, looks))


def test_twenty_clients_an_arm_are_enough():
    assert evaluate(exposed(shop(clients=40), halves(40)), 0.5).enough


COLUMNS = {"client": [1, 2], "treated": [True, False], "outcome": [1.0, 0.0], "before": [1.0, 2.0]}


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("treated", [True], "treated: one value for each of the 2"),
        ("before", [[1.0, 2.0]], "before: one value"),
        ("outcome", [1.0, np.nan], "outcome: every quotation needs a finite"),
        ("outcome", [1.0, np.inf], "outcome: every quotation needs a finite"),
        ("before", [1.0, np.inf], "before: must be finite"),
        ("client", [1.5, 2.0], "client: int is needed"),
        ("treated", [0.5, 1.0], "treated: bool is needed"),
        ("outcome", [None, 1.0], "outcome: float is needed"),
        ("before", ["new", "old"], "before: float is needed"),
    ],
)
def test_columns_that_do_not_fit_are_named(name, values, message):
    with pytest.raises(ValueError, match=message):
        Exposures(**{**COLUMNS, name: values})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"share": 0}, "share: must lie"),
        ({"share": 1.0}, "share: must lie"),
        ({"share": 0.5, "looks": "weekly"}, "looks: "),
        ({"share": 0.5, "level": 95}, "level: must lie"),
        ({"share": 0.5, "planned": 0}, "planned: a number"),
        ({"share": 0.5, "cap": -1}, "cap: the bound"),
        ({"share": 0.5, "cap": math.nan}, "cap: the bound"),
    ],
)
def test_arguments_that_do_not_fit_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        evaluate(Exposures(**COLUMNS), **arguments)
