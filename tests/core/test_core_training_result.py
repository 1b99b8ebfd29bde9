from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestTrainingResult(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.training = cls.runs.create(
            {"company_id": cls.company.id, "kind": "rules", "state": "done"}
        )

    def _lines(self, **context):
        self.training.invalidate_recordset()
        text = self.training.with_user(self.manager).with_context(**context).result_text
        return (text or "").splitlines()

    def test_each_kind_has_figures_of_its_own(self):
        for kind in self.runs._kinds():
            with self.subTest(kind=kind):
                result = self.env[f"ai.training.result.{kind}"]
                self.assertEqual(result._fields[result._made].type, "integer")
                self.assertLessEqual(result._shares | result._tested, set(result._fields))

    def test_a_run_has_no_result_before_it_has_figures(self):
        self.assertEqual((self.training.result_count, self._lines()), (0, []))

    def test_figures_are_kept_beside_each_other_in_one_row(self):
        self.training._keep_result(rule_count=7)
        self.training._keep_result(method="ease")
        result = self.training._result()
        self.assertEqual((len(result), result.rule_count, result.method), (1, 7, "ease"))
        self.assertEqual(result.company_id, self.company)
        self.training.invalidate_recordset()
        self.assertEqual(self.training.result_count, 7)

    def test_the_newest_comes_first(self):
        self.training._keep_result(rule_count=7)
        newer = self.training.copy()
        newer._keep_result(rule_count=8)
        results = self.env["ai.training.result.rules"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(results.mapped("rule_count"), [8, 7])

    def test_figures_are_read_in_the_words_of_the_user(self):
        self.training._keep_result(rule_count=7, method="mixed", hit_rate=0.1234, proven_only=True)
        self.env["ai.backtest.result"].create(
            {"run_id": self.training.id, "method": "chosen", "situation": "full"}
        )
        lines = self._lines(lang="en_US")
        self.assertEqual(lines[:2], ["Rules: 7", "Ranked By: EASE and Cosine"])
        self.assertIn("Proven Affinities Only: Yes", lines)
        self.assertIn("Hit Rate: 12.3%", lines)

    def test_what_no_backtest_has_measured_is_not_zero(self):
        self.training._keep_result(rule_count=7)
        lines = self._lines(lang="en_US")
        self.assertIn("Rules: 7", lines)
        self.assertIn("Hit Rate: not tested", lines)
        self.assertIn("Beaten by Popularity: not tested", lines)

    def test_settings_used_are_read_as_their_screens_show_them(self):
        self.training.parameters = {
            "history_days": 365,
            "prune": True,
            "min_support": 0.015,
            "regularisation": 0.2,
        }
        self.assertEqual(
            self.training.with_context(lang="en_US").parameters_text.splitlines(),
            ["History Window: 365 days", "Leave Out Repetitions: Yes", "Minimum Support: 1.5%"],
        )

    def test_the_list_says_what_a_run_did_or_why_it_failed(self):
        self.training._keep_result(rule_count=7)
        self.training.order_count = 30
        self.training.invalidate_recordset()
        self.assertRegex(self.training.outcome, "^7 rules from 30 orders")
        self.training.write({"state": "failed", "error": "Too few orders."})
        self.assertEqual(self.training.outcome, "Too few orders.")

    @mute_logger("odoo.sql_db")
    def test_a_run_has_one_result(self):
        self.training._keep_result(rule_count=7)
        with self.assertRaisesRegex(Exception, "run_unique|one result"):
            self.training._result().create({"run_id": self.training.id})

    def test_a_long_list_takes_no_more_queries(self):
        runs = self.runs.create(
            [{"company_id": self.company.id, "kind": "rules", "state": "done"}] * 12
        )
        for run in runs:
            run._keep_result(rule_count=7)

        def count(few):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(all(self.runs.browse(few.ids).mapped("outcome")))
            return self.env.cr.sql_log_count - before

        count(runs)
        self.assertEqual(count(runs[:2]), count(runs))

    def test_the_result_goes_with_its_run(self):
        self.training._keep_result(rule_count=7)
        result = self.training._result()
        self.training.unlink()
        self.assertFalse(result.exists())
