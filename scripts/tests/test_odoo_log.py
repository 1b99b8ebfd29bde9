"""A warning of ours in a server's log fails a run, and errors are seen while it goes on."""

from odoo_log import Watch

PREFIX = "2026-11-21 03:32:13,069 14570"
OURS = f"{PREFIX} WARNING db odoo.addons.smart_recommender.models.suggestion.sale_order: late"
THEIRS = f"{PREFIX} WARNING db odoo.addons.account.models.account_move: late"
FAILURE = f"{PREFIX} ERROR db odoo.addons.smart_recommender.tests.test_rules: FAIL"
CORE = (
    f"{PREFIX} WARNING smart_recommender_test py.warnings: "
    "/cache/smart_recommender/odoo-17.0/odoo/tools/translate.py:823: DeprecationWarning"
)
LABEL = f"{PREFIX} WARNING db odoo.addons.base.models.ir_model: fields of ai.training.run()"
VIEW = f"{PREFIX} WARNING db odoo.addons.base.models.ir_ui_view: Access Rights Inconsistency"
START = f"{PREFIX} INFO db odoo.addons.smart_recommender.tests.test_rules: Starting"


def test_a_warning_of_ours_is_a_problem_and_one_of_others_is_not():
    watch = Watch()
    watch.to_show([OURS, THEIRS, FAILURE, CORE, LABEL, VIEW, START])
    assert watch.problems == [OURS, LABEL, VIEW]


def test_errors_are_shown_with_all_their_lines_even_where_these_come_later():
    watch = Watch()
    assert watch.to_show(["Running as user 'root' is a security risk.", START]) == []
    assert watch.to_show([FAILURE, "Traceback"]) == [FAILURE, "Traceback"]
    assert watch.to_show(["AssertionError", THEIRS, "of theirs"]) == ["AssertionError"]
    assert watch.problems == []
