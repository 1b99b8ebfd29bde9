"""How the health says what is wrong: each check with a fault of its own, and without."""

from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.indicator import ai_health
from ...tools import locks
from .common import IndicatorCommon


@tagged("post_install", "-at_install")
class TestIndicatorHealth(IndicatorCommon):
    def setUp(self):
        super().setUp()
        self.now = fields.Datetime.now()
        self.kind = self.runs._kinds()[0]

    def _checks(self, code, **values):
        """Checks of a code whose values, or company, are these."""
        return [
            check
            for check in self.env["ai.health"]._report()["checks"]
            if check["code"] == code
            and {**check["values"], "company_id": check["company_id"]}.items() >= values.items()
        ]

    def _run(self, state, ago=timedelta(hours=5), **vals):
        return self.runs.create(
            {
                "company_id": self.company.id,
                "kind": self.kind,
                "state": state,
                "started_at": self.now - ago,
                "ended_at": self.now - ago,
                **vals,
            }
        )

    def _training(self):
        [check] = self._checks("training", company_id=self.company.id, kind=self.kind)
        return check["status"], check["text"]

    def test_a_job_that_is_late_or_off_needs_a_look(self):
        job = self.env.ref("smart_recommender.ir_cron_process_queue")
        for late, active, status in (
            (timedelta(hours=-1), True, "ok"),
            (timedelta(hours=3), True, "degraded"),
            (timedelta(days=2), True, "failed"),
            (timedelta(hours=-1), False, "degraded"),
        ):
            job.write({"nextcall": self.now - late, "active": active})
            [check] = [each for each in self._checks("job") if each["name"] == job.cron_name]
            self.assertEqual(check["status"], status, check)
        self.assertIn(self.env["ai.health"]._report()["status"], ("degraded", "failed"))

    def test_the_newest_run_of_each_kind_is_told(self):
        self.assertEqual(self._training()[0], "degraded")
        self._run("done", timedelta(days=9))
        status, text = self._training()
        self.assertEqual(status, "degraded")
        self.assertIn("every night", text)
        self._run("done")
        self.assertEqual(self._training()[0], "ok")
        self._run("failed", error="No sales")
        status, text = self._training()
        self.assertEqual(status, "degraded")
        self.assertIn("No sales", text)

    def test_a_run_without_its_worker_and_one_that_waits_are_told(self):
        self.runs.search([("state", "in", ("pending", "running"))]).state = "done"
        [queue] = self._checks("queue")
        self.assertEqual((queue["status"], queue["values"]["waiting"]), ("ok", 0))
        run = self._run("running")
        [queue] = self._checks("queue")
        self.assertEqual(queue["status"], "degraded")
        self.assertIn("worker", queue["text"])
        with locks.training(self.company, self.kind) as acquired:
            self.assertTrue(acquired)
            [queue] = self._checks("queue")
            self.assertEqual(queue["status"], "ok", queue)
            run.started_at = self.now - timedelta(hours=7)
            self.assertIn("has run since", self._checks("queue")[0]["text"])
        run.state = "pending"
        self._made(run, self.now - timedelta(hours=4))
        self.assertIn("waited", self._checks("queue")[0]["text"])

    def test_a_damaged_model_is_told(self):
        run = self._run("done")
        self.env["ai.model.store"]._save(run, {"any": "model"})
        self.assertEqual(self._checks("models")[0]["status"], "ok")
        run.sudo().model_signature = "another"
        [check] = self._checks("models")
        self.assertEqual(check["status"], "degraded")
        self.assertIn(run.name, check["text"])

    def test_values_are_late_after_two_hours(self):
        self._restate(10)
        [check] = self._checks("indicators", company_id=self.company.id)
        self.assertEqual(check["status"], "ok")
        row = self.restatements.search([("company_id", "=", self.company.id)])
        row.restated_at = self.now - timedelta(hours=3)
        [check] = self._checks("indicators", company_id=self.company.id)
        self.assertEqual(check["status"], "degraded")

    def test_a_full_disk_fails(self):
        for free, status in ((500, "ok"), (50, "degraded"), (5, "failed")):
            usage = SimpleNamespace(free=free, total=1000, used=1000 - free)
            with patch.object(ai_health.shutil, "disk_usage", return_value=usage):
                self.assertEqual(self._checks("disk")[0]["status"], status)

    def test_the_page_is_for_administrators(self):
        with self.assertRaises(AccessError):
            self.env["ai.health.page"].with_user(self.manager).action_open()
        admin = self._create_user("sr_health", "base.group_system")
        action = self.env["ai.health.page"].with_user(admin).action_open()
        page = self.env["ai.health.page"].with_user(admin).browse(action["res_id"])
        self.assertEqual(page.status, self.env["ai.health"]._report()["status"])
        order = page.line_ids.mapped("status")
        self.assertEqual(order, sorted(order, key=["failed", "degraded", "ok"].index))
