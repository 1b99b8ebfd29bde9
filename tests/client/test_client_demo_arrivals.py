"""What is planted as newly arrived in the demonstration is found."""

from odoo.tests import tagged

from ...demo import planted
from ...demo.arrivals import load_arrivals
from .test_client_arrivals import ArrivalsCommon


@tagged("post_install", "-at_install")
class TestDemoArrivals(ArrivalsCommon):
    def test_they_are_new_and_in_stock(self):
        categories = {new.category: self.water for new in planted.ARRIVALS}
        today = self.env["ai.sales.extract"]._local_now(self.company).date()
        products = load_arrivals(self.env, self.company, categories, today)
        found = {
            row["product_id"]: (row["available"], (today - row["arrived_on"]).days)
            for row in self.env["ai.stock.extract"]._new_products(self.company)
        }
        for new in planted.ARRIVALS:
            available, days = found[products[new.code].id]
            self.assertEqual(available, new.quantity)
            self.assertAlmostEqual(days, new.day, delta=1)
