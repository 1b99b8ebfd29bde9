"""Calls and call-backs in the history of clients."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..client.test_client_event import EventCommon


@tagged("post_install", "-at_install")
class TestCallEvent(EventCommon):
    def test_a_call_is_told_in_the_readers_words(self):
        call = self._create_call(
            self.cook, result="order", direction="in", description="Livrer jeudi", duration=3.0
        )
        event = self._events(kind="call")
        self.assertEqual(event.name, "Incoming · Order Taken · Livrer jeudi")
        self.assertEqual((event.date, event.user_id), (call.start, self.operator))
        self.assertEqual(event.partner_id, self.hotel)
        opened = event.action_open()
        self.assertEqual((opened["res_model"], opened["res_id"]), ("ai.call", call.id))

    def test_a_call_back_was_promised_and_kept(self):
        moment = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        call = self._create_call(callback_at=moment, description="Devis fontaine")
        promised = self._events(kind="callback")
        self.assertEqual((promised.date, promised.name), (moment, "Devis fontaine"))
        self.assertFalse(self._events(kind="callback_done"))
        call.callback_event_id.with_user(self.operator).action_callback_done()
        done = self._events(kind="callback_done")
        self.assertEqual(done.user_id, self.operator)
