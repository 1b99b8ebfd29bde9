"""Gold, silver and bronze: by revenue, and by hand."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestClientTiers(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # 35 each: 60, 25, 10 and 5 % of the revenue.
        for partner, quantity in zip(cls.partners[:4], (12.0, 5.0, 2.0, 1.0), strict=True):
            cls._create_order([(cls.bottle, quantity)], partner=partner)
        cls.clients._refresh(cls.company)

    def _tiers(self):
        return [self._row(partner).tier for partner in self.partners[:4]]

    def _set(self, partner, tier, user=None):
        clients = self.clients.with_user(user or self.call_manager).with_company(self.company)
        return clients.set_tier(partner.id, tier)

    def test_tiers_follow_the_revenue(self):
        self.assertEqual(self._tiers(), ["gold", "silver", "bronze", "bronze"])

    def test_the_shares_are_settings(self):
        self.company.write({"ai_gold_share": 0.7, "ai_silver_share": 0.9})
        self._refresh()
        self.assertEqual(self._tiers(), ["gold", "gold", "silver", "bronze"])
        with self.assertRaises(ValidationError):
            self.company.ai_silver_share = 0.6

    def test_who_bought_nothing_for_a_year_has_none(self):
        self._create_order([self.bottle], partner=self.hotel, days_ago=400)
        self._refresh()
        self.assertFalse(self._row().tier)

    def test_a_tier_set_by_hand_wins_and_stays(self):
        self.assertEqual(self._set(self.partners[3], "gold"), "gold")
        self._refresh()
        self.assertEqual(self._tiers(), ["gold", "silver", "bronze", "gold"])
        self.assertIn("Gold", self.partners[3].message_ids[:1].body)
        self.assertEqual(self._set(self.partners[3], False), "bronze")

    def test_a_client_without_orders_can_have_one(self):
        self.assertEqual(self._set(self.cook, "silver"), "silver")
        self.assertEqual(self._row(self.hotel).tier, "silver")
        self.assertEqual(self._sheet()["status"]["tier_by_hand"], "silver")

    def test_only_the_manager_sets_tiers(self):
        for user in (self.operator, self.supervisor, self.salesperson):
            with self.assertRaises(AccessError):
                self._set(self.hotel, "gold", user)
        with self.assertRaisesRegex(UserError, "platinum"):
            self._set(self.hotel, "platinum")
        self.assertTrue(self._sheet(user=self.call_manager)["may_set_tier"])
        self.assertFalse(self._sheet(user=self.supervisor)["may_set_tier"])

    def test_two_companies_have_tiers_of_their_own(self):
        other = self._create_company("Autre")
        self.partners.company_id = False
        self._create_order([self.soap], partner=self.partners[3], company=other)
        self._refresh(other)
        self.assertEqual(self._row(self.partners[3], other).tier, "gold")
        self.assertEqual(self._row(self.partners[3]).tier, "bronze")
