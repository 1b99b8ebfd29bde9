"""A complaint taken while the client speaks, one that is solved, one that is escalated."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..core.tours import TourCase
from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintTours(ComplaintCommon, TourCase):
    def _tour(self, name):
        url = self._page("ai_complaint_action", "menu_call_center")
        self.start_tour(url, name, login="sr_operator", timeout=180)

    def test_a_complaint_in_a_call_takes_two_clicks(self):
        order = self._create_order([self.bottle], partner=self.hotel)
        self.start_tour(
            "/smart_recommender/call?number=0661234567",
            "smart_recommender_complaint_in_a_call",
            login="sr_operator",
            timeout=180,
        )
        complaint = self.complaints.search([("commercial_partner_id", "=", self.hotel.id)])
        self.assertEqual((complaint.motive_id, complaint.order_id), (self.late, order))
        self.assertEqual(complaint.call_id.partner_id, self.hotel)

    def test_a_late_complaint_is_solved(self):
        self._complain(resolution="Fait")
        self._complain(resolution="Fait")
        (self.complaints.search([("state", "=", "new")])).action_solve()
        complaint = self._complain()
        complaint.sudo().deadline = fields.Datetime.now() - timedelta(hours=1)
        self._tour("smart_recommender_complaint_solved")
        self.assertEqual(complaint.state, "solved")

    def test_a_complaint_is_escalated_with_a_reason(self):
        complaint = self._complain()
        self._tour("smart_recommender_complaint_escalated")
        self.assertEqual(complaint.responsible_id, self.supervisor)
