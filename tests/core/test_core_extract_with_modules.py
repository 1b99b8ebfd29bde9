"""Beside manufacturing, delivery and loyalty: the second phase of `make test`."""

from datetime import datetime

from odoo import Command
from odoo.tests import tagged

from ...bulk_load import load
from ...bulk_load.parse import Line
from .common import RecommenderCommon


# Not standard: without those modules the tests would have nothing to test.
@tagged("post_install", "-at_install", "-standard", "with_modules")
class TestExtractWithModules(RecommenderCommon):
    def test_delivery_and_reward_lines_are_left_out(self):
        program = self.env["loyalty.program"].create(
            {
                "name": "Remise",
                "program_type": "promotion",
                "reward_ids": [Command.create({"discount": 10})],
            }
        )
        order = self._create_order([self.fountain])
        order.write(
            {
                "order_line": [
                    Command.create({"product_id": self.cups.id, "is_delivery": True}),
                    Command.create(
                        {
                            "product_id": self.soap.id,
                            "name": "Remise",
                            "reward_id": program.reward_ids.id,
                        }
                    ),
                ]
            }
        )
        extract = self.env["ai.sales.extract"]
        items = extract._order_items(self.company, *extract._window(self.company))
        self.assertEqual(items["product_id"].tolist(), self.fountain.ids)

    def test_stock_of_the_order_warehouse_is_shown_for_stored_products_only(self):
        self.bottle.detailed_type = "product"
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(self.bottle, warehouse.lot_stock_id, 7.0)
        self._create_history()
        self._train()
        self.env["stock.move"].search([("product_id", "=", self.bottle.id)])._action_cancel()
        order = self._create_order([self.fountain], state="draft")
        stock = {i["name"]: i["stock"] for i in order.ai_suggestions["items"]}
        self.assertEqual((stock["Bonbonne 19 L"], stock["Gobelets"]), (7.0, None))

    def test_the_bulk_loader_fills_the_columns_of_other_modules(self):
        line = Line(2, "A1", datetime(2026, 1, 2), "Ali", "P1", "Café", 2.0, 3.5)
        done = load.load(self.env, "Import stock", [line], progress=lambda _text: None)
        order = self.env["sale.order"].sudo().search([("company_id", "=", done.company.id)])
        self.assertEqual((order.amount_total, order.state), (7.0, "sale"))
        self.assertEqual(order.warehouse_id.company_id, done.company)
        self.assertFalse(order.picking_ids)
