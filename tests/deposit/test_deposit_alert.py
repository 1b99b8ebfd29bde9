"""Late containers: the operator in charge is told to call, once until they are back."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import DepositCommon


@tagged("post_install", "-at_install")
class TestDepositAlert(DepositCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.ai_operator_id = cls.operator
        cls.alerts = cls.env["ai.client.alert"].with_company(cls.company)
        cls.rules = cls.env["ai.alert.rule"]._of(cls.company)
        for kind, rule in cls.rules.items():
            rule.active = kind == "bottles"

    def test_late_containers_are_told_once_until_they_are_back(self):
        order = self._deliver_bottles(3.0, days_ago=36)
        order.date_order = fields.Datetime.now() - timedelta(days=37)
        self.assertFalse(self.alerts._alert(self.company))
        self._deliver_bottles(2.0, days_ago=40)
        alert = self.alerts._alert(self.company)
        self.assertEqual((alert.partner_id, alert.user_id), (self.hotel, self.operator))
        self.assertEqual(alert.amount, 5 * 40.0)
        self.assertIn("Bonbonne vide", alert.activity_id.summary)
        self.assertEqual((fields.Date.today() - alert.since).days, 10)
        self.assertFalse(self.alerts._alert(self.company))
        clients = self.clients.with_user(self.operator)
        to_call = clients.search([("call_reasons", "=", "bottles")])
        self.assertEqual(to_call.partner_id, self.hotel)
        self.assertIn("Bonbonne vide to be returned", to_call.call_reasons)
        self._log_return(5.0)
        self.alerts._alert(self.company)
        self.assertFalse(alert.is_open)
        self.assertFalse(alert.activity_id)
        self.assertFalse(clients.search([("call_reasons", "=", "bottles")]))
