from odoo.tests import tagged

from ..core.settings_common import SettingsCommon


@tagged("post_install", "-at_install")
class TestCouponSettings(SettingsCommon):
    def test_numbers_of_coupons_go_with_the_addon(self):
        for company in (self.company, self.env["res.company"].create({"name": "Nouvelle"})):
            sequence = company._ai_coupon_sequence()
            name = sequence.get_external_id()[sequence.id]
            self.assertTrue(name.startswith("smart_recommender."), name)

    def test_settings_are_bounded(self):
        self.assertBounds(
            {
                "ai_coupon_months": (1, 120),
                "ai_coupon_wrong_tries": (1, 10),
                "ai_coupon_user_tries": (1, 1000),
                "ai_coupon_address_tries": (1, 10_000),
                "ai_coupon_mail_days": (0, 365),
            }
        )
