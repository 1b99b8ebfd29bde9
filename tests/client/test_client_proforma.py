"""A quotation mailed from the sheet: Odoo's own mail, kept in the history, or a clear refusal."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestProforma(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.email = "achats@atlas.example"
        cls.quotation = cls._create_order(
            [cls.bottle], partner=cls.hotel, state="draft", user_id=cls.colleague.id
        )

    def _send(self, order=None, user=None):
        order = (order or self.quotation).with_user(user or self.operator)
        return order.with_company(self.company).action_send_proforma()

    def test_it_is_mailed_with_the_document_and_kept(self):
        told = self._send()
        self.assertIn("achats@atlas.example", told["params"]["message"])
        message = self.quotation.message_ids.filtered(
            lambda each: self.hotel in each.notified_partner_ids
        )
        self.assertEqual(len(message), 1)
        self.assertIn("Proforma", message.subject)
        self.assertEqual(message.author_id, self.operator.partner_id)
        self.assertEqual(len(message.attachment_ids), 1)
        self.assertEqual(self.quotation.state, "sent")

    def test_it_is_in_the_language_of_the_client(self):
        self._activate_french()
        self.env["ir.module.module"]._load_module_terms(["sale"], ["fr_FR"])
        self.hotel.lang = "fr_FR"
        self._send()
        message = self.quotation.message_ids.filtered(
            lambda each: self.hotel in each.notified_partner_ids
        )
        self.assertIn("Bonjour", message.body)

    def test_the_sheet_tells_the_mail(self):
        self._send()
        (mail,) = self._sheet(user=self.operator)["mails"]
        self.assertFalse(mail["is_incoming"])
        self.assertEqual(mail["res_id"], self.quotation.id)

    def test_a_client_without_an_address_is_named_with_the_remedy(self):
        self.hotel.email = " "
        with self.assertRaisesRegex(UserError, "Hôtel Atlas has no e-mail address.*Contact"):
            self._send()
        self.assertEqual(self.quotation.state, "draft")

    def test_an_empty_quotation_and_an_order_are_refused(self):
        empty = self._create_order([], partner=self.hotel, state="draft")
        with self.assertRaisesRegex(UserError, f"{empty.name} has no product"):
            self._send(empty)
        self.quotation.state = "sale"
        with self.assertRaisesRegex(UserError, "no open quotation"):
            self._send()

    def test_only_who_may_read_it_sends_it(self):
        with self.assertRaises(AccessError):
            self._send(user=self.salesperson)
        other = self._create_company("Autre")
        self.partner.company_id = False
        theirs = self._create_order([self.bottle], company=other, state="draft")
        with self.assertRaises(AccessError):
            self._send(theirs)
        self.operator.company_ids = [Command.link(other.id)]
        self.partner.email = "client@example.com"
        theirs.with_user(self.operator).with_context(
            allowed_company_ids=[self.company.id, other.id]
        ).action_send_proforma()
        self.assertEqual(theirs.state, "sent")

    def test_operators_supervisors_and_managers_send(self):
        for user in (self.operator, self.supervisor, self.call_manager):
            self._send(user=user)
        self.assertEqual(self.quotation.state, "sent")
