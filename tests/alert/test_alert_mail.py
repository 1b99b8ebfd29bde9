"""Mails to clients: only where a manager wants them, in the client's language, never twice."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ClientAlertCommon


@tagged("post_install", "-at_install")
class TestClientAlertMail(ClientAlertCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._rule("overdue", sends_mail=True)
        for kind, rule in cls.env["ai.alert.rule"]._of(cls.company).items():
            rule.active = kind == "overdue"

    def _mails(self, partner=None):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", (partner or self.partner).ids)]
        )

    def _later(self, days):
        day = fields.Date.today() + timedelta(days=days)
        return patch.object(type(self.rule), "_today", lambda _self: day)

    def test_nobody_is_written_to_before_a_manager_says_so(self):
        for rule in self.env["ai.alert.rule"]._of(self._create_company("SR Neuve")).values():
            self.assertFalse(rule.sends_mail)
        self.rule.sends_mail = False
        self._invoice(10, days_ago=5)
        self.assertTrue(self._run())
        self.assertFalse(self._mails())

    def test_a_client_gets_one_mail_that_its_sheet_shows(self):
        self._invoice(10, days_ago=5)
        alert = self._run()
        self._run()
        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(alert.mail_state, "queued")
        self.assertEqual(mail.subject, "Invoices to be paid")
        self.assertIn("350", mail.body_html)
        self.assertEqual(self._sheet(partner=self.partner)["mails"][0]["id"], alert.message_id.id)

    def test_in_the_language_of_the_client(self):
        self._activate_french()
        self.partner.lang = "fr_FR"
        self._invoice(10, days_ago=5)
        self._run()
        self.assertEqual(self._mails().subject, "Factures à régler")

    def test_at_most_one_in_so_many_days_of_whatever_alert(self):
        self._rule("credit", active=True, sends_mail=True)
        self.company.account_use_credit_limit = True
        self.partner.with_company(self.company).credit_limit = 100.0
        invoice = self._invoice(10, days_ago=5)
        self._run()
        self.assertEqual(len(self._mails()), 1)
        invoice._reverse_moves(cancel=True)
        self._run()
        self._invoice(10, days_ago=5)
        with self._later(6):
            self._run()
        self.assertEqual(len(self._mails()), 1)
        with self._later(8):
            self._run()
        self.assertEqual(len(self._mails()), 2)

    def test_disputed_invoices_are_not_reminded_of(self):
        invoice = self._invoice(10, days_ago=5)
        invoice.ai_is_disputed = True
        alert = self._run()
        self.assertEqual(alert.user_id, self.operator)
        self.assertFalse(self._mails())
        invoice.ai_is_disputed = False
        self._run()
        self.assertEqual(len(self._mails()), 1)

    def test_an_open_complaint_about_the_order_is_a_dispute(self):
        self._invoice(10, days_ago=5)
        complaint = self.env["ai.complaint"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.partner.id,
                "motive_id": self.env.ref("smart_recommender.complaint_motive_faulty").id,
                "order_id": self.order.id,
                "resolution": "Remplacé",
            }
        )
        self._run()
        self.assertFalse(self._mails())
        complaint.action_solve()
        self._run()
        self.assertEqual(len(self._mails()), 1)

    def test_without_an_address_the_alert_says_so_and_writes_once_there_is_one(self):
        self.partner.email = False
        self._invoice(10, days_ago=5)
        alert = self._run()
        self.assertEqual(alert.mail_state, "no_address")
        self.partner.email = "neuf@example.com"
        self._run()
        self.assertEqual(alert.mail_state, "queued")

    # ------------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------------

    def _send(self, failing=None):
        """Let the queue send; returns how often the mail server was called."""
        calls = []

        def send_email(_server, message, *_arguments, **_options):
            calls.append(message)
            if failing:
                raise failing
            return message["Message-Id"]

        servers = type(self.env["ir.mail_server"])
        connect = next(name for name in ("_connect__", "connect") if hasattr(servers, name))
        with (
            patch.object(servers, "send_email", send_email),
            patch.object(servers, connect, lambda *_a, **_o: None),
            # Later series send nothing while they test.
            patch.object(servers, "_disable_send", lambda *_a: False, create=True),
        ):
            self._mails().send()
        return len(calls)

    def test_a_sent_mail_is_noted(self):
        self._invoice(10, days_ago=5)
        alert = self._run()
        self.assertEqual(self._send(), 1)
        self.assertEqual(alert.mail_state, "sent")
        self.assertEqual(self._send(), 0)

    def test_a_worker_that_died_while_sending_sends_nothing_again(self):
        self._invoice(10, days_ago=5)
        alert = self._run()
        # It had committed that it begins, and was killed.
        alert.mail_state = "sending"
        self.assertEqual(self._send(), 0)
        self.assertEqual(alert.mail_state, "failed")
        self.assertIn("may have it", self._mails().failure_reason)
        alert.with_user(self.call_manager).action_mail_again()
        self.assertEqual(self._send(), 1)
        self.assertEqual(alert.mail_state, "sent")

    def test_a_refused_mail_is_reported(self):
        self._invoice(10, days_ago=5)
        alert = self._run()
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            self._send(failing=OSError("no route"))
        self.assertEqual(alert.mail_state, "failed")
