from odoo.tests import tagged

from ..core.settings_common import SettingsCommon

BOUNDS = {
    "ai_anomaly_threshold": (1, 20),
    "ai_anomaly_medium": (0.01, 100),
    "ai_anomaly_high": (0.01, 100),
    "ai_anomaly_chance": (0, 100),
    "ai_anomaly_window": (28, 730),
    "ai_anomaly_days": (1, 365),
}
ORDERS = {
    ("ai_anomaly_medium", "ai_anomaly_high"): (3, 2.5),
}


@tagged("post_install", "-at_install")
class TestAnomalySettings(SettingsCommon):
    def test_each_bound_is_enforced(self):
        self.assertBounds(BOUNDS, ORDERS)

    def test_the_higher_limit_is_no_lower_than_the_lower_one(self):
        self.assertOrders(ORDERS)
