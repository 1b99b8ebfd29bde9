"""Calls log themselves by what browsers tell: once, to the end, and with whoever had them."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TelephonyCommon

FUZZED = (
    "<script>alert(1)</script>",
    "9" * 200,
    "anonymous",
    "",
    "'; DROP TABLE ai_call; --",
    "+212\x00661\r\n234",
    "\u202e7654321660",
    "=cmd|' /C calc'!A0",
    "😀" * 100,
    "%s%(x)s{0}",
    None,
    661234567,
)


@tagged("post_install", "-at_install")
class TestTelephonyRunning(TelephonyCommon):
    def test_an_incoming_call_is_known_and_logs_itself_once(self):
        for _again in range(2):
            told = self._tell("ringing", 70)
            self.assertEqual(told["partner"], {"id": self.hotel.id, "name": "Hôtel Atlas"})
            self.assertEqual((told["only_id"], told["call_id"]), (self.hotel.id, False))
            self._tell("answered", 60)
        first = self._tell("ended", 0, result="answered")
        again = self._tell("ended", 0, result="answered")
        call = self._logged()
        self.assertEqual((first["call_id"], again["call_id"]), (call.id, call.id))
        self.assertEqual((call.user_id, call.partner_id), (self.operator, self.hotel))
        self.assertEqual((call.direction, call.result), ("in", "answered"))
        self.assertAlmostEqual(call.duration, 1, delta=0.05)
        self.assertAlmostEqual(call.ringing_seconds, 10, delta=1)
        self.assertFalse(self._callbacks())

    def test_an_end_alone_is_a_call_too(self):
        self._tell("ended", 5, direction="out", result="busy")
        self.assertEqual((self._logged().result, self._logged().direction), ("busy", "out"))

    def test_a_missed_call_is_called_back_once(self):
        self._tell("ringing", 20)
        self._tell("ended", 0, result="missed")
        self._tell("ended", 0, result="missed")
        self.assertTrue(self._logged().is_missed)
        self.assertEqual(len(self._callbacks()), 1)
        self.assertEqual(self._callbacks().user_id, self.operator)
        self._tell("ended", 0, result="missed", key="call-2")
        self.assertEqual(len(self._callbacks()), 1)
        client = self.clients.with_user(self.operator)._of(self.company, self.hotel)
        self.assertTrue(client.is_callback_due)

    def test_who_was_spoken_with_is_not_called_back(self):
        self._tell("ended", 20, result="missed")
        self._tell("answered", 10, key="call-2", direction="out")
        self._tell("ended", 0, key="call-2", direction="out", result="answered")
        self.assertFalse(self._callbacks())

    def test_a_call_that_rings_at_one_after_the_other_is_one(self):
        self._tell("ringing", 60)
        self._tell("ended", 40, result="missed")
        self._tell("ringing", 39, user=self.colleague)
        self._tell("answered", 30, user=self.colleague)
        self._tell("ended", 0, user=self.colleague, result="answered")
        call = self._logged()
        self.assertEqual((call.user_id, call.result), (self.colleague, "answered"))
        self.assertFalse(call.is_missed)
        self.assertFalse(self._callbacks())

    def test_a_call_that_rings_at_two_is_of_who_answers(self):
        self._tell("ringing", 60)
        self._tell("ringing", 60, user=self.colleague)
        self._tell("answered", 50)
        told = self._tell("ended", 50, user=self.colleague, result="missed")
        self.assertFalse(told["call_id"])
        self._tell("ended", 0, result="answered")
        found = self.env["ai.call"].search([("exchange_call_id", "=like", "call-1%")])
        self.assertEqual((len(found), found.user_id), (1, self.operator))
        self.assertFalse(self._callbacks())

    def test_a_call_passed_on_under_its_id_is_a_chain(self):
        self._tell("ringing", 60)
        self._tell("answered", 50)
        self._tell("transferred", 40, transferred_to="102")
        self._tell("ended", 40, result="answered")
        for event, ago in (("ringing", 39), ("answered", 30), ("ended", 0)):
            self._tell(event, ago, user=self.colleague, result="answered")
        first = self._logged()
        self.assertEqual((first.user_id, first.transferred_to), (self.operator, "102"))
        self.assertEqual(first.child_call_ids.user_id, self.colleague)

    def test_a_call_passed_on_under_another_id_is_a_chain(self):
        self._tell("answered", 50)
        self._tell("ended", 40, result="answered")
        self._tell("ended", 0, key="call-2", parent_call_id="call-1", result="answered")
        self.assertEqual(self._logged("call-2").parent_call_id, self._logged())

    def test_the_server_closes_what_a_dead_browser_left(self):
        self.presences.with_user(self.operator).with_company(self.company).heartbeat()
        self._tell("ringing", 400)
        self._tell("answered", 390)
        row = self.env["ai.call.running"].search([("exchange_call_id", "=", "call-1")])
        running = self.env["ai.call.running"]
        running._cron_minute()
        self.assertFalse(self._logged())
        row.told_at = fields.Datetime.now() - timedelta(seconds=390)
        running._cron_minute()
        self.assertFalse(self._logged())  # its browser is still there
        self._silent(self.operator, 200)
        running._cron_minute()
        call = self._logged()
        self.assertEqual((call.log_source, call.result), ("server", "answered"))
        self.assertAlmostEqual(call.duration * 60, 190, delta=3)
        self._tell("ended", 0, result="answered")
        self.assertEqual((self._logged(), call.log_source), (call, "browser"))
        self.assertAlmostEqual(call.duration * 60, 390, delta=3)

    def test_old_rows_are_forgotten_and_calls_stay(self):
        self._tell("ended", 0, result="busy")
        row = self.env["ai.call.running"].search([("exchange_call_id", "=", "call-1")])
        row.told_at = fields.Datetime.now() - timedelta(days=2)
        self.env["ai.call.running"]._cron_minute()
        self.assertFalse(row.exists())
        self._tell("ended", 0, result="busy")
        self.assertEqual(len(self._logged()), 1)

    def test_what_an_operator_said_of_a_call_stays(self):
        self._tell("answered", 60)
        self._tell("ended", 0, result="answered")
        self._logged().with_user(self.operator).write({"result": "order"})
        self._told()
        self.assertEqual(self._logged().result, "order")

    def test_fuzzed_numbers_do_no_harm(self):
        for place, number in enumerate(FUZZED):
            with self.subTest(number=number):
                key = f"fuzz-{place}"
                for event in ("ringing", "ended"):
                    self._tell(event, key=key, number=number, result="missed")
                call = self._logged(key)
                self.assertEqual(len(call), 1)
                self.assertLessEqual(len(call.number), 64)
                self.assertFalse(set("\x00\r\n\u202e") & set(call.number))

    def test_what_makes_no_sense_is_refused_in_words(self):
        calls = self.env["ai.call"].with_user(self.operator)
        good = {"exchange_call_id": "x", "event": "ringing", "direction": "in", "number": "1"}
        for values in (
            None,
            [],
            {},
            {**good, "exchange_call_id": ""},
            {**good, "exchange_call_id": "x" * 129},
            {**good, "exchange_call_id": ["x"]},
            {**good, "exchange_call_id": "x\n"},
            {**good, "event": "boom"},
            {**good, "event": "ended"},
            {**good, "event": "ended", "result": "boom"},
            {**good, "direction": "up"},
            {**good, "consent": "perhaps"},
            {**good, "at": "yesterday"},
            {**good, "at": float("nan")},
            {**good, "at": 1e30},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                calls.softphone_event(values)

    def test_who_has_no_account_tells_nothing(self):
        for user in self.seller | self.portal:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._tell("ringing", user=user)
        with self.assertRaises(UserError):
            self._tell("ringing", user=self.supervisor)

    def test_users_write_nothing_of_the_exchange(self):
        self._tell("ended", result="busy")
        call = self._logged().with_user(self.operator)
        for name, value in (
            ("exchange_call_id", "x"),
            ("log_source", "server"),
            ("consent", "given"),
            ("ringing_seconds", 1),
            ("has_recording", True),
        ):
            with self.subTest(name=name), self.assertRaises(AccessError):
                call.write({name: value})

    def test_companies_have_calls_of_their_own(self):
        other = self._create_company("Kivu")
        self.operator.company_ids = [Command.link(other.id)]
        self._create_account(self.operator, "900", self._create_server(other))
        self._tell("ended", result="missed")
        calls = self.env["ai.call"].with_user(self.operator)
        calls = calls.with_context(allowed_company_ids=(other | self.company).ids)
        values = {"exchange_call_id": "call-1", "event": "ended", "direction": "in"}
        calls.softphone_event({**values, "number": "0661234567", "result": "missed"})
        both = self.env["ai.call"].search([("exchange_call_id", "=", "call-1")])
        self.assertEqual(both.company_id, self.company | other)
        elsewhere = both.filtered(lambda call: call.company_id == other)
        self.assertFalse(elsewhere.partner_id)  # the hotel is a client of the first one
