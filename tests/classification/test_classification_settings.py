from odoo.tests import tagged

from ..core.settings_common import SettingsCommon

BOUNDS = {
    "ai_class_days": (14, 730),
    "ai_abc_a": (0.01, 1),
    "ai_abc_b": (0.01, 1),
    "ai_xyz_x": (0.01, 100),
    "ai_xyz_y": (0.01, 100),
}
ORDERS = {
    ("ai_abc_a", "ai_abc_b"): (0.8, 0.79),
    ("ai_xyz_x", "ai_xyz_y"): (0.5, 0.4),
}


@tagged("post_install", "-at_install")
class TestClassificationSettings(SettingsCommon):
    def test_each_bound_is_enforced(self):
        self.assertBounds(BOUNDS, ORDERS)

    def test_the_higher_limit_is_no_lower_than_the_lower_one(self):
        self.assertOrders(ORDERS)
