"""Coupons whose time is over: reminded of once, archived after a year, and their books stay."""

from datetime import timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from .common import CouponCommon


@tagged("post_install", "-at_install")
class TestCouponExpiry(CouponCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"email": "contact@example.com", "ai_coupon_mail_days": 14})
        cls.hotel.write({"email": "hotel@example.com", "lang": "en_US"})
        cls.today = cls.env["ai.sales.extract"]._local_now(cls.company).date()

    def _expiring(self, days, **vals):
        return self._coupon(expiry=self.today + timedelta(days=days), **vals)

    def _mails(self, partner=None):
        partner = partner or self.hotel
        return self.env["mail.mail"].search([("recipient_ids", "in", partner.ids)])

    def _ended(self, coupon, **ago):
        """Let a coupon have expired so long ago."""
        coupon.expires_at = fields.Datetime.now() - relativedelta(**ago)
        return coupon

    # ------------------------------------------------------------------
    # Before
    # ------------------------------------------------------------------

    def test_a_client_is_reminded_once_of_each_coupon(self):
        soon = self._expiring(14, amount=80.0) | self._expiring(3)
        later = self._expiring(15)
        self.coupons._cron_expire()
        self.coupons._cron_expire()
        (mail,) = self._mails()
        for coupon in soon:
            self.assertIn(coupon.name, mail.body_html)
            # Four digits alone may be those of a year.
            self.assertNotIn(f"{coupon.code[:4]} {coupon.code[4:8]}", mail.body_html)
            self.assertNotIn(coupon.code, mail.body_html)
        self.assertIn("80.00", mail.body_html)
        self.assertNotIn(later.name, mail.body_html)
        self.assertTrue(all(soon.mapped("reminded_date")))
        self.assertFalse(later.reminded_date)

    def test_another_coupon_is_another_mail(self):
        self._expiring(3)
        self.coupons._cron_expire()
        self._expiring(4)
        self.coupons._cron_expire()
        self.assertEqual(len(self._mails()), 2)

    def test_nobody_is_reminded_unless_the_company_wants_it(self):
        coupon = self._expiring(3)
        for vals in ({"ai_coupon_mail_days": 0}, {"ai_coupon_mail_days": 14, "email": False}):
            self.company.write(vals)
            self.coupons._cron_expire()
            self.assertFalse(self._mails())
            self.assertFalse(coupon.reminded_date)

    def test_nobody_is_reminded_of_what_is_of_no_use(self):
        used, cancelled, over = (self._expiring(3) for _number in range(3))
        used.write({"state": "used", "remaining": 0})
        cancelled.with_user(self.call_manager).action_cancel()
        self._ended(over, days=1)
        self.coupons._cron_expire()
        self.assertFalse(self._mails())

    def test_who_has_no_address_is_reminded_once_there_is_one(self):
        coupon = self._expiring(3)
        self.hotel.email = False
        self.coupons._cron_expire()
        self.assertFalse(coupon.reminded_date)
        self.hotel.email = "hotel@example.com"
        self.coupons._cron_expire()
        self.assertTrue(coupon.reminded_date)

    def test_the_other_company_has_its_own_setting(self):
        other = self._create_company("SR Autre", email="autre@example.com")
        self.shared_partner.email = "tous@example.com"
        day = self.today + timedelta(days=3)
        coupon = self._coupon(partners=self.shared_partner, company=other, expiry=day)
        self.coupons._cron_expire()
        self.assertFalse(coupon.reminded_date)
        other.ai_coupon_mail_days = 5
        self.coupons._cron_expire()
        self.assertEqual(self._mails(self.shared_partner).author_id, other.partner_id)

    def test_in_the_language_of_the_client(self):
        template = "mail_template_coupon_expiry"
        self._translate(template, "subject", {"Your coupons expire soon": "Bientôt fini"})
        self._translate(
            template, "body_html", {"Call us, or name them with your next order.": "À vous"}
        )
        self.hotel.lang = "fr_FR"
        self._expiring(3, amount=1250.0)
        self.coupons._cron_expire()
        mail = self._mails()
        self.assertEqual(mail.subject, "Bientôt fini")
        self.assertIn("À vous", mail.body_html)
        self.assertIn("250,00", mail.body_html)

    # ------------------------------------------------------------------
    # After
    # ------------------------------------------------------------------

    def test_expired_coupons_are_archived_after_a_year(self):
        old, young = self._coupon(), self._coupon()
        self._ended(old, years=1, days=1)
        self._ended(young, months=11)
        self.coupons._cron_expire()
        self.assertEqual((old.active, young.active), (False, True))
        self.assertEqual((old.state, young.state), ("expired", "expired"))

    def test_the_books_of_archived_coupons_stay(self):
        coupon = self._coupon(100.0)
        redemption = self._note_use(coupon, 60.0)
        self._ended(coupon, years=2)
        self.coupons._cron_expire()
        self.assertFalse(coupon.active)
        found = self.env["ai.coupon.redemption"].with_user(self.supervisor).search([])
        self.assertIn(redemption, found.with_env(self.env))
        self.assertEqual(coupon.batch_id.with_user(self.supervisor).total, 100.0)
        events = self.env["ai.client.event"].with_user(self.supervisor)
        kinds = events.search([("partner_id", "=", self.hotel.id)]).mapped("kind")
        self.assertLessEqual({"coupon", "coupon_used", "coupon_expired"}, set(kinds))

    def test_one_company_that_fails_leaves_the_others_alone(self):
        job = self.env.ref("smart_recommender.ir_cron_coupon_expiry")
        self.assertEqual(job.code, "model._cron_expire()")
        other = self._create_company("SR Autre")
        old = self._ended(self._coupon(), years=2)
        theirs = self._coupon(partners=self.shared_partner, company=other)
        self._ended(theirs, years=2)
        coupons = type(self.coupons)
        archive = coupons._archive_old

        def failing(self, company):
            if company == other:
                raise ValueError("as planned")
            return archive(self, company)

        with (
            patch.object(coupons, "_archive_old", failing),
            self.assertLogs("odoo.addons.smart_recommender.models.core.ai_company_job", "ERROR"),
        ):
            self.coupons._cron_expire()
        self.assertEqual((old.active, theirs.active), (False, True))
