"""Quantities to order: units of product and vendor and packages together."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestOrderUnits(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kilo = cls.env.ref("uom.product_uom_kgm")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")

    def _advice(self, product):
        self._train_stock()
        return self._row(product)

    def _packaged(self, product, size):
        if "product.packaging" not in self.env:
            self.skipTest("in this series of Odoo packages are units")
        self.env["product.packaging"].create(
            {"name": "Lot", "product_id": product.id, "qty": size, "purchase": True}
        )

    def test_a_little_of_what_is_dear_is_ordered_and_no_whole_kilo(self):
        saffron = self._create_stored("Safran", self.kilo)
        self._sell_daily(saffron, 0.013)
        self._supply(saffron, delay=4, price=25_000.0)
        self._put(saffron, 0.001)
        row = self._advice(saffron)
        self.assertAlmostEqual(row.multiple, self.kilo.rounding)
        self.assertTrue(0 < row.quantity < 0.15)
        self.assertGreaterEqual(row.quantity, row.rop - row.available - 1e-6)

    def test_what_is_only_sold_whole_is_ordered_whole_whatever_its_unit(self):
        flour = self._create_stored("Farine", self.kilo)
        self._sell_daily(flour, 25.0, skip=range(2, 60, 2))
        self._supply(flour)
        row = self._advice(flour)
        self.assertEqual((row.is_sold_whole, row.quantity % 1), (True, 0.0))
        self._sell_daily(flour, 0.5, days=1)
        self.assertFalse(self._advice(flour).is_sold_whole)

    def test_dozens_are_ordered_whole(self):
        self._sell_daily(self.soap, 4.0)
        self._buy_in(self.soap, self.dozen, self._supply(self.soap))
        row = self._advice(self.soap)
        self.assertEqual((row.multiple, row.quantity % 12), (12.0, 0.0))

    def test_a_package_of_ten_and_a_vendor_s_dozen_meet_at_sixty(self):
        self._packaged(self.soap, 10.0)
        self._sell_daily(self.soap, 4.0)
        self._buy_in(self.soap, self.dozen, self._supply(self.soap))
        row = self._advice(self.soap)
        self.assertEqual((row.multiple, row.quantity % 60), (60.0, 0.0))

    def test_a_package_smaller_than_a_dozen_that_divides_it_changes_nothing(self):
        self._packaged(self.soap, 6.0)
        self._sell_daily(self.soap, 4.0)
        self._buy_in(self.soap, self.dozen, self._supply(self.soap))
        self.assertEqual(self._advice(self.soap).multiple, 12.0)

    def test_a_minimum_goes_together_with_packages(self):
        self._packaged(self.soap, 8.0)
        self._sell_daily(self.soap, 1.0)
        self._supply(self.soap, min_qty=50.0)
        self.assertEqual(self._advice(self.soap).quantity, 56.0)

    def test_a_packaging_unit_of_newer_series_is_whole(self):
        template = self.soap.product_tmpl_id
        if "uom_ids" not in template._fields:
            self.skipTest("packages are units in newer series of Odoo")
        flour = self._create_stored("Farine", self.kilo)
        sack = self.env["uom.uom"].create(
            {"name": "Sac 25 kg", "relative_factor": 25.0, "relative_uom_id": self.kilo.id}
        )
        self._sell_daily(flour, 1.5)
        self._buy_in(flour, sack, self._supply(flour))
        self.assertAlmostEqual(self._advice(flour).multiple, 0.25)
        flour.uom_ids = sack
        self.assertAlmostEqual(self._advice(flour).multiple, 25.0)

    def test_a_part_of_a_dozen_is_refused_with_the_remedy(self):
        self._sell_daily(self.soap, 4.0)
        self._buy_in(self.soap, self.dozen, self._supply(self.soap))
        row = self._advice(self.soap).with_user(self.storekeeper)
        decision = self.decisions.with_user(self.storekeeper).browse(row.action_order()["res_id"])
        decision.line_ids.quantity = 20.0
        with self.assertRaisesRegex(UserError, "Enter a multiple of 12"):
            decision.action_apply()
        decision.line_ids.quantity = 24.0
        decision.action_apply()
        line = self.env["purchase.order.line"].search([("product_id", "=", self.soap.id)])
        self.assertEqual((line.product_qty, line.product_uom), (2.0, self.dozen))
