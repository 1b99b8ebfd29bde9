"""Deposits on orders follow what is sold in the container, at a price of their own."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import DepositCommon


@tagged("post_install", "-at_install")
class TestDepositOrder(DepositCommon):
    def test_a_container_comes_with_what_is_sold_in_it(self):
        line = self._deposit_line(self._order([(self.bottle, 3.0), self.cups]))
        self.assertEqual((line.product_id, line.product_uom_qty), (self.empty, 3.0))
        self.assertEqual((line.price_unit, line.price_subtotal), (40.0, 120.0))

    def test_it_follows_quantities_products_and_deletions(self):
        order = self._order([(self.bottle, 3.0)])
        filled = order.order_line - self._deposit_line(order)
        filled.product_uom_qty = 5.0
        self.assertEqual(self._deposit_line(order).product_uom_qty, 5.0)
        order.order_line = [Command.create({"product_id": self.bottle.id, "product_uom_qty": 2.0})]
        self.assertEqual(self._deposit_line(order).product_uom_qty, 7.0)
        filled.product_id = self.cups
        self.assertEqual(self._deposit_line(order).product_uom_qty, 2.0)
        (order.order_line - filled - self._deposit_line(order)).unlink()
        self.assertFalse(self._deposit_line(order))

    def test_dozens_take_twelve_containers_each(self):
        order = self._order([(self.bottle, 2.0)])
        filled = order.order_line - self._deposit_line(order)
        filled.product_uom = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(self._deposit_line(order).product_uom_qty, 24.0)
        self.assertEqual(self._deposit_line(order).product_uom, self.empty.uom_id)

    def test_a_case_takes_a_crate_and_its_bottles(self):
        crate = self._create_product("Casier")
        glass = self._create_product("Bouteille consignée")
        crates = self._create_container(crate, self.soap, value=30.0)
        glasses = self._create_container(glass, (self.soap, 12.0), value=2.0)
        order = self._order([(self.soap, 3.0)])
        self.assertEqual(self._deposit_line(order, crates).product_uom_qty, 3.0)
        self.assertEqual(self._deposit_line(order, glasses).product_uom_qty, 36.0)

    def test_part_of_a_unit_takes_a_whole_container(self):
        order = self._order([(self.bottle, 1.5)])
        self.assertEqual(self._deposit_line(order).product_uom_qty, 2.0)

    def test_a_row_of_a_variant_stands_instead_of_those_of_its_template(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Contenance",
                "value_ids": [Command.create({"name": size}) for size in ("5 L", "19 L")],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Eau de source",
                "detailed_type": "consu",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        small, large = template.product_variant_ids
        jug = self._create_container(self._create_product("Bidon vide"), value=10.0)
        contents = self.env["ai.deposit.content"]
        contents.create({"container_id": self.container.id, "product_tmpl_id": template.id})
        contents.create(
            {
                "container_id": jug.id,
                "product_tmpl_id": template.id,
                "product_id": small.id,
            }
        )
        order = self._order([(small, 2.0), (large, 5.0)])
        self.assertEqual(self._deposit_line(order, jug).product_uom_qty, 2.0)
        self.assertEqual(self._deposit_line(order).product_uom_qty, 5.0)

    def test_the_deposit_is_that_of_no_price_list_in_the_currency_of_the_order(self):
        euro = self._use_currency("EUR")
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Revendeurs",
                "company_id": self.company.id,
                "currency_id": euro.id,
                "item_ids": [Command.create({"compute_price": "percentage", "percent_price": 10})],
            }
        )
        order = self._order([(self.bottle, 3.0)], pricelist_id=pricelist.id)
        line = self._deposit_line(order)
        self.assertEqual((line.price_unit, line.discount), (20.0, 0.0))

    def test_without_a_deposit_containers_are_delivered_at_no_price(self):
        self.container.value = 0.0
        line = self._deposit_line(self._order([(self.bottle, 3.0)]))
        self.assertEqual((line.product_uom_qty, line.price_subtotal), (3.0, 0.0))

    def test_a_price_that_somebody_gave_stays(self):
        order = self._order([(self.bottle, 3.0)])
        self._deposit_line(order).price_unit = 0.0
        order.order_line[0].name = "Bonbonne, livrée à la réception"
        self.assertEqual(self._deposit_line(order).price_unit, 0.0)

    def test_its_quantity_is_not_edited(self):
        order = self._order([(self.bottle, 3.0)])
        with self.assertRaisesRegex(UserError, "Bonbonne vide.*below zero"):
            self._deposit_line(order).product_uom_qty = 1.0

    def test_a_form_shows_it_once_saved_and_deletes_both(self):
        orders = self.env["sale.order"].with_company(self.company)
        with Form(orders) as form:
            form.partner_id = self.hotel
            with form.order_line.new() as line:
                line.product_id = self.bottle
                line.product_uom_qty = 4.0
        order = form.record
        self.assertEqual(self._deposit_line(order).product_uom_qty, 4.0)
        with Form(order) as form:
            form.order_line.remove(1)
            form.order_line.remove(0)
        self.assertFalse(order.order_line)

    def test_a_copy_has_one_deposit(self):
        copy = self._order([(self.bottle, 3.0)]).copy()
        self.assertEqual(self._deposit_line(copy).product_uom_qty, 3.0)
        copy.order_line[0].product_uom_qty = 4.0
        self.assertEqual(self._deposit_line(copy).product_uom_qty, 4.0)

    def test_archived_containers_are_no_longer_added(self):
        self.container.active = False
        self.assertEqual(len(self._order([(self.bottle, 3.0)]).order_line), 1)

    def test_another_company_has_its_own(self):
        other = self._create_company("Autre")
        order = self._create_order([self.bottle], partner=self.shared_partner, company=other)
        self.assertEqual(len(order.order_line), 1)
        self._create_container(self.empty, self.bottle, company=other, value=7.0)
        order = self._create_order([self.bottle], partner=self.shared_partner, company=other)
        self.assertEqual(order.order_line[1].price_unit, 7.0)

    def test_a_confirmed_order_delivers_them_and_more_of_them(self):
        order = self._order([(self.bottle, 3.0)])
        order.action_confirm()
        moves = order.picking_ids.move_ids.filtered(lambda move: move.product_id == self.empty)
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 3.0)
        order.order_line[0].product_uom_qty = 5.0
        moves = order.picking_ids.move_ids.filtered(lambda move: move.product_id == self.empty)
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 5.0)

    def test_empties_that_come_back_on_an_order_are_received_and_refunded(self):
        self._deliver_bottles(5.0)
        order = self._order([(self.bottle, 5.0), (self.empty, -4.0)])
        self.assertEqual(order.amount_untaxed, 5 * 35.0 + 5 * 40.0 - 4 * 40.0)
        self.assertFalse(order.ai_deposit_warning)
        order.action_confirm()
        receipt = order.picking_ids.filtered(lambda p: p.picking_type_code == "incoming")
        self.assertEqual(receipt.move_ids.product_id, self.empty)
        self._finish(order.picking_ids)
        self.assertEqual(self._balance().quantity, 6.0)
        refund = order.order_line.filtered(lambda line: line.product_uom_qty < 0)
        self.assertEqual(refund.qty_delivered, -4.0)

    def test_a_quotation_says_that_more_come_back_than_the_client_holds(self):
        self._deliver_bottles(2.0)
        order = self._order([(self.empty, -6.0)])
        self.assertRegex(order.ai_deposit_warning, "Hôtel Atlas holds 2 × Bonbonne vide, and 6")

    def test_what_needs_no_container_costs_no_query(self):
        self.container.unlink()
        self._order([self.cups])
        with self.assertQueryCount(0):
            self.env["sale.order"]._ai_keep_deposits()
            self.env["ai.deposit.content"]._of_product(self.company, self.cups)

    def test_nothing_is_learned_from_containers(self):
        extract = self.env["ai.sales.extract"]
        self._create_order([(self.bottle, 3.0)], partner=self.hotel)
        items = extract._order_items(self.company, *extract._window(self.company))
        self.assertEqual(set(items["product_id"]), {self.bottle.id})

    def test_a_container_is_goods_and_another_product_than_what_is_in_it(self):
        with self.assertRaisesRegex(ValidationError, "is a service"):
            self._create_container(self._create_product("Caution", detailed_type="service"))
        with self.assertRaisesRegex(ValidationError, "cannot be sold in itself"):
            self._create_container(self.cups, self.cups)
