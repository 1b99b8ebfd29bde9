"""What is on order by the day on which it comes, and what clients wait for."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestArrivals(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_daily(cls.soap, 1.0)
        cls._supply(cls.soap, delay=5)
        cls._train_stock()

    def _order_in(self, days, quantity=50.0, confirmed=True):
        date = fields.Datetime.now() + timedelta(days=days)
        order = self._ask_vendor(self.soap, quantity, date_planned=date)
        if confirmed:
            order.button_confirm()
        return order

    def _refreshed(self):
        self.env.invalidate_all()
        self.rows._refresh(self.company)
        return self._row(self.soap)

    def test_what_arrives_within_the_lead_time_is_available(self):
        self._order_in(4)
        row = self._refreshed()
        self.assertEqual((row.incoming, row.available, row.action), (50.0, 50.0, "ok"))
        self.assertFalse(row.incoming_word)

    def test_what_arrives_in_half_a_year_is_not(self):
        self._order_in(200)
        row = self._refreshed()
        self.assertEqual((row.incoming, row.incoming_left_out), (0.0, 50.0))
        self.assertEqual((row.available, row.action), (0.0, "order_now"))
        self.assertEqual(row.incoming_word, "50 not counted")
        self.assertIn("50 on order do not count", row.explanation)

    def test_what_is_four_months_overdue_is_not_and_is_said(self):
        self._order_in(-120)
        row = self._refreshed()
        self.assertEqual((row.incoming, row.incoming_late), (0.0, 50.0))
        self.assertEqual(row.action, "order_now")
        self.assertIn("50 late", row.incoming_word)
        self.assertIn("ask when they will come", row.explanation)

    def test_what_is_a_day_late_still_counts_and_is_said(self):
        self._order_in(-1)
        row = self._refreshed()
        self.assertEqual((row.incoming, row.available), (50.0, 50.0))
        self.assertEqual(row.incoming_word, "50 late")

    def test_requests_for_quotation_go_by_their_dates_too(self):
        self._order_in(200, confirmed=False)
        self._order_in(3, 20.0, confirmed=False)
        row = self._refreshed()
        self.assertEqual((row.incoming, row.incoming_left_out), (20.0, 50.0))

    def test_an_order_cycle_looks_farther_ahead(self):
        self._order_in(20)
        self.assertEqual(self._refreshed().incoming, 0.0)
        self.company.ai_cycle_days = 30.0
        self.assertEqual(self._refreshed().incoming, 50.0)

    def test_what_was_just_ordered_is_not_ordered_again(self):
        self.company.ai_use_receipts = True
        self.soap.seller_ids.delay = 30
        decision = self.decisions.with_user(self.storekeeper).browse(
            self._refreshed().with_user(self.storekeeper).action_order()["res_id"]
        )
        decision.action_apply()
        row = self._refreshed()
        self.assertEqual((row.action == "order_now", row.incoming_left_out), (False, 0.0))

    def _promise(self, quantity, days=0):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "company_id": self.company.id,
                "commitment_date": fields.Datetime.now() + timedelta(days=days),
                "order_line": [
                    Command.create({"product_id": self.soap.id, "product_uom_qty": quantity})
                ],
            }
        )
        order.action_confirm()

    def test_what_clients_wait_for_is_ordered(self):
        self._promise(25.0)
        row = self._refreshed()
        self.assertEqual((row.reserved, row.available), (25.0, -25.0))
        self.assertAlmostEqual(row.quantity, row.rop + 25.0)

    def test_a_delivery_in_half_a_year_is_not_yet(self):
        self._promise(25.0, days=200)
        self.assertEqual(self._refreshed().available, 0.0)

    def test_goods_kept_for_a_later_delivery_are_not_there_for_others(self):
        self._put(self.soap, 30.0)
        self._promise(25.0, days=200)
        self.env["stock.move"].search([("product_id", "=", self.soap.id)])._action_assign()
        self.assertEqual(self._refreshed().available, 5.0)

    def test_reserved_only_stays_a_choice(self):
        self.company.ai_available_stock = "reserved"
        self._promise(25.0)
        row = self._refreshed()
        self.assertEqual((row.reserved, row.available), (0.0, 0.0))
