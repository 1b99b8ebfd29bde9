"""Calls: what is logged, what is refused, and call-backs with an hour."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ..client.common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestCalls(CallCenterCommon):
    def _tomorrow(self, hours=0):
        return fields.Datetime.now().replace(microsecond=0) + timedelta(days=1, hours=hours)

    def test_a_call_ends_after_its_duration(self):
        call = self._create_call(duration=2.5)
        self.assertEqual(call.stop - call.start, timedelta(minutes=2, seconds=30))
        self.assertEqual(call.commercial_partner_id, self.hotel)

    def test_a_call_with_a_contact_counts_for_its_company(self):
        call = self._create_call(self.cook)
        self.assertEqual(call.commercial_partner_id, self.hotel)
        self.assertEqual(self._row().last_call_date, call.start)

    def test_a_call_in_the_future_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot start in the future"):
            self._create_call(hours_ago=-2)

    def test_a_negative_duration_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "duration"):
            self._create_call(duration=-1)

    def test_an_empty_call_is_refused(self):
        mine = self.calls.with_user(self.operator)
        for vals in ({}, {"number": "  "}, {"description": "Il a raccroché"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(ValidationError, "with whom"):
                mine.create(vals)
        call = mine.create({"number": "0600000000"})
        with self.assertRaisesRegex(ValidationError, "with whom"):
            call.number = False
        call.write({"partner_id": self.hotel.id, "number": False})

    def test_another_clients_order_is_refused(self):
        order = self._create_order([self.bottle], partner=self.partner)
        with self.assertRaisesRegex(ValidationError, order.name):
            self._create_call(order_id=order.id)
        own = self._create_order([self.bottle], partner=self.cook)
        self.assertEqual(self._create_call(order_id=own.id).order_id, own)

    def test_the_form_takes_the_number_of_the_client(self):
        form = Form(self.calls.with_user(self.operator))
        form.partner_id = self.hotel
        call = form.save()
        self.assertEqual((call.number, call.user_id), ("0661234567", self.operator))

    def test_a_callback_is_an_activity_with_an_hour(self):
        self.operator.tz = "Africa/Casablanca"
        moment = self._tomorrow()
        call = self._create_call(callback_at=moment, description="Rappeler <le chef>")
        activity = self.hotel.activity_ids
        self.assertEqual(activity.user_id, self.operator)
        self.assertEqual(activity.activity_type_id, self.env.ref("mail.mail_activity_data_call"))
        self.assertEqual(activity.calendar_event_id, call.callback_event_id)
        self.assertEqual(call.callback_event_id.start, moment)
        self.assertIn("Rappeler &lt;le chef&gt;", activity.note)
        local = fields.Datetime.context_timestamp(call.with_context(tz="Africa/Casablanca"), moment)
        self.assertEqual(activity.date_deadline, local.date())

    def test_a_callback_is_in_the_language_of_who_will_call(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.operator.lang = "fr_FR"
        call = self._create_call(callback_at=self._tomorrow())
        self.assertEqual(call.callback_event_id.name, "Rappeler Hôtel Atlas")

    def test_the_client_is_not_invited_to_a_callback(self):
        self.hotel.email = "hotel@example.com"
        mails = self.env["mail.mail"].search([])
        call = self._create_call(callback_at=self._tomorrow())
        self.assertEqual(call.callback_event_id.partner_ids, self.operator.partner_id)
        # The operator may be told of the task.
        sent = self.env["mail.mail"].search([("id", "not in", mails.ids)])
        self.assertFalse(sent.filtered(lambda mail: self.hotel in mail.recipient_ids))
        self.assertNotIn(self.hotel, sent.notified_partner_ids)

    def test_a_callback_moves_with_its_call(self):
        call, later = self._create_call(callback_at=self._tomorrow()), self._tomorrow(48)
        call.callback_at = later
        self.assertEqual(call.callback_event_id.start, later)
        self.assertEqual(len(self.hotel.activity_ids), 1)
        self.assertEqual(self.hotel.activity_ids.date_deadline, call.callback_event_id.start.date())

    def test_a_callback_that_is_taken_back_leaves_nothing(self):
        call = self._create_call(callback_at=self._tomorrow())
        event = call.callback_event_id
        call.callback_at = False
        self.assertFalse(event.exists())
        self.assertFalse(self.hotel.activity_ids)

    def test_a_callback_needs_a_client_and_lies_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "client of the call"):
            self.calls.create({"number": "0600000000", "callback_at": self._tomorrow()})
        with self.assertRaisesRegex(ValidationError, "must be in the future"):
            self._create_call(callback_at=fields.Datetime.now() - timedelta(hours=1))

    def test_an_operator_logs_a_call_with_a_callback(self):
        call = self.calls.with_user(self.operator).create(
            {"partner_id": self.hotel.id, "callback_at": self._tomorrow()}
        )
        self.assertTrue(call.callback_event_id)

    def test_operators_see_their_own_calls_and_supervisors_all(self):
        own, other = self._create_call(), self._create_call(user=self.colleague)
        everything = own | other
        found = self.calls.with_user(self.operator).search([("id", "in", everything.ids)])
        self.assertEqual(found, own)
        found = self.calls.with_user(self.supervisor).search([("id", "in", everything.ids)])
        self.assertEqual(found, everything)
        with self.assertRaises(AccessError):
            other.with_user(self.operator).write({"result": "order"})
        with self.assertRaises(AccessError):
            self.calls.with_user(self.operator).create(
                {"partner_id": self.hotel.id, "user_id": self.colleague.id}
            )

    def test_only_managers_delete_calls(self):
        call = self._create_call()
        for user in (self.operator, self.supervisor):
            with self.assertRaises(AccessError):
                call.with_user(user).unlink()
        call.with_user(self.call_manager).unlink()

    def test_salespeople_have_no_calls(self):
        with self.assertRaises(AccessError):
            self.calls.with_user(self.salesperson).search([])
