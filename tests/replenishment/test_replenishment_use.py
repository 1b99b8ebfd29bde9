"""Demand that is no sale line: productions and deliveries without an order; and dropship, which is
a sale line and no demand of any warehouse. The latter two beside their modules."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import StockCommon


class UseCommon(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.env["ai.stock.extract"]
        cls.shelf = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")

    @classmethod
    def _leave_daily(cls, product, quantity, target, days=60, **vals):
        for ago in range(1, days + 1):
            cls._record_move(product, quantity, cls.shelf, target, ago, **vals)


@tagged("post_install", "-at_install")
class TestDeliveriesWithoutOrder(UseCommon):
    def test_they_are_demand_and_keep_stock_from_being_dead(self):
        self._leave_daily(self.soap, 3.0, self.customers)
        self._put(self.soap, 60.0, days_ago=200)
        self._train_stock()
        row = self._row(self.soap)
        self.assertAlmostEqual(row.mean_demand, 3.0)
        self.assertAlmostEqual(row.used_demand, 3.0)
        self.assertAlmostEqual(row.cover, 20.0)
        self.assertEqual((row.demand_state, row.is_dead), ("ok", False))
        self.assertEqual(row.last_sale, fields.Date.today() - timedelta(days=1))
        self.assertIn("without a sales order", row.explanation)

    def test_what_came_back_is_deducted(self):
        self._put(self.soap, 500.0, days_ago=200)
        self._leave_daily(self.soap, 3.0, self.customers)
        self._record_move(self.soap, 60.0, self.customers, self.shelf, 1)
        self._train_stock()
        self.assertAlmostEqual(self._row(self.soap).mean_demand, 2.0)

    def test_a_delivery_of_an_order_counts_once(self):
        orders = self._sell_daily(self.soap, 4.0)
        for line in orders.order_line:
            self._record_move(self.soap, 4.0, self.shelf, self.customers, 1, sale_line_id=line.id)
        self._train_stock()
        row = self._row(self.soap)
        self.assertAlmostEqual(row.mean_demand, 4.0)
        self.assertEqual(row.used_demand, 0.0)

    def test_scrap_and_transfers_are_no_demand(self):
        second = self._create_warehouse("Oran")
        losses = self.env["stock.location"].search([("usage", "=", "inventory")], limit=1)
        self._leave_daily(self.soap, 3.0, losses, days=20)
        self._leave_daily(self.soap, 3.0, second.lot_stock_id, days=20)
        self._train_stock()
        self.assertEqual(self._row(self.soap).demand_state, "never")

    def test_a_forecast_of_sales_has_the_rest_added(self):
        self._sell_daily(self.soap, 4.0, days=120)
        self._leave_daily(self.soap, 2.0, self.customers, days=90)
        self._train_forecast()
        self._train_stock()
        row = self._row(self.soap)
        forecast = self._forecast(self.soap)
        self.assertTrue(row.has_forecast)
        self.assertAlmostEqual(row.forecast_30, forecast.total_30 / 30 + 2.0, places=2)


# Not standard: without the modules the tests would have nothing to test.
@tagged("post_install", "-at_install", "-standard", "with_modules")
class TestUseByProductions(UseCommon):
    def _produce(self, product, component, each, quantity):
        production = self.env["mrp.production"].create(
            {
                "product_id": product.id,
                "product_qty": quantity,
                "company_id": self.company.id,
                "move_raw_ids": [
                    Command.create(
                        {
                            **({"name": component.name} if self._moves_have_names() else {}),
                            "product_id": component.id,
                            "product_uom_qty": each * quantity,
                            "location_id": self.shelf.id,
                            "location_dest_id": component.with_company(
                                self.company
                            ).property_stock_production.id,
                            "company_id": self.company.id,
                        }
                    )
                ],
            }
        )
        production.action_confirm()
        production.qty_producing = quantity
        production.move_raw_ids.quantity = each * quantity
        production.move_raw_ids.picked = True
        production.button_mark_done()
        self.assertEqual(production.state, "done")
        return production

    def _moves_have_names(self):
        return "name" in self.env["stock.move"]._fields

    def _dated(self, production, days_ago):
        """Let a production have been done some days ago."""
        self.env.flush_all()
        moves = (production.move_raw_ids | production.move_finished_ids).ids
        date = fields.Datetime.now() - timedelta(days=days_ago)
        for table, column in (("stock_move", "id"), ("stock_move_line", "move_id")):
            self.env.cr.execute(
                f"UPDATE {table} SET date = %s WHERE {column} = ANY(%s)",  # noqa: S608
                [date, moves],
            )
        self.env.invalidate_all()

    def test_flour_that_productions_use_has_demand_cover_and_is_not_dead(self):
        flour = self._create_stored("Farine", self.env.ref("uom.product_uom_kgm"))
        bread = self._create_stored("Pain")
        self._put(flour, 500.0, days_ago=200)
        for week in range(8):
            self._dated(self._produce(bread, flour, 0.5, 84.0), 7 * week + 4)
        self._train_stock()
        row = self._row(flour)
        self.assertEqual(row.demand_state, "ok")
        self.assertAlmostEqual(row.mean_demand, 8 * 42.0 / row.known_days, places=3)
        self.assertAlmostEqual(row.used_demand, row.mean_demand)
        self.assertLess(row.cover, 60.0)
        self.assertFalse(row.is_dead)
        self.assertIn("go into productions", row.explanation)

    def test_what_is_produced_is_no_return(self):
        bread = self._create_stored("Pain")
        self._produce(bread, self.soap, 1.0, 10.0)
        used = self.reader._used(
            self.company, fields.Date.today(), fields.Date.today(), (bread | self.soap).ids
        )
        self.assertEqual(used["product_id"].tolist(), self.soap.ids)
        self.assertEqual(used["quantity"].tolist(), [10.0])

    def test_unbuilding_gives_back(self):
        bread = self._create_stored("Pain")
        self._put(self.soap, 100.0)
        production = self._produce(bread, self.soap, 1.0, 10.0)
        unbuild = self.env["mrp.unbuild"].create(
            {
                "product_id": bread.id,
                "mo_id": production.id,
                "product_qty": 4.0,
                "company_id": self.company.id,
            }
        )
        unbuild.action_unbuild()
        self.env.flush_all()
        used = self.reader._used(
            self.company, fields.Date.today(), fields.Date.today(), self.soap.ids
        )
        self.assertEqual(used["quantity"].tolist(), [6.0])

    def test_a_kit_within_a_production_uses_its_components(self):
        today = fields.Date.today()
        bread, kit = self._create_stored("Pain"), self._create_product("Coffret")
        self.env["mrp.bom"].create(
            [
                {
                    "product_tmpl_id": kit.product_tmpl_id.id,
                    "type": "phantom",
                    "company_id": self.company.id,
                    "bom_line_ids": [
                        Command.create({"product_id": self.cups.id, "product_qty": 3.0})
                    ],
                },
                {
                    "product_tmpl_id": bread.product_tmpl_id.id,
                    "company_id": self.company.id,
                    "bom_line_ids": [Command.create({"product_id": kit.id, "product_qty": 1.0})],
                },
            ]
        )
        production = self.env["mrp.production"].create(
            {"product_id": bread.id, "product_qty": 5.0, "company_id": self.company.id}
        )
        production.action_confirm()
        production.qty_producing = 5.0
        production.move_raw_ids.quantity = 15.0
        production.move_raw_ids.picked = True
        production.button_mark_done()
        used = self.reader._used(self.company, today, today, self.cups.ids)
        self.assertEqual(used["quantity"].tolist(), [15.0])


@tagged("post_install", "-at_install", "-standard", "with_modules")
class TestDropship(UseCommon):
    def _dropped(self, quantity, confirmed=True):
        route = self.env.ref("stock_dropshipping.route_drop_shipping")
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.soap.id,
                            "product_uom_qty": quantity,
                            **(
                                {"route_id": route.id}
                                if "route_id" in self.env["sale.order.line"]._fields
                                else {"route_ids": [Command.set(route.ids)]}
                            ),
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        asked = (
            self.env["purchase.order.line"]
            .search([("sale_line_id", "in", order.order_line.ids)])
            .order_id
        )
        self.assertTrue(asked)
        if confirmed:
            asked.button_confirm()
        return order

    def test_what_vendors_deliver_themselves_is_no_demand_of_the_warehouse(self):
        self._supply(self.soap)
        for ago, confirmed in ((40, True), (20, True), (3, False)):
            order = self._dropped(30.0, confirmed)
            order.date_order = fields.Datetime.now() - timedelta(days=ago)
        self._train_stock()
        row = self._row(self.soap)
        self.assertEqual((row.demand_state, row.mean_demand), ("never", 0.0))
        self.assertEqual((row.quantity, row.incoming), (0.0, 0.0))

    def test_what_is_also_sold_from_stock_counts_that_alone(self):
        self._supply(self.soap)
        self._sell_daily(self.soap, 4.0, days=120)
        order = self._dropped(300.0)
        order.date_order = fields.Datetime.now() - timedelta(days=2)
        self._train_stock()
        self.assertAlmostEqual(self._row(self.soap).mean_demand, 4.0)
