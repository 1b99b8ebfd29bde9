import bench
import build_addon
import pytest
from series import FIRST, NEXT

from benchmarks import table


@pytest.mark.parametrize(
    ("value", "wanted", "at_least", "found"),
    [
        (20.0, 20, True, "met"),
        (17.1, 20, True, "near"),
        (16.9, 20, True, "MISSED"),
        (3.0, 3, False, "met"),
        (3.4, 3, False, "near"),
        (3.5, 3, False, "MISSED"),
        (float("nan"), 3, True, "MISSED"),
        (float("nan"), 3, False, "MISSED"),
    ],
)
def test_a_miss_within_the_noise_is_told_from_a_clear_one(value, wanted, at_least, found):
    assert table.verdict(value, wanted, at_least) == found


def test_only_a_clear_miss_fails_the_command(monkeypatch):
    monkeypatch.setattr(table, "FAILED", [])
    table.gate("times faster", 18.0, 20)
    assert table.FAILED == []
    table.gate("times faster", 2.0, 20)
    assert table.FAILED == ["times faster"]


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
