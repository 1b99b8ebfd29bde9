"""Deadlines to the minute, escalation once, and what reopens a complaint."""

from datetime import datetime, timedelta

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ComplaintCommon

SETTLED, SEEN = "Réglé", "Vu"
MAIL = """Return-Path: <hotel@example.com>
To: {to}
From: Hôtel Atlas <hotel@example.com>
Subject: Re: {subject}
MIME-Version: 1.0
Content-Type: text/plain; charset="UTF-8"
Date: Sat, 28 Nov 2026 10:00:00 +0000
Message-ID: <{message_id}@example.com>
In-Reply-To: {parent}
{header}
Toujours rien.
"""


@tagged("post_install", "-at_install")
class TestComplaintEscalation(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nine to one and two to six on five days, as people in Casablanca keep them.
        hours = [(9.0, 13.0), (14.0, 18.0)]
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Casablanca",
                "tz": "Africa/Casablanca",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": f"{day} {start}",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": "morning" if start < 12 else "afternoon",
                        }
                    )
                    for day in range(5)
                    for start, end in hours
                ],
            }
        )
        cls.hotel.email = "hotel@example.com"

    def _make_late(self, complaint):
        complaint.sudo().deadline = fields.Datetime.now() - timedelta(minutes=1)

    # ------------------------------------------------------------------
    # Deadlines
    # ------------------------------------------------------------------

    def test_deadlines_leave_out_the_weekend_and_a_holiday(self):
        """Friday 16:20 in Casablanca, 8 working hours, Monday closed: Tuesday 16:20."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Aïd",
                "company_id": self.company.id,
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": datetime(2026, 11, 29, 23),
                "date_to": datetime(2026, 11, 30, 22, 59, 59),
            }
        )
        friday = datetime(2026, 11, 27, 15, 20)
        self.assertEqual(
            self.late._deadline(self.company, friday, 1), datetime(2026, 12, 1, 15, 20)
        )
        self.assertEqual(
            self.late._deadline(self.company, friday, 2), datetime(2026, 12, 1, 10, 20)
        )

    def test_deadlines_count_from_the_next_working_minute(self):
        """Sunday: eight hours end on Monday at 18:00 in Casablanca."""
        sunday = datetime(2026, 11, 29, 11, 7)
        self.assertEqual(self.late._deadline(self.company, sunday, 1), datetime(2026, 11, 30, 17))

    def test_without_working_hours_all_hours_count(self):
        self.company.resource_calendar_id.attendance_ids.unlink()
        start = datetime(2026, 11, 28, 10)
        self.assertEqual(self.late._deadline(self.company, start, 1), start + timedelta(hours=8))

    def test_a_motive_needs_hours(self):
        for hours in (0, -1, 1001):
            with self.assertRaisesRegex(ValidationError, "Late Delivery"):
                self.late.answer_hours = hours

    def test_the_job_wakes_at_the_deadline(self):
        complaint = self._complain()
        job = self.env.ref("smart_recommender.ir_cron_complaint_escalation")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertIn(complaint.deadline, triggers.mapped("call_at"))

    # ------------------------------------------------------------------
    # Escalation
    # ------------------------------------------------------------------

    def test_the_job_gives_its_reason_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.company.partner_id.lang = "fr_FR"
        complaint = self._complain()
        self._make_late(complaint)
        self.env["ai.complaint"].with_context(lang="en_US")._cron_escalate()
        self.assertEqual(complaint.sudo().escalation_reason, "Non résolue à l’échéance.")

    def test_what_is_late_goes_once_to_the_least_busy_supervisor(self):
        second = self._create_user("sr_supervisor2", "smart_recommender.group_call_supervisor")
        self._complain(responsible_id=self.supervisor.id)
        complaint = self._complain()
        self._make_late(complaint)
        self.assertEqual(self.complaints._escalate_late(self.company), complaint)
        self.assertEqual((complaint.state, complaint.level), ("escalated", 2))
        self.assertEqual(complaint.responsible_id, second)
        self.assertGreater(complaint.deadline, fields.Datetime.now())
        self.assertEqual(complaint.activity_ids.user_id, second)
        self.assertFalse(self.complaints._escalate_late(self.company))
        self._make_late(complaint)
        self.assertFalse(self.complaints._escalate_late(self.company))

    def test_what_is_not_late_or_closed_stays(self):
        self._complain()
        closed = self._complain(resolution="Fait")
        closed.action_solve()
        self._make_late(closed)
        self.assertFalse(self.complaints._escalate_late(self.company))

    def test_the_employee_it_is_about_does_not_get_it(self):
        complaint = self._complain(employee_id=self.supervisor.id)
        self._make_late(complaint)
        self.complaints._escalate_late(self.company)
        self.assertEqual(complaint.responsible_id, self.call_manager)

    def test_by_hand_it_needs_a_reason_and_goes_once(self):
        complaint = self._complain().with_user(self.operator)
        wizard = self.env["ai.complaint.escalate"].with_user(self.operator)
        context = complaint.action_escalate()["context"]
        empty = wizard.with_context(**context).create({"reason": "  "})
        with self.assertRaisesRegex(UserError, "Say why"):
            empty.action_escalate()
        wizard.with_context(**context).create({"reason": "Il menace de partir"}).action_escalate()
        self.assertEqual(complaint.escalation_reason, "Il menace de partir")
        self.assertEqual(complaint.responsible_id, self.supervisor)
        with self.assertRaisesRegex(UserError, "already"):
            complaint.action_escalate()

    # ------------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------------

    def _mail_from_client(self, complaint, number, header=""):
        message = complaint.message_ids.filtered("message_id")[:1] or complaint.message_post(
            body=SETTLED, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.env["mail.thread"].message_process(
            False,
            MAIL.format(
                to="catchall@example.com",
                subject=complaint.name,
                message_id=f"answer-{number}",
                parent=message.message_id,
                header=f"{header}\n" if header else "",
            ),
        )

    def _solved(self):
        complaint = self._complain(resolution="Livré")
        complaint.message_post(
            body=SETTLED, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        complaint.action_solve()
        return complaint

    def test_the_clients_mail_reopens_it_and_the_second_time_a_supervisor_takes_it(self):
        complaint = self._solved()
        self._mail_from_client(complaint, 1)
        self.assertEqual((complaint.state, complaint.reopened_count), ("in_progress", 1))
        self.assertGreater(complaint.deadline, fields.Datetime.now())
        self.assertEqual(complaint.activity_ids.user_id, self.operator)
        complaint.action_solve()
        self._mail_from_client(complaint, 2)
        self.assertEqual((complaint.state, complaint.level), ("escalated", 2))
        self.assertEqual(complaint.responsible_id, self.supervisor)

    def test_an_answer_of_a_program_reopens_nothing(self):
        complaint = self._solved()
        self._mail_from_client(complaint, 1, "Auto-Submitted: auto-replied")
        self._mail_from_client(complaint, 2, "Precedence: bulk")
        self.assertEqual(complaint.state, "solved")
        self._mail_from_client(complaint, 3, "Auto-Submitted: no")
        self.assertEqual(complaint.state, "in_progress")

    def test_a_colleagues_note_reopens_nothing(self):
        complaint = self._solved()
        complaint.with_user(self.colleague).message_post(body=SEEN, message_type="comment")
        self.assertEqual(complaint.state, "solved")
