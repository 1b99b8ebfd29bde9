"""Each class goes to one worker, and what is lost on the way is named."""

import json

import pytest
from dispatch import Dispatcher

FOUND = {
    "odoo.addons.shop.tests.test_a.TestA": ["a.1", "a.2"],
    "odoo.addons.shop.tests.test_b.TestB": ["b.1"],
    "odoo.addons.shop.tests.test_c.TestC": ["c.1"],
}
A, B, C = FOUND


def ended(name, **how):
    """What a worker says of a class; tests pass unless `how` says otherwise."""
    tests = {test: how.get(test.replace(".", ""), "passed") for test in FOUND[name]}
    return {"class": name, "seconds": 1.0, "tests": tests, "reasons": {}}


def finish(dispatcher, worker, name):
    """Let one worker run all that is left."""
    while name:
        name = dispatcher.answer(worker, ended(name))


@pytest.fixture
def dispatcher():
    return Dispatcher({A: 1, B: 5})


def test_the_longest_class_comes_first_and_before_it_what_was_never_measured(dispatcher):
    assert dispatcher.answer("one", {"found": FOUND}) == C
    assert dispatcher.answer("two", {"found": FOUND}) == B
    assert dispatcher.answer("one", ended(C)) == A
    assert dispatcher.answer("two", ended(B)) == ""
    assert dispatcher.answer("one", ended(A)) == ""
    outcome = dispatcher.outcome({"one": 0, "two": 0})
    assert (outcome.passed, outcome.problems) == (4, [])


def test_stories_in_a_browser_come_before_others_that_were_never_measured():
    tours = "odoo.addons.shop.tests.test_z.TestTours"
    dispatcher = Dispatcher({B: 500})
    assert dispatcher.answer("one", {"found": {**FOUND, tours: ["z.1"]}}) == tours


def test_only_wanted_classes_are_handed_out():
    dispatcher = Dispatcher({}, wanted=lambda name: name == B)
    assert dispatcher.answer("one", {"found": FOUND}) == B
    assert dispatcher.answer("one", ended(B)) == ""
    assert dispatcher.outcome({"one": 0}).problems == []


def test_failures_and_skips_are_counted(dispatcher):
    dispatcher.answer("one", {"found": FOUND})
    dispatcher.answer("one", ended(C, c1="failed"))
    dispatcher.answer("one", ended(B, b1="skipped"))
    dispatcher.answer("one", ended(A))
    outcome = dispatcher.outcome({"one": 1})
    assert (outcome.passed, outcome.failed, outcome.skipped) == (2, 1, 1)
    assert outcome.problems == []


def test_a_worker_that_dies_leaves_its_class_unfinished_and_the_other_one_goes_on(dispatcher):
    dispatcher.answer("one", {"found": FOUND})
    finish(dispatcher, "two", dispatcher.answer("two", {"found": FOUND}))
    outcome = dispatcher.outcome({"one": -9, "two": 0})
    assert outcome.passed == 3
    assert outcome.problems == ["one ended with code -9 and left test_c.TestC unfinished"]


def test_classes_that_nobody_began_are_named(dispatcher):
    dispatcher.answer("one", {"found": FOUND})
    assert dispatcher.outcome({"one": 255}).problems == [
        "one ended with code 255 and left test_c.TestC unfinished",
        "never begun: test_a.TestA, test_b.TestB",
    ]


def test_a_test_that_was_found_and_not_run_is_named(dispatcher):
    dispatcher.answer("one", {"found": FOUND})
    dispatcher.answer("one", ended(C))
    dispatcher.answer("one", ended(B))
    incomplete = ended(A)
    del incomplete["tests"]["a.2"]
    dispatcher.answer("one", incomplete)
    assert dispatcher.outcome({"one": 0}).problems == ["not run: a.2"]


def test_a_class_that_ran_twice_is_a_problem(dispatcher):
    dispatcher.answer("one", {"found": FOUND})
    dispatcher.answer("one", ended(C))
    dispatcher.answer("one", ended(C))
    problems = dispatcher.outcome({"one": 0}).problems
    assert "one ran test_c.TestC, which was not asked for" in problems


def test_workers_that_find_different_tests_are_a_problem(dispatcher):
    finish(dispatcher, "one", dispatcher.answer("one", {"found": FOUND}))
    dispatcher.answer("two", {"found": {A: ["a.1"], B: ["b.1"], C: ["c.1"]}})
    assert dispatcher.outcome({"one": 0, "two": 0}).problems == [
        "two found other tests than the others: test_a.TestA"
    ]


def test_a_crash_after_green_tests_is_a_problem(dispatcher):
    finish(dispatcher, "one", dispatcher.answer("one", {"found": FOUND}))
    assert dispatcher.outcome({"one": 255}).problems == ["one ended with code 255; see its log"]


def test_a_crash_that_failures_of_another_worker_do_not_explain_is_a_problem(dispatcher):
    dispatcher.answer("one", {"found": FOUND})
    dispatcher.answer("one", ended(C, c1="failed"))
    dispatcher.answer("two", {"found": FOUND})
    dispatcher.answer("one", ended(B))
    dispatcher.answer("two", ended(A))
    assert dispatcher.outcome({"one": 1, "two": -11}).problems == [
        "two ended with code -11; see its log"
    ]


def test_a_run_without_any_test_is_a_problem():
    assert Dispatcher({}).outcome({"one": 0}).problems
    empty = Dispatcher({})
    assert empty.answer("one", {"found": {}}) == ""
    assert empty.outcome({"one": 0}).problems


def test_progress_is_shown_for_each_class():
    shown = []
    dispatcher = Dispatcher({A: 30, B: 12}, show=shown.extend)
    dispatcher.answer("one", {"found": FOUND})
    dispatcher.answer("one", ended(C, c1="failed"))
    dispatcher.answer("one", ended(A))
    assert shown == [
        "  1/3  test_c.TestC: 1 failed, 1.0 s (42 s of work left)",
        "  2/3  test_a.TestA: 2 passed, 1.0 s (12 s of work left)",
    ]


def test_a_worker_is_served_line_by_line_until_it_ends(dispatcher):
    answers = []
    lines = [json.dumps(message) for message in ({"found": FOUND}, ended(C))]
    dispatcher.serve("one", lines, answers.append)
    assert answers == [f"{C}\n", f"{B}\n"]
    assert "one ended with code -9 and left test_b.TestB unfinished" in (
        dispatcher.outcome({"one": -9}).problems
    )


def test_a_worker_that_ends_before_its_answer_left_that_class_unfinished(dispatcher):
    def send(_answer):
        raise BrokenPipeError

    dispatcher.serve("one", [json.dumps({"found": FOUND})], send)
    assert "one ended with code -9 and left test_c.TestC unfinished" in (
        dispatcher.outcome({"one": -9}).problems
    )
