"""Operators log what has come back: received at once, refunded on an order, never twice."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DepositCommon


@tagged("post_install", "-at_install")
class TestDepositReturn(DepositCommon):
    def setUp(self):
        super().setUp()
        self._deliver_bottles(8.0)

    def _stock(self):
        return self.empty.with_context(warehouse=self.warehouse.id).qty_available

    def _receipts_to_come(self, order):
        return order.picking_ids.filtered(
            lambda picking: picking.picking_type_code == "incoming" and picking.state != "done"
        )

    def test_a_return_is_received_and_refunded_on_a_new_quotation(self):
        before = self._stock()
        self._log_return(3.0)
        self.assertEqual(self._balance().quantity, 5.0)
        self.assertEqual(self._stock(), before + 3.0)
        order = self.env["sale.order"].search(
            [("partner_id", "=", self.hotel.id), ("user_id", "=", self.operator.id)]
        )
        line = order.order_line
        self.assertEqual((line.product_id, line.product_uom_qty), (self.empty, -3.0))
        self.assertEqual((order.state, order.amount_untaxed), ("draft", -120.0))
        self.assertFalse(order.ai_deposit_warning)

    def test_it_is_received_by_an_operation_of_its_own_in_the_name_of_the_operator(self):
        self._log_return(3.0)
        operation = self.warehouse.ai_empties_type_id
        receipt = self.env["stock.picking"].search([("picking_type_id", "=", operation.id)])
        self.assertEqual((receipt.state, receipt.partner_id), ("done", self.hotel))
        self.assertEqual((operation.code, receipt.create_uid), ("incoming", self.operator))
        self._log_return(1.0)
        self.assertEqual(
            self.env["stock.picking"].search_count([("picking_type_id", "=", operation.id)]), 2
        )

    def test_the_refund_joins_the_open_quotation_of_the_operator(self):
        order = self._order([self.cups], user_id=self.operator.id)
        self._log_return(3.0)
        self.assertEqual(order.order_line[1].product_uom_qty, -3.0)

    def test_what_was_logged_is_not_received_again_with_its_order(self):
        order = self._order([(self.bottle, 2.0)], user_id=self.operator.id)
        self._log_return(3.0)
        order.action_confirm()
        self.assertFalse(self._receipts_to_come(order))
        refund = order.order_line.filtered(lambda line: line.product_uom_qty < 0)
        self.assertEqual(refund.qty_delivered, -3.0)
        self._finish(order.picking_ids.filtered(lambda picking: picking.state != "done"))
        self.assertEqual(self._balance().quantity, 7.0)

    def test_a_confirmed_order_takes_a_refund_and_receives_nothing_more(self):
        order = self._order([(self.bottle, 2.0)], user_id=self.operator.id)
        order.action_confirm()
        self._log_return(3.0, order_id=order.id)
        refund = order.order_line.filtered(lambda line: line.product_uom_qty < 0)
        self.assertEqual((refund.product_uom_qty, refund.qty_delivered), (-3.0, -3.0))
        self.assertFalse(self._receipts_to_come(order))
        self.assertEqual(self._balance().quantity, 5.0)

    def test_a_deleted_quotation_leaves_the_return(self):
        order = self._order([], user_id=self.operator.id)
        self._log_return(3.0)
        order.unlink()
        self.assertEqual(self._balance().quantity, 5.0)

    def test_without_a_refund_no_order_is_made(self):
        before = self.env["sale.order"].search_count([])
        self._log_return(3.0, is_refunded=False)
        self.assertEqual(self.env["sale.order"].search_count([]), before)
        self.container.value = 0.0
        self._log_return(3.0)
        self.assertEqual(self.env["sale.order"].search_count([]), before)
        self.assertEqual(self._balance().quantity, 2.0)

    def test_more_than_the_client_holds_is_refused(self):
        with self.assertRaisesRegex(UserError, "Hôtel Atlas holds 8 × Bonbonne vide, so that 9"):
            self._log_return(9.0)
        self.assertEqual(self._balance().quantity, 8.0)

    def test_parts_of_a_container_and_none_are_refused(self):
        for quantity in (0.0, -1.0, 1.5):
            with self.assertRaisesRegex(UserError, "whole number above zero"):
                self._log_return(quantity)

    def test_a_contact_returns_for_its_company(self):
        self._log_return(3.0, partner=self.cook)
        self.assertEqual(self._balance().quantity, 5.0)

    def test_orders_of_colleagues_take_no_refund(self):
        order = self._order([self.cups], user_id=self.salesperson.id)
        with self.assertRaises(AccessError):
            self._log_return(3.0, order_id=order.id)
        self.assertEqual(self._balance().quantity, 8.0)

    def test_containers_that_are_not_kept_in_stock_come_back_too(self):
        empty = self._create_product("Casier vide")
        crate = self._create_container(empty, self.cups, value=5.0)
        self._deliver(self._order([(self.cups, 4.0)]))
        self._log_return(1.0, container=crate)
        self.assertEqual(self._balance(container=crate).quantity, 3.0)
