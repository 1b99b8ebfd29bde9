"""Coupons in the history of clients and in the statistics of the call center."""

from odoo.tests import tagged

from .common import CouponCommon


@tagged("post_install", "-at_install")
class TestCouponBooks(CouponCommon):
    def _events(self, kind, user=None):
        events = self.env["ai.client.event"].with_user(user or self.supervisor)
        return events.search([("partner_id", "=", self.hotel.id), ("kind", "=", kind)])

    def _block(self, code, user=None, days=7):
        statistics = self.env["ai.call.statistics"].with_user(self.supervisor)
        statistics = statistics.with_company(self.company)
        return statistics.get_block(code, {"days": days}, user and user.id)

    # ------------------------------------------------------------------
    # History
    # ------------------------------------------------------------------

    def test_coupons_of_a_batch_are_one_event(self):
        batch = self._generate(50.0, number=3, reason="Fidélité")
        self._generate(20.0, partners=self.partner)
        event = self._events("coupon")
        self.assertEqual(len(event), 1)
        self.assertEqual((event.amount, event.user_id), (150.0, batch.user_id))
        self.assertIn("3 × ", event.name)
        self.assertIn("Fidélité", event.name)
        self.assertEqual(event.action_open()["res_model"], "ai.coupon")

    def test_uses_and_what_was_undone_are_events(self):
        coupon = self._coupon(100.0)
        redemption = self._note_use(coupon, 30.0)
        self.assertFalse(self._events("coupon_undone"))
        redemption.write(
            {
                "state": "undone",
                "undone_by_id": self.call_manager.id,
                "undone_date": redemption.date,
            }
        )
        used, undone = self._events("coupon_used"), self._events("coupon_undone")
        self.assertEqual((used.amount, used.user_id), (30.0, self.operator))
        self.assertEqual((undone.amount, undone.user_id), (30.0, self.call_manager))
        self.assertEqual(used.name, coupon.name)

    def test_what_was_left_when_a_coupon_expired_is_an_event(self):
        coupon, empty = self._coupon(100.0), self._coupon(100.0)
        coupon.remaining = 40.0
        empty.write({"state": "used", "remaining": 0})
        self.assertFalse(self._events("coupon_expired"))
        self._expire(coupon | empty)
        self.assertEqual(self._events("coupon_expired").amount, 40.0)

    def test_ids_are_in_no_event(self):
        coupon = self._coupon()
        for event in self._events("coupon"):
            self.assertNotIn(coupon.code, event.name)

    # ------------------------------------------------------------------
    # Statistics
    # ------------------------------------------------------------------

    def test_figures_are_of_what_was_given_and_used(self):
        first, second, gone = self._coupon(100.0), self._coupon(50.0), self._coupon(70.0)
        gone.with_user(self.call_manager).action_cancel()
        self._note_use(first, 60.0)
        self._note_use(second, 50.0)
        undone = self._note_use(first, 10.0)
        undone.state = "undone"
        first.remaining, second.remaining = 40.0, 0.0
        second.state = "used"
        block = self._block("coupons")
        [row] = block["rows"]
        self.assertEqual(row["values"], [2, 150.0, 2, 110.0, 1, 40.0])

    def test_expired_coupons_are_owed_no_more(self):
        coupon = self._coupon(100.0)
        self.assertEqual(self._block("coupons")["rows"][0]["values"][4:], [1, 100.0])
        self._expire(coupon)
        self.assertEqual(self._block("coupons")["rows"][0]["values"][4:], [0, 0.0])

    def test_operators_are_told_apart(self):
        coupon = self._coupon(100.0)
        self._note_use(coupon, 20.0)
        self._note_use(coupon, 30.0, user=self.colleague)
        rows = self._block("coupons_operator")["rows"]
        self.assertEqual(
            [(row["label"], row["values"]) for row in rows],
            [(self.colleague.name, [1, 30.0]), (self.operator.name, [1, 20.0])],
        )
        self.assertEqual(
            len(self.env["ai.coupon.redemption"].search(rows[0]["action"]["domain"])), 1
        )
        own = self._block("coupons_operator", self.operator)["rows"]
        self.assertEqual([row["label"] for row in own], [self.operator.name])
        self.assertEqual(self._block("coupons", self.operator)["rows"][0]["values"][2:4], [1, 20.0])

    def test_two_companies_are_converted_and_added(self):
        euro = self._use_currency("EUR", 0.1)
        other = self._create_company("SR Euro", currency_id=euro.id)
        self._coupon(100.0)
        self._coupon(7.0, partners=self.shared_partner, company=other)
        self.supervisor.company_ids |= other
        statistics = self.env["ai.call.statistics"].with_user(self.supervisor)
        statistics = statistics.with_context(allowed_company_ids=(self.company | other).ids)
        values = statistics.get_block("coupons", {"days": 7})["rows"][0]["values"]
        self.assertEqual(values[0], 2)
        rate = statistics._rates(self.company | other)[other]
        self.assertAlmostEqual(values[1], 100.0 + 7.0 * rate)
        self.assertNotEqual(rate, 1)
