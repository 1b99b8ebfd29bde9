"""Alerts: once for each anomaly, to who subscribed."""

from datetime import timedelta

from odoo.tests import tagged

from .common import AnomalyCommon


@tagged("post_install", "-at_install")
class TestAnomalyAlert(AnomalyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alerts = cls.env["ai.anomaly.alert"]
        cls.manager.ai_anomaly_alerts = True
        cls.today = cls.env["ai.sales.extract"]._local_now(cls.company).date()
        cls.severe = cls._recent(1, "high")
        cls.mild = cls._recent(2, "medium")

    @classmethod
    def _recent(cls, ago, severity):
        return cls._anomaly(date=cls.today - timedelta(days=ago), severity=severity)

    def test_severe_ones_are_told_at_once_and_the_others_in_the_morning(self):
        at_once = self.alerts._tell_high(self.company)
        self.assertEqual((at_once.anomaly_ids, at_once.user_id), (self.severe, self.manager))
        self.assertIn("1 severe anomalies", at_once.activity_ids.summary)
        self.assertIn("Savon", at_once.activity_ids.note)
        digest = self.alerts._digest(self.company)
        self.assertEqual(digest.anomaly_ids, self.mild)

    def test_nothing_is_told_twice(self):
        self.alerts._digest(self.company)
        self.assertFalse(self.alerts._digest(self.company))
        self.assertFalse(self.alerts._tell_high(self.company))
        new = self._recent(3, "high")
        self.assertEqual(self.alerts._digest(self.company).anomaly_ids, new)

    def test_each_subscriber_is_told_once(self):
        self.alerts._digest(self.company)
        other = self._create_user("sr_other", "sales_team.group_sale_salesman_all_leads")
        other.with_user(other).ai_anomaly_alerts = True
        digest = self.alerts._digest(self.company)
        self.assertEqual((digest.user_id, digest.anomaly_ids), (other, self.severe | self.mild))

    def test_what_is_decided_or_old_is_not_told(self):
        self.severe.action_ignore()
        self._recent(30, "high")
        self.assertEqual(self.alerts._digest(self.company).anomaly_ids, self.mild)

    def test_who_did_not_subscribe_or_may_not_see_them_is_not_told(self):
        self.manager.ai_anomaly_alerts = False
        self.salesperson.ai_anomaly_alerts = True
        self.assertFalse(self.alerts._digest(self.company))

    def test_another_company_s_anomalies_are_not_told(self):
        other = self._create_company("Kivu Test")
        self.assertFalse(self.alerts._digest(other))
        self.alerts._cron_digest()
        self.assertFalse(self.alerts.search([("company_id", "=", other.id)]))
        self.assertTrue(self.alerts.search([("company_id", "=", self.company.id)]))

    def test_a_manager_subscribes_with_one_click(self):
        self.manager.ai_anomaly_alerts = False
        anomalies = self.env["ai.anomaly"].with_user(self.manager)
        anomalies.action_subscribe()
        self.assertTrue(self.manager.ai_anomaly_alerts)
        message = anomalies.action_subscribe()["params"]["message"]
        self.assertIn("no longer", message)
        self.assertFalse(self.manager.ai_anomaly_alerts)

    def test_it_is_written_in_the_users_language(self):
        self._activate_french()
        self.manager.lang = "fr_FR"
        digest = self.alerts._digest(self.company)
        self.assertIn("nouvelles anomalies", digest.activity_ids.summary)

    def test_the_alert_opens_its_anomalies(self):
        digest = self.alerts._digest(self.company).with_user(self.manager)
        action = digest.action_open_anomalies()
        self.assertEqual(action["domain"], [("id", "in", digest.anomaly_ids.ids)])
