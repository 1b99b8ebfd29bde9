"""What two connections see: a test in one transaction cannot prove it."""

import time
from unittest.mock import Mock, patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service import model as service_model
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools import locks
from ...tools.concurrency import OutdatedError
from .common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestConcurrency(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()

    def test_a_second_training_of_the_same_company_is_refused(self):
        with locks.training(self.company, "rules") as acquired:
            self.assertTrue(acquired)
            with self.assertRaisesRegex(UserError, "under way"):
                self._train()
        self.assertEqual(self._train().state, "done")

    def test_another_company_is_not_kept_waiting(self):
        other = self._create_company("Autre")
        with locks.training(other, "rules"):
            self.assertEqual(self._train().state, "done")

    def test_a_queued_run_waits_for_the_one_under_way(self):
        run = self.runs._enqueue(self.company, "rules")
        with locks.training(self.company, "rules"):
            self.runs._cron_process_queue()
            self.assertEqual(run.state, "pending")
        self.runs._cron_process_queue()
        self.assertEqual(run.state, "done")

    def test_a_running_run_whose_worker_lives_is_left_alone(self):
        run = self.runs._enqueue(self.company, "rules")
        run.write({"state": "running", "attempt": 3})
        with locks.training(self.company, "rules"):
            self.runs._requeue_orphans()
            self.assertEqual(run.state, "running")

    def test_a_run_that_waits_is_passed_by_the_next(self):
        other = self._create_company("Autre")
        first, second = (self.runs._enqueue(one, "rules") for one in (self.company, other))
        with locks.training(self.company, "rules"):
            self.runs._cron_process_queue()
        self.assertEqual((first.state, second.state), ("pending", "failed"))

    def test_the_queue_does_not_ask_again_and_again_while_it_waits(self):
        run = self.runs._enqueue(self.company, "rules")
        triggers = self.env["ir.cron.trigger"].search([])
        with locks.training(self.company, "rules"):
            self.runs._cron_process_queue()
        self.assertEqual(run.state, "pending")
        later = self.env["ir.cron.trigger"].search([]) - triggers
        self.assertEqual(len(later), 1)
        self.assertGreater(later.call_at, max(triggers.mapped("call_at")))

    def test_who_asks_at_the_same_moment_begins_again_and_joins(self):
        connection = db_connect(self.env.cr.dbname)
        company = self.env.ref("base.main_company").id
        with connection.cursor() as first_cr, connection.cursor() as second_cr:
            first, second = (
                api.Environment(cr, SUPERUSER_ID, {})["ai.training"] for cr in (first_cr, second_cr)
            )
            second_cr.execute("SELECT count(*) FROM res_company")  # what it sees is of now
            asked = first._request(first.env["res.company"].browse(company), ["rules"])
            first_cr.commit()
            try:
                with self.assertRaises(OutdatedError):
                    second._request(second.env["res.company"].browse(company), ["rules"])
                second_cr.rollback()
                second.env.invalidate_all()
                joined = second._request(second.env["res.company"].browse(company), ["rules"])
                self.assertFalse(joined)
                self.assertTrue(second._under_way(second.env["res.company"].browse(company)))
                second_cr.rollback()
            finally:
                asked.training_id.unlink()
                asked.unlink()
                first_cr.commit()

    def test_odoo_begins_a_request_again_that_was_outdated(self):
        request = Mock(side_effect=[OutdatedError("Others were first."), "joined"])
        with (
            db_connect(self.env.cr.dbname).cursor() as cr,
            patch.object(service_model.time, "sleep"),
            mute_logger("odoo.service.model"),
        ):
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(service_model.retrying(request, env), "joined")

    def test_the_lock_ends_with_the_connection_of_a_killed_worker(self):
        dead = db_connect(self.env.cr.dbname).cursor()
        self.assertTrue(locks.acquire(dead, "ai.training.run.rules", self.company))
        with locks.training(self.company, "rules") as acquired:
            self.assertFalse(acquired)
        dead._cnx.close()  # what the operating system does for a killed process
        for _second in range(50):  # the server notices it soon, not at once
            with locks.training(self.company, "rules") as acquired:
                if acquired:
                    return
            time.sleep(0.1)
        self.fail("The lock of the dead connection is still held")

    def test_a_lock_ends_with_the_work_that_fails_under_it(self):
        with self.assertRaisesRegex(ValueError, "broken"), locks.held("test", self.company):
            with locks.held("test", self.company) as acquired:
                self.assertFalse(acquired, "another holder has it")
            raise ValueError("broken")
        with locks.held("test", self.company) as acquired:
            self.assertTrue(acquired)

    def test_a_lock_of_a_transaction_ends_with_it(self):
        with db_connect(self.env.cr.dbname).cursor() as cr:
            self.assertTrue(locks.acquire(cr, "test", self.company))
            with locks.held("test", self.company) as acquired:
                self.assertFalse(acquired)
            cr.rollback()
            with locks.held("test", self.company) as acquired:
                self.assertTrue(acquired)

    def test_locks_differ_by_name_and_company(self):
        other = self._create_company("Autre")
        keys = [
            locks.key(name, company) for name in ("a", "b") for company in (self.company, other)
        ]
        self.assertEqual(len(set(keys)), 4)
        self.assertTrue(all(-(2**31) <= name < 2**31 for name, _company in keys))

    def test_training_takes_no_lock_that_an_order_needs(self):
        """While training is not committed yet, another connection can still sell."""
        order_id = self.env["sale.order"].search([], limit=1).id
        self._train()
        self.env.flush_all()
        with db_connect(self.env.cr.dbname).cursor() as cr:
            env = api.Environment(cr, self.env.uid, {})
            cr.execute("SET LOCAL lock_timeout = '2s'")
            # The rows of this test are not visible there: any table lock would still block.
            for table in ("sale_order", "sale_order_line", "product_product", "res_partner"):
                cr.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE")  # noqa: S608
            self.assertFalse(env["sale.order"].browse(order_id).exists())
            cr.rollback()
