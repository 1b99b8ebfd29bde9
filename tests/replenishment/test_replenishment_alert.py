"""Alerts: once for each fall below the reorder point, to who is responsible."""

from unittest.mock import patch

from psycopg2 import OperationalError
from psycopg2.errorcodes import SERIALIZATION_FAILURE

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestStockAlert(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alerts = cls.env["ai.stock.alert"]
        cls._sell_soap_and_cups(cups=400.0)
        cls._train_stock()
        (cls.soap | cls.cups).with_company(cls.company).responsible_id = cls.storekeeper

    def test_the_responsible_user_gets_one_activity(self):
        alert = self.alerts._alert(self.company)
        self.assertEqual((alert.user_id, alert.low_ids.product_id), (self.storekeeper, self.soap))
        self.assertEqual(alert.activity_ids.user_id, self.storekeeper)
        self.assertIn("Savon", alert.activity_ids.note)
        self.assertIn("1 products to order", alert.activity_ids.summary)

    def test_the_same_fall_is_told_once(self):
        self.alerts._alert(self.company)
        self.assertFalse(self.alerts._alert(self.company))
        self._put(self.soap, 400.0)
        self.assertFalse(self.alerts._alert(self.company))
        self._put(self.soap, -400.0)
        self.assertEqual(self.alerts._alert(self.company).low_ids.product_id, self.soap)

    def test_training_does_not_tell_it_again(self):
        self.alerts._alert(self.company)
        self._train_stock()
        self.assertFalse(self.alerts._alert(self.company))

    def test_dead_stock_is_told_once(self):
        self._put(self.fountain, 10.0)
        self.env.cr.execute(
            "UPDATE product_product SET create_date = now() - interval '100 days' WHERE id = %s",
            [self.fountain.id],
        )
        self.fountain.with_company(self.company).responsible_id = self.storekeeper
        alert = self.alerts._alert(self.company)
        self.assertEqual(alert.dead_ids.product_id, self.fountain)
        self.assertFalse(self.alerts._alert(self.company))

    def test_who_may_not_see_the_board_is_not_asked(self):
        self.soap.with_company(self.company).responsible_id = self.salesperson
        alert = self.alerts._alert(self.company)
        self.assertEqual(alert.user_id, self.storekeeper)

    def test_a_company_may_switch_alerts_off(self):
        self.company.ai_stock_alerts = False
        self.alerts._cron_alert()
        self.assertFalse(self.alerts.search([("company_id", "=", self.company.id)]))

    def test_one_company_that_fails_leaves_the_others_alone(self):
        other = self._create_company("Autre", ai_stock_alerts=True)
        original = type(self.alerts)._alert

        def fail_for_other(records, company):
            if company == other:
                raise ValueError("broken")
            return original(records, company)

        with (
            patch.object(type(self.alerts), "_alert", fail_for_other),
            mute_logger("odoo.addons.smart_recommender.models.core.ai_company_job"),
        ):
            self.alerts._cron_alert()
        self.assertTrue(self.alerts.search([("company_id", "=", self.company.id)]))

    def test_who_came_second_tries_again(self):
        class Conflict(OperationalError):
            pgcode = SERIALIZATION_FAILURE

        job = self.env.ref("smart_recommender.ir_cron_stock_alerts")
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([("cron_id", "=", job.id)])
        with patch.object(type(self.alerts), "_alert", side_effect=Conflict()):
            self.alerts._cron_alert()
        self.assertGreater(triggers.search_count([("cron_id", "=", job.id)]), before)

    def test_the_alert_opens_its_products_on_the_board(self):
        alert = self.alerts._alert(self.company).with_user(self.storekeeper)
        action = alert.action_open_board()
        self.assertEqual(action["domain"], [("id", "in", alert.low_ids.ids)])

    def test_it_is_written_in_the_users_language(self):
        self._activate_french()
        self.storekeeper.lang = "fr_FR"
        alert = self.alerts._alert(self.company)
        self.assertIn("à commander", alert.activity_ids.summary)
