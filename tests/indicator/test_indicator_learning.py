"""Figures of what was learned, against rows that are written out."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .common import IndicatorCommon


@tagged("post_install", "-at_install")
class TestLearningFigures(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for product, cost in ((cls.bottle, 20), (cls.cups, 6), (cls.soap, 5)):
            product.with_company(cls.company).standard_price = cost
        cls.order = cls._order([cls._line(cls.soap, 1, 8)], cls._at(20))
        cls.shown = cls._order([cls._line(cls.soap, 1, 8)], cls._at(3))

    @classmethod
    def _insert(cls, model, **vals):
        """A row of a table that only training writes."""
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES (%s) RETURNING id",
                SQL.identifier(model.replace(".", "_")),
                SQL(", ").join(map(SQL.identifier, vals)),
                SQL(", ").join(SQL("%s", value) for value in vals.values()),
            )
        )
        cls.env.invalidate_all()
        return cls.env[model].browse(cls.env.cr.fetchone()[0])

    def _score(self, product, ago, sold, forecast, days=30):
        self._insert(
            "ai.forecast.accuracy",
            company_id=self.company.id,
            product_id=product.id,
            is_overall=False,
            date_start=self._day(ago),
            days=days,
            sold=sold,
            forecast=forecast,
        )

    def test_forecasts_are_scored_by_the_totals_of_products(self):
        # The last day compared is two days ago; others were compared before, or for too short.
        self._score(self.bottle, 31, sold=100, forecast=130)
        self._score(self.cups, 31, sold=100, forecast=90)
        self._score(self.soap, 60, sold=100, forecast=900)
        self._score(self.filter, 5, sold=10, forecast=900, days=3)
        self._restate()
        self.assertAlmostEqual(self._value("forecast_error"), 100 * (30 + 10) / 200)
        self.assertAlmostEqual(self._value("forecast_bias"), 100 * (30 - 10) / 200)

    def test_anomalies_count_on_their_last_day_unless_ignored(self):
        def anomaly(ago, state="new", **vals):
            return self._insert(
                "ai.anomaly",
                company_id=self.company.id,
                active=True,
                level="company",
                step="day",
                method="robust",
                measure="revenue",
                type="spike",
                severity="high",
                date=self._day(ago + 3),
                date_end=self._day(ago),
                state=state,
                **vals,
            )

        anomaly(2)
        anomaly(7, "confirmed")
        anomaly(3, "ignored")
        anomaly(8)
        self._restate()
        figure = self._figures()["anomalies"]
        self.assertEqual((figure["value"], figure["previous"]), (2, 1))

    def test_uptake_counts_quotations_that_showed_and_those_that_took_one(self):
        taken = self._order([self._line(self.cups, 1, 12)], self._at(2), "draft")
        hidden = self._order([], self._at(2), "draft")
        for order, arm, ago in (
            (self.shown, "shown", 3),
            (taken, "shown", 2),
            (hidden, "control", 2),
        ):
            self._insert(
                "ai.exposure",
                company_id=self.company.id,
                order_id=order.id,
                arm=arm,
                unit=f"client:{order.partner_id.id}",
                exposed_at=self._at(ago, 23, 30),
            )
        self.env.cr.execute(
            "UPDATE sale_order_line SET ai_source = 'tab' WHERE id = ANY(%s)",
            (taken.order_line.ids,),
        )
        self._restate()
        self.assertAlmostEqual(self._value("suggestion_uptake"), 50.0)

    def test_products_with_a_forecast_are_those_of_the_ones_sold(self):
        self._order([self._line(self.bottle, 1, 35), self._line(self.cups, 1, 12)], self._at(5))
        self._order([self._line(self.filter, 1, 60)], self._at(100))
        run = self._insert(
            "ai.training.run", company_id=self.company.id, kind="forecast", state="done"
        )
        for product, method in ((self.bottle, "naive"), (self.filter, "naive"), (self.cups, None)):
            self._insert(
                "ai.forecast",
                company_id=self.company.id,
                run_id=run.id,
                product_id=product.id,
                active=True,
                method=method,
                state="trained" if method else "none",
            )
        self._restate()
        # Sold of late: soap, bottle and cups; one of them has a forecast with a method.
        self.assertAlmostEqual(self._value("modelled_products"), 100 / 3)

    def test_the_oldest_kind_of_training_counts_and_failures_do_not(self):
        now = fields.Datetime.now()
        for kind, state, days in (
            ("rules", "done", 1),
            ("forecast", "done", 9),
            ("forecast", "done", 4),
            ("forecast", "failed", 0),
        ):
            self._insert(
                "ai.training.run",
                company_id=self.company.id,
                kind=kind,
                state=state,
                ended_at=now - timedelta(days=days),
            )
        self._restate()
        self.assertAlmostEqual(self._value("training_age"), 4, 2)

    def _advice(self, product, available, rop, daily, **vals):
        return self._insert(
            "ai.replenishment",
            company_id=self.company.id,
            warehouse_id=self.warehouse.id,
            product_id=product.id,
            available=available,
            rop=rop,
            daily_demand=daily,
            **vals,
        )

    def test_stock_levels_are_those_of_products_that_are_sold(self):
        self.patch(type(self.env["ai.replenishment"]), "_refresh", lambda *_company: True)
        self._advice(self.bottle, available=5, rop=10, daily=2)  # low
        self._advice(self.cups, available=-1, rop=3, daily=4)  # out
        self._advice(self.soap, available=100, rop=3, daily=10)  # enough
        self._advice(self.fountain, available=0, rop=0, daily=0)  # nobody asks for it
        self._advice(self.filter, available=0, rop=5, daily=1)  # no longer sold
        self.filter.sale_ok = False
        self._restate()
        figures = self._figures()
        self.assertEqual(figures["low_stock"]["value"], 1)
        self.assertEqual(figures["stock_outs"]["value"], 1)
        self.assertEqual(figures["below_reorder_point"]["value"], 2)
        self.assertAlmostEqual(
            figures["stock_cover"]["value"],
            (5 * 20 + 0 + 100 * 5) / (2 * 20 + 4 * 6 + 10 * 5),
        )

    def test_lost_sales_are_those_of_days_without_stock_at_the_price_paid(self):
        # Two a day for 20 days at 35, then nothing for the last three: sold out.
        self._put(self.bottle, 40, days_ago=40)
        self._sell({ago: [(self.bottle, 2)] for ago in range(4, 24)})
        self._put(self.bottle, -40, days_ago=4)
        self._restate()
        figure = self._figures()["lost_sales"]
        # The fourth day ago ended without stock and sold.
        self.assertAlmostEqual(figure["value"], 3 * 2 * 35, 6)

    def test_without_anything_each_says_what_it_needs(self):
        empty = self._create_company("Vide")
        self.everything.company_ids |= empty
        figures = self._figures(companies=empty)
        for code, figure in figures.items():
            with self.subTest(code=code):
                self.assertIsNone(figure["value"])
                self.assertTrue(figure["reason"])
        self._restate(company=empty)
        for code, figure in self._figures(companies=empty).items():
            with self.subTest(code=code):
                self.assertTrue(figure["value"] is not None or figure["reason"])
