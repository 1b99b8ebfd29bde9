"""The reader of stock and supply: what counts, where, once, and in which unit."""

import random
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestStockExtract(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.env["ai.stock.extract"]
        cls.shelf = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.vendors = cls.env.ref("stock.stock_location_suppliers")

    def _stock(self, product, warehouse=None):
        """{column: quantity} of a product in a warehouse; nothing where it has no row."""
        self.env.invalidate_all()
        table = self.reader._stock(self.company, product.ids)
        here = table["warehouse_id"] == (warehouse or self.warehouse).id
        names = ("on_hand", "reserved", "incoming", "outgoing", "requested")
        return {name: table[name][here].sum() for name in names}

    def _figures(self, product, *names):
        stock = self._stock(product)
        return tuple(stock[name] for name in names)

    def _sell_now(self, product, quantity, **line):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity, **line})
                ],
            }
        )
        order.action_confirm()
        return order

    def _vendor_of(self, product):
        found = self.reader._vendors(self.company, product.ids)
        return {name: values[0] for name, values in found.items()} if len(found["unit"]) else {}

    # ------------------------------------------------------------------
    # Stock
    # ------------------------------------------------------------------

    def test_goods_on_their_way_to_the_shelf_are_incoming_once_and_then_available(self):
        self.warehouse.reception_steps = "two_steps"
        order = self._ask_vendor(self.soap, 100.0)
        self.assertEqual(self._figures(self.soap, "requested", "incoming"), (100.0, 0.0))
        order.button_confirm()
        self.assertEqual(self._figures(self.soap, "requested", "incoming"), (0.0, 100.0))
        self._validate(order.picking_ids.filtered(lambda picking: picking.state == "assigned"))
        inside = self.env["stock.move"].search(
            [("product_id", "=", self.soap.id), ("state", "in", ("assigned", "confirmed"))]
        )
        self.assertTrue(inside, "the second step is open")
        inside._action_assign()
        self.assertEqual(
            self._figures(self.soap, "on_hand", "incoming", "outgoing", "reserved"),
            (100.0, 0.0, 0.0, 0.0),
        )

    def test_a_delivery_in_two_steps_is_reserved_once(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._put(self.soap, 50.0)
        order = self._sell_now(self.soap, 20.0)
        names = ("on_hand", "reserved", "outgoing", "incoming")
        order.picking_ids.action_assign()
        self.assertEqual(self._figures(self.soap, *names), (50.0, 20.0, 20.0, 0.0))
        self._validate(order.picking_ids.filtered(lambda picking: picking.state == "assigned"))
        self.assertEqual(self._figures(self.soap, *names), (50.0, 20.0, 20.0, 0.0))
        self._validate(order.picking_ids.filtered(lambda picking: picking.state == "assigned"))
        self.assertEqual(self._figures(self.soap, *names), (30.0, 0.0, 0.0, 0.0))

    def test_what_is_still_to_come_of_a_receipt_is_incoming(self):
        order = self._ask_vendor(self.soap, 10.0)
        order.button_confirm()
        self._validate(order.picking_ids, 4.0)
        self.assertEqual(self._figures(self.soap, "on_hand", "incoming"), (4.0, 6.0))

    def test_an_outgoing_move_without_stock_is_outgoing_and_not_reserved(self):
        self._put(self.soap, 5.0)
        self._sell_now(self.soap, 8.0).picking_ids.action_assign()
        self.assertEqual(
            self._figures(self.soap, "on_hand", "reserved", "outgoing"), (5.0, 5.0, 8.0)
        )

    def test_returns_and_scrap_move_the_stock(self):
        self._put(self.soap, 50.0)
        self._move(self.soap, 3.0, self.customers, self.shelf)
        self._move(self.soap, 7.0, self.shelf, self.vendors)
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.soap.id,
                "scrap_qty": 2.0,
                "location_id": self.shelf.id,
                "company_id": self.company.id,
            }
        )
        scrap.action_validate()
        self.assertEqual(self._stock(self.soap)["on_hand"], 44.0)

    def test_a_place_for_losses_within_a_warehouse_is_no_stock(self):
        losses = self.env["stock.location"].create(
            {
                "name": "Casse",
                "usage": "inventory",
                "location_id": self.warehouse.view_location_id.id,
                "company_id": self.company.id,
            }
        )
        self._put(self.soap, 50.0, days_ago=5)
        self._move(self.soap, 6.0, self.shelf, losses)
        open_loss = self._create_move(self.soap, 4.0, self.shelf, losses)
        open_loss._action_confirm()
        self.assertEqual(self._figures(self.soap, "on_hand", "outgoing"), (44.0, 4.0))
        flows = self.reader._stock_flows(
            self.company, fields.Date.today() - timedelta(days=2), self.soap.ids
        )
        self.assertEqual(flows["quantity"].tolist(), [-6.0])

    def test_lots_places_and_goods_of_others_count_as_odoo_counts_them(self):
        place = self.env["stock.location"].create(
            {"name": "Rayon", "location_id": self.shelf.id, "company_id": self.company.id}
        )
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.soap, place, 4.0)
        quants._update_available_quantity(self.soap, self.shelf, 5.0, owner_id=self.vendor)
        self.cups.tracking = "lot"
        for name, quantity in (("L1", 6.0), ("L2", 9.0)):
            lot = self.env["stock.lot"].create(
                {"name": name, "product_id": self.cups.id, "company_id": self.company.id}
            )
            quants._update_available_quantity(self.cups, self.shelf, quantity, lot_id=lot)
        for product, quantity in ((self.soap, 9.0), (self.cups, 15.0)):
            here = product.with_context(warehouse=self.warehouse.id)
            self.assertEqual(self._stock(product)["on_hand"], quantity)
            self.assertEqual(here.qty_available, quantity)

    def test_goods_between_two_warehouses_leave_one_and_reach_the_other(self):
        second = self._create_warehouse("Oran")
        transit = self.company.internal_transit_location_id
        self._put(self.soap, 20.0)
        out = self._create_move(self.soap, 8.0, self.shelf, transit)
        into = self._create_move(self.soap, 8.0, transit, second.lot_stock_id)
        (out | into)._action_confirm()
        self.assertEqual(self._stock(self.soap)["outgoing"], 8.0)
        self.assertEqual(self._stock(self.soap)["incoming"], 0.0)
        self.assertEqual(self._stock(self.soap, second)["incoming"], 8.0)
        self.assertEqual(self._stock(self.soap, second)["outgoing"], 0.0)

    def test_another_company_s_stock_is_not_read(self):
        other = self._create_company("Autre")
        self.env.user.company_ids |= other
        theirs = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        self.env["stock.quant"]._update_available_quantity(self.soap, theirs.lot_stock_id, 11.0)
        self._put(self.soap, 2.0)
        stock = self.reader._stock(self.company, self.soap.ids)
        self.assertEqual(stock["on_hand"].tolist(), [2.0])
        self.assertEqual(self.reader._stock(other, self.soap.ids)["on_hand"].tolist(), [11.0])

    def test_past_stock_is_the_true_stock_of_each_evening(self):
        import numpy as np

        from ...algorithms.core.stock_history import past_stock

        self.company.resource_calendar_id.tz = "Africa/Lubumbashi"
        second = self._create_warehouse("Oran")
        losses = self.env["stock.location"].create(
            {
                "name": "Casse",
                "usage": "inventory",
                "location_id": self.warehouse.view_location_id.id,
                "company_id": self.company.id,
            }
        )
        inner = self.env["stock.location"].create(
            {"name": "Rayon", "location_id": self.shelf.id, "company_id": self.company.id}
        )
        houses = {self.shelf: self.warehouse, inner: self.warehouse, second.lot_stock_id: second}
        places = [*houses, losses, self.customers, self.vendors]
        chance = random.Random(7)
        zone = self.extract._time_zone(self.company)
        today = self.extract._local_now(self.company).date()
        days = [today - timedelta(days=ago) for ago in range(30, -1, -1)]
        truth = {house: dict.fromkeys(days, 0.0) for house in (self.warehouse, second)}
        for _number in range(60):
            source, target = chance.sample(places, 2)
            quantity, ago = float(chance.randint(1, 20)), chance.uniform(0.0, 34.0)
            move = self._record_move(self.soap, quantity, source, target, ago)
            local = zone.fromutc(move.date).date()
            for place, signed in ((source, -quantity), (target, quantity)):
                if place in houses:
                    self.env["stock.quant"]._update_available_quantity(self.soap, place, signed)
                    for day in days:
                        if day >= local:
                            truth[houses[place]][day] += signed
        stock = self.reader._stock(self.company, self.soap.ids)
        flows = self.reader._stock_flows(self.company, days[0], self.soap.ids)
        for house, evenings in truth.items():
            history, _opening = past_stock(
                np.array(self.soap.ids), np.array(days, "datetime64[D]"), stock, flows, house.id
            )
            self.assertEqual(history[0].tolist(), list(evenings.values()))

    def test_a_sale_late_in_the_evening_counts_on_the_day_of_the_company(self):
        for zone, later in (("Africa/Lubumbashi", 1), ("Africa/Casablanca", 1), ("UTC", 0)):
            product = self._create_stored(zone)
            self.company.resource_calendar_id.tz = zone
            order = self._create_order([(product, 3.0)])
            # In January 2025 there was no summer time and no Ramadan.
            moment = fields.Datetime.to_datetime("2025-01-10 23:30:00")
            order.date_order = moment
            self.env.flush_all()
            sold = self.extract._daily_demand(
                self.company,
                moment.date() - timedelta(days=3),
                moment.date() + timedelta(days=3),
                product.ids,
                by="warehouse",
            )
            self.assertEqual(sold["date"].dt.date.tolist(), [moment.date() + timedelta(days=later)])
            self.assertEqual(sold["warehouse_id"].tolist(), self.warehouse.ids)

    # ------------------------------------------------------------------
    # Supply
    # ------------------------------------------------------------------

    def test_units_of_sales_and_purchases_become_the_product_s_own(self):
        kilo, gram, tonne = (
            self.env.ref(f"uom.product_uom_{name}") for name in ("kgm", "gram", "ton")
        )
        flour = self._create_stored("Farine", kilo)
        seller = self._supply(flour, min_qty=2.0, price=500.0)
        self._buy_in(flour, tonne, seller)
        found = self._vendor_of(flour)
        self.assertAlmostEqual(found["minimum"], 2000.0)
        self.assertAlmostEqual(found["price"], 0.5)
        self.assertAlmostEqual(found["unit"], 1000.0)
        self._ask_vendor(flour, 1.5, product_uom=tonne.id)
        self.assertAlmostEqual(self._stock(flour)["requested"], 1500.0)
        self._put(flour, 3.0)
        order = self._sell_now(flour, 250.0, product_uom=gram.id)
        order.picking_ids.action_assign()
        self.assertAlmostEqual(self._stock(flour)["reserved"], 0.25)
        order.date_order -= timedelta(days=2)
        self.env.flush_all()
        today = fields.Date.today()
        sold = self.extract._daily_demand(
            self.company, today - timedelta(days=4), today, flour.ids, by="warehouse"
        )
        self.assertAlmostEqual(sold["quantity"].sum(), 0.25)

    def test_larger_quantities_of_the_main_vendor_are_discounts_and_no_minimum(self):
        least = self._supply(self.soap, price=10.0, min_qty=5.0, sequence=1)
        self._supply(self.soap, price=8.0, min_qty=100.0, sequence=1)
        other = self.env["res.partner"].create({"name": "Autre"})
        self._supply(self.soap, price=1.0, vendor=other, sequence=2)
        found = self._vendor_of(self.soap)
        self.assertEqual((found["seller_id"], found["minimum"]), (least.id, 5.0))
        self.assertEqual(found["price"], 10.0)
        self.assertEqual(
            self.soap.with_company(self.company)._select_seller(quantity=5.0).partner_id,
            self.vendor,
        )

    def test_a_discount_lowers_the_price(self):
        self._supply(self.soap, price=10.0, discount=15.0)
        self.assertAlmostEqual(self._vendor_of(self.soap)["price"], 8.5)

    def test_a_negative_delay_is_none(self):
        self._supply(self.soap, delay=-4)
        self.assertEqual(self._vendor_of(self.soap)["delay"], 0.0)

    def test_vendors_that_may_not_supply_are_none(self):
        gone = self.env["res.partner"].create({"name": "Fermé", "active": False})
        self._supply(self.soap, vendor=gone)
        other = self._create_company("Autre")
        self._supply(self.soap, company_id=other.id)
        self._supply(self.soap, date_start=fields.Date.today() + timedelta(days=5))
        self._supply(self.soap, date_end=fields.Date.today() - timedelta(days=5))
        self.assertEqual(self._vendor_of(self.soap), {})
        self._supply(self.soap, company_id=False, price=3.0)
        self.assertEqual(self._vendor_of(self.soap)["price"], 3.0)

    def test_a_vendor_of_one_variant_supplies_no_other(self):
        red, blue = self._create_variants("Brosse", ["Rouge", "Bleu"])
        self._supply(red, product_id=red.id, price=4.0)
        self.assertEqual(self._vendor_of(red)["price"], 4.0)
        self.assertEqual(self._vendor_of(blue), {})

    def test_a_currency_without_a_rate_counts_as_the_company_s(self):
        strange = self.env["res.currency"].create({"name": "XSR", "symbol": "X"})
        rates = self.reader._currency_rates(self.company, strange.ids)
        self.assertEqual(rates, {strange.id: 1.0})

    def test_packages_for_purchase_are_ordered_whole(self):
        if "product.packaging" not in self.env:
            self.skipTest("this series of Odoo has no packagings")
        self.env["product.packaging"].create(
            [
                {"name": name, "product_id": self.soap.id, "qty": size, "purchase": bought}
                for name, size, bought in (("Lot", 6, True), ("Palette", 60, True), ("A", 2, False))
            ]
        )
        self._supply(self.soap)
        self._sell_daily(self.soap, 4.0, days=20)
        self._train_stock()
        row = self._row(self.soap)
        self.assertEqual((row.multiple, row.quantity % 6), (6.0, 0.0))
        self.assertGreaterEqual(row.quantity, row.rop)
