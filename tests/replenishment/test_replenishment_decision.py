"""Decisions: reordering rules and orders by a person's click, before and after, undone exactly."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestReplenishmentDecision(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_soap_and_cups()
        cls._train_stock()
        cls.orderpoints = cls.env["stock.warehouse.orderpoint"]
        cls.both = cls._rows_of(cls.soap | cls.cups)

    @classmethod
    def _rows_of(cls, products):
        return cls.rows.search([("product_id", "in", products.ids)])

    def _decide(self, kind, rows=None):
        rows = (rows or self.both).with_user(self.storekeeper)
        button = rows.action_order if kind == "order" else rows.action_create_orderpoints
        return self.decisions.with_user(self.storekeeper).browse(button()["res_id"])

    def _rules(self):
        return self.orderpoints.search([("product_id", "in", (self.soap | self.cups).ids)])

    def _requests(self):
        return self.env["purchase.order"].search([("partner_id", "=", self.vendor.id)])

    def test_nothing_is_written_before_a_person_applies(self):
        decision = self._decide("orderpoint")
        self.assertEqual(decision.state, "draft")
        self.assertFalse(self._rules())
        self._decide("order")
        self.assertFalse(self._requests())

    def test_rules_are_created_with_minimum_and_maximum(self):
        decision = self._decide("orderpoint")
        decision.action_apply()
        rule = self._rules().filtered(lambda rule: rule.product_id == self.soap)
        rop = self._row(self.soap).rop
        self.assertAlmostEqual(rule.product_min_qty, rop, delta=1)
        self.assertGreaterEqual(rule.product_min_qty, rop)
        self.assertEqual(rule.product_max_qty, rule.product_min_qty)
        self.assertEqual(rule.trigger, "manual")
        self.assertEqual(rule.create_uid, self.storekeeper)
        self.assertEqual(self._row(self.soap).orderpoint_id, rule)
        self.assertEqual(decision.state, "applied")

    def test_existing_rules_show_before_and_after_and_undo_is_exact(self):
        rule = self.orderpoints.create(
            {
                "product_id": self.soap.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "product_min_qty": 3.0,
                "product_max_qty": 7.0,
            }
        )
        decision = self._decide("orderpoint")
        line = decision.line_ids.filtered(lambda line: line.product_id == self.soap)
        self.assertEqual((line.had_rule, line.old_min, line.old_max), (True, 3.0, 7.0))
        line.write({"new_min": 20.0, "new_max": 50.0})
        decision.action_apply()
        self.assertEqual((rule.product_min_qty, rule.product_max_qty), (20.0, 50.0))
        self.assertEqual(len(self._rules()), 2)
        decision.action_undo()
        self.assertEqual((rule.product_min_qty, rule.product_max_qty), (3.0, 7.0))
        self.assertEqual(self._rules(), rule)
        self.assertEqual(decision.state, "undone")

    def test_an_archived_rule_comes_back_and_goes_again(self):
        rule = self.orderpoints.create(
            {
                "product_id": self.soap.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "product_min_qty": 3.0,
                "product_max_qty": 7.0,
                "active": False,
            }
        )
        decision = self._decide("orderpoint")
        decision.action_apply()
        self.assertTrue(rule.active)
        decision.action_undo()
        self.assertEqual((rule.active, rule.product_min_qty), (False, 3.0))

    def test_undo_refuses_where_somebody_changed_the_rule(self):
        decision = self._decide("orderpoint")
        decision.action_apply()
        rule = self._rules().filtered(lambda rule: rule.product_id == self.soap)
        rule.product_max_qty = 999.0
        with self.assertRaisesRegex(UserError, "Savon"):
            decision.action_undo()
        self.assertEqual(rule.product_max_qty, 999.0)
        self.assertEqual(decision.state, "applied")

    def test_an_order_asks_the_vendor_for_the_quantity(self):
        decision = self._decide("order")
        decision.action_apply()
        request = self._requests()
        self.assertEqual(len(request), 1)
        quantities = {line.product_id: line.product_qty for line in request.order_line}
        self.assertAlmostEqual(quantities[self.soap], decision.line_ids[0].quantity)
        self.assertEqual(set(quantities), {self.soap, self.cups})
        row = self._row(self.soap)
        self.assertEqual(
            (row.action, row.quantity), ("ok", 0.0) if row.cover >= 14 else ("watch", 0.0)
        )
        self.assertTrue(decision.has_orders)

    def test_undo_of_an_order_leaves_nothing_behind(self):
        rules = self.orderpoints.search_count([])
        decision = self._decide("order")
        decision.action_apply()
        decision.action_undo()
        self.assertFalse(self._requests())
        self.assertEqual(self.orderpoints.search_count([]), rules)
        self.assertEqual(self._row(self.soap).action, "order_now")

    def test_undo_keeps_what_was_on_the_request_before(self):
        first = self._decide("order", self._rows_of(self.soap))
        first.action_apply()
        request = self._requests()
        before = (request.order_line.product_qty, request.origin, request.date_order)
        second = self._decide("order")
        second.line_ids.quantity = 5.0
        second.action_apply()
        self.assertEqual(self._requests(), request)
        self.assertEqual(len(request.order_line), 2)
        second.action_undo()
        self.assertEqual(
            (request.order_line.product_qty, request.origin, request.date_order), before
        )

    def test_undo_refuses_a_confirmed_order(self):
        decision = self._decide("order")
        decision.action_apply()
        self._requests().button_confirm()
        with self.assertRaisesRegex(UserError, "confirmed"):
            decision.action_undo()

    def test_a_product_without_vendor_is_left_out_and_named(self):
        self.cups.seller_ids.unlink()
        decision = self._decide("order")
        self.assertEqual((decision.line_count, decision.left_out_count), (2, 1))
        decision.action_apply()
        self.assertEqual(self._requests().order_line.product_id, self.soap)
        only = self._decide("order", self._rows_of(self.cups))
        with self.assertRaisesRegex(UserError, "Gobelets has no vendor"):
            only.action_apply()

    def test_a_decision_is_applied_once(self):
        decision = self._decide("order")
        decision.action_apply()
        with self.assertRaisesRegex(UserError, "applied already"):
            decision.action_apply()
        with self.assertRaises(UserError):
            decision.line_ids[0].quantity = 3.0

    def test_nothing_to_order_is_said(self):
        decision = self._decide("order")
        decision.line_ids.quantity = 0.0
        with self.assertRaisesRegex(UserError, "enter a quantity"):
            decision.action_apply()

    def test_only_inventory_administrators_decide(self):
        buyer = self._create_user("sr_buyer", "purchase.group_purchase_user")
        for user in (buyer, self.manager):
            with self.assertRaises(AccessError):
                self.both.with_user(user).action_order()
            with self.assertRaises(AccessError):
                self.both.with_user(user).action_create_orderpoints()
        with self.assertRaises(AccessError):
            self.both.with_user(self.salesperson).read(["quantity"])

    def test_a_decider_cannot_forge_what_undo_removes(self):
        decision = self._decide("order")
        with self.assertRaises(AccessError):
            decision.write({"trace": {"orders": {"1": None}}})

    def test_rows_of_two_companies_are_refused(self):
        other = self._create_company("Autre")
        self._sell_daily(self.soap, 2.0, days=20)
        self.env.user.company_ids |= other
        self._train_stock(other)
        rows = self.both | self.rows.search([("company_id", "=", other.id)], limit=1)
        with self.assertRaisesRegex(UserError, "one company"):
            rows.action_order()
