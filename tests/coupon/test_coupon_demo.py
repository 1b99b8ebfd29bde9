"""The coupons of the demonstration are those that were planted."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...demo import coupons, planted
from .common import CouponCommon


@tagged("post_install", "-at_install")
class TestCouponDemo(CouponCommon):
    def test_each_is_there_and_as_it_was_planned(self):
        clients = self.env["res.partner"].create(
            [{"name": f"Client {number}"} for number in range(12)]
        )
        self._create_product("Fontaine de démonstration", 1150.0)
        today = fields.Date.today()
        env = self.env(context={**self.env.context, "allowed_company_ids": self.company.ids})
        batches = coupons.load_coupons(env, self.company, clients, self.operator, today)
        self.env.flush_all()
        self.env.invalidate_all()
        for batch, planned in zip(batches, planted.COUPONS, strict=True):
            with self.subTest(planned=planned):
                made = batch.coupon_ids
                self.assertEqual(made.partner_id, clients[planned.customer])
                self.assertEqual(len(made), planned.number)
                self.assertEqual(batch.expiry_date, today + timedelta(days=planned.last_day))
                used = made.redemption_ids.mapped("amount")
                self.assertEqual(used, [planned.amount] * planned.used)
                state = "expired" if planned.last_day < 0 else "used" if planned.used else "valid"
                self.assertEqual(set(made.mapped("state")), {state})
