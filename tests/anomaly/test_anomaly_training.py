"""From orders to anomalies: what is found, what stays, what training leaves to people."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .training_common import AnomalyTrainingCommon


@tagged("post_install", "-at_install")
class TestAnomalySpike(AnomalyTrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls._history(soap={5: 90.0})
        cls.training = cls._search_anomalies()

    def test_a_spike_is_found_on_its_day(self):
        spike = self._found(self.soap)
        self.assertEqual((spike.type, spike.step, spike.state), ("spike", "day", "new"))
        self.assertEqual(spike.date, self.today - timedelta(days=5))
        self.assertEqual(spike.quantity, 90)
        self.assertAlmostEqual(spike.expected, 12, delta=1)
        self.assertEqual((spike.severity, spike.run_id), ("high", self.training))
        self.assertEqual(spike.measure, "quantity")
        self.assertEqual(spike.chart["actual"][spike.chart["from"]], 90)
        self.assertFalse(self._found(self.cups))

    def test_what_is_no_longer_unusual_is_archived_and_comes_back(self):
        spike = self._found(self.soap)
        line = self.orders.order_line.filtered(lambda line: line.product_uom_qty == 90)
        line.product_uom_qty = 12
        self._search_anomalies()
        self.assertFalse(spike.active)
        line.product_uom_qty = 95
        self._search_anomalies()
        self.assertEqual((spike.active, spike.quantity), (True, 95))
        self.assertEqual(self._found(self.soap), spike)

    def test_what_was_confirmed_stays_when_it_is_no_longer_found(self):
        spike = self._found(self.soap)
        spike.action_confirm()
        self.orders.order_line.filtered(
            lambda line: line.product_uom_qty == 90
        ).product_uom_qty = 12
        self._search_anomalies()
        self.assertEqual((spike.active, spike.quantity), (True, 90))

    def test_the_run_tells_what_it_did(self):
        run = self.training
        self.assertIn("1 anomalies in the last 90 days, 1 of them new", run._result_message())
        action = run.with_user(self.manager).action_open_anomalies()
        self.assertEqual(action["domain"], [("run_id", "=", run.id)])
        self.assertEqual(fields.Date.to_string(run.date_to), str(self.today - timedelta(days=1)))


@tagged("post_install", "-at_install")
class TestAnomalyTraining(AnomalyTrainingCommon):
    def test_a_drop_is_seen_over_several_days(self):
        self._history(soap=dict.fromkeys(range(3, 9), 0.0))
        self._search_anomalies()
        drop = self._found(self.soap)
        self.assertEqual((drop.type, drop.quantity), ("drop", 0))
        self.assertEqual(drop.date, self.today - timedelta(days=8))
        self.assertEqual(drop.date_end, self.today - timedelta(days=3))

    def test_a_slow_seller_does_not_alarm_on_one_sale(self):
        self._history()
        self._sell({20: [(self.fountain, 1.0)], 4: [(self.fountain, 2.0)]})
        self._search_anomalies()
        self.assertFalse(self._found(self.fountain))

    def test_the_design_s_z_score_is_a_choice(self):
        self.company.ai_anomaly_method = "zscore"
        self._history()
        self._sell({110: [(self.fountain, 1.0)], 4: [(self.fountain, 1.0)]})
        self._search_anomalies()
        found = self._found(self.fountain)
        self.assertEqual(found.mapped("method"), ["zscore"])
        self.assertGreater(found.z_score, 3)

    def test_a_young_product_is_compared_with_its_last_days(self):
        self._history()
        self._sell(
            {ago: [(self.filter, 40.0 if ago == 3 else 6.0 + ago % 2)] for ago in range(1, 31)}
        )
        self._search_anomalies()
        spike = self._found(self.filter)
        self.assertEqual((spike.method, spike.date), ("recent", self.today - timedelta(days=3)))

    def test_retraining_keeps_rows_and_does_not_reopen_what_was_ignored(self):
        self._history(soap={5: 90.0, 20: 80.0})
        self._search_anomalies()
        first, second = self._found(self.soap).sorted("date")
        first.action_ignore()
        run = self._search_anomalies()
        self.assertEqual(self._found(self.soap).sorted("date"), first | second)
        self.assertEqual((first.state, second.state), ("ignored", "new"))
        result = run._result()
        self.assertEqual((result.anomaly_count, result.new_count), (2, 0))

    def _forecast_of_soap(self):
        self.runs._train_now(self.company, "forecast")
        return self.env["ai.forecast"].search(
            [("product_id", "=", self.soap.id), ("company_id", "=", self.company.id)]
        )

    def test_an_explained_day_teaches_nothing_where_the_user_says_so(self):
        self._history(soap={5: 900.0})
        with_spike = self._forecast_of_soap().total_30
        self._search_anomalies()
        spike = self._found(self.soap)
        wizard = self.env["ai.anomaly.explain"].create(
            {
                "anomaly_ids": [(6, 0, spike.ids)],
                "reason": "promotion",
                "exclude_from_training": True,
            }
        )
        wizard.action_apply()
        without = self._forecast_of_soap()
        self.assertLess(without.total_30, with_spike)
        self.assertAlmostEqual(without.total_30, 360, delta=20)
        self._search_anomalies()
        self.assertEqual(self._found(self.soap), spike)
        self.assertTrue(spike.active)

    def test_slow_sellers_are_watched_together(self):
        category = self.env["product.category"].create({"name": "Pièces"})
        parts = self._create_products("Pièce", 12, categ_id=category.id)
        sales = {ago: [(parts[ago % 12], 1.0)] for ago in range(1, 121)}
        sales[4] = [(part, 1.0) for part in parts]
        self._sell(sales)
        self._search_anomalies()
        found = self.anomalies.search([("categ_id", "=", category.id)])
        self.assertEqual(
            (found.level, found.type, found.measure), ("slow_category", "spike", "revenue")
        )
        self.assertEqual(found.quantity, 120)

    def test_other_levels_are_a_choice(self):
        self.company.write(
            {
                "ai_anomaly_customers": True,
                "ai_anomaly_salespeople": True,
                "ai_anomaly_categories": True,
            }
        )
        self._history(soap={5: 600.0})
        self._search_anomalies()
        found = self.anomalies.search([("company_id", "=", self.company.id)])
        # The company total would be usual without the soap, which is told already.
        self.assertEqual(
            set(found.mapped("level")), {"product", "customer", "salesperson", "category"}
        )
        by_level = {anomaly.level: anomaly for anomaly in found}
        self.assertEqual(by_level["customer"].partner_id, self.partner)
        self.assertEqual(by_level["salesperson"].salesperson_id, self.env.user)
        self.assertEqual(by_level["category"].categ_id, self.soap.categ_id)
        self.company.ai_anomaly_customers = False
        self._search_anomalies()
        self.assertFalse(by_level["customer"].active)
        self.assertTrue(by_level["category"].active)

    def test_a_day_on_which_everything_rests_is_one_anomaly_of_the_company(self):
        products = self._create_products("Article", 10)
        self._sell(
            {
                ago: [
                    (product, 9.0 + (ago + number) % 3) for number, product in enumerate(products)
                ]
                for ago in range(1, 121)
                if ago not in (6, 7, 8)
            }
        )
        run = self._search_anomalies()
        found = self.anomalies.search([("company_id", "=", self.company.id)])
        self.assertEqual(found.mapped("level"), ["company"])
        self.assertEqual((found.type, found.quantity), ("drop", 0))
        self.assertEqual(len(run.metrics["unusual_days"]), 3)

    def test_no_sales_are_a_clear_message(self):
        with self.assertRaisesRegex(UserError, "Atlas Test has sold nothing in the last 365 days"):
            self._search_anomalies()

    def test_few_days_and_constant_sales_say_nothing(self):
        self._sell({ago: [(self.soap, 5.0)] for ago in range(1, 6)})
        self._search_anomalies()
        self.assertFalse(self._found(self.soap))
        self.company.ai_anomaly_method = "zscore"
        self._sell({ago: [(self.cups, 5.0)] for ago in range(1, 100)})
        self._search_anomalies()
        self.assertFalse(self._found(self.cups))

    def test_companies_are_apart(self):
        other = self._create_company("Kivu Test")
        self.env.user.company_ids |= other
        self._history()
        self._history(soap={5: 90.0}, company=other)
        self._search_anomalies()
        self._search_anomalies(other)
        self.assertEqual(self._found(self.soap).company_id, other)

    def test_a_broken_quantity_names_the_product(self):
        orders = self._history(days=60)
        self.env.cr.execute(
            "UPDATE sale_order_line SET product_uom_qty = 'NaN' WHERE id = %s",
            [orders.order_line.filtered(lambda line: line.product_id == self.soap)[:1].id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "Savon"):
            self._search_anomalies()

    def test_the_number_of_statements_does_not_grow_with_the_products(self):
        def statements():
            with self.env.cr.savepoint():
                start = self.env.cr.sql_log_count
                self._search_anomalies()
                return self.env.cr.sql_log_count - start

        self._history()
        few = statements()
        products = self._create_products("Article", 40)
        self._sell({ago: [(product, 3.0) for product in products] for ago in (3, 9, 30, 70)})
        self.assertLessEqual(statements(), few + 2)
