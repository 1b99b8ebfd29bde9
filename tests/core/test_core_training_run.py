from datetime import timedelta
from unittest import TestCase
from unittest.mock import patch

from psycopg2 import OperationalError
from psycopg2.errorcodes import SERIALIZATION_FAILURE

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RecommenderCommon


class SerializationFailure(OperationalError):
    pgcode = SERIALIZATION_FAILURE


@tagged("post_install", "-at_install")
class TestTrainingRun(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        cls.cron = cls.env.ref("smart_recommender.ir_cron_process_queue")
        cls.Run = type(cls.runs)
        cls.trainings = cls.env["ai.training"]

    def _ask(self):
        self.trainings.with_user(self.manager).action_run_training()
        # Forecasts have tests of their own.
        self.runs.search([("kind", "!=", "rules"), ("company_id", "=", self.company.id)]).unlink()
        return self.runs.search([], limit=1)

    def test_the_menu_only_asks_and_wakes_the_queue(self):
        self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)]).unlink()
        action = self.trainings.with_user(self.manager).action_run_training()
        runs = self.runs.search([("company_id", "=", self.company.id)])
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(self.company.name, action["params"]["title"])
        self.assertEqual(set(runs.mapped("kind")), set(self.runs._kinds()))
        for run in runs:
            self.assertEqual((run.state, run.user_id), ("pending", self.manager))
        self.assertFalse(self.rules.search([("company_id", "=", self.company.id)]))
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)]))

    def test_asking_twice_makes_one_run(self):
        run = self._ask()
        self.assertEqual(self._ask(), run)

    def test_only_managers_ask(self):
        with self.assertRaises(AccessError):
            self.trainings.with_user(self.salesperson).action_run_training()

    def test_a_switched_off_company_says_so(self):
        self.company.ai_enabled = False
        with self.assertRaisesRegex(UserError, "switched off"):
            self._ask()

    def test_a_processed_run_is_done_and_keeps_what_it_did(self):
        run = self._ask()
        self.runs._cron_process_queue()
        self.assertEqual((run.state, run.attempt, run.order_count), ("done", 1, 20))
        self.assertEqual(run.parameters["min_orders"], 3)
        self.assertIn("numpy", run.library_versions)
        self.assertTrue(run._result().rule_count and run.started_at and run.ended_at and run.pid)
        self.assertGreater(run.duration, 0)
        self.assertIn(str(run._result().rule_count), run.message_ids[0].body)

    def test_a_failed_run_keeps_the_old_rules_says_why_and_leaves_a_task(self):
        self._ask()
        self.runs._cron_process_queue()
        rules = self.rules.search([("company_id", "=", self.company.id)])
        self.company.ai_min_orders = 50
        run = self._ask()
        self.runs._cron_process_queue()
        self.assertEqual(run.state, "failed")
        self.assertRegex(run.error, "20 confirmed orders.*50")
        self.assertEqual(run.activity_ids.user_id, self.manager)
        self.assertEqual(self.rules.search([("company_id", "=", self.company.id)]), rules)

    def test_the_reason_is_in_the_language_of_who_asked(self):
        self._activate_french()
        self.manager.lang = "fr_FR"
        self.company.ai_min_orders = 50
        run = self._ask()
        self.runs.with_context(lang=False)._cron_process_queue()
        self.assertIn("commandes confirmées", run.error)

    def test_an_error_half_way_leaves_no_half_of_the_rules(self):
        self._ask()
        self.runs._cron_process_queue()
        rules = self.rules.search([("company_id", "=", self.company.id)])
        run = self._ask()
        with (
            patch.object(
                type(self.rules), "_insert_trained", side_effect=ValueError("disk is full")
            ),
            mute_logger("odoo.addons.smart_recommender.models.core.ai_training_run_queue"),
        ):
            self.runs._cron_process_queue()
        self.assertEqual(run.state, "failed")
        self.assertIn("disk is full", run.error)
        self.assertEqual(self.rules.search([("company_id", "=", self.company.id)]), rules)

    def test_too_low_thresholds_are_told_with_the_remedy(self):
        from ...algorithms.suggestion import itemsets

        run = self._ask()
        with patch.object(itemsets, "MOST_ITEMSETS", 1):
            self.runs._cron_process_queue()
        self.assertEqual(run.state, "failed")
        self.assertIn("Raise the minimum orders", run.error)

    def test_a_lack_of_memory_is_told_with_the_remedy_and_raised_for_the_worker(self):
        run = self._ask()
        # Odoo's assertRaises would roll the outcome back.
        with (
            patch.object(self.Run, "_train_rules", side_effect=MemoryError),
            TestCase.assertRaises(self, MemoryError),
        ):
            self.runs._cron_process_queue()
        self.assertEqual(run.state, "failed")
        self.assertIn("limit_memory_hard", run.error)

    def _given_up(self, kind):
        """The error of a run whose workers were killed three times."""
        run = self.runs._enqueue(self.company, kind)
        run.write({"state": "running", "attempt": 3})
        self.runs._requeue_orphans()
        self.assertEqual(run.state, "failed")
        return run.error

    def test_each_kind_has_a_remedy_of_its_own(self):
        rules, forecast = (self._given_up(kind) for kind in ("rules", "forecast"))
        self.assertIn("raise the minimum support", rules)
        self.assertNotIn("forecast history", rules)
        self.assertIn("Shorten the forecast history in Settings › AI Recommender", forecast)
        self.assertNotIn("minimum support", forecast)
        for error in (rules, forecast):
            self.assertIn("(attempts: 3)", error)
            self.assertIn("limit_memory_hard", error)

    def test_each_kind_tells_its_own_result(self):
        rules, forecast = (
            self.runs.create({"company_id": self.company.id, "kind": kind})
            for kind in ("rules", "forecast")
        )
        rules._keep_result(rule_count=7)
        forecast._keep_result(forecast_count=8)
        self.assertIn("7 rules from", rules._result_message())
        rules.order_count = 12_345
        self.assertIn("from 12,345 orders", rules._result_message())
        self.assertIn("8 products forecast", forecast._result_message())

    def test_a_kind_without_words_of_its_own_has_those_of_all(self):
        run = self.runs.create(
            {"company_id": self.company.id, "kind": "rules", "order_count": 9, "attempt": 2}
        )
        self.env.flush_all()
        # The ORM refuses a kind that no method belongs to.
        self.env.cr.execute("UPDATE ai_training_run SET kind = 'bare' WHERE id = %s", [run.id])
        self.env.invalidate_all()
        self.assertEqual(run._result_message(), "9 orders read.")
        self.assertRegex(run._too_heavy_message(), r"\(attempts: 2\)\. Raise limit_time_cpu")

    def test_a_serialization_failure_is_tried_again(self):
        run = self._ask()
        with patch.object(self.Run, "_train_rules", side_effect=SerializationFailure("busy")):
            self.runs._cron_process_queue()
        self.assertEqual((run.state, run.attempt), ("pending", 1))
        self.runs._cron_process_queue()
        self.assertEqual((run.state, run.attempt), ("done", 2))

    def test_attempts_are_capped(self):
        run = self._ask()
        with patch.object(self.Run, "_train_rules", side_effect=SerializationFailure("busy")):
            for _attempt in range(3):
                self.runs._cron_process_queue()
        self.assertEqual((run.state, run.attempt), ("failed", 3))

    def test_a_run_without_a_living_worker_is_tried_again_then_closed(self):
        run = self._ask()
        run.write({"state": "running", "attempt": 1})
        self.runs._cron_process_queue()
        self.assertEqual((run.state, run.attempt), ("done", 2))
        orphan = self._ask()
        orphan.write({"state": "running", "attempt": 3})
        self.runs._cron_process_queue()
        self.assertEqual(orphan.state, "failed")
        self.assertIn("limit_time_cpu", orphan.error)

    def test_one_run_a_turn_and_the_next_turn_is_asked_for(self):
        other = self._create_company("Autre")
        self.env.user.company_ids |= other
        first = self._ask()
        second = self.runs._enqueue(other, "rules")
        self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)]).unlink()
        self.runs._cron_process_queue()
        self.assertEqual((first.state, second.state), ("done", "pending"))
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)]))
        self.runs._cron_process_queue()
        # The other company has no orders: its failure is its own.
        self.assertEqual((first.state, second.state), ("done", "failed"))

    def test_the_next_turn_is_asked_for_before_the_work(self):
        """A connection that is lost in the work takes what was asked for after it along."""
        run = self._ask()
        triggers = self.env["ir.cron.trigger"]
        triggers.search([]).unlink()
        asked = []
        with patch.object(self.Run, "_train_rules", lambda _run: asked.extend(triggers.search([]))):
            self.runs._cron_process_queue()
        self.assertEqual(run.state, "done")
        self.assertIn(self.cron, [trigger.cron_id for trigger in asked])

    def test_odoo_gives_the_queue_no_rest_after_the_third_worker_that_dies(self):
        if "ir.cron.progress" not in self.env:
            self.skipTest("Odoo 17 counts no workers that die.")
        cron, progress = self.cron._add_progress(timed_out_counter=2)
        seen = []
        self._ask()
        with patch.object(self.Run, "_train_rules", lambda _run: seen.append(progress.done)):
            self.runs.with_context(**cron.env.context)._cron_process_queue()
        # What Odoo goes by in its next turn, see _process_job.
        self.assertEqual(seen, [1])

    def test_odoo_does_not_forget_the_next_turn_with_the_one_that_asks_for_it(self):
        """It forgets the moments before the start of a job by the database's clock."""
        self.env.cr.execute("SELECT now() AT TIME ZONE 'UTC'")
        start = self.env.cr.fetchone()[0]
        self.env["ir.cron.trigger"].search([]).unlink()
        with patch.object(fields.Datetime, "now", lambda *_a: start - timedelta(days=1)):
            self.runs._wake_queue()
        moments = self.env["ir.cron.trigger"].search([]).mapped("call_at")
        self.assertGreaterEqual(max(moments), start)

    def test_a_company_whose_night_fails_leaves_the_others_alone(self):
        broken, well = (self._create_company(name) for name in ("Broken", "Well"))
        request = type(self.trainings)._request

        def fail_for_one(trainings, company, *arguments, **vals):
            if company == broken:
                raise SerializationFailure("asked for meanwhile")
            return request(trainings, company, *arguments, **vals)

        with patch.object(type(self.trainings), "_request", fail_for_one):
            self.runs._cron_train_nightly()
        asked = self.runs.sudo().search([("is_nightly", "=", True)]).company_id
        self.assertIn(well, asked)
        self.assertNotIn(broken, asked)
        night = self.env.ref("smart_recommender.ir_cron_train_nightly")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", night.id)]))

    def test_the_night_trains_every_company_that_has_it_on(self):
        off, manual, on = (self._create_company(name) for name in ("Off", "Manual", "On"))
        off.ai_enabled = False
        manual.ai_auto_train = False
        self.runs._cron_train_nightly()
        asked = self.runs.sudo().search([("is_nightly", "=", True)]).company_id
        self.assertIn(on, asked)
        self.assertIn(self.company, asked)
        self.assertFalse((off | manual) & asked)

    def test_a_failing_night_leaves_one_task_not_one_a_night(self):
        self.company.ai_min_orders = 50
        for _night in range(2):
            self.runs._enqueue(self.company, "rules", is_nightly=True)
            self.runs._cron_process_queue()
        runs = self.runs.search([("company_id", "=", self.company.id)])
        self.assertEqual(len(runs.activity_ids), 1)
