"""Mails beside calls on the sheet: those with the client, of records that the reader may read."""

from markupsafe import Markup

from odoo.tests import tagged

from ..client.common import CallCenterCommon

COMPLAINT, NOTE = "Réclamation", "À voir"


@tagged("post_install", "-at_install")
class TestSheetMails(CallCenterCommon):
    def _mails(self, user=None, **context):
        partner = self.hotel.with_user(user or self.operator).with_context(**context)
        return partner.with_company(self.company).get_client_sheet()["mails"]

    def _send(self, record, subject="Votre devis", to=None, **values):
        return record.message_post(
            subject=subject,
            body=Markup("<p>Bonjour,</p><p>voici le devis.</p>"),
            subtype_xmlid="mail.mt_comment",
            partner_ids=(to or self.hotel).ids,
            **{"message_type": "comment", **values},
        )

    def _receive(self, record, author=None, **values):
        return record.message_post(
            subject=COMPLAINT,
            body=Markup("<p>Il manque un carton.</p>"),
            message_type="email",
            author_id=(author or self.cook).id,
            **values,
        )

    def test_mails_to_and_from_the_client_are_told(self):
        self._send(self.hotel)
        self._receive(self.hotel)
        received, sent = self._mails()
        self.assertEqual((sent["subject"], sent["is_incoming"]), ("Votre devis", False))
        self.assertEqual(sent["text"], "Bonjour, voici le devis.")
        self.assertEqual((received["author"], received["is_incoming"]), (self.cook.name, True))
        self.assertEqual((received["model"], received["res_id"]), ("res.partner", self.hotel.id))

    def test_mails_about_an_order_are_told(self):
        order = self._create_order([self.bottle], partner=self.cook, state="draft")
        self._send(order, to=self.cook)
        (mail,) = self._mails()
        self.assertEqual((mail["model"], mail["res_id"]), ("sale.order", order.id))

    def test_notes_and_talk_of_colleagues_are_no_mails(self):
        self.hotel.message_post(body=NOTE, subtype_xmlid="mail.mt_note")
        self.hotel.message_post(body=NOTE, subtype_xmlid="mail.mt_note", partner_ids=self.hotel.ids)
        self._send(self.hotel, to=self.colleague.partner_id)
        self.assertFalse(self._mails())

    def test_mails_with_other_clients_stay_out(self):
        self._send(self.partner, to=self.partner)
        self.assertFalse(self._mails())

    def test_an_order_that_the_reader_may_not_read_keeps_its_mails(self):
        order = self._create_order([self.bottle], partner=self.hotel, state="draft")
        self._send(order)
        self.assertTrue(self._mails())
        self.env["ir.rule"].create(
            {
                "name": "Not these",
                "model_id": self.env.ref("sale.model_sale_order").id,
                "domain_force": f"[('id', '!=', {order.id})]",
            }
        )
        self.assertFalse(self._mails())

    def test_orders_of_another_company_keep_theirs(self):
        other = self._create_company("Autre")
        self.hotel.company_id = False
        order = self._create_order([self.bottle], partner=self.hotel, company=other)
        self._send(order)
        self.operator.company_ids |= other
        both = (self.company | other).ids
        self.assertFalse(self._mails(allowed_company_ids=both))

    def test_the_last_five_come_first_and_cost_two_statements(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            mails = self._mails()
            return self.env.cr.sql_log_count - before, mails

        self._mails()
        without, _none = count()
        for number in range(7):
            self._send(self.hotel, subject=f"Mail {number}")
        statements, mails = count()
        self.assertEqual([mail["subject"] for mail in mails][:2], ["Mail 6", "Mail 5"])
        self.assertEqual(len(mails), 5)
        self.assertLessEqual(statements, without + 1)
