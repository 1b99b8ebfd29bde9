"""A coupon on an order: split by taxes, never below zero, in step with it, undone with it."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.compat import LINE_TAXES
from .money_common import CouponMoneyCommon


@tagged("post_install", "-at_install")
class TestCouponOrder(CouponMoneyCommon):
    def test_each_tax_is_reduced_by_its_part(self):
        order = self._order_for(
            (self.bottle, 1.0, 100.0, self.usual), (self.cups, 1.0, 100.0, self.reduced)
        )
        self.assertEqual(order.amount_total, 227.0)
        answer = self._use_on_order(self._coupon(113.5), order)
        self.assertTrue(answer["ok"])
        self.assertEqual(answer["reduced"], 113.5)
        by_tax = {line[LINE_TAXES]: line for line in self._coupon_lines(order)}
        self.assertEqual(by_tax[self.usual].price_total, -60.0)
        self.assertEqual(by_tax[self.reduced].price_total, -53.5)
        self.assertEqual((order.amount_total, order.amount_tax), (113.5, 13.5))

    def test_a_new_order_has_no_coupon_to_look_for(self):
        with patch.object(self.registry["sale.order"], "_ai_coupons") as looked:
            order = self._order_for((self.bottle, 1.0, 100.0, self.usual))
        looked.assert_not_called()
        self._use_on_order(self._coupon(60.0), order)
        order.order_line = [Command.update(order.order_line[0].id, {"price_unit": 10.0})]
        self.assertEqual(order.amount_total, 0.0)

    def test_every_cent_is_taken_off(self):
        for rounding in ("round_per_line", "round_globally"):
            self.company.tax_calculation_rounding_method = rounding
            for amount in (0.03, 0.01, 7.77, 33.33, 99.99, 111.11):
                order = self._order_for(
                    (self.bottle, 3.0, 33.33, self.usual),
                    (self.cups, 7.0, 1.07, self.reduced),
                    (self.soap, 1.0, 3.33, None),
                )
                before, coupon = order.amount_total, self._coupon(amount)
                self._use_on_order(coupon, order)
                with self.subTest(rounding=rounding, amount=amount):
                    self.assertAlmostEqual(before - order.amount_total, amount, 4)
                    self.assertEqual((coupon.state, coupon.remaining), ("used", 0.0))

    def test_prices_that_include_their_tax_are_reduced_alike(self):
        included = self._create_tax("TVA 20 % TTC", 20.0, included=True)
        order = self._order_for((self.bottle, 1.0, 120.0, included))
        self._use_on_order(self._coupon(60.0), order)
        self.assertEqual((order.amount_total, order.amount_tax), (60.0, 10.0))

    def test_taxes_of_so_much_a_piece_stay(self):
        stamp = self._create_tax("Timbre", 1.0)
        stamp.amount_type = "fixed"
        order = self._order_for((self.bottle, 2.0, 50.0, self.usual | stamp))
        before = order.amount_total
        self._use_on_order(self._coupon(20.0), order)
        self.assertEqual(order.amount_total, before - 20.0)
        self.assertEqual(self._coupon_lines(order)[LINE_TAXES], self.usual)

    def test_an_order_is_never_below_zero_and_the_rest_is_kept(self):
        coupon, order = self._coupon(50.0), self._order_for((self.soap, 1.0, 30.0, self.usual))
        answer = self._use_on_order(coupon, order)
        self.assertEqual(order.amount_total, 0.0)
        self.assertEqual((answer["reduced"], answer["rest"], answer["rest_kept"]), (36, 14, True))
        self.assertEqual((coupon.state, coupon.remaining), ("valid", 14.0))
        another = self._order_for((self.soap, 1.0, 30.0, None))
        self._use_on_order(coupon, another)
        self.assertEqual((another.amount_total, coupon.state), (16.0, "used"))

    def test_the_rest_is_lost_by_setting_and_comes_back_when_undone(self):
        self.company.ai_coupon_rest = "lose"
        coupon, order = self._coupon(50.0), self._order_for((self.soap, 1.0, 30.0, None))
        answer = self._use_on_order(coupon, order)
        self.assertEqual((answer["rest"], answer["rest_kept"]), (20.0, False))
        self.assertEqual((coupon.state, coupon.remaining), ("used", 0.0))
        self.assertEqual(coupon.redemption_ids.lost_amount, 20.0)
        order.action_cancel()
        self.assertEqual((coupon.state, coupon.remaining), ("valid", 50.0))

    def test_a_coupon_is_used_once(self):
        coupon, order = self._coupon(10.0), self._order_for((self.soap, 1.0, 30.0, None))
        self._use_on_order(coupon, order)
        answer = self._use_on_order(coupon, order)
        self.assertFalse(answer["ok"])
        self.assertIn("used", answer["message"])
        self.assertEqual(order.amount_total, 20.0)

    def test_a_coupon_of_another_client_is_refused_and_counted(self):
        coupon = self._coupon(10.0, partners=self.shared_partner)
        order = self._order_for((self.soap, 1.0, 30.0, None))
        answer = self._use_on_order(coupon, order, name=self.shared_partner.name)
        self.assertFalse(answer["ok"])
        self.assertEqual((order.amount_total, coupon.wrong_tries), (30.0, 1))

    def test_an_order_of_a_contact_takes_the_coupon_of_the_house(self):
        order = self._order_for((self.soap, 1.0, 30.0, None), partner=self.cook)
        self.assertTrue(self._use_on_order(self._coupon(10.0), order)["ok"])

    def test_orders_that_cannot_take_a_coupon_say_why_before_it_is_looked_at(self):
        coupon = self._coupon(10.0)
        cancelled = self._order_for((self.soap, 1.0, 30.0, None))
        cancelled.action_cancel()
        locked = self._order_for((self.soap, 1.0, 30.0, None))
        locked.action_confirm()
        locked.action_lock()
        free = self._order_for((self.soap, 1.0, 0.0, None))
        invoiced = self._order_for((self.soap, 1.0, 30.0, None))
        invoiced.action_confirm()
        self._deliver(invoiced)
        invoiced._create_invoices()
        wrong = self._wrong_pin(coupon)
        for order, words in (
            (cancelled, "cancelled"),
            (locked, "locked"),
            (free, "nothing to pay"),
            (invoiced, "is invoiced"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._use_on_order(coupon, order, pin=wrong)
        self.assertEqual(coupon.wrong_tries, 0)

    def test_operators_reduce_their_own_orders(self):
        order = self._order_for((self.soap, 1.0, 30.0, None), user_id=self.salesperson.id)
        with self.assertRaises(AccessError):
            self._use_on_order(self._coupon(10.0), order)
        with self.assertRaises(AccessError):
            self._use_on_order(self._coupon(10.0), order, user=self.salesperson)

    def test_coupons_are_converted_into_the_order_currency(self):
        euro = self._use_currency("EUR")
        pricelist = self.env["product.pricelist"].create(
            {"name": "€", "currency_id": euro.id, "company_id": self.company.id}
        )
        order = self._order_for((self.soap, 1.0, 30.0, None), pricelist_id=pricelist.id)
        coupon = self._coupon(40.0)
        answer = self._use_on_order(coupon, order)
        self.assertEqual((answer["reduced"], order.amount_total), (20.0, 10.0))
        self.assertEqual(coupon.state, "used")
        larger = self._coupon(40.0)
        answer = self._use_on_order(larger, order)
        self.assertEqual((order.amount_total, larger.remaining), (0.0, 20.0))

    # ------------------------------------------------------------------
    # In step with the order
    # ------------------------------------------------------------------

    def test_lines_follow_what_is_on_the_order(self):
        order = self._order_for((self.bottle, 2.0, 100.0, self.usual))
        coupon = self._coupon(150.0)
        self._use_on_order(coupon, order)
        order.order_line[0].write({"product_uom_qty": 1.0, "price_unit": 100.0})
        self.assertEqual((order.amount_total, coupon.remaining), (0.0, 30.0))
        self.assertEqual(coupon.redemption_ids.amount, 120.0)
        order.order_line = [
            Command.create({"product_id": self.cups.id, "price_unit": 50.0}),
            Command.update(order.order_line[0].id, {LINE_TAXES: [Command.set(self.reduced.ids)]}),
        ]
        self.assertEqual(order.amount_total, 37.0)
        self.assertEqual(
            {line[LINE_TAXES] for line in self._coupon_lines(order)},
            {self.reduced, self.env["account.tax"]},
        )
        self.assertEqual(coupon.remaining, 30.0)

    def test_new_prices_and_taxes_leave_the_coupon_alone(self):
        order = self._order_for((self.bottle, 10.0, 100.0, self.usual))
        self._use_on_order(self._coupon(60.0), order)
        order._recompute_prices()
        order._recompute_taxes()
        self.assertEqual(order.amount_total, 10 * 35.0 - 60.0)
        order.order_line.write({"discount": 10.0})
        self.assertEqual(order.amount_total, 315.0 - 60.0)

    def test_nobody_changes_the_lines_by_hand(self):
        order = self._order_for((self.bottle, 1.0, 100.0, None))
        self._use_on_order(self._coupon(60.0), order)
        line = self._coupon_lines(order).with_user(self.operator)
        for context in ({}, {"ai_fitting_coupons": True, "ai_fit_coupons_later": True}):
            for vals in ({"price_unit": -99.0}, {"product_uom_qty": 2.0}):
                with self.assertRaisesRegex(UserError, "follows the order"):
                    line.with_context(**context).write(vals)
        with self.assertRaises(AccessError):
            line.write({"ai_coupon_redemption_id": False})
        with self.assertRaises(AccessError):
            self.env["sale.order.line"].with_user(self.operator).create(
                {
                    "order_id": order.id,
                    "product_id": self.soap.id,
                    "ai_coupon_redemption_id": line.sudo().ai_coupon_redemption_id.id,
                }
            )
        self.assertEqual(order.amount_total, 40.0)

    def test_a_copy_has_no_coupon(self):
        order = self._order_for((self.bottle, 1.0, 100.0, None))
        self._use_on_order(self._coupon(60.0), order)
        self.assertEqual(order.copy().amount_total, 100.0)

    def test_another_client_on_the_order_gets_none(self):
        order = self._order_for((self.bottle, 1.0, 100.0, None))
        coupon = self._coupon(60.0)
        self._use_on_order(coupon, order)
        order.partner_id = self.shared_partner
        self.assertFalse(self._coupon_lines(order))
        self.assertEqual(coupon.remaining, 60.0)

    # ------------------------------------------------------------------
    # Undone
    # ------------------------------------------------------------------

    def test_a_line_that_is_removed_gives_the_coupon_back(self):
        order = self._order_for(
            (self.bottle, 1.0, 100.0, self.usual), (self.cups, 1.0, 100.0, self.reduced)
        )
        coupon = self._coupon(113.5)
        self._use_on_order(coupon, order)
        self._coupon_lines(order)[0].with_user(self.operator).unlink()
        self.assertEqual(order.amount_total, 227.0)
        self.assertEqual((coupon.state, coupon.remaining), ("valid", 113.5))
        self.assertEqual(coupon.redemption_ids.state, "undone")
        self.assertEqual(coupon.redemption_ids.undone_by_id, self.operator)

    def test_a_cancelled_order_gives_it_back_and_does_not_keep_the_lines(self):
        order = self._order_for((self.bottle, 1.0, 100.0, self.usual))
        coupon = self._coupon(60.0)
        self._use_on_order(coupon, order)
        order.action_confirm()
        order._action_cancel()
        self.assertEqual((coupon.state, coupon.remaining), ("valid", 60.0))
        order.action_draft()
        self.assertEqual(order.amount_total, 120.0)

    def test_a_deleted_order_gives_it_back(self):
        order = self._order_for((self.bottle, 1.0, 100.0, None))
        coupon, name = self._coupon(60.0), order.name
        self._use_on_order(coupon, order)
        order.unlink()
        self.assertEqual((coupon.state, coupon.remaining), ("valid", 60.0))
        self.assertEqual(coupon.redemption_ids.document, name)

    def test_managers_undo_on_a_confirmed_order(self):
        order = self._order_for((self.bottle, 1.0, 100.0, None))
        coupon = self._coupon(60.0)
        self._use_on_order(coupon, order)
        order.action_confirm()
        redemption = coupon.redemption_ids
        with self.assertRaises(AccessError):
            redemption.with_user(self.supervisor).action_undo()
        redemption.with_user(self.call_manager).action_undo()
        self.assertEqual((order.amount_total, coupon.remaining), (100.0, 60.0))
        with self.assertRaisesRegex(UserError, "already"):
            redemption.with_user(self.call_manager).action_undo()

    # ------------------------------------------------------------------
    # Invoiced
    # ------------------------------------------------------------------

    def _deliver(self, order, share=1.0):
        for move in order.picking_ids.move_ids.filtered(lambda move: move.state != "done"):
            move.write({"quantity": move.product_uom_qty * share, "picked": True})
        order.picking_ids._action_done()

    def _confirmed(self, price, amount, quantity=1.0):
        """(order, coupon) of a confirmed order that a coupon has reduced."""
        order = self._order_for((self.bottle, quantity, price, self.usual))
        coupon = self._coupon(amount)
        self._use_on_order(coupon, order)
        order.action_confirm()
        return order, coupon

    def test_a_refund_of_the_invoice_gives_it_back(self):
        order, coupon = self._confirmed(100.0, 60.0)
        self._deliver(order)
        invoice = order._create_invoices()
        self.assertEqual(invoice.amount_total, 60.0)
        invoice.action_post()
        with self.assertRaisesRegex(UserError, invoice.name):
            coupon.redemption_ids.with_user(self.call_manager).action_undo()
        invoice._reverse_moves(cancel=True)
        self.env.invalidate_all()
        self.assertEqual((coupon.state, coupon.remaining), ("valid", 60.0))
        self.assertEqual(order.amount_total, 120.0)
        self.assertIn("Refunded", coupon.redemption_ids.undone_reason)

    def test_an_invoice_that_is_made_anew_uses_it_again(self):
        order, coupon = self._confirmed(100.0, 60.0)
        self._deliver(order)
        invoice = order._create_invoices()
        invoice.action_post()
        again = invoice.with_context(include_business_fields=True).copy()
        invoice._reverse_moves(cancel=True)
        again.action_post()
        self.env.invalidate_all()
        self.assertEqual((coupon.state, coupon.remaining), ("used", 0.0))
        self.assertEqual((coupon.redemption_ids.state, order.amount_total), ("done", 60.0))

    def test_an_invoice_that_is_made_anew_without_a_coupon_is_refused(self):
        order, coupon = self._confirmed(100.0, 60.0)
        self._deliver(order)
        invoice = order._create_invoices()
        invoice.action_post()
        again = invoice.with_context(include_business_fields=True).copy()
        invoice._reverse_moves(cancel=True)
        self._use_on_order(coupon, self._order_for((self.soap, 10.0, 10.0, None)))
        with self.assertRaisesRegex(UserError, "cannot be used again"):
            again.action_post()

    def test_copies_of_invoices_use_no_coupon_a_second_time(self):
        order, _coupon = self._confirmed(100.0, 60.0)
        self._deliver(order)
        invoice = order._create_invoices()
        with self.assertRaisesRegex(UserError, "paid by no coupon"):
            invoice.copy().action_post()
        invoice.invoice_line_ids.filtered(lambda line: line.price_unit < 0).price_unit = -90.0
        with self.assertRaisesRegex(UserError, "paid by no coupon"):
            invoice.action_post()

    def test_an_invoice_of_a_part_takes_no_more_of_it_than_it_has_to_pay(self):
        order, coupon = self._confirmed(50.0, 80.0, quantity=2.0)
        self.bottle.invoice_policy = "delivery"
        with self.assertRaises(UserError):
            order._create_invoices()
        order.order_line[0].qty_delivered = 1.0
        part = order._create_invoices()
        self.assertEqual(part.amount_total, 60.0)
        order.order_line[0].qty_delivered = 2.0
        rest = order._create_invoices(final=True)
        self.assertEqual((rest.move_type, rest.amount_total), ("out_refund", 20.0))
        self.assertEqual(coupon.state, "used")

    def test_sales_are_learned_from_without_coupons(self):
        order, _coupon = self._confirmed(100.0, 60.0)
        self.company.ai_include_services = True
        extract = self.env["ai.sales.extract"]
        window = extract._window(self.company)
        items = extract._order_items(self.company, *window)
        own = items[items["order_id"] == order.id]
        self.assertEqual(list(own["product_id"]), [self.bottle.id])
