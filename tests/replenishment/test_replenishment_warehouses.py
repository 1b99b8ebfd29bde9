"""Several warehouses: each has its own demand, stock and rules."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestReplenishmentWarehouses(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_warehouse("Oran", resupply_wh_ids=[Command.set(cls.warehouse.ids)])
        cls.orderpoints = cls.env["stock.warehouse.orderpoint"]

    @classmethod
    def _sell_from(cls, warehouse, product, quantity, days=60):
        orders = cls._sell_daily(product, quantity, days=days)
        cls.env.cr.execute(
            "UPDATE sale_order SET warehouse_id = %s WHERE id = ANY(%s)",
            [warehouse.id or None, orders.ids],
        )
        cls.env.invalidate_all()

    def _warehouses_of(self, product):
        return self.rows.search([("product_id", "=", product.id)]).warehouse_id

    def _rule(self, product, warehouse, **vals):
        return self.orderpoints.create(
            {
                "product_id": product.id,
                "location_id": warehouse.lot_stock_id.id,
                "warehouse_id": warehouse.id,
                "company_id": self.company.id,
                **vals,
            }
        )

    def _decide(self, row, kind="order", quantity=5.0):
        rows = row.with_user(self.storekeeper)
        button = rows.action_order if kind == "order" else rows.action_create_orderpoints
        decision = self.decisions.with_user(self.storekeeper).browse(button()["res_id"])
        if kind == "order":
            decision.line_ids.quantity = quantity
        return decision

    def test_demand_is_that_of_the_warehouse_that_delivers(self):
        self._sell_from(self.warehouse, self.soap, 4.0)
        self._sell_from(self.second, self.soap, 1.5)
        self._train_stock()
        self.assertAlmostEqual(self._row(self.soap).mean_demand, 4.0)
        self.assertAlmostEqual(self._row(self.soap, self.second).mean_demand, 1.5)

    def test_orders_without_a_warehouse_are_those_of_the_first(self):
        # As in databases whose orders are older than Odoo's stock app there.
        self.env.cr.execute("ALTER TABLE sale_order ALTER warehouse_id DROP NOT NULL")
        self._sell_from(self.env["stock.warehouse"], self.soap, 3.0)
        self._train_stock()
        self.assertAlmostEqual(self._row(self.soap).mean_demand, 3.0)
        self.assertEqual(self._warehouses_of(self.soap), self.warehouse)

    def test_a_product_has_rows_where_a_warehouse_has_to_do_with_it(self):
        self._sell_from(self.second, self.soap, 4.0)
        self._put(self.cups, 5.0, self.second)
        self._rule(self.filter, self.second)
        self._sell_from(self.warehouse, self.bottle, 4.0)
        self._train_stock()
        for product in (self.soap, self.cups, self.filter):
            self.assertEqual(self._warehouses_of(product), self.second)
        self.assertEqual(self._warehouses_of(self.bottle), self.warehouse)
        # Nobody has to do with it: it is planned once.
        self.assertEqual(self._warehouses_of(self.fountain), self.warehouse)

    def test_a_warehouse_that_was_opened_recently_has_no_zeros_before(self):
        self._sell_from(self.warehouse, self.soap, 4.0, days=200)
        self._sell_from(self.second, self.soap, 2.0, days=20)
        self._train_stock()
        row = self._row(self.soap, self.second)
        self.assertEqual((row.known_days, row.demand_state), (20, "ok"))
        self.assertAlmostEqual(row.mean_demand, 2.0)

    def test_a_warehouse_that_sells_seldom_was_not_opened_with_its_last_sale(self):
        self._sell_from(self.warehouse, self.soap, 4.0, days=200)
        self._put(self.soap, 50.0, self.second, days_ago=150)
        for ago in (120, 90, 3):
            order = self._create_order([(self.soap, 6.0)], days_ago=ago)
            order.warehouse_id = self.second
        self._train_stock()
        row = self._row(self.soap, self.second)
        self.assertEqual((row.known_days, row.demand_state), (60, "ok"))
        self.assertAlmostEqual(row.mean_demand, 0.1)

    def test_each_warehouse_has_its_own_rule(self):
        for house, quantity in ((self.warehouse, 4.0), (self.second, 2.0)):
            self._sell_from(house, self.soap, quantity)
        self._supply(self.soap)
        self._train_stock()
        rows = self.rows.search([("product_id", "=", self.soap.id)])
        decision = self._decide(rows, "orderpoint")
        decision.action_apply()
        rules = self.orderpoints.search([("product_id", "=", self.soap.id)])
        self.assertEqual(rules.warehouse_id, self.warehouse | self.second)
        for row in rows:
            self.assertEqual(row.orderpoint_id.warehouse_id, row.warehouse_id)
            self.assertAlmostEqual(row.orderpoint_min, row.rop, delta=0.01)
        decision.action_undo()
        self.assertFalse(rules.exists())

    def test_an_order_for_a_warehouse_goes_to_that_warehouse(self):
        self._sell_from(self.second, self.soap, 2.0)
        self._supply(self.soap)
        self._train_stock()
        self._decide(self._row(self.soap, self.second)).action_apply()
        request = self.env["purchase.order"].search([("partner_id", "=", self.vendor.id)])
        self.assertEqual(request.picking_type_id, self.second.in_type_id)
        self.assertEqual(self._row(self.soap, self.second).incoming, 5.0)

    def test_the_forecast_is_shared_between_the_warehouses(self):
        self._sell_from(self.warehouse, self.soap, 3.0, days=120)
        self._sell_from(self.second, self.soap, 1.0, days=120)
        self._train_forecast()
        self._train_stock()
        first, second = self._row(self.soap), self._row(self.soap, self.second)
        self.assertTrue(first.has_forecast and second.has_forecast)
        self.assertAlmostEqual(first.forecast_30, 3 * second.forecast_30)
        total = self._forecast(self.soap).total_30 / 30
        self.assertAlmostEqual(first.forecast_30 + second.forecast_30, total, places=3)

    # ------------------------------------------------------------------
    # From another warehouse
    # ------------------------------------------------------------------

    def _resupplied(self):
        """A product that the second warehouse gets from the first; its transfers of today."""
        self._sell_from(self.second, self.soap, 2.0)
        self._put(self.soap, 100.0)
        self.soap.route_ids = self.second.resupply_route_ids
        self._train_stock()
        return self._row(self.soap, self.second)

    def _open_moves(self):
        self.env.invalidate_all()
        moves = self.env["stock.move"].search(
            [("product_id", "=", self.soap.id), ("state", "not in", ("done", "cancel"))]
        )
        return sorted((move.location_id.name, move.product_uom_qty) for move in moves)

    def test_what_comes_from_another_warehouse_is_transferred_and_undone(self):
        decision = self._decide(self._resupplied())
        self.assertFalse(decision.line_ids.problem)
        decision.action_apply()
        self.assertEqual([quantity for _place, quantity in self._open_moves()], [5.0, 5.0])
        self.assertEqual(self._row(self.soap, self.second).incoming, 5.0)
        decision.action_undo()
        self.assertEqual(self._open_moves(), [])
        self.assertFalse(self.orderpoints.search([("product_id", "=", self.soap.id)]))

    def test_undo_of_a_transfer_that_odoo_merged_leaves_the_first(self):
        row = self._resupplied()
        first = self._decide(row)
        first.action_apply()
        before = self._open_moves()
        second = self._decide(row, quantity=7.0)
        second.action_apply()
        self.assertEqual(sum(quantity for _place, quantity in self._open_moves()), 24.0)
        with self.assertRaisesRegex(UserError, "first"):
            first.action_undo()
        second.action_undo()
        self.assertEqual(self._open_moves(), before)
        first.action_undo()
        self.assertEqual(self._open_moves(), [])

    def test_undo_refuses_a_transfer_that_is_done(self):
        decision = self._decide(self._resupplied())
        decision.action_apply()
        moves = self.env["stock.move"].search([("product_id", "=", self.soap.id)])
        out = moves.filtered(
            lambda move: move.location_id == self.warehouse.lot_stock_id and move.state != "done"
        )
        self._validate(out.picking_id)
        with self.assertRaisesRegex(UserError, "confirmed, done or cancelled"):
            decision.action_undo()

    def test_a_closed_warehouse_is_planned_no_more(self):
        self._sell_from(self.second, self.soap, 2.0)
        self._train_stock()
        self.assertEqual(self._warehouses_of(self.soap), self.second)
        self.second.active = False
        self._train_stock()
        self.assertEqual(self._warehouses_of(self.soap), self.warehouse)
        self.assertFalse(self._row(self.soap).last_sale)
