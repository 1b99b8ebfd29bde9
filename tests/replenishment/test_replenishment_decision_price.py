"""What a decision of orders costs, at the vendor's own price and in its currency."""

from odoo.tests import tagged

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestReplenishmentDecisionPrice(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls._use_currency("EUR")  # one is two of the company's
        cls._sell({ago: [(cls.soap, 4.0)] for ago in range(1, 61)})
        cls._put(cls.soap, 10.0, days_ago=100)
        cls.vendor.with_company(cls.company).property_purchase_currency_id = cls.euro
        cls.seller = cls._supply(cls.soap, price=3.0, currency_id=cls.euro.id)
        cls._train_stock()

    def _decide(self, kind="order"):
        rows = self._row(self.soap).with_user(self.storekeeper)
        button = rows.action_order if kind == "order" else rows.action_create_orderpoints
        return self.decisions.with_user(self.storekeeper).browse(button()["res_id"])

    def test_price_and_total_are_the_vendors_and_the_sum_the_companys(self):
        decision = self._decide()
        line = decision.line_ids
        line.quantity = 10.0
        self.assertEqual((line.price, line.total, line.currency_id), (3.0, 30.0, self.euro))
        self.assertEqual(decision.currency_id, self.company.currency_id)
        self.assertAlmostEqual(decision.total, 60.0)
        self.assertTrue(decision.has_currencies)
        self.assertFalse(decision.no_price_count)

    def test_the_price_is_that_of_the_quantity_and_of_one_unit(self):
        self._supply(self.soap, price=2.0, min_qty=100.0, currency_id=self.euro.id, discount=50.0)
        line = self._decide().line_ids
        line.quantity = 99.0
        self.assertEqual(line.price, 3.0)
        line.quantity = 100.0
        self.assertEqual((line.price, line.total), (1.0, 100.0))

    def test_a_vendor_who_sells_dozens_has_a_price_for_one(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        if "uom_po_id" in self.soap._fields:
            self.soap.uom_po_id = dozen
        else:
            self.seller.product_uom_id = dozen
        self.seller.price = 30.0
        line = self._decide().line_ids
        line.quantity = 24.0
        self.assertEqual((line.price, line.total), (2.5, 60.0))

    def test_no_price_is_no_zero(self):
        self.seller.price = 0.0
        decision = self._decide()
        decision.line_ids.quantity = 10.0
        self.assertEqual((decision.total, decision.no_price_count), (0.0, 1))

    def test_an_applied_decision_keeps_its_price(self):
        decision = self._decide()
        decision.line_ids.quantity = 10.0
        decision.action_apply()
        order = self.env["purchase.order.line"].search([("product_id", "=", self.soap.id)])
        self.assertEqual((order.price_unit, order.currency_id), (3.0, self.euro))
        self.seller.price = 5.0
        self.assertEqual(decision.line_ids.price, 3.0)

    def test_rules_cost_nothing(self):
        self.assertFalse(self._decide("orderpoint").total)
