"""Daily demand: on which day, how much, at which price."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from .invoicing_common import InvoicingCommon
from .sales_common import SalesCommon


class DemandCommon(SalesCommon):
    def _demand(self, product, company=None, days=30):
        """{days ago: quantity} of a product, and its price of each day."""
        company = company or self.company
        today = self.extract._local_now(company).date()
        table = self.extract._daily_demand(
            company, today - timedelta(days=days), today, product.ids
        )
        ago = [(today - day.date()).days for day in table["date"]]
        return (
            dict(zip(ago, table["quantity"].tolist(), strict=True)),
            dict(zip(ago, table["price"].tolist(), strict=True)),
        )


@tagged("post_install", "-at_install")
class TestDemand(DemandCommon):
    def test_lines_of_a_day_are_summed(self):
        self._sell({2: [(self.bottle, 3.0), (self.bottle, 4.0), (self.cups, 1.0)]})
        self._sell({2: [(self.bottle, 1.0)], 5: [(self.bottle, 2.0)]})
        quantities, prices = self._demand(self.bottle)
        self.assertEqual(quantities, {2: 8.0, 5: 2.0})
        self.assertEqual(prices, {2: 35.0, 5: 35.0})

    def test_another_unit_is_turned_into_that_of_the_product(self):
        order = self._sell({3: [(self.bottle, 2.0)]})
        order.order_line.write({"product_uom": self.env.ref("uom.product_uom_dozen").id})
        order.order_line.price_unit = 420.0
        quantities, prices = self._demand(self.bottle)
        self.assertEqual(quantities, {3: 24.0})
        self.assertAlmostEqual(prices[3], 35.0)

    def test_a_changed_unit_of_the_product_changes_no_quantity_sold(self):
        self._sell({3: [(self.bottle, 24.0)]})
        # As an import would: Odoo's form refuses it once there are sales.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE product_template SET uom_id = %s WHERE id = %s",
            [self.env.ref("uom.product_uom_dozen").id, self.bottle.product_tmpl_id.id],
        )
        self.env.invalidate_all()
        quantities, prices = self._demand(self.bottle)
        self.assertAlmostEqual(quantities[3], 2.0)
        self.assertAlmostEqual(prices[3], 420.0)

    def test_prices_are_in_the_currency_of_the_company(self):
        euro = self._use_currency("EUR")
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id, "company_id": self.company.id}
        )
        order = self._create_order([self.bottle], days_ago=2, pricelist_id=pricelist.id)
        order.order_line.price_unit = 20.0
        _quantities, prices = self._demand(self.bottle)
        self.assertAlmostEqual(prices[2], 40.0)

    def test_days_are_those_of_the_company(self):
        self.company.resource_calendar_id.tz = "Africa/Lubumbashi"  # UTC+2, no summer time
        order = self._create_order([self.bottle])
        order.date_order = datetime(2026, 3, 9, 22, 30)  # 10 March there
        with freeze_time("2026-03-11 12:00:00"):
            quantities, _prices = self._demand(self.bottle)
            self.assertEqual(quantities, {1: 1.0})

    def test_what_is_no_sale_of_a_product_is_left_out(self):
        draft = self._create_order([self.bottle], state="draft")
        cancelled = self._create_order([self.bottle], state="cancel")
        future = self._create_order([self.bottle], days_ago=-2)
        self.assertTrue(draft | cancelled | future)
        order = self._create_order([self.bottle])
        order.write({"order_line": [Command.create({"display_type": "line_note", "name": "!"})]})
        self.assertEqual(self._demand(self.bottle)[0], {1: 1.0})

    def test_negative_orders_count_on_their_day(self):
        self._sell({5: [(self.bottle, 6.0)], 2: [(self.bottle, -4.0)]})
        self.assertEqual(self._demand(self.bottle)[0], {5: 6.0, 2: -4.0})

    def test_two_companies_do_not_see_each_others_sales(self):
        other = self._create_company("Autre")
        self._sell({2: [(self.bottle, 3.0)]})
        self._sell({2: [(self.bottle, 50.0)]}, company=other)
        self.assertEqual(self._demand(self.bottle)[0], {2: 3.0})
        self.assertEqual(self._demand(self.bottle, other)[0], {2: 50.0})

    def test_products_to_forecast_are_active_known_and_told_their_first_sale(self):
        service = self._create_product("Installation", detailed_type="service")
        self._sell(
            {
                200: [(self.bottle, 1.0)],
                9: [(self.bottle, 1.0), (self.cups, 1.0), (service, 1.0), (self.soap, 1.0)],
                4: [(self.filter, -1.0)],
            }
        )
        self.soap.active = False
        yesterday = fields.Date.today() - timedelta(days=1)
        products = self.extract._demand_products(self.company, yesterday)
        today = fields.Date.today()
        self.assertEqual(
            products,
            {
                self.bottle.id: today - timedelta(days=200),
                self.cups.id: today - timedelta(days=9),
            },
        )
        self.company.ai_excluded_product_ids = self.cups
        self.assertEqual(
            list(self.extract._demand_products(self.company, yesterday)), self.bottle.ids
        )


@tagged("post_install", "-at_install")
class TestDemandRefunds(InvoicingCommon, DemandCommon):
    def setUp(self):
        super().setUp()
        self.order = self._sell({9: [(self.bottle, 10.0)]})
        self.line = self.order.order_line

    def test_a_credit_note_is_deducted_on_its_own_day(self):
        self._invoice(10.0, days_ago=8)
        self._invoice(4.0, "out_refund", days_ago=3)
        self.assertEqual(self._demand(self.bottle)[0], {9: 10.0, 3: -4.0})

    def test_a_corrected_invoice_is_no_refund(self):
        self._invoice(10.0, days_ago=8)
        self._invoice(10.0, "out_refund", days_ago=7)
        self._invoice(10.0, days_ago=7)
        self.assertEqual(self._demand(self.bottle)[0].get(9), 10.0)
        self.assertFalse(self._demand(self.bottle)[0].get(7))

    def test_a_draft_credit_note_is_not_deducted(self):
        self._invoice(10.0, days_ago=8)
        self._invoice(4.0, "out_refund", days_ago=3, post=False)
        self.assertEqual(self._demand(self.bottle)[0], {9: 10.0})

    def test_the_refund_of_an_older_order_counts_in_the_window(self):
        self._invoice(10.0, days_ago=8)
        self._invoice(4.0, "out_refund", days_ago=3)
        self.assertEqual(self._demand(self.bottle, days=5)[0], {3: -4.0})
