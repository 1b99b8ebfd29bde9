"""What two connections see: a test in one transaction cannot prove it."""

import time

from odoo import api
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged

from .common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestConcurrency(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()

    def test_a_second_training_of_the_same_company_is_refused(self):
        with self.runs._lock(self.company, "rules") as acquired:
            self.assertTrue(acquired)
            with self.assertRaisesRegex(UserError, "under way"):
                self._train()
        self.assertEqual(self._train().state, "done")

    def test_another_company_is_not_kept_waiting(self):
        other = self._create_company("Autre")
        with self.runs._lock(other, "rules"):
            self.assertEqual(self._train().state, "done")

    def test_a_queued_run_waits_for_the_one_under_way(self):
        run = self.runs._enqueue(self.company, "rules")
        with self.runs._lock(self.company, "rules"):
            self.runs._cron_process_queue()
            self.assertEqual(run.state, "pending")
        self.runs._cron_process_queue()
        self.assertEqual(run.state, "done")

    def test_a_running_run_whose_worker_lives_is_left_alone(self):
        run = self.runs._enqueue(self.company, "rules")
        run.write({"state": "running", "attempt": 3})
        with self.runs._lock(self.company, "rules"):
            self.runs._requeue_orphans()
            self.assertEqual(run.state, "running")

    def test_the_lock_ends_with_the_connection_of_a_killed_worker(self):
        dead = db_connect(self.env.cr.dbname).cursor()
        key = self.runs._lock_key("rules")
        dead.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (key, self.company.id))
        with self.runs._lock(self.company, "rules") as acquired:
            self.assertFalse(acquired)
        dead._cnx.close()  # what the operating system does for a killed process
        for _second in range(50):  # the server notices it soon, not at once
            with self.runs._lock(self.company, "rules") as acquired:
                if acquired:
                    return
            time.sleep(0.1)
        self.fail("The lock of the dead connection is still held")

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
