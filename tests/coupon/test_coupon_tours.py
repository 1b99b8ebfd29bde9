"""Coupons are used on the sheet, on an order and at the counter, and made by a manager."""

from odoo.tests import tagged

from ..core.tours import TourCase
from .money_common import CouponMoneyCommon

# What the tours type.
CODE, PIN = "20261128000019", "4795"


@tagged("post_install", "-at_install")
class TestCouponTours(CouponMoneyCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.ref = "HOT-1"
        cls.coupon = cls._coupon(50.0)
        cls.coupon.batch_id.uuid = "tour"
        cls.coupon.write({"code": CODE, "holder_key": 1})

    def test_the_coupon_is_that_of_the_tours(self):
        self.assertEqual(self.coupon._pin(), PIN)

    def test_an_operator_uses_a_coupon_from_the_sheet(self):
        order = self._order_for((self.bottle, 2.0, 100.0, self.usual))
        self.start_tour(
            "/smart_recommender/call?number=0661234567",
            "smart_recommender_coupon_on_sheet",
            login="sr_operator",
            timeout=180,
        )
        self.assertEqual((self.coupon.state, order.amount_total), ("used", 190.0))

    def test_an_operator_uses_a_coupon_on_an_order(self):
        order = self._order_for((self.bottle, 2.0, 100.0, self.usual))
        action = self.env.ref("sale.action_quotations_with_onboarding")
        self.start_tour(
            f"/web#id={order.id}&action={action.id}&model=sale.order&view_type=form",
            "smart_recommender_coupon_on_order",
            login="sr_operator",
            timeout=180,
        )
        self.assertEqual((self.coupon.state, order.amount_total), ("used", 190.0))
        self.assertEqual(self.coupon.wrong_tries, 1)

    def test_an_operator_validates_coupons_at_the_counter(self):
        invoice = self._invoice_for((100.0, self.usual))
        self.start_tour("/web", "smart_recommender_coupon_desk", login="sr_operator", timeout=180)
        self.assertEqual((self.coupon.state, invoice.amount_residual), ("used", 70.0))

    def test_a_manager_generates_coupons(self):
        self.start_tour(
            "/web", "smart_recommender_coupon_generate", login="sr_call_manager", timeout=180
        )
        batch = self.batches.search([("reason", "like", "Retards")])
        self.assertEqual((batch.coupon_count, batch.total), (3, 75.0))
        self.assertEqual(batch.coupon_ids.partner_id, self.hotel)
        self.assertEqual(batch.user_id, self.call_manager)
