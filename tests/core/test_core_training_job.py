"""Training runs as jobs of OCA's queue_job: one for each company's oldest run, never two."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ...tools import locks
from .common import RecommenderCommon


# Not standard: without queue_job there are no jobs.
@tagged("post_install", "-at_install", "-standard", "with_modules")
class TestTrainingJob(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "queue.job" not in cls.env:
            cls.skipTest(cls, "queue_job could not be had")
        cls._create_history()
        cls.jobs = cls.env["queue.job"]
        cls.cron = cls.env.ref("smart_recommender.ir_cron_process_queue")
        cls.env["ir.cron.trigger"].search([("cron_id", "=", cls.cron.id)]).unlink()

    def _ask(self, company=None, kinds=("rules", "classes")):
        trainings = self.env["ai.training"]
        # Who asks may not write jobs.
        trainings = trainings if company else trainings.with_user(self.manager)
        company = company or self.company
        trainings._request(company, list(kinds))
        return self.runs.search([("company_id", "=", company.id)], order="id")

    def _waiting(self):
        return self.jobs.search(
            [("channel", "=", "root.smart_recommender"), ("state", "=", "pending")], order="id"
        )

    def _perform(self):
        """Perform the first job that waits, as the runner does."""
        from odoo.addons.queue_job.job import Job

        job = Job.load(self.env, self._waiting()[0].uuid)
        job.set_started()
        job.store()
        job.perform()
        job.set_done()
        job.store()
        self.env.flush_all()

    def test_a_company_has_a_job_for_its_oldest_run_and_cron_is_left_alone(self):
        run, _later = self._ask()
        self._ask()
        job = self._waiting()
        self.assertEqual(job.identity_key, f"smart_recommender-{self.company.id}-rules")
        self.assertEqual((job.records, job.max_retries), (run, 0))
        self.assertFalse(self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)]))

    def test_companies_have_jobs_of_their_own(self):
        other = self._create_company("Autre")
        self._ask()
        self._ask(other)
        owners = [job.records.company_id for job in self._waiting()]
        self.assertEqual(owners, [self.company, other])

    def test_a_job_trains_and_asks_for_the_next(self):
        first, second = self._ask()
        self._perform()
        self.assertEqual((first.state, second.state), ("done", "pending"))
        self.assertEqual(self._waiting().records, second)
        self._perform()
        self.assertEqual(second.state, "done")
        self.assertFalse(self._waiting())

    def test_a_turn_is_a_job(self):
        run = self._ask(kinds=["rules"])
        with patch.object(type(run), "_train_rules", side_effect=[False, None]):
            self._perform()
            self.assertEqual((run.state, self._waiting().records), ("pending", run))
            self._perform()
        self.assertEqual(run.state, "done")

    def test_the_job_of_a_killed_worker_goes_on_and_gives_up_after_the_last_attempt(self):
        run = self._ask(kinds=["rules"])
        run.write({"state": "running", "attempt": 1})
        self._perform()
        self.assertEqual((run.state, run.attempt), ("done", 2))
        again = self._ask(kinds=["rules"])[-1]
        again.write({"state": "running", "attempt": 3})
        self._perform()
        self.assertEqual(again.state, "failed")
        self.assertIn("more time or memory", again.error)

    def test_a_training_under_way_elsewhere_is_waited_for(self):
        run = self._ask(kinds=["rules"])
        with locks.training(self.company, "rules") as acquired:
            self.assertTrue(acquired)
            self._perform()
        self.assertEqual(run.state, "pending")
        self.assertGreater(self._waiting().eta, fields.Datetime.now())

    def test_cron_gives_jobs_to_what_has_none_and_works_where_no_runner_does(self):
        run = self._ask(kinds=["rules"])
        self._waiting().unlink()
        self.runs._cron_process_queue()
        self.assertEqual((run.state, self._waiting().records), ("pending", run))
        self.env.flush_all()
        hours_ago = fields.Datetime.now() - timedelta(hours=2)
        self.env.cr.execute(
            "UPDATE ai_training_run SET write_date = %s WHERE id = %s", [hours_ago, run.id]
        )
        self.runs._cron_process_queue()
        self.assertEqual(run.state, "done")
        # The job that comes too late finds nothing to do.
        self._perform()
        self.assertFalse(self._waiting())
