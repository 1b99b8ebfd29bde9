import time
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtri

from algorithms.experiment.effect import evaluate
from algorithms.experiment.exposures import Exposures
from algorithms.experiment.looks import limit, normal_limit, p_value
from algorithms.experiment.over_time import effect_over_time
from benchmarks.experiments_made import exposed, made_shop


def shop(seed=0, clients=300):
    rng = np.random.default_rng(seed)
    data = exposed(made_shop(rng, clients), rng.random(clients) < 0.5, 0.3)
    return data, rng.integers(0, 40, len(data))


def test_each_look_knows_what_came_until_its_day():
    data, days = shop()
    line = effect_over_time(data, days + 100, 0.5, cap=800.0)
    assert line.day.tolist() == [106, 113, 120, 127, 134, 139]
    assert len(line) == len(line.effects) == 6
    for day, effect, count in zip(line.day, line.effects, line.quotations, strict=True):
        some = days + 100 <= day
        columns = ("client", "treated", "outcome", "before")
        part = Exposures(*(getattr(data, name)[some] for name in columns))
        alone = evaluate(part, 0.5, cap=800.0)
        assert count == effect.quotations == some.sum()
        assert effect.treated.raw_mean == pytest.approx(alone.treated.raw_mean)
        # What is known beforehand is cut where all exposures say: figures differ by little.
        assert effect.absolute == pytest.approx(alone.absolute, abs=0.1 * alone.standard_error)
    assert line.low.tolist() == [each.low for each in line.effects]


def test_the_last_look_is_the_evaluation():
    data, days = shop()
    line, whole = effect_over_time(data, days, 0.5, "sequence"), evaluate(data, 0.5, "sequence")
    assert line.relative_high[-1] == pytest.approx(whole.relative_high)
    assert line.p_value[-1] == pytest.approx(whole.p_value)
    assert line.effects[-1].cap == whole.cap


def test_dates_stay_dates():
    data, days = shop()
    dates = np.datetime64("2026-03-01T10:00") + days.astype("timedelta64[D]")
    line = effect_over_time(data, dates, 0.5)
    assert line.day[0] == np.datetime64("2026-03-07")
    assert line.day.dtype == np.dtype("datetime64[D]")
    assert line.absolute == pytest.approx(effect_over_time(data, days, 0.5).absolute)


def test_early_looks_that_cannot_tell_leave_a_gap():
    """One quotation a day: the first ten are of ten clients at most."""
    data, _days = shop()
    line = effect_over_time(data, np.arange(len(data)), 0.5, every=10)
    assert line.quotations[:3].tolist() == [10, 20, 30]
    assert np.isnan([line.absolute[0], line.low[0], line.relative[0], line.p_value[0]]).all()
    assert np.isfinite([line.absolute[-1], line.low[-1], line.relative[-1]]).all()


def test_no_exposures_make_no_looks():
    nothing = Exposures(np.empty(0, int), np.empty(0, bool), np.empty(0), np.empty(0))
    line = effect_over_time(nothing, np.empty(0, int), 0.5)
    assert len(line) == 0
    assert line.effects == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"days": [1, 2]}, "days: one for each"),
        ({"every": 0}, "every: at least one day"),
        ({"share": 1}, "share: must lie"),
        ({"looks": "daily"}, "looks: "),
    ],
)
def test_what_does_not_fit_is_named(arguments, message):
    data, days = shop()
    with pytest.raises(ValueError, match=message):
        effect_over_time(**{"exposures": data, "days": days, "share": 0.5, **arguments})


def test_half_a_year_of_many_exposures_is_quick():
    """0.6 s on one core of 2024; a loop over clients takes ten times that."""
    rng = np.random.default_rng(0)
    data = exposed(made_shop(rng, 25_000), rng.random(25_000) < 0.5)
    days = rng.integers(0, 182, len(data))
    started = time.process_time()
    line = effect_over_time(data, days, 0.5, "sequence")
    assert time.process_time() - started < 4
    assert len(line) == 26


def test_the_sequence_is_narrowest_near_what_it_was_planned_for():
    """In the width that counts: standard errors over the root of the number of quotations."""
    planned = [normal_limit("sequence", 0.95, 5_000, other) for other in (500, 5_000, 50_000)]
    assert planned[1] == min(planned)
    # Theorem 2.2 of the paper by hand, at t ρ² = 2 ln 20 + ln(1 + 2 ln 20).
    assert planned[1] == pytest.approx(3.0350, abs=1e-3)
    assert planned[2] == pytest.approx(1.27 * planned[1], rel=0.02)


@pytest.mark.parametrize("looks", ["fixed", "sequence"])
@pytest.mark.parametrize("freedom", [8.0, 60.0, 1e7])
def test_the_p_value_is_the_level_at_the_limit(looks, freedom):
    for level in (0.8, 0.95, 0.99):
        edge = limit(looks, level, freedom, 900, 2_000)
        assert p_value(looks, level, edge, freedom, 900, 2_000) == pytest.approx(1 - level)
        assert p_value(looks, level, -edge, freedom, 900, 2_000) == pytest.approx(1 - level)


def test_a_fixed_look_is_the_usual_interval():
    assert limit("fixed", 0.95, 1e9, 1) == pytest.approx(ndtri(0.975), rel=1e-6)
    assert limit("fixed", 0.95, 10, 1) == pytest.approx(2.228, abs=1e-3)


def test_a_kept_cap_holds_what_was_typed_wrongly_later():
    data, days = shop()
    first, typed = effect_over_time(data, days, 0.5), data.outcome.copy()
    typed[np.argsort(typed)[-len(typed) // 50 :]] *= 1e6
    raised = replace(data, outcome=typed)
    again = effect_over_time(raised, days, 0.5, cap=first.effects[-1].cap)
    assert again.absolute[-1] == pytest.approx(first.absolute[-1], rel=0.2)
    assert again.high[-1] < 2 * first.high[-1]
    assert effect_over_time(raised, days, 0.5).high[-1] > 1e4 * first.high[-1]
