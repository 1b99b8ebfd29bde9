"""Calls that survive reload, back, other screens and a new client; call-backs; statistics."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..client.common import CallCenterCommon
from ..core.tours import OnAPhone, TourCase


class CallTours(CallCenterCommon, TourCase):
    def _page(self, action, menu="menu_call_center"):
        return super()._page(action, menu)


@tagged("post_install", "-at_install")
class TestRunningCallTours(CallTours):
    def _called(self, number, tour):
        address = f"/smart_recommender/call?number={number}"
        # Each reload takes its time.
        self.start_tour(address, tour, login="sr_operator", timeout=180)

    def test_a_call_survives_a_reload_and_other_screens(self):
        self._called("0661234567", "smart_recommender_call_survives")
        call = self.calls.search([("partner_id", "=", self.hotel.id)])
        self.assertEqual((call.direction, call.number), ("in", "+212661234567"))

    def test_a_call_survives_the_browsers_back(self):
        self._called("0661234567", "smart_recommender_call_back_button")
        self.assertFalse(self.calls.search([("partner_id", "=", self.hotel.id)]))

    def test_an_unknown_caller_becomes_a_client_during_the_call(self):
        self._called("0700112233", "smart_recommender_unknown_caller")
        partner = self.env["res.partner"].search([("name", "=", "Nouveau Client")])
        self.assertEqual(partner.phone_e164, "+212700112233")
        call = self.calls.search([("partner_id", "=", partner.id)])
        self.assertEqual((call.direction, call.user_id), ("in", self.operator))
        self.assertGreater(call.duration, 0)

    def test_an_operator_calls_back_from_the_list(self):
        self._plan_callback()
        self.start_tour(
            self._page("ai_callback_action"), "smart_recommender_callback", login="sr_operator"
        )

    def _plan_callback(self):
        self._create_call(callback_at=fields.Datetime.now() + timedelta(hours=1))

    def test_an_empty_call_is_refused_in_the_form(self):
        self.start_tour(
            self._page("ai_call_action"), "smart_recommender_empty_call", login="sr_operator"
        )


@tagged("post_install", "-at_install")
class TestCallsOnAPhone(OnAPhone, CallTours):
    def test_an_operator_calls_back_from_a_card(self):
        self._create_call(callback_at=fields.Datetime.now() + timedelta(hours=1))
        self.start_tour(
            self._page("ai_callback_action"),
            "smart_recommender_callback_on_a_phone",
            login="sr_operator",
        )

    def test_a_card_of_the_directory_opens_the_sheet(self):
        self.start_tour(
            self._page("client_directory_action"),
            "smart_recommender_directory_on_a_phone",
            login="sr_operator",
        )
