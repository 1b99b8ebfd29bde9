"""Coupons by mail: the client reads ID and PIN, and nobody else does, in no table either."""

from odoo.addons.mail.tests.common import MailCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CouponCommon


@tagged("post_install", "-at_install")
class TestCouponMail(CouponCommon, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "contact@example.com"
        cls.hotel.write({"email": "hotel@example.com", "lang": "en_US"})
        cls.cook.write({"email": "cook@example.com", "lang": "en_US"})

    def _send(self, coupons, user=None):
        """Queue the mails and send them. Returns what went out."""
        with self.mock_mail_gateway(mail_unlink_sent=False):
            coupons.with_user(user or self.call_manager).action_mail()
            self.env["mail.mail"].search([("state", "=", "outgoing")]).send()
        return self._mails

    def _notes(self, coupons):
        return self.env["ai.coupon.print"].search([("coupon_ids", "in", coupons.ids)])

    def test_the_client_gets_ids_and_pin(self):
        coupons = self._coupon(75.0, number=2)
        (mail,) = self._send(coupons)
        self.assertIn("hotel@example.com", mail["email_to"][0])
        for coupon in coupons:
            self.assertIn(f"{coupon.code[:4]} {coupon.code[4:8]}", mail["body"])
            self.assertIn(coupon.name, mail["body"])
        self.assertIn(coupons[0]._pin(), mail["body"])
        self.assertIn("75.00", mail["body"])

    def test_no_table_keeps_them(self):
        coupon = self._coupon()
        pin, parts = coupon._pin(), (coupon.code, f"{coupon.code[:4]} {coupon.code[4:8]}")
        self._send(coupon)
        message = self._notes(coupon).message_id
        mails = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        self.assertTrue(mails)
        for text in (message.body, *mails.mapped("body_html"), *mails.mapped("body")):
            self.assertIn(coupon.name, text)
            for secret in (f">{pin}<", *parts):
                self.assertNotIn(secret, text)

    def test_it_is_noted_and_in_the_clients_messages(self):
        coupon = self._coupon()
        self._send(coupon)
        note = self._notes(coupon)
        self.assertEqual((note.how, note.count), ("mail", 1))
        self.assertEqual((note.user_id, note.partner_id), (self.call_manager, self.hotel))
        self.assertTrue(coupon.printed_date)
        self.assertEqual((note.message_id.model, note.message_id.res_id),
                         ("res.partner", self.hotel.id))  # fmt: skip

    def test_each_client_gets_its_own_alone(self):
        coupons = self._coupon(partners=self.hotel | self.cook)
        mails = self._send(coupons)
        self.assertEqual(len(mails), 2)
        for coupon in coupons:
            (mail,) = [each for each in mails if coupon.partner_id.email in each["email_to"][0]]
            for other in coupons:
                self.assertEqual(self._part(other) in mail["body"], other == coupon)

    def _part(self, coupon):
        """As a mail writes the beginning of an ID: four digits alone may be those of a year."""
        return f"{coupon.code[:4]} {coupon.code[4:8]}"

    def test_who_follows_the_client_reads_no_secret(self):
        subtype = self.env.ref("mail.mt_note")
        self.hotel.message_subscribe(self.colleague.partner_id.ids, subtype.ids)
        self.colleague.partner_id.email = "colleague@example.com"
        coupon = self._coupon()
        for mail in self._send(coupon):
            is_client = "hotel@example.com" in mail["email_to"][0]
            self.assertEqual(self._part(coupon) in mail["body"], is_client)

    def test_another_mail_about_the_same_message_gets_no_secret(self):
        """A mail that somebody makes of the client's message goes out as it is kept."""
        coupon = self._coupon()
        self._send(coupon)
        message = self._notes(coupon).message_id
        forwarded = self.env["mail.mail"].create(
            {
                "mail_message_id": message.id,
                "body_html": "<p>Voir</p>",
                "email_to": "stranger@example.com",
            }
        )
        with self.mock_mail_gateway(mail_unlink_sent=False):
            forwarded.send()
        (mail,) = self._mails
        self.assertIn("Voir", mail["body"])
        self.assertNotIn(self._part(coupon), mail["body"])

    def test_in_the_language_of_the_client(self):
        self._translate("mail_template_coupon", "body_html", {"Valid Until": "Dernier jour"})
        self.hotel.lang = "fr_FR"
        (mail,) = self._send(self._coupon(1250.0))
        self.assertIn("Dernier jour", mail["body"])
        self.assertIn("250,00", mail["body"])

    def test_without_an_address_nothing_goes_out(self):
        coupons = self._coupon(partners=self.hotel | self.partner)
        self.partner.email = False
        with self.assertRaisesRegex(UserError, f"{self.partner.name} has no e-mail"):
            self._send(coupons)
        self.partner.email = "partner@example.com"
        self.company.email = False
        with self.assertRaisesRegex(UserError, f"{self.company.name} has no e-mail"):
            self._send(coupons)
        self.assertFalse(self._notes(coupons))

    def test_only_managers_send(self):
        coupon = self._coupon()
        for user in (self.operator, self.supervisor):
            with self.assertRaises(AccessError):
                self._send(coupon, user)
        self.assertFalse(self._notes(coupon))

    def test_what_cannot_be_used_is_not_sent(self):
        coupon = self._coupon()
        coupon.with_user(self.call_manager).action_cancel()
        with self.assertRaisesRegex(UserError, coupon.name):
            self._send(coupon)
