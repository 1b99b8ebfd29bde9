"""Newly arrived products: first received, in stock, and for whom."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import CallCenterCommon


class ArrivalsCommon(CallCenterCommon):
    """Two categories: the hotel buys water, the partner soap."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.water, cls.care = cls.env["product.category"].create(
            [{"name": "Eau"}, {"name": "Hygiène"}]
        )
        cls.bottle.categ_id, cls.soap.categ_id = cls.water, cls.care
        storable = {"is_storable": True} if cls._has_storable() else {"detailed_type": "product"}
        cls.old = cls._create_product("Ancienne", categ_id=cls.water.id, **storable)
        cls.sparkling = cls._create_product("Eau gazeuse", categ_id=cls.water.id, **storable)
        cls._receive(cls.old, 200)
        cls._receive(cls.sparkling, 5)
        for days_ago in (10, 40, 70):
            cls._create_order([(cls.bottle, 5.0)], partner=cls.hotel, days_ago=days_ago)
            cls._create_order([(cls.soap, 20.0)], partner=cls.partner, days_ago=days_ago)

    @classmethod
    def _has_storable(cls):
        return "is_storable" in cls.env["product.template"]._fields

    @classmethod
    def _receive(cls, product, days_ago, quantity=10.0, company=None):
        company = company or cls.company
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        move = cls.env["stock.move"].create(
            {
                **({"name": product.name} if "name" in cls.env["stock.move"]._fields else {}),
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": cls.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "company_id": company.id,
            }
        )
        move._action_confirm()
        move.quantity = quantity
        move.picked = True
        move._action_done()
        move.date = fields.Datetime.now() - timedelta(days=days_ago)
        return move

    def _arrivals(self, user=None):
        model = self.env["ai.client.arrival"].with_user(user or self.operator)
        return model.with_company(self.company).search([])

    def _new(self, company=None):
        extract = self.env["ai.stock.extract"]
        return [row["product_id"] for row in extract._new_products(company or self.company)]


@tagged("post_install", "-at_install")
class TestClientArrivals(ArrivalsCommon):
    def test_what_came_in_for_the_first_time_and_is_in_stock_is_new(self):
        self.assertEqual(self._new(), self.sparkling.ids)
        self.company.ai_new_product_days = 3
        self.assertFalse(self._new())

    def test_a_second_receipt_makes_nothing_new(self):
        self._receive(self.old, 2)
        self.assertEqual(self._new(), self.sparkling.ids)

    def test_what_is_gone_is_not_shown(self):
        quants = self.env["stock.quant"].search([("product_id", "=", self.sparkling.id)])
        quants.sudo().write({"quantity": 0})
        self.assertFalse(self._new())

    def test_what_was_sold_before_is_not_new(self):
        self._create_order([self.sparkling], partner=self.partners[2], days_ago=60)
        self.assertFalse(self._new())

    def test_where_all_stock_is_young_nothing_is_new(self):
        self.env["stock.move"].search([("product_id", "=", self.old.id)]).date = (
            fields.Datetime.now() - timedelta(days=9)
        )
        self.assertFalse(self._new())

    def test_what_is_not_offered_is_not_shown(self):
        self.company.ai_excluded_product_ids = self.sparkling
        self.assertFalse(self._new())

    def test_it_fits_who_buys_its_category(self):
        self._refresh()
        row = self._arrivals()
        self.assertEqual((row.partner_id, row.product_id), (self.hotel, self.sparkling))
        self.assertGreater(row.lift, 1.25)
        self.assertEqual(self._row().call_reasons, "new: Eau gazeuse")

    def test_who_bought_it_or_sent_it_away_is_left_out(self):
        self.env["ai.customer.dismissal"]._dismiss(self.company, self.hotel, self.sparkling)
        self._refresh()
        self.assertFalse(self._arrivals())
        self.env["ai.customer.dismissal"]._restore(self.company, self.hotel)
        self._create_order([self.sparkling], partner=self.hotel, days_ago=2)
        self._refresh()
        self.assertFalse(self._arrivals())

    def test_the_next_day_makes_the_rows_anew(self):
        self._refresh()
        self._refresh()
        self.assertEqual(len(self._arrivals()), 1)
        self.sparkling.active = False
        self._refresh()
        self.assertFalse(self._arrivals())

    def test_another_company_has_its_own(self):
        other = self._create_company("Autre")
        self._refresh(other)
        self._refresh()
        self.assertFalse(self._new(other))
        self.assertEqual(self._arrivals().company_id, self.company)

    def test_the_desk_tells_of_new_products(self):
        self._refresh()
        desk = self.env["ai.client.sheet"].with_user(self.operator).with_company(self.company)
        (row,) = desk.get_desk()["arrivals"]
        self.assertEqual(row["product_id"], self.sparkling.id)
        self.assertEqual((row["name"], row["available"]), ("Eau gazeuse", 10.0))
        self.assertEqual(row["client_count"], 1)
