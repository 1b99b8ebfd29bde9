"""The counting decides whether CI is green: it is tested against real lines."""

from outcome import Outcome, parse_pytest


def test_pytest_counts():
    outcome = parse_pytest(["...", "13 passed, 1 skipped in 3.44s"], 0)
    assert (outcome.passed, outcome.skipped, outcome.problems) == (13, 1, [])
    assert parse_pytest(["1 failed, 2 passed in 1s", ""], 1).failed == 1
    assert parse_pytest(["1 error in 0.49s"], 2).failed == 1


def test_what_pytest_writes_after_its_counts_hides_none():
    lines = ["1 failed, 6 passed in 367.41s (0:06:07)", "Exception ignored in 3 places"]
    outcome = parse_pytest(lines, 1)
    assert (outcome.passed, outcome.failed, outcome.problems) == (6, 1, [])


def test_a_pytest_that_ran_nothing_or_broke_is_a_problem():
    assert parse_pytest(["no tests ran in 0.01s"], 5).problems
    assert parse_pytest([], 0).problems == ["pytest ran no test"]
    assert parse_pytest(["2 passed in 1s"], -9).problems == ["pytest ended with code -9"]


def test_outcomes_add_up_and_each_problem_counts_as_a_failure():
    outcome = Outcome(3, 1, 0, ["a"]) + Outcome(1, 0, 2, ["b"])
    assert outcome == Outcome(4, 1, 2, ["a", "b"])
    assert outcome.counts() == {"passed": 4, "failed": 3, "skipped": 2}
