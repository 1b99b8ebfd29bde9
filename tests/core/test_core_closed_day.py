"""Closures: found by training, left out of what is learned, overruled and added by managers."""

from datetime import timedelta

import numpy as np

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .sales_common import SalesCommon


@tagged("post_install", "-at_install")
class TestClosedDays(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.closures = cls.env["ai.closed.day"]
        cls.shop = cls._create_company("Magasin fermé")
        days = [ago for ago in range(1, 121) if not 10 <= ago < 35]
        # Three orders a day of two products.
        for _turn in range(3):
            cls._sell({ago: [(cls.soap, 4.0)] for ago in days}, company=cls.shop)

    def _day(self, ago):
        return self.env["ai.sales.extract"]._local_now(self.shop).date() - timedelta(days=ago)

    def _train(self):
        self.runs.with_company(self.shop)._train_now(self.shop, "forecast")
        return self.env["ai.forecast"].search([("company_id", "=", self.shop.id)])

    def test_the_closure_is_found_and_halves_no_forecast(self):
        forecast = self._train()
        closure = self.closures.search([("company_id", "=", self.shop.id)])
        self.assertEqual(
            (closure.date_from, closure.date_to, closure.days, closure.is_found),
            (self._day(34), self._day(10), 25, True),
        )
        self.assertAlmostEqual(forecast.total_30, 360, delta=18)
        self.assertEqual((forecast.trend, forecast.days_out), ("stable", 25))

    def test_a_manager_overrules_it_and_the_next_training_respects_that(self):
        self._train()
        closure = self.closures.search([("company_id", "=", self.shop.id)])
        closure.is_counted = True
        forecast = self._train()
        self.assertEqual(self.closures.search([("company_id", "=", self.shop.id)]), closure)
        self.assertLess(forecast.total_30, 340)
        self.assertEqual(forecast.days_out, 0)

    def test_a_closure_that_is_no_more_leaves_and_those_of_managers_stay(self):
        own = self.closures.create(
            {
                "company_id": self.shop.id,
                "date_from": self._day(60),
                "date_to": self._day(58),
            }
        )
        self._train()
        for _turn in range(3):
            self._sell({ago: [(self.soap, 4.0)] for ago in range(10, 35)}, company=self.shop)
        self._train()
        self.assertEqual(self.closures.search([("company_id", "=", self.shop.id)]), own)

    def test_other_companies_are_not_closed_with_it(self):
        self._train()
        (closure,) = self.closures.search([("company_id", "=", self.shop.id)])
        days = np.arange(str(closure.date_from), str(self._day(0)), dtype="datetime64[D]")
        self.assertEqual(self.closures._closed(self.shop, days).sum(), 25)
        self.assertFalse(self.closures._closed(self.company, days).any())

    def test_a_closure_that_ends_before_it_begins_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "before it begins"):
            self.closures.create({"date_from": self._day(1), "date_to": self._day(5)})

    def test_a_manager_says_of_a_found_closure_only_whether_it_counts(self):
        self._train()
        closure = self.closures.search([("company_id", "=", self.shop.id)])
        self.manager.company_ids += self.shop
        mine = closure.with_user(self.manager).with_company(self.shop)
        mine.is_counted = True
        for vals in ({"date_to": self._day(9)}, {"is_found": False}):
            with self.assertRaisesRegex(AccessError, "count"):
                mine.write(vals)
        with self.assertRaises(AccessError):
            mine.create({"date_from": self._day(3), "date_to": self._day(2), "is_found": True})

    def test_salespeople_do_not_see_closures(self):
        with self.assertRaises(AccessError):
            self.closures.with_user(self.salesperson).search([])
