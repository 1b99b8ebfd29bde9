"""Forecasts that were made are compared with what was then sold."""

import random
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import ForecastCommon


@tagged("post_install", "-at_install")
class TestForecastAccuracy(ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._steady_sales()
        cls._train_forecast()
        cls.scores = cls.env["ai.forecast.accuracy"]

    def _made_days_ago(self, days):
        """Pretend that the kept forecasts were made earlier."""
        start = fields.Date.today() - timedelta(days=days)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ai_forecast_accuracy SET date_start = %s WHERE company_id = %s",
            [start, self.company.id],
        )
        self.env.invalidate_all()
        return start

    def _score_of(self, product):
        return self.scores.search([("product_id", "=", product.id)])

    def test_forecasts_are_kept_once_a_week(self):
        self._train_forecast()
        self.assertEqual(self.scores.search([]).product_id, self.bottle | self.cups | self.soap)
        self.assertEqual(len(self.scores.search([])), 3)
        self._made_days_ago(7)
        self._train_forecast()
        self.assertEqual(len(self.scores.search([("product_id", "!=", False)])), 6)

    def test_days_that_passed_are_scored(self):
        self._made_days_ago(14)
        self._train_forecast()
        score = self.scores.search([("product_id", "=", self.soap.id), ("days", ">", 0)])
        self.assertEqual(score.days, 14)
        self.assertEqual(score.sold, 12 * 12.0)
        self.assertLess(abs(score.bias), 0.2)
        self.assertLess(score.wape, 1.0)
        self.assertTrue(0 < score.smape < 2)

    def test_the_company_has_a_row_of_its_own_that_is_no_sum_of_shares(self):
        self._made_days_ago(14)
        self._train_forecast()
        overall = self.scores.search([("is_overall", "=", True)])
        self.assertEqual(len(overall), 1)
        parts = self.scores.search([("product_id", "!=", False), ("days", ">", 0)])
        self.assertAlmostEqual(overall.sold, sum(parts.mapped("sold")), places=3)
        errors = sum(abs(part.forecast - part.sold) for part in parts)
        self.assertAlmostEqual(overall.wape_total, errors / overall.sold, places=4)

    def test_after_thirty_days_the_score_is_final(self):
        self._made_days_ago(40)
        self._train_forecast()
        score = self.scores.search([("product_id", "=", self.soap.id), ("days", ">", 0)])
        self.assertEqual(score.days, 30)
        before = score.sold
        self._sell({20: [(self.soap, 500.0)]})
        self._train_forecast()
        self.assertEqual(score.sold, before)

    def test_old_scores_leave(self):
        self._made_days_ago(200)
        self._train_forecast()
        self.assertFalse(
            self.scores.search([("date_start", "<", fields.Date.today() - timedelta(days=182))])
        )

    def test_the_tab_shows_the_last_forecasts_beside_the_sales(self):
        start = self._made_days_ago(14)
        self._train_forecast()
        (past,) = self._forecast(self.soap).chart["past"]
        self.assertEqual((past["start"], past["days"]), (str(start), 14))
        self.assertEqual(past["sold"], 144.0)
        self.assertLess(abs(past["bias"]), 0.2)


@tagged("post_install", "-at_install")
class TestForecastWeights(ForecastCommon):
    def test_a_method_that_became_worse_loses_weight_at_the_next_run(self):
        draw = random.Random(5).randint
        products = self.bottle + self.cups + self.soap
        self._sell({ago: [(item, draw(8, 16)) for item in products] for ago in range(1, 121)})
        self._train_forecast()
        before = self._forecast(self.soap).weights
        # Demand jumps for two months: what looks far back is now wrong.
        self._sell({ago: [(item, 400.0) for item in products] for ago in range(1, 61)})
        self._train_forecast()
        after = self._forecast(self.soap).weights
        self.assertGreater(before["long_mean"], 0.05)
        self.assertLess(after.get("long_mean", 0), before["long_mean"] / 2)
        self.assertGreater(self._forecast(self.soap).total_30, 5_000)
