"""An operator works through the next best calls, in a real browser."""

from odoo.tests import tagged

from ..core.tours import TourCase
from .test_call_next import QueueCommon


@tagged("post_install", "-at_install")
class TestCallNextTours(QueueCommon, TourCase):
    def test_an_operator_works_through_the_next_best_calls(self):
        for days_ago in (57, 43, 29, 15):
            self._create_order([(self.bottle, 2.0)], partner=self.hotel, days_ago=days_ago)
        self.runs.with_company(self.company)._train_now(self.company, "customers")
        # Dormant and without a number: counted on the desk, and not in the list.
        self._create_order([self.soap], partner=self.partners[4], days_ago=200)
        self.clients.with_user(self.supervisor)._suspend(self.company, self.many, "Litige")
        self._refresh()
        self.start_tour("/web", "smart_recommender_call_next", login="sr_operator", timeout=120)
        reserved = self.env["ai.call.reservation"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(reserved), 3)
        self.assertEqual(reserved.user_id, self.operator)
        call = self.env["ai.call"].search([("result", "=", "no_answer")])
        self.assertIn(call.partner_id, reserved.partner_id)
