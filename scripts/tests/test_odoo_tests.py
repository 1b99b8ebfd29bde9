"""Odoo's tests of a run: who runs what, in which database, and what is made of the outcome."""

import json
import threading
from dataclasses import replace
from unittest.mock import MagicMock

import odoo_tests
import pytest
from odoo_tests import Clock, OdooTests
from selection import EVERYTHING, Selection
from series import FIRST, NEXT
from templates import ADDON, Template
from workspace import SetupError

DEADLINE = 60
STANDARD = {f"odoo.addons.shop.tests.test_a.Test{n}": [f"t{n}.1", f"t{n}.2"] for n in range(6)}
BESIDE = {"odoo.addons.shop.tests.test_b.TestBeside": ["b.1"]}


class FakeWorkshop:
    """Databases as a list of what was done."""

    def __init__(self, *_arguments):
        self.series = FIRST
        self.done = []

    def provide(self, template):
        self.done.append(f"provide {template.name}")

    def copy(self, _template, database):
        self.done.append(f"copy {database}")

    def drop(self, database):
        self.done.append(f"drop {database}")


class FakeCrew:
    """Workers that run at once whatever they are given, and note it."""

    def __init__(self):
        self.ran = []
        self.show = lambda _lines: None
        self.codes = {}
        self.reason = {}

    def work(self, phase, number):
        worker = phase.worker(number)
        self.ran.append(worker)
        name = phase.dispatcher.answer(worker, {"found": BESIDE if phase.name else STANDARD})
        while name:
            ran = dict.fromkeys({**STANDARD, **BESIDE}[name], "passed")
            message = {"class": name, "seconds": 2.5, "tests": ran, "reasons": self.reason}
            name = phase.dispatcher.answer(worker, message)
        phase.codes[worker] = self.codes.get(worker, 0)


@pytest.fixture
def make(monkeypatch, tmp_path):
    """Make an OdooTests for a selection; nothing is really started."""
    monkeypatch.setattr(odoo_tests, "Workshop", FakeWorkshop)
    monkeypatch.setattr(odoo_tests, "Odoo", MagicMock())
    # A new machine would have to download queue_job first.
    beside = Template("beside", ("queue_job",), ADDON)
    monkeypatch.setattr(odoo_tests, "beside_it", lambda _series: beside)
    monkeypatch.setattr(odoo_tests.browser, "provide", lambda: tmp_path)
    monkeypatch.setattr(odoo_tests.browser, "write_fonts", lambda *_arguments: None)
    monkeypatch.setenv("WORKERS", "2")

    def make(chosen, folder=tmp_path):
        if folder:
            monkeypatch.setattr(FIRST.__class__, "folder", folder)
        crew = FakeCrew()
        monkeypatch.setattr(OdooTests, "_work", crew.work)
        return OdooTests(None, chosen, crew, Clock(), tmp_path, 8169), crew

    return make


def run(tests):
    """Call the lanes side by side, as a crew does."""
    tests.prepare()
    threads = [threading.Thread(target=lane, daemon=True) for lane in tests.lanes()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    tests.tidy_up()
    return tests.outcome()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_all_tests_run_once_and_all_databases_are_dropped(make, monkeypatch, workers):
    monkeypatch.setenv("WORKERS", str(workers))
    tests, crew = make(EVERYTHING)
    outcome = run(tests)
    assert (outcome.passed, outcome.problems) == (13, [])
    numbers = range(1, workers + 1)
    assert sorted(crew.ran) == ["beside-worker-1", *(f"worker-{n}" for n in numbers)]
    done = tests.workshop.done
    assert done.index("provide depends") < done.index("provide addon")
    made, dropped = (
        {line.removeprefix(word) for line in done if line.startswith(word)}
        for word in ("copy ", "drop ")
    )
    assert made == dropped
    assert len(made) == workers + 1


def test_one_class_needs_one_worker(make):
    tests, crew = make(Selection(standard="/smart_recommender:TestA"))
    run(tests)
    assert crew.ran == ["worker-1"]


def test_the_tag_of_the_other_database_needs_only_that(make):
    tests, crew = make(Selection(beside="with_modules"))
    assert run(tests).passed == 1
    assert crew.ran == ["beside-worker-1"]
    assert "provide addon" not in tests.workshop.done


def test_a_preparation_that_fails_does_not_leave_the_others_waiting(make, monkeypatch):
    tests, _crew = make(replace(EVERYTHING, beside=""))

    def fail(_template):
        raise SetupError("broken")

    monkeypatch.setattr(tests.workshop, "provide", fail)
    for lane in tests.lanes():
        with pytest.raises(SetupError, match="broken"):
            lane()


def test_seconds_of_classes_are_kept_for_the_next_run(make, tmp_path):
    (tmp_path / "test-seconds.json").write_text('{"gone": 7}')
    run(make(EVERYTHING)[0])
    kept = json.loads((tmp_path / "test-seconds.json").read_text())
    assert kept == {"gone": 7, **dict.fromkeys({**STANDARD, **BESIDE}, 2.5)}


def test_a_first_run_goes_by_the_seconds_of_the_other_series(make, monkeypatch, tmp_path):
    monkeypatch.setattr(FIRST.__class__, "folder", property(lambda self: tmp_path / self.name))
    for series, text in ((FIRST, '{"a": 1}'), (NEXT, '{"a": 2, "b": 3}')):
        series.folder.mkdir()
        (series.folder / "test-seconds.json").write_text(text)
    tests, _crew = make(EVERYTHING, folder=None)
    assert tests.seconds == {"a": 1, "b": 3}


def test_a_tour_that_odoo_skips_for_its_browser_is_a_problem_only_where_there_is_one(make):
    tests, crew = make(Selection(standard="slow"))
    crew.reason = {"t0.1": "Chrome executable not found"}
    problems = run(tests).problems
    assert "t0.1 was skipped: Chrome executable not found" in problems
    tests.browser = None
    assert tests.outcome().problems == []


def test_a_worker_that_crashes_fails_the_run(make):
    tests, crew = make(EVERYTHING)
    crew.codes = {"beside-worker-1": -9}
    assert run(tests).problems == ["beside-worker-1 ended with code -9; see its log"]


@pytest.mark.parametrize("text", ["0", "two", "-1", "17"])
def test_a_number_of_workers_that_makes_no_sense_is_refused(monkeypatch, text):
    monkeypatch.setenv("WORKERS", text)
    with pytest.raises(SetupError, match=f"WORKERS={text} .*WORKERS=2"):
        odoo_tests.workers_from_environment()


def test_by_default_there_are_two_workers_where_there_are_two_cores(monkeypatch):
    monkeypatch.delenv("WORKERS", raising=False)
    for cores, workers in ((1, 1), (2, 2), (8, 2), (None, 1)):
        monkeypatch.setattr(odoo_tests.os, "cpu_count", lambda cores=cores: cores)
        assert odoo_tests.workers_from_environment() == workers
