from odoo.tests import tagged

from ..core.settings_common import SettingsCommon

BOUNDS = {
    "ai_safety_days": (0, 365),
    "ai_service_level": (0.5, 0.999),
    "ai_default_lead_time": (0, 365),
    "ai_demand_days": (14, 365),
    "ai_cycle_days": (0, 365),
    "ai_dead_stock_days": (14, 3650),
}


@tagged("post_install", "-at_install")
class TestReplenishmentSettings(SettingsCommon):
    def test_each_bound_is_enforced(self):
        self.assertBounds(BOUNDS)
