"""The exchange tells of calls and queues with its key, and has the last word."""

import json
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ...controllers.telephony import event as controller
from ...tools.token_bucket import Buckets
from .common import TelephonyCommon
from .test_telephony_running import FUZZED

EVENT = "/smart_recommender/telephony/event"


@tagged("post_install", "-at_install")
class TestTelephonyEvent(TelephonyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls.server.action_new_key()["context"]["default_key"]

    def setUp(self):
        super().setUp()
        buckets = patch.object(controller, "BUCKETS", Buckets())
        buckets.start()
        self.addCleanup(buckets.stop)

    def _post(self, values, key=None):
        headers = {
            "Authorization": f"Bearer {self.key if key is None else key}",
            "Content-Type": "application/json",
        }
        return self.url_open(EVENT, data=json.dumps(values), headers=headers)

    def test_the_exchange_logs_and_corrects(self):
        self._told()
        call = self._logged()
        self.assertEqual((call.user_id, call.partner_id), (self.operator, self.hotel))
        self.assertEqual((call.log_source, call.result, call.duration), ("exchange", "answered", 1))
        self.assertEqual(call.ringing_seconds, 10)
        self._tell("ended", 0, result="missed")
        self.assertEqual((self._logged(), call.result), (call, "answered"))
        self._told(billsec=30)
        self.assertEqual((self._logged(), call.duration), (call, 0.5))

    def test_what_a_browser_told_wrongly_is_corrected(self):
        self._tell("ended", 0, result="missed")
        self.assertTrue(self._callbacks())
        self._told()
        self.assertEqual((self._logged().result, self._logged().is_missed), ("answered", False))
        self.assertFalse(self._callbacks())

    def test_a_call_that_nobody_took_is_called_back_by_who_is_next(self):
        self.presences._enter(self.colleague, self.company, "ready")
        self.presences._enter(self.operator, self.company, "break")
        for _again in range(2):
            # Music answered it.
            self._told(extension="")
        call = self._logged()
        self.assertEqual((call.ending, call.user_id), ("missed", self.colleague))
        self.assertEqual(len(self._callbacks()), 1)
        self.assertEqual(self._callbacks().user_id, self.colleague)
        self.hotel.user_id = self.operator
        self._callbacks().unlink()
        self._told(call_id="call-2", extension="", disposition="NO ANSWER", answered="")
        self.assertEqual(self._callbacks().user_id, self.operator)

    def test_calls_of_other_telephones_are_not_logged(self):
        self.assertFalse(self._told(extension="999"))
        self.assertFalse(self._told(direction="out", extension="999", call_id="call-2"))
        self.assertFalse(self._logged())

    def test_transfers_are_a_chain(self):
        self._told()
        self._told(call_id="call-2", parent_id="call-1", extension="102")
        self.assertEqual(self._logged("call-2").parent_call_id, self._logged())

    def test_fuzzed_events_do_no_harm(self):
        for place, number in enumerate(FUZZED):
            with self.subTest(number=number):
                self._told(call_id=f"fuzz-{place}", caller=number)
                self.assertLessEqual(len(self._logged(f"fuzz-{place}").number), 64)
        for values in (
            {"call_id": ""},
            {"call_id": "x" * 200},
            {"call_id": {}},
            {"direction": "up"},
            {"disposition": "PERHAPS"},
            {"disposition": None},
            {"started": "yesterday"},
            {"ended": [1]},
            {"billsec": "long"},
            {"event": "boom"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self._told(**values)

    def test_callers_wait_in_a_queue(self):
        callers = self.env["ai.queue.caller"]
        for _again in range(2):
            self._told(event="queue_join", queue="sales", at=self._seconds(30))
        (waiting,) = callers._waiting(self.company)
        self.assertEqual((waiting.queue, waiting.partner_id), ("sales", self.hotel))
        self._told(event="queue_leave")
        self.assertFalse(callers._waiting(self.company))
        self.assertFalse(self._logged())

    def test_over_http(self):
        values = {"call_id": "h", "direction": "in", "caller": "0661234567", "extension": "101"}
        answer = self._post({**values, "disposition": "ANSWERED", "billsec": 5})
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json()["call_id"], self._logged("h").id)
        form = {**values, "call_id": "form", "disposition": "BUSY"}
        headers = {"Authorization": f"Bearer {self.key}"}
        self.assertEqual(self.url_open(EVENT, data=form, headers=headers).status_code, 200)
        self.assertTrue(self._logged("form"))
        for wrong in ({}, [1], {**values, "disposition": "x"}):
            self.assertEqual(self._post(wrong).status_code, 400)
        self.assertEqual(
            self.url_open(
                EVENT, data="{", headers={**headers, "Content-Type": "application/json"}
            ).status_code,
            400,
        )
        self.assertEqual(self._post({"call_id": "x" * 20_000}).status_code, 413)

    def test_a_wrong_key_opens_nothing(self):
        for key in ("", "x", self.key[:-1], f"{self.key}x"):
            with self.subTest(key=key):
                answer = self._post({"call_id": "h", "direction": "in"}, key)
                self.assertEqual(answer.status_code, 401)
        self.assertEqual(self.url_open(EVENT, data={"call_id": "h"}).status_code, 401)
        self.server.active = False
        self.assertEqual(self._post({}).status_code, 401)

    def test_guessing_and_flooding_end(self):
        with patch.object(controller, "WRONG_PER_MINUTE", 2):
            codes = [self._post({}, "wrong").status_code for _time in range(3)]
        self.assertEqual(codes, [401, 401, 429])
        with patch.object(controller, "PER_MINUTE", 1):
            codes = [self._post({}).status_code for _time in range(2)]
        self.assertEqual(codes, [400, 429])

    def test_a_key_is_of_its_company(self):
        other = self._create_company("Kivu")
        server = self._create_server(other)
        self._told(server=server, extension="101")
        self.assertFalse(self.env["ai.call"].search([("company_id", "=", other.id)]))
        self.assertFalse(self._logged())
