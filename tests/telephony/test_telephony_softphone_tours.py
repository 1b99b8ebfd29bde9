"""The telephone in a real browser on a real exchange; sound is measured by its tone."""

import base64
import io

from odoo.tests import tagged

from .exchange import prominence_of, wait_until
from .softphone_common import OPERATORS_TONE, SoftphoneTours

CLIENTS_TONE = 440


@tagged("post_install", "-at_install")
class TestSoftphoneTours(SoftphoneTours):
    def test_a_client_calls_is_heard_and_agrees_to_be_recorded(self):
        self._tour("softphone_incoming", self._client_calls(tone=CLIENTS_TONE), timeout=240)
        self.assertGreater(self.exchange.share_of(OPERATORS_TONE), 0.5)
        call = self._logged()
        self.assertEqual((call.direction, call.number), ("in", "0661234567"))
        self.assertEqual((call.partner_id, call.user_id), (self.hotel, self.operator))
        self.assertTrue(call.answered_at)
        self.assertGreater(call.duration, 0)
        self.assertEqual((call.consent, call.log_source), ("given", "exchange"))
        self.assertTrue(call.has_recording)
        sound = base64.b64decode(call.sudo().recording)
        for tone in (CLIENTS_TONE, OPERATORS_TONE):
            self.assertGreater(prominence_of(io.BytesIO(sound), tone), 10)

    def test_calls_to_others_and_what_is_done_with_them(self):
        self._tour("softphone_outgoing", timeout=300)
        self.assertEqual(self.exchange.variable("PRESSED"), "1234")
        calls = self._logged()
        self.assertEqual(
            calls.mapped("ending"),
            ["answered", "answered", "busy", "no_answer", "cancelled", "answered", "answered"],
        )
        # The exchange may never have heard of the one that was cancelled at once.
        heard = calls.filtered(lambda call: call.ending != "cancelled")
        self.assertEqual(set(heard.mapped("log_source")), {"exchange"})
        self.assertFalse(any(calls.mapped("has_recording")))

    def test_a_client_waits_in_the_queue(self):
        callers = self.env["ai.queue.caller"]
        self.server.after_call_seconds = 600

        def call():
            self.exchange.wait_registered("101")
            self.exchange.ring("600", "0661234567")

        self._tour("softphone_queue", call, timeout=240)
        logged = self._logged()
        self.assertEqual((logged.user_id, logged.ending), (self.operator, "answered"))
        caller = callers.search([("exchange_call_id", "=", logged.exchange_call_id)])
        self.assertEqual((caller.queue, caller.partner_id), ("support", self.hotel))
        self.assertLessEqual(caller.left_at, logged.ended_at)
        states = self.env["ai.operator.presence"].search([("user_id", "=", self.operator.id)])
        self.assertEqual(
            states.sorted("id").mapped("state"), ["ready", "busy", "after_call", "ready", "break"]
        )
        wait_until(
            lambda: "paused" in self.exchange.console("queue show support"), "a break in the queue"
        )

    def test_a_client_is_handed_on(self):
        self._tour("softphone_transfers", self._client_calls(tone=CLIENTS_TONE), timeout=300)

    def test_callers_choose_their_names_and_give_up(self):
        name = "<script>document.body.dataset.harmed='yes'</script>" + "é" * 200

        def call():
            self._client_calls("+" + "9" * 200, name=name)()
            wait_until(lambda: self.told.requests, "the end of the first call")
            self.exchange.ring("101", "0661234567")
            self.exchange.wait_ringing()
            self.exchange.hang_up_all()

        self._tour("softphone_odd_caller", call, timeout=240)
        missed = self._logged()[-1:]
        self.assertEqual((missed.ending, missed.is_missed), ("missed", True))
        self.assertEqual(missed.missed_activity_id.user_id, self.operator)
