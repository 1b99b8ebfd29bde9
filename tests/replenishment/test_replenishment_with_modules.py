"""Kits and own production: beside manufacturing, in the second phase of `make test`."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import StockCommon


# Not standard: without manufacturing the tests would have nothing to test.
@tagged("post_install", "-at_install", "-standard", "with_modules")
class TestReplenishmentWithManufacturing(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.env["ai.stock.extract"]
        cls.boms = cls.env["mrp.bom"]
        cls.pack = cls._create_product("Coffret")
        cls.orderpoints = cls.env["stock.warehouse.orderpoint"]

    @classmethod
    def _bom(cls, product, components, kind="phantom", quantity=1.0, unit=None, **vals):
        """A bill of materials; components : [(product, quantity) or (product, quantity, vals)]."""
        lines = []
        for component, each, *more in components:
            line = {"product_id": component.id, "product_qty": each, **(more[0] if more else {})}
            lines.append(Command.create(line))
        return cls.boms.create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "type": kind,
                "product_qty": quantity,
                "product_uom_id": (unit or product.uom_id).id,
                "company_id": cls.company.id,
                "bom_line_ids": lines,
                **vals,
            }
        )

    def _kits(self):
        kits = self.reader._kits(self.company)
        names = {product.id: product for product in self.env["product.product"].search([])}
        return {
            (names[kit], names[component]): round(quantity, 6)
            for kit, component, quantity in kits.itertuples(index=False)
        }

    def _order_now(self, product, quantity):
        rows = self._row(product).with_user(self.storekeeper)
        decision = self.decisions.with_user(self.storekeeper).browse(rows.action_order()["res_id"])
        decision.line_ids.quantity = quantity
        return decision

    # ------------------------------------------------------------------
    # Kits
    # ------------------------------------------------------------------

    def test_components_are_planned_and_the_kit_is_not(self):
        self.pack.detailed_type = "product"
        self._bom(self.pack, [(self.soap, 2.0), (self.cups, 3.0)])
        self._sell_daily(self.pack, 5.0)
        self._train_stock()
        self.assertFalse(self._row(self.pack))
        self.assertAlmostEqual(self._row(self.soap).mean_demand, 10.0)
        self.assertAlmostEqual(self._row(self.cups).mean_demand, 15.0)

    def test_a_kit_beside_its_component_counts_both_once(self):
        self._bom(self.pack, [(self.soap, 2.0)])
        self._sell(
            {ago: [(self.pack, 5.0), (self.soap, 1.0), (self.soap, 2.0)] for ago in range(1, 61)}
        )
        self._train_stock()
        self.assertAlmostEqual(self._row(self.soap).mean_demand, 13.0)

    def test_kits_within_kits_are_resolved(self):
        inner = self._create_product("Petit coffret")
        self._bom(inner, [(self.soap, 2.0), (self.cups, 1.0)])
        self._bom(self.pack, [(inner, 3.0), (self.soap, 1.0)])
        self.assertEqual(
            self._kits(),
            {
                (inner, self.soap): 2.0,
                (inner, self.cups): 1.0,
                (self.pack, self.soap): 7.0,
                (self.pack, self.cups): 3.0,
            },
        )

    def test_units_of_kits_and_components_are_turned(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        line = (self.soap, 1.0, {"product_uom_id": dozen.id})
        self._bom(self.pack, [line], quantity=2.0, unit=dozen)
        self.assertEqual(self._kits(), {(self.pack, self.soap): 0.5})
        self.pack.product_tmpl_id.bom_ids.product_qty = 1.0
        self.pack.product_tmpl_id.bom_ids.bom_line_ids.product_qty = 7.0
        self.assertEqual(self._kits(), {(self.pack, self.soap): 7.0})

    def test_a_kit_sold_by_the_dozen_takes_dozens(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._bom(self.pack, [(self.soap, 2.0)])
        orders = self._sell_daily(self.pack, 1.0, days=30)
        orders.order_line.product_uom = dozen
        self._train_stock()
        self.assertAlmostEqual(self._row(self.soap).mean_demand, 24.0)

    def test_lines_of_other_variants_are_left_out(self):
        red, blue = self._create_variants("Coffrets", ["Rouge", "Bleu"])
        chosen = red.product_template_attribute_value_ids
        only_red = {"bom_product_template_attribute_value_ids": [Command.set(chosen.ids)]}
        self._bom(red, [(self.soap, 1.0), (self.cups, 4.0, only_red)])
        self.assertEqual(
            self._kits(), {(red, self.soap): 1.0, (red, self.cups): 4.0, (blue, self.soap): 1.0}
        )

    def test_a_kit_without_lines_is_not_planned(self):
        self.pack.detailed_type = "product"
        self._bom(self.pack, [])
        self._sell_daily(self.pack, 5.0)
        self._train_stock()
        self.assertFalse(self._row(self.pack))

    def test_kits_of_another_company_are_none_of_ours(self):
        other = self._create_company("Autre")
        self.env.user.company_ids |= other
        inner = self._create_stored("Petit coffret")
        self._bom(inner, [(self.soap, 2.0)], company_id=other.id)
        self._bom(self.pack, [(inner, 3.0)], company_id=False)
        self.assertEqual(self._kits(), {(self.pack, inner): 3.0})
        self.assertEqual(sorted(self.reader._kits(other)["quantity"]), [2.0, 6.0])

    def test_components_have_the_forecast_of_their_kits(self):
        self._bom(self.pack, [(self.soap, 2.0)])
        self._sell({ago: [(self.pack, 5.0), (self.soap, 3.0)] for ago in range(1, 121)})
        self._train_forecast()
        self._supply(self.soap, delay=6)
        self.company.ai_rop_method = "service"
        self._train_stock()
        row = self._row(self.soap)
        own, kit = (self._forecast(each).total_30 / 30 for each in (self.soap, self.pack))
        self.assertTrue(row.has_forecast)
        self.assertAlmostEqual(row.forecast_30, own + 2 * kit, places=3)
        self.assertGreaterEqual(row.lead_time, 6.0)

    def test_a_delivery_of_a_kit_reserves_its_components(self):
        self._bom(self.pack, [(self.soap, 2.0)])
        self._put(self.soap, 50.0)
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create({"product_id": self.pack.id, "product_uom_qty": 4.0})
                ],
            }
        )
        order.action_confirm()
        order.picking_ids.action_assign()
        stock = self.reader._stock(self.company, self.soap.ids)
        self.assertEqual((stock["reserved"].tolist(), stock["outgoing"].tolist()), ([8.0], [8.0]))

    # ------------------------------------------------------------------
    # Production
    # ------------------------------------------------------------------

    def _made(self, with_route=True, bought=False):
        """Soap that is made of cups, and sold; its route makes it, or buys it where ``bought``."""
        self._bom(self.soap, [(self.cups, 2.0)], "normal", produce_delay=4, days_to_prepare_mo=3)
        rule = self.warehouse.buy_pull_id if bought else self.warehouse.manufacture_pull_id
        if with_route or bought:
            # In newer series they are routes of warehouses unless somebody lets products have them.
            rule.route_id.product_selectable = True
            self.soap.route_ids = rule.route_id
        self._sell_daily(self.soap, 4.0)
        if "manufacturing_lead" in self.company:
            self.company.manufacturing_lead = 2.0
        self._train_stock()
        return self._row(self.soap)

    def _making_lead(self):
        return 9.0 if "manufacturing_lead" in self.company else 7.0

    def _productions(self):
        self.env.invalidate_all()
        return self.env["mrp.production"].search([("product_id", "=", self.soap.id)])

    def test_what_is_made_has_the_lead_time_of_its_production(self):
        row = self._made()
        self.assertEqual((row.supply, row.lead_time), ("make", self._making_lead()))
        self.assertFalse(row.is_default_lead_time)
        self.assertIn("bill of materials", row.explanation)

    def test_a_bill_of_materials_without_a_vendor_is_enough(self):
        self.assertEqual(self._made(with_route=False).supply, "make")

    def test_a_vendor_without_a_route_that_makes_is_bought_from(self):
        self._supply(self.soap, delay=5)
        row = self._made(with_route=False, bought=True)
        self.assertEqual((row.supply, row.vendor_id), ("buy", self.vendor))

    def test_a_route_that_makes_goes_before_a_vendor(self):
        self._supply(self.soap, delay=5)
        row = self._made()
        self.assertEqual((row.supply, row.lead_time), ("make", self._making_lead()))
        self.assertFalse(row.vendor_id)

    def test_an_order_makes_a_production_order_and_undo_removes_it(self):
        self._made(with_route=False)
        decision = self._order_now(self.soap, 10.0)
        decision.action_apply()
        production = self._productions()
        self.assertEqual((len(production), production.product_qty), (1, 10.0))
        self.assertEqual(self._row(self.soap).incoming, 10.0)
        decision.action_undo()
        self.assertFalse(self._productions())
        self.assertFalse(self.env["stock.move"].search([("product_id", "=", self.cups.id)]))
        self.assertFalse(self.orderpoints.search([("product_id", "=", self.soap.id)]))

    def test_undo_of_a_larger_production_order_makes_it_small_again(self):
        self._made()
        first = self._order_now(self.soap, 10.0)
        first.action_apply()
        second = self._order_now(self.soap, 6.0)
        second.action_apply()
        made = self._productions()
        self.assertEqual(sum(made.mapped("product_qty")), 16.0)
        second.action_undo()
        made = self._productions()
        self.assertEqual(made.mapped("product_qty"), [10.0])
        self.assertEqual(sum(made.move_raw_ids.mapped("product_uom_qty")), 20.0)
        self.assertEqual(self._row(self.soap).incoming, 10.0)
        first.action_undo()
        self.assertFalse(self._productions())

    def test_what_a_production_asked_for_its_components_is_undone_too(self):
        self._supply(self.cups)
        self.orderpoints.create(
            {
                "product_id": self.cups.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "trigger": "auto",
            }
        )
        self._made()
        decision = self._order_now(self.soap, 10.0)
        decision.action_apply()
        lines = self.env["purchase.order.line"].search([("product_id", "=", self.cups.id)])
        decision.action_undo()
        self.assertFalse(self._productions())
        self.assertFalse(lines.exists())

    def test_undo_refuses_a_production_that_was_started(self):
        self._made()
        decision = self._order_now(self.soap, 10.0)
        decision.action_apply()
        production = self._productions()
        production.qty_producing = 3.0
        self.assertEqual(production.state, "progress")
        with self.assertRaisesRegex(UserError, "confirmed, done or cancelled"):
            decision.action_undo()

    def test_a_draft_of_a_production_counts_as_asked_for(self):
        self._made()
        production = self.env["mrp.production"].create(
            {"product_id": self.soap.id, "product_qty": 12.0, "company_id": self.company.id}
        )
        self.assertEqual(production.state, "draft")
        self.env.flush_all()
        stock = self.reader._stock(self.company, self.soap.ids)
        self.assertEqual((stock["requested"].sum(), stock["incoming"].sum()), (12.0, 0.0))
        production.action_confirm()
        self.env.flush_all()
        stock = self.reader._stock(self.company, self.soap.ids)
        self.assertEqual((stock["requested"].sum(), stock["incoming"].sum()), (0.0, 12.0))
