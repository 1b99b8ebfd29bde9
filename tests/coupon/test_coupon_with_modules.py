"""Coupons beside Odoo's own promotions and gift cards."""

from odoo import Command
from odoo.tests import tagged

from .money_common import CouponMoneyCommon


# Not standard: without loyalty programs there is nothing beside a coupon.
@tagged("post_install", "-at_install", "-standard", "with_modules")
class TestCouponWithLoyalty(CouponMoneyCommon):
    def _program(self, kind, **reward):
        return self.env["loyalty.program"].create(
            {
                "name": "Remise",
                "program_type": kind,
                "trigger": "auto",
                "applies_on": "current",
                "company_id": self.company.id,
                "rule_ids": [Command.create({"reward_point_amount": 1, "minimum_amount": 90})],
                "reward_ids": [Command.create({"reward_type": "discount", **reward})],
            }
        )

    def _apply(self, order):
        order._update_programs_and_rewards()
        for card, rewards in order._get_claimable_rewards().items():
            order._apply_program_reward(rewards[:1], card)

    def test_a_promotion_is_computed_without_the_coupon(self):
        self._program("promotion", discount=10)
        order = self._order_for((self.bottle, 1.0, 100.0, self.usual))
        self._apply(order)
        self.assertEqual(order.amount_total, 108.0)
        coupon = self._coupon(50.0)
        self._use_on_order(coupon, order)
        self.assertEqual(order.amount_total, 58.0)
        order._update_programs_and_rewards()
        self.assertEqual((order.amount_total, coupon.remaining), (58.0, 0.0))

    def test_a_later_promotion_takes_off_what_the_coupon_leaves_and_no_more(self):
        order = self._order_for((self.bottle, 1.0, 100.0, self.usual))
        coupon = self._coupon(115.0)
        self._use_on_order(coupon, order)
        self.assertEqual(order.amount_total, 5.0)
        self._program("promotion", discount=10)
        self._apply(order)
        self.assertEqual((order.amount_total, coupon.remaining), (0.0, 0.0))
        self.assertEqual(sum(self._coupon_lines(order).mapped("price_total")), -115.0)
