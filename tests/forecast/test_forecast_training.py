"""Training of forecasts: what is stored, in turns, and what happens when it goes wrong."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.forecast import ai_training_run
from .common import ForecastCommon


@tagged("post_install", "-at_install")
class TestForecastTraining(ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._steady_sales()
        cls.training = cls._train_forecast()

    def test_each_product_that_sells_gets_a_row(self):
        run = self.training
        states = {row.product_id: row.state for row in self.forecasts.search([])}
        self.assertEqual(
            states,
            {
                self.bottle: "ok",
                self.cups: "ok",
                self.soap: "ok",
                self.filter: "not_enough_history",
            },
        )
        result = run._result()
        self.assertEqual(
            (run.state, result.forecast_count, result.no_forecast_count), ("done", 3, 1)
        )
        self.assertIn("3 products forecast", run.message_ids[:1].body)
        self.assertGreater(result.wape, 0)
        self.assertGreater(result.mase, 0)

    def test_the_figures_make_sense(self):
        soap = self._forecast(self.soap)
        # Twelve a day but on Sundays: 72 a week.
        self.assertAlmostEqual(soap.total_7, 72.0, delta=4)
        self.assertLessEqual(soap.total_30_low, soap.total_30)
        self.assertGreaterEqual(soap.total_30_high, soap.total_30)
        self.assertGreater(soap.total_90, soap.total_30)
        self.assertEqual(soap.trend, "stable")
        self.assertEqual(self._forecast(self.bottle).trend, "up")
        self.assertEqual(self._forecast(self.cups).trend, "down")
        self.assertGreater(soap.confidence, 0.8)
        self.assertEqual(soap.method, "combination")
        self.assertAlmostEqual(sum(soap.weights.values()), 1.0, places=2)
        self.assertTrue(soap.method_text)
        none = self._forecast(self.filter)
        self.assertEqual((none.total_30, none.method, none.method_text), (0.0, False, ""))

    def test_sundays_rest_in_the_chart_too(self):
        chart = self._forecast(self.soap).chart
        start = self._forecast(self.soap).date_start
        sundays = [
            value for day, value in enumerate(chart["daily"]) if (start.weekday() + day) % 7 == 6
        ]
        self.assertEqual(len(chart["daily"]), 90)
        self.assertLess(max(sundays), 3)
        self.assertGreater(max(chart["daily"]), 10)
        self.assertEqual(len(chart["history"]), 120)

    def test_the_chart_has_days_weeks_and_months_with_two_ranges(self):
        soap = self._forecast(self.soap)
        steps = soap.chart["steps"]
        self.assertEqual(
            {name: step["days"] for name, step in steps.items()}, {"day": 1, "week": 7, "month": 30}
        )
        week, month = steps["week"], steps["month"]
        self.assertEqual((len(week["sold"]), len(week["forecast"])), (17, 12))
        self.assertEqual((len(month["sold"]), len(month["forecast"])), (4, 3))
        self.assertAlmostEqual(week["high"][0], soap.total_7_high, delta=0.1)
        self.assertAlmostEqual(month["low_80"][0], soap.total_30_low_80, delta=0.1)
        for step in steps.values():
            ends = zip(
                step["low"],
                step["low_80"],
                step["forecast"],
                step["high_80"],
                step["high"],
                strict=True,
            )
            for values in ends:
                self.assertEqual(sorted(values), list(values))
        self.assertEqual(soap.chart["step"], "day")

    def test_slow_products_are_shown_by_week(self):
        self._sell({ago: [(self.fountain, 1.0)] for ago in range(3, 120, 9)})
        self._train_forecast()
        self.assertEqual(self._forecast(self.fountain).chart["step"], "week")

    def test_a_second_training_replaces_the_first(self):
        first = self.training
        before = self.forecasts.search([])
        second = self._train_forecast()
        after = self.forecasts.with_context(active_test=False).search([])
        self.assertFalse(before & after)
        self.assertEqual(after.run_id, second)
        self.assertFalse(first.forecast_ids)

    def test_a_long_training_works_in_turns_and_shows_the_old_rows_meanwhile(self):
        old = self.training
        run = self.runs._enqueue(self.company, "forecast")
        module = ai_training_run
        with patch.object(module, "PORTION", 1), patch.object(module, "TURN_SECONDS", 0):
            turns = 0
            while run.state != "done":
                self.runs._cron_process_queue()
                turns += 1
                self.assertIn(run.state, ("pending", "done"))
                if run.state == "pending":
                    self.assertEqual(self.forecasts.search([]).run_id, old)
                    self.assertEqual(run.attempt, 0)
        # Four portions, and one turn that finds nothing left.
        self.assertEqual(turns, 5)
        self.assertEqual(self.forecasts.search([]).run_id, run)
        self.assertEqual(self.forecasts.with_context(active_test=False).search_count([]), 4)

    def test_turns_give_the_same_numbers_as_one(self):
        whole = {row.product_id: row.total_30 for row in self.forecasts.search([])}
        with (
            patch.object(ai_training_run, "PORTION", 1),
            patch.object(ai_training_run, "TURN_SECONDS", 0),
        ):
            self._train_forecast()
        parts = {row.product_id: row.total_30 for row in self.forecasts.search([])}
        self.assertEqual(whole.keys(), parts.keys())
        # Sums of matrices differ in the last bit by their shape.
        for product, total in whole.items():
            self.assertAlmostEqual(parts[product], total, places=6)

    def test_a_killed_turn_goes_on_at_its_cursor(self):
        run = self.runs._enqueue(self.company, "forecast")
        module = ai_training_run
        with patch.object(module, "PORTION", 1), patch.object(module, "TURN_SECONDS", 0):
            self.runs._cron_process_queue()
            cursor = run.cursor
            self.assertTrue(cursor)
            # What a killed worker leaves behind.
            run.write({"state": "running", "attempt": 1})
            learn = type(self.runs)._learn_catalogue
            with patch.object(type(self.runs), "_learn_catalogue", side_effect=learn) as learned:
                self.runs._cron_process_queue()
        self.assertFalse(learned.called)
        self.assertGreater(run.cursor, cursor)

    def test_a_failed_training_leaves_the_old_rows_and_its_own_are_swept_up(self):
        old = self.training
        run = self.runs._enqueue(self.company, "forecast")
        module = ai_training_run
        with patch.object(module, "PORTION", 1), patch.object(module, "TURN_SECONDS", 0):
            self.runs._cron_process_queue()
            with (
                mute_logger("odoo.addons.smart_recommender.models.core.ai_training_run_queue"),
                patch.object(
                    type(self.runs), "_forecast_part", side_effect=ZeroDivisionError("boom")
                ),
            ):
                self.runs._cron_process_queue()
        self.assertEqual(run.state, "failed")
        self.assertIn("boom", run.error)
        self.assertEqual(self.forecasts.search([]).run_id, old)
        self._train_forecast()
        self.assertFalse(
            self.forecasts.with_context(active_test=False).search([("active", "=", False)])
        )

    def test_a_company_without_sales_is_told_what_is_missing(self):
        other = self._create_company("Vide")
        with self.assertRaisesRegex(UserError, "Vide has sold nothing"):
            self._train_forecast(other)

    def test_other_companies_and_currencies_have_their_own_forecasts(self):
        other = self._create_company("Autre", currency_id=self.env.ref("base.CDF").id)
        self._sell({ago: [(self.soap, 100.0)] for ago in range(1, 40)}, company=other)
        self._train_forecast(other)
        mine, theirs = (self._forecast(self.soap, company) for company in (self.company, other))
        self.assertAlmostEqual(theirs.total_7, 700, delta=20)
        self.assertAlmostEqual(mine.total_7, 72, delta=4)

    def test_discontinued_products_have_a_state_and_no_number(self):
        self._sell({ago: [(self.fountain, 5.0)] for ago in range(100, 130)})
        self._train_forecast()
        row = self._forecast(self.fountain)
        self.assertEqual((row.state, row.total_90), ("discontinued", 0.0))
        self.company.ai_discontinued_days = 120
        self._train_forecast()
        self.assertEqual(self._forecast(self.fountain).state, "ok")

    def test_refunds_without_a_sale_have_a_state(self):
        self._sell({1200: [(self.fountain, 5.0)], 5: [(self.fountain, -5.0)]})
        self._train_forecast()
        self.assertEqual(self._forecast(self.fountain).state, "only_refunds")

    def test_archived_products_leave_with_the_next_training(self):
        self.soap.active = False
        self._train_forecast()
        self.assertFalse(self._forecast(self.soap))

    def test_one_absurd_order_moves_no_other_forecast(self):
        before = self._forecast(self.soap).total_30
        self._sell({3: [(self.cups, 1e9)]})
        self._train_forecast()
        self.assertAlmostEqual(self._forecast(self.soap).total_30, before, delta=0.15 * before)

    def test_a_method_that_fails_is_told_on_the_forecast(self):
        from ...algorithms.forecast import methods

        with patch.dict(methods.SEASONAL, {"tsb": lambda *_args: 1 / 0}):
            run = self._train_forecast()
        self.assertIn("tsb", self._forecast(self.soap).reason)
        self.assertEqual(self._forecast(self.soap).state, "ok")
        self.assertEqual(run._result().fallback_count, 3)
        self.assertNotIn("tsb", self._forecast(self.soap).weights)

    @mute_logger("odoo.addons.smart_recommender.models.core.ai_training_run_queue")
    def test_a_quantity_that_is_no_number_is_named_with_its_product_and_day(self):
        order = self._sell({4: [(self.soap, 1.0)]})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET product_uom_qty = 'NaN' WHERE order_id = %s", [order.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(
            UserError, r"Savon has an order line on \d{4}-\d\d-\d\d whose quantity"
        ):
            self._train_forecast()

    # The fitted model

    def _half_done(self):
        run = self.runs._enqueue(self.company, "forecast")
        module = ai_training_run
        with patch.object(module, "PORTION", 1), patch.object(module, "TURN_SECONDS", 0):
            self.runs._cron_process_queue()
        return run

    def test_the_fitted_model_is_kept_signed_and_one_a_company(self):
        run = self._train_forecast()
        store = self.env["ai.model.store"]
        self.assertEqual(len(store._attachments(self.company, "forecast")), 1)
        # Days before the first sale of all are no history.
        self.assertEqual(store._load(run).length, 120)

    def test_a_changed_file_is_not_loaded_but_learned_again(self):
        run = self._half_done()
        store = self.env["ai.model.store"]
        attachment = store._attachments(self.company, "forecast")
        attachment.raw = attachment.raw[:-1] + b"x"
        self.assertIsNone(store._load(run))
        while run.state != "done":
            self.runs._cron_process_queue()
        self.assertEqual(self.forecasts.search_count([]), 4)

    def test_other_library_versions_learn_again(self):
        run = self._half_done()
        store = self.env["ai.model.store"]
        with patch.object(type(store), "_versions", lambda _self: {"numpy": "0"}):
            self.assertIsNone(store._load(run))

    def test_another_version_of_the_addon_learns_again(self):
        run = self._half_done()
        store = self.env["ai.model.store"]
        addon = self.env["ir.module.module"].search([("name", "=", "smart_recommender")])
        addon.latest_version = "0"
        self.assertIsNone(store._load(run))
