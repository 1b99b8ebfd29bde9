"""What the tab of a product shows."""

from datetime import timedelta
from itertools import pairwise

from odoo import Command, fields
from odoo.tests import tagged

from ..core.tours import TourCase, form_of
from .common import ForecastCommon


@tagged("post_install", "-at_install")
class TestForecastTab(ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._steady_sales()
        cls._train_forecast()

    def test_before_any_training_the_tab_says_so(self):
        value = self.soap.with_company(self._create_company("Vide")).ai_forecast
        self.assertEqual((value["status"], value["variants"]), ("untrained", []))

    def test_reasons_for_having_none_are_told_apart(self):
        service = self._create_product("Installation", detailed_type="service")
        archived = self._create_product("Ancien", active=False)
        self.company.ai_excluded_product_ids = self.cups
        self.env.invalidate_all()
        statuses = {
            product: product.ai_forecast["status"]
            for product in (self.soap, self.fountain, service, archived)
        }
        self.assertEqual(
            statuses,
            {
                self.soap: "ok",
                self.fountain: "no_sales",
                service: "service",
                archived: "archived",
            },
        )
        self._train_forecast()
        self.env.invalidate_all()
        self.assertEqual(self.cups.ai_forecast["status"], "excluded")
        self.company.ai_enabled = False
        self.env.invalidate_all()
        self.assertEqual(self.fountain.ai_forecast["status"], "disabled")

    def test_young_products_show_their_state_and_no_number(self):
        (chart,) = self.filter.ai_forecast["variants"]
        self.assertEqual((chart["state"], chart["totals"]), ("not_enough_history", []))
        self.assertEqual(chart["daily"], [])
        self.assertEqual(len(chart["history"]), 7)

    def test_where_nothing_was_sold_in_the_tested_months_no_error_is_told(self):
        # Sold half a year ago and yesterday, and never between.
        self._sell({170: [(self.fountain, 1.0)], 1: [(self.fountain, 1.0)]})
        self._train_forecast()
        row = self._forecast(self.fountain)
        self.assertEqual((row.state, row.is_tested), ("ok", False))
        self.assertGreater(row.origins, 0)
        self.assertTrue(self._forecast(self.soap).chart["tested"])

    def test_a_template_shows_each_of_its_variants(self):
        attribute = self.env["product.attribute"].create({"name": "Taille"})
        values = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": attribute.id} for name in ("S", "L")]
        )
        template = self.env["product.template"].create(
            {
                "name": "Gants",
                "attribute_line_ids": [
                    Command.create(
                        {"attribute_id": attribute.id, "value_ids": [Command.set(values.ids)]}
                    )
                ],
            }
        )
        small, large = template.product_variant_ids
        self._sell({ago: [(small, 2.0), (large, 8.0)] for ago in range(1, 40)})
        self._train_forecast()
        charts = template.ai_forecast["variants"]
        self.assertEqual(
            {chart["product"] for chart in charts}, {small.display_name, large.display_name}
        )

    def test_many_products_are_read_in_a_fixed_number_of_queries(self):
        products = self.bottle | self.cups | self.soap

        def queries(records):
            self.env.invalidate_all()
            records.mapped("display_name")
            before = self.env.cr.sql_log_count
            records.mapped("ai_forecast")
            return self.env.cr.sql_log_count - before

        queries(self.bottle)  # what is cached for the whole server is read once
        self.assertLessEqual(queries(products), queries(self.bottle) + 1)

    def test_the_list_draws_weeks(self):
        sparkline = self._forecast(self.soap).sparkline
        self.assertEqual(sparkline["history"], [72.0] * 17)
        self.assertEqual(len(sparkline["forecast"]), 4)

    def test_the_table_beside_the_chart_holds_whole_weeks_sold_then_ahead(self):
        row = self._forecast(self.soap)
        (chart,) = self.soap.ai_forecast["variants"]
        weeks = chart["weeks"]
        self.assertEqual([week["sold"] for week in weeks], [72.0] * 8 + [None] * 12)
        days = [fields.Date.to_date(week["date"]) for week in weeks]
        self.assertEqual({after - day for day, after in pairwise(days)}, {timedelta(days=7)})
        # The last week sold ends the day before the first one ahead.
        self.assertEqual(
            [(day, week["expected"]) for day, week in zip(days, weeks, strict=True)][8:],
            row._weeks(),
        )
        self.assertFalse([week for week in weeks[:8] if week["expected"] is not None])

    def test_a_part_of_a_week_is_left_out_at_both_ends(self):
        # Sold for three weeks less a day: two whole weeks stand behind the forecast.
        self._sell({ago: [(self.fountain, 5.0)] for ago in range(1, 21)})
        self._train_forecast()
        chart = self._forecast(self.fountain).chart
        self.assertEqual((len(chart["history"]), len(chart["daily"])), (20, 90))
        sold = [week["sold"] for week in chart["weeks"]]
        self.assertEqual(sold, [35.0] * 2 + [None] * 12)
        start = fields.Date.to_date(chart["start"])
        self.assertEqual(
            chart["weeks"][0]["date"], fields.Date.to_string(start - timedelta(weeks=2))
        )
        (young,) = self.filter.ai_forecast["variants"]
        self.assertEqual(young["weeks"], [])

    def test_the_print_has_a_row_for_each_week(self):
        row = self._forecast(self.soap)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "smart_recommender.report_forecast", row.ids
        )
        text = html.decode()
        self.assertIn("Savon", text)
        self.assertEqual(len(row._weeks()), 12)
        for _day, units in row._weeks():
            self.assertIn(f"{units:.1f}", text)


@tagged("post_install", "-at_install")
class TestForecastTours(ForecastCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.groups_id |= cls.env.ref("base.group_user")
        cls._steady_sales()
        cls._train_forecast()

    def test_a_manager_reads_forecasts_in_the_list_and_on_the_product(self):
        self.start_tour("/web", "smart_recommender_forecasts", login="sr_manager")

    def test_the_tab_follows_the_pager(self):
        self.start_tour("/web", "smart_recommender_forecast_pager", login="sr_manager")

    def test_a_young_product_says_why_there_is_no_number(self):
        self.start_tour(
            form_of(self.filter),
            "smart_recommender_forecast_young",
            login="sr_manager",
        )
