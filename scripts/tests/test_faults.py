"""`make faults` in its parts that need no server: points of a training, findings, their table."""

import os

import faults
import pytest
from workspace import SetupError

from benchmarks import fault_points, fault_report
from benchmarks.rule_watch import Watch


class Worker:
    done = False

    def work(self):
        self.done = True
        return "result"


def test_a_point_is_sprung_once(tmp_path, monkeypatch):
    deeds = []
    monkeypatch.setitem(fault_points.DEEDS, "note", lambda *given: deeds.append(given))
    worker = type("Worker", (Worker,), {})
    fault_points.around(worker, "work", tmp_path, before="read")
    tmp_path.joinpath("read").write_text("note 3")
    assert [worker().work(), worker().work()] == ["result"] * 2
    assert deeds == [(tmp_path, "read", 3.0)]


def test_a_point_after_the_work_asks_what_was_worked_on(tmp_path, monkeypatch):
    done = []
    monkeypatch.setitem(fault_points.DEEDS, "note", lambda *_given: done.append(True))
    worker = type("Worker", (Worker,), {})
    fault_points.around(worker, "work", tmp_path, after="x", when=lambda one: one.done == "never")
    tmp_path.joinpath("x").write_text("note")
    worker().work()
    assert not done
    assert tmp_path.joinpath("x").exists()


def test_who_is_held_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(fault_points, "MOST_HELD", 0)
    fault_points.hold(tmp_path, "mine", 0)
    assert tmp_path.joinpath("mine.held").read_text() == str(os.getpid())


def test_a_broken_promise_stays_so_and_is_named():
    found = fault_report.Finding("kill -9")
    for is_held in (True, False, True):
        found.promise("it ends", is_held)
    found.promise("the next works", True)
    found.figure("after", "3 s")
    assert found.broken == ["it ends"]
    assert found.lines() == ["kill -9: BROKEN (after 3 s)", "    BROKEN: it ends"]
    assert fault_report.as_table([found])[-1] == "| kill -9 | 1 of 2 | it ends | after 3 s |"


def test_what_was_left_out_says_why():
    found = fault_report.Finding("full disk", skipped="only root may mount")
    assert found.lines() == ["full disk: left out, only root may mount"]
    assert "| – | – | left out: only root may mount |" in fault_report.as_table([found])[-1]


def test_reads_of_no_rules_or_of_two_trainings_are_not_clean():
    watch = Watch()
    assert not watch.is_clean
    watch.note(rules=5, runs=1)
    assert watch.is_clean
    watch.note(rules=5, runs=2)
    assert (watch.is_clean, watch.mixed, watch.empty) == (False, 1, 0)


def test_only_known_faults_are_tried():
    known = {"killed": None, "memory": None}
    assert faults.chosen(known, None) == ["killed", "memory"]
    assert faults.chosen(known, "memory") == ["memory"]
    with pytest.raises(SetupError, match="ONLY=flood is not a fault"):
        faults.chosen(known, "flood")
