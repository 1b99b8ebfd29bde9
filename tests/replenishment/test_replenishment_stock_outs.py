"""Days without stock do not teach the forecast to expect less."""

from odoo.tests import tagged

from .common import StockCommon


@tagged("post_install", "-at_install")
class TestStockOuts(StockCommon):
    def _sell_and_run_out(self):
        """Ten cups a day, but for three weeks without any on the shelf until yesterday."""
        self._sell_daily(self.cups, 10.0, days=120, skip=range(1, 22))
        self._sell_daily(self.soap, 10.0, days=120)

    def test_a_product_that_ran_out_is_forecast_as_if_it_had_not(self):
        self._sell_and_run_out()
        self._put(self.cups, 990.0, days_ago=130)
        self._put(self.cups, -990.0, days_ago=22)
        self._train_forecast()
        forecast = self._forecast(self.cups)
        self.assertEqual(forecast.days_out, 21)
        self.assertEqual(forecast.history_days, 99)
        self.assertEqual(len(forecast.chart["history"]), 120)
        self.assertAlmostEqual(forecast.total_30, 300.0, delta=45)

    def test_without_a_stock_out_the_same_sales_are_a_decline(self):
        self._sell_and_run_out()
        self._put(self.cups, 990.0, days_ago=130)
        self._train_forecast()
        forecast = self._forecast(self.cups)
        self.assertEqual(forecast.days_out, 0)
        self.assertLess(forecast.total_30, 200.0)

    def test_what_is_not_kept_in_stock_has_no_stock_outs(self):
        self._sell_and_run_out()
        self.cups.detailed_type = "consu"
        self._train_forecast()
        self.assertEqual(self._forecast(self.cups).days_out, 0)

    def test_a_product_that_has_been_out_for_months_is_ordered(self):
        self._sell_daily(self.cups, 6.0, days=150, skip=range(1, 71))
        self._put(self.cups, 480.0, days_ago=160)
        self._put(self.cups, -480.0, days_ago=71)
        self._train_stock()
        row = self._row(self.cups)
        self.assertEqual((row.action, row.known_days), ("order_now", 60))
        self.assertAlmostEqual(row.daily_demand, 6.0)
        self.assertEqual(row.days_out, 60)

    def test_weeks_without_stock_do_not_make_a_product_irregular(self):
        self._sell_daily(self.cups, 10.0, days=63, skip=range(15, 29))
        self._sell_daily(self.soap, 10.0, days=63, skip=range(15, 29))
        self._put(self.cups, 500.0, days_ago=70)
        self._put(self.cups, -500.0, days_ago=30)
        self._put(self.cups, 200.0, days_ago=14)
        self._put(self.soap, 900.0, days_ago=70)
        self.runs._train_now(self.company, "classes")
        classes = self.env["ai.product.class"].search([("company_id", "=", self.company.id)])
        xyz = {row.product_id: row.xyz for row in classes}
        self.assertEqual((xyz[self.cups], xyz[self.soap]), ("X", "Y"))
