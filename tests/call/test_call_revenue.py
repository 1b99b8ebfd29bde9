"""The revenue of a call: that of its order, once an order."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..client.common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestCallRevenue(CallCenterCommon):
    def _order(self, **vals):
        return self._create_order([(self.bottle, 2.0)], partner=self.hotel, **vals)

    def test_a_call_has_the_revenue_of_its_confirmed_order(self):
        order = self._order(state="draft")
        call = self._create_call(order_id=order.id)
        self.assertEqual(call.revenue, 0.0)
        order.action_confirm()
        self.assertEqual(call.revenue, order.amount_untaxed)
        self.assertGreater(call.revenue, 0.0)
        order._action_cancel()
        self.assertEqual(call.revenue, 0.0)

    def test_an_order_of_several_calls_counts_once(self):
        order = self._order()
        second = self._create_call(order_id=order.id, hours_ago=1)
        self.assertEqual(second.revenue, order.amount_untaxed)
        first = self._create_call(order_id=order.id, hours_ago=5, user=self.colleague)
        self.assertEqual((first.revenue, second.revenue), (order.amount_untaxed, 0.0))
        first.order_id = False
        self.assertEqual((first.revenue, second.revenue), (0.0, order.amount_untaxed))
        third = self._create_call(order_id=order.id, hours_ago=3)
        third.unlink()
        self.assertEqual(second.revenue, order.amount_untaxed)

    def test_it_is_in_the_currency_of_the_company(self):
        foreign = self.env.ref("base.CHF")
        foreign.active = True
        today = fields.Date.today()
        foreign.rate_ids = [
            fields.Command.create(
                {"name": today.replace(year=2000), "rate": 4.0, "company_id": self.company.id}
            )
        ]
        order = self._order(state="draft")
        order.currency_id = foreign
        order.action_confirm()
        call = self._create_call(order_id=order.id)
        self.assertAlmostEqual(call.revenue, order.amount_untaxed / 4.0, places=2)

    def test_nobody_writes_it(self):
        call = self._create_call()
        with self.assertRaises(AccessError):
            call.with_user(self.operator).write({"revenue": 1000.0})
