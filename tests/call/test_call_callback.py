"""Call-backs as their operator works on them: whom to call, at which number, and done."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..client.common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestCallbacks(CallCenterCommon):
    def setUp(self):
        super().setUp()
        self.event = self._planned()

    def _planned(self, user=None):
        moment = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=2)
        return self._create_call(user=user, callback_at=moment).callback_event_id

    def _listed(self, user):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_callback_action"
        )
        domain = [("res_model", "=", "res.partner")]
        self.assertIn("phonecall", action["domain"])
        domain += [("activity_ids.activity_type_id.category", "=", "phonecall")]
        return self.env["calendar.event"].with_user(user).search(domain)

    def test_it_names_the_client_and_the_number(self):
        event = self.event.with_user(self.operator)
        self.assertEqual(event.ai_client_id, self.hotel)
        self.assertEqual(event.ai_client_phone, "0661234567")
        self.assertFalse(event.ai_is_late)
        action = event.action_open_client_sheet()
        self.assertEqual(action["context"]["active_id"], self.hotel.id)

    def test_one_that_has_passed_is_late(self):
        late = self.event
        late.write({"start": "2026-01-05 09:00:00", "stop": "2026-01-05 09:15:00"})
        soon = self._planned()
        self.assertEqual((late.ai_is_late, soon.ai_is_late), (True, False))
        events = self.env["calendar.event"].with_user(self.operator)
        own = [("id", "in", (late | soon).ids)]
        self.assertEqual(events.search([*own, ("ai_is_late", "=", True)]), late)
        self.assertEqual(events.search([*own, ("ai_is_late", "=", False)]), soon)

    def test_one_that_is_done_leaves_the_list(self):
        self.assertIn(self.event, self._listed(self.operator))
        self.assertTrue(self.event.with_user(self.operator).action_callback_done())
        self.assertNotIn(self.event, self._listed(self.operator))
        self.assertFalse(self.hotel.activity_ids)

    def test_another_hour_moves_the_activity(self):
        event = self.event.with_user(self.operator)
        event.start += timedelta(days=3)
        self.assertEqual(self.hotel.activity_ids.date_deadline, event.start.date())

    def test_meetings_without_a_client_have_none(self):
        self.hotel.unlink()
        plain = self.env["calendar.event"].create({"name": "Réunion"})
        for event in plain | self.event.exists():
            self.assertFalse(event.ai_client_id or event.ai_client_phone)

    def test_a_client_of_another_company_is_not_named(self):
        other = self._create_company("Autre")
        self.env.ref("base.res_partner_rule").active = True
        self.hotel.company_id = False
        self.hotel.company_id = other
        event = self.event.with_user(self.operator)
        event.invalidate_recordset()
        self.assertFalse(event.ai_client_id or event.ai_client_phone)

    def test_only_operators_have_them(self):
        for user in (self.operator, self.supervisor, self.call_manager):
            self.assertTrue(self._planned(user).with_user(user).action_callback_done())
        event = self.event.with_user(self.salesperson)
        for attempt in (event.action_callback_done, event.action_open_client_sheet):
            with self.assertRaises(AccessError):
                attempt()
        with self.assertRaises(AccessError):
            event.read(["ai_client_phone"])

    def test_many_cost_no_more_queries(self):
        def count(events):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            events.mapped("ai_client_phone")
            return self.env.cr.sql_log_count - before

        many = self.event
        for _each in range(4):
            many |= self._planned()
        self.assertLessEqual(count(many), count(self.event) + 1)
