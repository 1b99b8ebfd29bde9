from odoo.tests import tagged

from ..core.settings_common import SettingsCommon

BOUNDS = {
    "ai_suggestion_limit": (1, 50),
    "ai_offer_limit": (1, 20),
    "ai_min_orders": (1, 1000000),
    "ai_min_support": (0, 1),
    "ai_min_confidence": (0, 1),
    "ai_min_lift": (0, 1000),
    "ai_max_false_rate": (0, 1),
    "ai_max_antecedent": (1, 5),
    "ai_min_customers": (1, 1000000),
    "ai_max_basket": (2, 1000),
    "ai_reorder_min_purchases": (2, 50),
    "ai_dismiss_days": (0, 3650),
}


@tagged("post_install", "-at_install")
class TestSuggestionSettings(SettingsCommon):
    def test_each_bound_is_enforced(self):
        self.assertBounds(BOUNDS)
