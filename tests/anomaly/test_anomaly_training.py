"""From orders to anomalies: what is found, what stays, what training leaves to people."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..core.sales_common import SalesCommon


class AnomalyTrainingCommon(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anomalies = cls.env["ai.anomaly"]
        cls.today = cls.env["ai.sales.extract"]._local_now(cls.company).date()

    @classmethod
    def _history(cls, days=120, soap=None, company=None):
        """Soap sells 12 a day but for the days of ``soap``, cups 8 or so."""
        soap = soap or {}
        sales = {}
        for ago in range(1, days + 1):
            lines = [(cls.cups, 7.0 + ago % 3)]
            if soap.get(ago, 12.0):
                lines.append((cls.soap, soap.get(ago, 12.0)))
            sales[ago] = lines
        return cls._sell(sales, company)

    @classmethod
    def _search_anomalies(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "anomalies")

    def _found(self, product, **values):
        domain = [("product_id", "=", product.id), *((k, "=", v) for k, v in values.items())]
        return self.anomalies.with_context(active_test=False).search(domain)


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


@tagged("post_install", "-at_install")
class TestAnomalyDamping(AnomalyTrainingCommon):
    """A spike that nobody has decided on teaches what was usual at most."""

    def _train(self, kind="forecast"):
        self.runs._train_now(self.company, kind)

    def _total(self):
        return (
            self.env["ai.forecast"]
            .search([("product_id", "=", self.soap.id), ("company_id", "=", self.company.id)])
            .total_30
        )

    def _spike(self):
        return self._found(self.soap, type="spike")

    def test_anomalies_are_searched_before_anything_learns_demand(self):
        kinds = self.runs._kinds()
        first = kinds.index("anomalies")
        for kind in {"forecast", "replenishment", "classes"} & set(kinds):
            self.assertLess(first, kinds.index(kind))

    def test_a_typing_error_of_yesterday_does_not_lift_the_first_forecast(self):
        self._history(soap={1: 1e6})
        for kind in self.runs._kinds():
            if kind in ("anomalies", "forecast"):
                self._train(kind)
        self.assertEqual((self._spike().severity, self._spike().is_damped), ("high", True))
        self.assertLess(self._spike().most_expected, 40)
        self.assertAlmostEqual(self._total(), 360, delta=60)

    def test_a_young_product_and_the_design_s_z_score_are_protected_too(self):
        for method, days in (("auto", 25), ("zscore", 120)):
            with self.subTest(method=method):
                self.company.ai_anomaly_method = method
                self.env["sale.order"].search(
                    [("company_id", "=", self.company.id)]
                ).state = "cancel"
                self._history(days=days, soap={1: 1e6})
                self._train("anomalies")
                self._train()
                self.assertTrue(self._spike().is_damped)
                self.assertLess(self._total(), 720)

    def test_what_somebody_confirms_counts_again(self):
        self._history(soap={5: 900.0})
        self._train("anomalies")
        self._train()
        damped = self._total()
        self._spike().action_confirm()
        self.assertFalse(self._spike().is_damped)
        self._train()
        self.assertGreater(self._total(), damped)
        self._spike().action_reopen()
        self._train()
        self.assertAlmostEqual(self._total(), damped)

    def test_a_corrected_order_counts_at_once(self):
        orders = self._history(soap={1: 1e6})
        self._train("anomalies")
        line = orders.order_line.filtered(lambda line: line.product_uom_qty == 1e6)
        line.product_uom_qty = 12
        panel = self.env["ai.demand.history"]._demand_panel(
            self.company,
            self.today - timedelta(days=60),
            self.today - timedelta(days=1),
            {self.soap.id: self.today - timedelta(days=120)},
        )
        self.assertEqual(panel.quantity[0, -1], 12)

    def test_another_company_is_not_damped(self):
        other = self._create_company("Kivu Test")
        self.env.user.company_ids |= other
        self._history(soap={1: 1e6})
        self._train("anomalies")
        self.assertEqual(len(self.anomalies._ceilings(self.company)), 1)
        self.assertFalse(self.anomalies._ceilings(other))


@tagged("post_install", "-at_install")
class TestAnomalyLastingChange(AnomalyTrainingCommon):
    """A lasting change is one row until somebody decides or sales come back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls._history(days=200, soap=cls._collapse(56))
        cls._search_anomalies()

    @classmethod
    def _collapse(cls, days, until=0):
        return dict.fromkeys(range(until + 1, days + 1), 2.0)

    def test_a_collapse_is_one_anomaly_with_a_beginning(self):
        change = self._found(self.soap)
        self.assertEqual((change.type, change.method, change.severity), ("drop", "level", "high"))
        self.assertEqual(change.date, self.today - timedelta(days=56))
        self.assertEqual(change.date_end, self.today - timedelta(days=1))
        self.assertAlmostEqual(change.expected, 56 * 12, delta=20)
        self.assertIn("It has lasted since then", change.where_text)
        self.assertFalse(change.is_damped)
        self.assertFalse(self.anomalies._ceilings(self.company))

    def test_it_stays_while_it_lasts_and_is_the_same_row(self):
        change = self._found(self.soap)
        run = self._search_anomalies()
        self.assertEqual(self._found(self.soap), change)
        self.assertEqual((change.active, change.run_id), (True, run))
        self.assertEqual(run._result().new_count, 0)

    def test_it_stays_after_it_has_left_the_searched_days(self):
        change = self._found(self.soap)
        self.company.ai_anomaly_days = 30
        self._search_anomalies()
        self.assertEqual((self._found(self.soap), change.active), (change, True))

    def test_it_stays_when_the_days_before_it_are_no_longer_read(self):
        change = self._found(self.soap)
        self.company.ai_anomaly_window = 60
        self._search_anomalies()
        self.assertTrue(change.active)

    def test_an_old_change_is_no_news(self):
        self._found(self.soap).unlink()
        self.company.ai_anomaly_days = 30
        self._search_anomalies()
        self.assertFalse(self._found(self.soap))

    def test_it_ends_where_sales_come_back(self):
        change = self._found(self.soap)
        lines = self.orders.order_line.filtered(lambda line: line.product_uom_qty == 2)
        for line in lines.sorted(lambda line: line.order_id.date_order)[-14:]:
            line.product_uom_qty = 12
        self._search_anomalies()
        self.assertEqual(self._found(self.soap), change)
        self.assertEqual((change.active, change.date_end), (True, self.today - timedelta(days=15)))

    def test_what_somebody_has_decided_on_is_the_new_level(self):
        change = self._found(self.soap)
        change.action_ignore()
        accepted = self.anomalies._accepted_levels(self.company)
        self.assertEqual(str(accepted["product", self.soap.id]), str(change.date))
        self._search_anomalies()
        self.assertEqual((self._found(self.soap), change.state), (change, "ignored"))
        line = self.orders.order_line.filtered(lambda line: line.product_uom_qty == 2)[:1]
        line.product_uom_qty = 40
        self._search_anomalies()
        spike = self._found(self.soap, type="spike")
        self.assertAlmostEqual(spike.expected, 2, delta=0.5)
