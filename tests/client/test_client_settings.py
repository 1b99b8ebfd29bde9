from odoo.tests import tagged

from ..core.settings_common import SettingsCommon

BOUNDS = {
    "ai_dormant_days": (1, 3650),
    "ai_payment_delay": (0, 365),
}


@tagged("post_install", "-at_install")
class TestClientSettings(SettingsCommon):
    def test_each_bound_is_enforced(self):
        self.assertBounds(BOUNDS)
