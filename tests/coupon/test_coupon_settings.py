from odoo.tests import tagged

from ..core.settings_common import SettingsCommon


@tagged("post_install", "-at_install")
class TestCouponSettings(SettingsCommon):
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
