from datetime import datetime
from pathlib import Path

import bench
import build_addon
import numpy as np
import pytest
from series import FIRST, NEXT

from benchmarks import database, measure, table, turns
from benchmarks.baskets_made import long_tail
from benchmarks.turns import Spread, Turns


@pytest.mark.parametrize(
    ("figure", "wanted", "at_least", "found"),
    [
        (Spread(20.0, 15.0, 24.0), 20, True, "met"),
        (Spread(19.0, 15.0, 24.0), 20, True, "noise"),
        (Spread(12.0, 11.0, 19.9), 20, True, "MISSED"),
        (Spread(3.0, 2.0, 9.0), 3, False, "met"),
        (Spread(3.1, 2.9, 3.2), 3, False, "noise"),
        (Spread(3.2, 3.1, 3.3), 3, False, "MISSED"),
        (20.0, 20, True, "met"),
        (19.9, 20, True, "MISSED"),
        (3.1, 3, False, "MISSED"),
        (float("nan"), 3, True, "MISSED"),
        (float("nan"), 3, False, "MISSED"),
    ],
)
def test_a_miss_within_the_noise_is_told_from_a_clear_one(figure, wanted, at_least, found):
    assert table.verdict(figure, wanted, at_least) == found


def test_only_a_clear_miss_fails_the_command(monkeypatch, capsys):
    monkeypatch.setattr(table, "FAILED", [])
    table.gate("times faster", Spread(18.0, 15.0, 21.0), 20)
    assert table.FAILED == []
    table.gate("more hits", 2.0, 20)
    assert table.FAILED == ["more hits"]
    assert capsys.readouterr().out.splitlines() == [
        "  noise  times faster: 18.0, between 15.0 and 21.0 (≥ 20)",
        "  MISSED more hits: 2.0 (≥ 20)",
    ]


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(1, 0, 0), (2, 0, 1), (3, 0, 2), (5, 0, 4), (7, 0, 6), (8, 1, 6), (20, 5, 14)],
)
def test_a_spread_holds_the_true_median_nine_times_of_ten(count, low, high):
    """The ranks are those of published tables of the interval, for 90 %."""
    values = list(range(count))
    found = turns.spread(values[::-1])
    assert (found.low, found.value, found.high) == (low, (count - 1) / 2, high)


def test_a_spread_of_many_turns_holds_the_median_as_often_as_it_says():
    rng = np.random.default_rng(0)
    spreads = [turns.spread(rng.exponential(size=9)) for _turn in range(2_000)]
    held = np.mean([each.low <= np.log(2) <= each.high for each in spreads])
    assert 0.9 < held < 0.98


def test_a_share_of_few_outcomes_is_less_sure():
    few, many = turns.share([True] * 9 + [False]), turns.share([True] * 900 + [False] * 100)
    assert few.value == many.value == 0.9
    assert few.low < 0.7 < 0.87 < many.low < 0.9 < many.high < 0.92
    assert turns.share([True] * 5).high == 1.0
    assert turns.share([False] * 5).low == 0.0


def test_ways_that_had_the_same_neighbours_are_compared():
    """In the second turn the machine was busy: alone, both times would differ by far."""
    ours, loop = Turns((0, 1, 2), (1.0, 9.0, 1.1)), Turns((0, 1, 2), (20.0, 180.0, 22.0))
    found = turns.times(loop, ours)
    assert (found.low, found.high) == pytest.approx((20, 20))
    assert turns.times(loop, ours, 5).value == pytest.approx(100)


def test_a_way_that_runs_once_is_compared_with_every_turn_of_the_other():
    ours = Turns((0, 1, 2, 3, 4), (1.0, 1.0, 2.0, 1.0, 4.0))
    found = turns.times(Turns((0,), (8.0,)), ours)
    assert (found.low, found.value, found.high) == (2, 8, 8)


@pytest.mark.parametrize(("runs", "rounds"), [(1, 5), (3, 5), (3, 15), (5, 5)])
def test_runs_are_spread_over_the_rounds_from_the_first_on(runs, rounds):
    due = [number for number in range(rounds) if turns.is_due(number, runs, rounds)]
    assert len(due) == runs
    assert due[0] == 0
    assert np.ptp(np.diff([*due, rounds])) <= 1


def test_functions_take_turns():
    called = []
    ways = {name: lambda name=name: called.append(name) for name in "ab"}
    found = turns.in_turns(ways, 3)
    assert called == list("ababab")
    assert found["a"].rounds == (0, 1, 2)
    assert (found["a"] + found["b"]).median >= found["a"].median


def test_processes_take_turns_and_one_that_fails_does_so_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    path = tmp_path / "order"
    found = measure.compared(
        "bench_ways",
        {
            "ours": ("noting", path, "a", "4"),
            "slow": ("noting", path, "b", "2"),
            "large": ("failing", path, "c"),
            "broken": ("never_ready",),
        },
    )
    assert path.read_text() == "abcaaba"
    assert (found["ours"].turns.rounds, found["slow"].turns.rounds) == ((0, 1, 2, 3), (0, 2))
    assert (found["ours"].result, found["ours"].failure) == ("a", "")
    assert (found["large"].failure, found["broken"].failure) == (
        "cannot allocate",
        "ValueError: no data",
    )
    assert np.isnan(found["large"].seconds)


@pytest.mark.parametrize(
    ("environ", "size"),
    [({}, ""), ({"QUICK": "1"}, "quick"), ({"SMOKE": "1"}, "smoke"), ({"QUICK": ""}, "")],
)
def test_the_size_comes_by_the_environment(monkeypatch, environ, size):
    for name in ("QUICK", "SMOKE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert bench.chosen_size() == size


def test_benchmarks_go_by_the_rules_of_the_addon(monkeypatch, tmp_path):
    monkeypatch.setattr(type(NEXT), "folder", property(lambda _self: tmp_path))
    assert (build_addon.provide_benchmarks(FIRST) / "benchmarks" / "database.py").is_file()
    folder = build_addon.provide_benchmarks(NEXT)
    text = (folder / "benchmarks" / "stock_records.py").read_text()
    assert "pattern.is_storable = True" in text
    assert (folder / "algorithms" / "core").is_dir()


def test_sales_that_two_benchmarks_make_are_the_same_sales(monkeypatch):
    """Made later, an order of just before midnight would be another one, of the day after."""

    class Later:
        now = staticmethod(lambda: datetime(2999, 1, 1))

    baskets = long_tail("100 orders")
    before = database.moments_of(baskets)
    monkeypatch.setattr(database, "datetime", Later)
    assert database.moments_of(baskets) == before
