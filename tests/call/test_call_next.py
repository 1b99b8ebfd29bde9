"""The next best call: who is next, who is left out and why, and that two get different clients."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..client.common import CallCenterCommon


class QueueCommon(CallCenterCommon):
    """Four dormant clients, and two with bottles due: one of them takes ten times as many."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.few, cls.many, cls.dormant, cls.silent = cls.partners[:4]
        for number, partner in enumerate(cls.partners[:4]):
            partner.phone = f"066111110{number}"
        for partner, quantity in ((cls.few, 1.0), (cls.many, 10.0)):
            for days_ago in (57, 43, 29, 15):
                cls._create_order([(cls.bottle, quantity)], partner=partner, days_ago=days_ago)
        for partner in (cls.dormant, cls.silent):
            cls._create_order([cls.soap], partner=partner, days_ago=200)
        cls.runs.with_company(cls.company)._train_now(cls.company, "customers")

    def setUp(self):
        super().setUp()
        self._refresh()

    def _clients(self, user=None):
        return self.clients.with_user(user or self.operator).with_company(self.company)

    def _queue(self, user=None):
        self.env.invalidate_all()
        return self._clients(user)._queue()

    def _names(self, user=None):
        return self._queue(user).clients.partner_id.mapped("name")

    def _next(self, user=None):
        action = self._clients(user).action_call_next()
        return action, action.get("context", {}).get("active_id")

    def _log_calls(self, partner, count, result, days_ago=3):
        """Calls at ten in the morning of earlier days."""
        self.calls.create(
            [
                {
                    "company_id": self.company.id,
                    "partner_id": partner.id,
                    "user_id": self.colleague.id,
                    "start": fields.Datetime.now() - timedelta(days=days_ago + number),
                    "result": result,
                }
                for number in range(count)
            ]
        )


@tagged("post_install", "-at_install")
class TestCallNext(QueueCommon):
    def test_without_calls_the_order_is_longest_not_called(self):
        self._create_call(self.many, hours_ago=24 * 2)
        self._create_call(self.few, hours_ago=24 * 9)
        queue = self._queue()
        self.assertEqual(queue.clients[-2:].partner_id.mapped("name"), ["Client 0", "Client 1"])
        action, _partner = self._next()
        self.assertIn("Few calls so far (2)", action["params"]["why"])

    def test_with_many_calls_the_most_margin_comes_first(self):
        for partner in (self.few, self.many, self.dormant, self.silent):
            self._log_calls(partner, 300, "answered")
        self.assertEqual(self._names()[:2], [self.many.name, self.few.name])
        self.assertNotIn("Few calls", self._next()[0]["params"]["why"])

    def test_who_answers_at_this_hour_comes_first(self):
        # The same margin: what they take is alike, and one never answers.
        for days_ago in (57, 43, 29, 15):
            self._create_order([(self.bottle, 9.0)], partner=self.few, days_ago=days_ago)
        self.runs.with_company(self.company)._train_now(self.company, "customers")
        self._refresh()
        self._log_calls(self.few, 300, "answered")
        self._log_calls(self.many, 300, "no_answer")
        self.assertEqual(self._names()[:2], [self.few.name, self.many.name])
        rows = self._row(self.few), self._row(self.many)
        self.assertGreater(rows[0].answer_chance, 0.9)
        self.assertLess(rows[1].answer_chance, 0.1)

    def test_the_hour_is_that_of_the_company(self):
        self.company.resource_calendar_id.tz = "Africa/Casablanca"
        monday = datetime(2026, 11, 23)
        for hour, result in ((8, "answered"), (14, "no_answer")):
            # UTC, an hour before Casablanca.
            self._log_calls(self.many, 1, result)
            call = self.calls.search([("partner_id", "=", self.many.id)], limit=1, order="id desc")
            call.start = monday.replace(hour=hour)
        self.env.flush_all()
        now = "odoo.addons.smart_recommender.models.client.ai_client.fields.Datetime.now"
        chances = {}
        for hour in (9, 13):
            with patch(now, lambda hour=hour: monday.replace(hour=hour) + timedelta(days=7)):
                self.env.invalidate_all()
                chances[hour] = self._row(self.many).answer_chance
        self.assertGreater(chances[9], chances[13])

    def test_who_is_left_out_is_counted_with_the_reason(self):
        self.clients.with_user(self.supervisor)._suspend(self.company, self.few, "Litige")
        self.silent.phone = False
        self._create_call(self.dormant, hours_ago=0)
        self._refresh()
        queue = self._queue()
        self.assertEqual(queue.clients.partner_id, self.many)
        self.assertEqual(queue.left_out, {"suspended": 1, "no_number": 1, "called_today": 1})
        self.assertEqual(self._next()[1], self.many.id)
        action, nobody = self._next()
        self.assertFalse(nobody)
        message = action["params"]["message"]
        for text in (
            "Nobody is left",
            "Suspended: 1.",
            "Without a number: 1.",
            "Called today: 1.",
            "just opened: 1.",
        ):
            self.assertIn(text, message)

    def test_two_operators_get_different_clients(self):
        first = self._next(self.operator)[1]
        second = self._next(self.colleague)[1]
        third = self._next(self.operator)[1]
        self.assertEqual(len({first, second, third}), 3)
        reserved = self.env["ai.call.reservation"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(reserved), 3)
        reserved.filtered(lambda row: row.partner_id.id == first).until = fields.Datetime.now()
        self.assertEqual(self._next(self.colleague)[1], first)

    def test_own_callbacks_come_first_and_those_of_others_stay_with_them(self):
        self._create_order([self.bottle], partner=self.partners[4])
        self.partners[4].phone = "0661111104"
        call = self._create_call(self.partners[4], callback_at=self._in_minutes(60))
        self._refresh()
        self.assertNotIn(self.partners[4].name, self._names())
        call.callback_event_id.start = self._in_minutes(3)
        # It was called an hour ago, and is to be called back all the same.
        self.assertEqual(self._names()[0], self.partners[4].name)
        self.assertNotIn(self.partners[4].name, self._names(self.colleague))

    def _in_minutes(self, minutes):
        return fields.Datetime.now().replace(microsecond=0) + timedelta(minutes=minutes)

    def test_a_callback_is_a_reason_to_call(self):
        self._create_order([self.bottle], partner=self.hotel)
        self._create_call(self.cook, callback_at=fields.Datetime.now() + timedelta(minutes=30))
        self._refresh()
        row = self._row().with_user(self.colleague)
        due = row.search([("call_reasons", "=", "callback")])
        self.assertEqual(due, row)
        self.assertIn("call back", row.call_reasons)
        self.assertNotIn(row, row.search([("is_callback_due", "=", False)]))

    def test_the_list_is_in_the_order_of_the_day(self):
        for partner in (self.few, self.many, self.dormant, self.silent):
            self._log_calls(partner, 300, "answered")
        self._refresh()
        rows = self._clients().search([("call_reasons", "!=", False)], order="call_score desc, id")
        self.assertEqual(rows[:2].partner_id, self.many | self.few)
        self.assertEqual(rows[0].partner_id, self.many)

    def test_only_operators_are_given_clients(self):
        with self.assertRaises(AccessError):
            self._next(self.salesperson)
        for user in (self.operator, self.supervisor, self.call_manager):
            self.assertTrue(self._next(user)[1])

    def test_another_companys_calls_and_clients_stay_out(self):
        other = self._create_company("Autre")
        self.operator.company_ids = [Command.link(other.id)]
        clients = self.clients.with_user(self.operator).with_company(other)
        queue = clients._queue()
        self.assertFalse(queue.clients)
        self._log_calls(self.many, 5, "answered")
        self.assertEqual(clients._answer_chances(other).call_count, 0)
        self.assertEqual(clients._answer_chances(self.company).call_count, 5)

    def test_the_desk_says_how_many_there_are(self):
        self.silent.phone = False
        desk = self.env["ai.client.sheet"].with_user(self.operator).with_company(self.company)
        found = desk.get_desk()["next"]
        self.assertEqual(found["count"], 3)
        self.assertIn("Without a number: 1.", found["texts"])


@tagged("post_install", "-at_install")
class TestLastContact(CallCenterCommon):
    """The latest of call, call-back, mail and order."""

    def setUp(self):
        super().setUp()
        self._create_order([self.bottle], partner=self.hotel, days_ago=30)

    def _last(self):
        self._refresh()
        return self._row().last_contact_date

    def _days_ago(self, days):
        return fields.Datetime.now().replace(microsecond=0) - timedelta(days=days)

    def _message(self, record, days, **vals):
        text = "Bonjour"
        message = record.message_post(body=text, **vals)
        message.date = self._days_ago(days)
        return message

    def test_a_call(self):
        call = self._create_call(self.cook, hours_ago=48)
        self.assertEqual(self._last(), call.start)

    def test_a_mail_from_or_to_the_client(self):
        self._message(self.cook, 9, message_type="email", subtype_xmlid="mail.mt_comment")
        self.assertEqual(self._last().date(), self._days_ago(9).date())
        order = self.env["sale.order"].search([("partner_id", "=", self.hotel.id)])
        self._message(
            order,
            4,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.hotel.ids,
        )
        self.assertEqual(self._last().date(), self._days_ago(4).date())

    def test_a_note_of_a_colleague_is_none(self):
        before = self._last()
        self._message(self.hotel, 1, message_type="comment", subtype_xmlid="mail.mt_note")
        self.assertEqual(self._last(), before)

    def test_a_callback_that_was_done(self):
        activity = self.hotel.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.operator.id
        )
        before = self._last()
        activity.action_feedback()
        self.assertGreater(self._last(), before + timedelta(days=29))
