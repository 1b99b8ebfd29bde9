"""An operator goes from an alert to its client; a manager lets clients get a mail."""

from odoo.tests import tagged

from ..core.tours import TourCase
from .common import ClientAlertCommon


@tagged("post_install", "-at_install")
class TestAlertTours(ClientAlertCommon, TourCase):
    def _tour(self, action, tour, login):
        self.start_tour(self._page(action, "menu_call_center"), tour, login=login)

    def test_an_operator_goes_from_an_alert_to_its_client(self):
        self._only("unpaid")
        self._invoice(10, days_ago=20)
        self._run()
        self._tour("ai_client_alert_action", "smart_recommender_alert_to_client", "sr_operator")

    def test_a_manager_lets_clients_get_a_mail(self):
        rule = self._rule("overdue")
        self._tour(
            "ai_alert_rule_open_action", "smart_recommender_alert_settings", "sr_call_manager"
        )
        self.assertEqual((rule.threshold, rule.sends_mail), (5, True))
