"""Attributed revenue: what clicks added, net of what was returned, and who may see it."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ExperimentCommon


@tagged("post_install", "-at_install")
class TestSuggestionSales(ExperimentCommon):
    def _sold(self, product=None, quantity=1.0, confirm=True, **vals):
        """An order to which a click has added a product at 100."""
        order = self._quotation(self.fountain, **vals)
        product = product or self.bottle
        origin = {"ai_source": "tab", "ai_kind": "rule", "ai_rank": 1}
        order._ai_add_product(product.id, quantity, origin)
        line = order.order_line.filtered(lambda line: line.product_id == product)
        line.price_unit = 100.0
        if confirm:
            order.action_confirm()
        return line.sudo()

    def _row(self, line):
        self.env.flush_all()
        self.env["ai.suggestion.sale"].invalidate_model()
        return self.env["ai.suggestion.sale"].browse(line.id)

    def _credit(self, order, quantity=None, linked=True):
        invoice = order._create_invoices()
        invoice.invoice_date = fields.Date.today()
        invoice.action_post()
        note = invoice._reverse_moves([{"invoice_date": fields.Date.today()}])
        if quantity is not None:
            bottles = note.invoice_line_ids.filtered(lambda each: each.product_id == self.bottle)
            (note.invoice_line_ids - bottles).unlink()
            bottles.quantity = quantity
        if not linked:
            note.invoice_line_ids.sale_line_ids = [Command.clear()]
        note.action_post()
        return note

    def test_what_a_click_added_and_the_order_holds(self):
        row = self._row(self._sold(quantity=3.0))
        self.assertEqual((row.kept_qty, row.revenue), (3, 300))
        self.assertEqual((row.kind, row.rank, row.source), ("rule", 1, "tab"))
        self.assertEqual(row.user_id, self.salesperson)

    def test_more_of_it_by_hand_does_not_count_and_less_does(self):
        line = self._sold(quantity=3.0, confirm=False)
        line.write({"product_uom_qty": 10, "price_unit": 100.0})
        line.order_id.action_confirm()
        self.assertEqual((self._row(line).kept_qty, self._row(line).revenue), (3, 300))
        line.write({"product_uom_qty": 2, "price_unit": 100.0})
        self.assertEqual((self._row(line).kept_qty, self._row(line).revenue), (2, 200))

    def test_a_quotation_and_a_cancelled_order_bring_nothing(self):
        line = self._sold(confirm=False)
        self.assertEqual(self._row(line).revenue, 0)
        line.order_id.action_confirm()
        line.order_id._action_cancel()
        self.assertEqual((self._row(line).revenue, self._row(line).is_confirmed), (0, False))

    def test_discounts_and_taxes_are_not_revenue(self):
        line = self._sold()
        line.tax_id = self._create_tax("TVA", 20)
        line.discount = 25
        self.assertEqual(self._row(line).revenue, 75)

    def test_a_refund_is_deducted_whenever_it_comes(self):
        line = self._sold(quantity=4.0)
        self._credit(line.order_id, quantity=1.0)
        row = self._row(line)
        self.assertEqual((row.gross_revenue, row.refunded, row.revenue), (400, 100, 300))

    def test_a_refund_falls_on_what_was_added_by_its_share(self):
        line = self._sold(quantity=1.0, confirm=False)
        line.write({"product_uom_qty": 4, "price_unit": 100.0})
        line.order_id.action_confirm()
        self._credit(line.order_id, quantity=4.0)
        self.assertEqual(self._row(line).revenue, 0)

    def test_a_refund_without_order_lines_finds_the_line_by_its_product(self):
        line = self._sold(quantity=4.0)
        self._credit(line.order_id, quantity=1.0, linked=False)
        self.assertEqual(self._row(line).revenue, 300)

    def test_a_credit_note_that_names_nothing_is_told_and_not_deducted(self):
        line = self._sold()
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": line.order_id.partner_id.id,
                "company_id": self.company.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create({"name": "Geste commercial", "price_unit": 70, "tax_ids": []})
                ],
            }
        )
        note.action_post()
        self.assertEqual(self._row(line).revenue, 100)
        results = self.env["ai.suggestion.results"].with_user(self.manager).get_results()
        self.assertEqual(results["unplaced_refunds"], 70)

    def test_units_and_currencies_are_those_of_product_and_company(self):
        line = self._sold(quantity=24.0, confirm=False)
        line.write({"product_uom": self.env.ref("uom.product_uom_dozen").id, "product_uom_qty": 1})
        line.price_unit = 120.0
        line.order_id.action_confirm()
        line.order_id.currency_rate = 2.0
        row = self._row(line)
        self.assertEqual((row.added_qty, row.kept_qty, row.revenue), (24, 12, 60))

    def test_an_archived_product_keeps_its_revenue(self):
        line = self._sold()
        self.bottle.active = False
        self.assertEqual(self._row(line).revenue, 100)

    def test_split_and_merged_orders_take_the_line_with_them(self):
        line = self._sold(quantity=4.0, confirm=False)
        order, other = line.order_id, self._quotation(self.soap)
        line.write({"order_id": other.id})
        order._action_cancel()
        other.action_confirm()
        self.assertEqual(self._row(line).revenue, 400)
        self.assertEqual(self._row(line).order_id, other)

    def test_others_count_the_whole_order_once_and_before_refunds(self):
        line = self._sold(quantity=2.0)
        order = line.order_id
        order.date_order = fields.Datetime.now()
        origin = {"ai_source": "tab", "ai_kind": "popular", "ai_rank": 2}
        second = line.copy({"order_id": order.id, "product_id": self.cups.id})
        second._ai_log_added(1.0, origin)
        self._credit(order)
        rows = self._row(line) | self._row(second)
        self.assertEqual(sum(rows.mapped("peer_revenue")), order.amount_untaxed)
        order.date_order = fields.Datetime.now() + timedelta(hours=25)
        self.assertEqual(sum(self._row(line).mapped("peer_revenue")), 0)

    def test_the_page_adds_up_and_says_what_was_taken(self):
        order = self._quotation()
        shown = self._see(order)["items"]
        order.action_add_to_cart(shown[0]["product_id"])
        order.action_confirm()
        other = self._sold(quantity=2.0, confirm=False)
        shown += self._see(other.order_id.with_user(self.salesperson))["items"]
        other.order_id.action_confirm()
        self._credit(other.order_id, quantity=1.0)
        results = self.env["ai.suggestion.results"].with_user(self.manager).get_results(30)
        self.env.flush_all()
        total = sum(self.env["ai.suggestion.sale"].search([]).mapped("revenue"))
        self.assertAlmostEqual(results["attributed"]["revenue"], total)
        self.assertEqual(results["attributed"]["order_count"], 2)
        self.assertEqual(results["attributed"]["refunded"], 100)
        kinds = {row["key"]: row for row in results["kinds"]}
        self.assertEqual(sum(row["shown"] for row in kinds.values()), len(shown))
        self.assertEqual(kinds["rule"]["added"], 2)
        self.assertEqual({row["key"]: row["added"] for row in results["ranks"]}[1], 2)

    def test_an_empty_company_has_an_empty_page(self):
        empty = self._create_company("Sans ventes")
        self.manager.company_ids |= empty
        model = self._as(self.env["ai.suggestion.results"], self.manager, empty)
        results = model.get_results()
        self.assertEqual(results["attributed"]["revenue"], 0)
        self.assertEqual((results["kinds"], results["experiment"]), ([], None))

    def test_only_managers_and_only_their_companies(self):
        line = self._sold()
        self.env.flush_all()
        with self.assertRaises(AccessError):
            self.env["ai.suggestion.results"].with_user(self.salesperson).get_results()
        with self.assertRaises(AccessError):
            self.env["ai.suggestion.sale"].with_user(self.salesperson).search([])
        other = self._create_company("Autre maison")
        stranger = self._create_user(
            "sr_sales_other", "smart_recommender.group_manager", company=other
        )
        rows = self._as(self.env["ai.suggestion.sale"], stranger, other).search([])
        self.assertNotIn(line.id, rows.ids)

    def test_a_period_that_makes_no_sense_is_refused(self):
        model = self.env["ai.suggestion.results"].with_user(self.manager)
        for days in (0, -3, 5000):
            with self.assertRaisesRegex(UserError, "period"):
                model.get_results(days)
