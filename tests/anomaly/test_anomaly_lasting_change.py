"""Changes that last: one anomaly, from its beginning to a decision."""

from datetime import timedelta

from odoo.tests import tagged

from .training_common import AnomalyTrainingCommon


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
