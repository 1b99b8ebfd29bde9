"""The counting decides whether CI is green: it is tested against real lines."""

from run_tests import parse_odoo, parse_pytest

PREFIX = "2026-11-21 03:32:13,069 14570"
RESULT = PREFIX + " INFO db odoo.tests.result: 0 failed, 0 error(s) of 12 tests when loading"


def test_a_green_run_is_counted():
    outcome = parse_odoo([RESULT], 0)
    assert (outcome.passed, outcome.failed, outcome.problems) == (12, 0, [])


def test_failures_and_errors_are_failed():
    line = RESULT.replace("INFO", "ERROR").replace("0 failed, 0 error", "2 failed, 1 error")
    outcome = parse_odoo([line], 1)
    assert (outcome.passed, outcome.failed) == (9, 3)


def test_no_result_line_is_a_problem():
    assert parse_odoo([], 0).problems == ["Odoo ran no test"]


def test_a_crash_after_green_tests_is_a_problem():
    assert parse_odoo([RESULT], 255).problems == ["Odoo ended with code 255"]


def test_a_warning_of_ours_fails_and_one_of_others_does_not():
    ours = f"{PREFIX} WARNING db odoo.addons.smart_recommender.models.suggestion.sale_order: late"
    theirs = f"{PREFIX} WARNING db odoo.addons.account.models.account_move: late"
    in_test = f"{PREFIX} ERROR db odoo.addons.smart_recommender.tests.test_rules: FAIL"
    of_core = (
        f"{PREFIX} WARNING smart_recommender_test py.warnings: "
        "/cache/smart_recommender/odoo-17.0/odoo/tools/translate.py:823: DeprecationWarning"
    )
    label = f"{PREFIX} WARNING db odoo.addons.base.models.ir_model: fields of ai.training.run()"
    view = f"{PREFIX} WARNING db odoo.addons.base.models.ir_ui_view: Access Rights Inconsistency"
    lines = [ours, theirs, in_test, of_core, label, view, RESULT]
    assert parse_odoo(lines, 0).problems == [ours, label, view]


def test_pytest_counts():
    outcome = parse_pytest("...\n13 passed, 1 skipped in 3.44s", 0)
    assert (outcome.passed, outcome.skipped, outcome.problems) == (13, 1, [])
    assert parse_pytest("1 failed, 2 passed in 1s", 1).failed == 1
    assert parse_pytest("1 error in 0.49s", 2).failed == 1
    assert parse_pytest("no tests ran in 0.01s", 5).problems
