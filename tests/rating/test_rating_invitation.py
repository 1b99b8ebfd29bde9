"""Mails that ask clients to rate what was delivered, and the link that ends them."""

from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import RatingCommon


@tagged("post_install", "-at_install")
class TestInvitation(RatingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"ai_rating_invites": True, "ai_rating_days": 3, "email": "ventes@example.com"}
        )
        cls.user = cls._portal_user(cls.client, "sr_client")
        cls.invitations = cls.env["ai.rating.invitation"]

    def _deliver(self, partner=None, products=None, days_ago=4):
        """An order that was delivered so many days ago."""
        products = products or self.bottle
        order = self._create_order(list(products), state="draft", partner=partner or self.client)
        order.action_confirm()
        picking = order.picking_ids
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty
            move.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")
        picking.date_done = fields.Datetime.now() - timedelta(days=days_ago)
        return order

    def _invite(self, company=None):
        return self.invitations._invite(company or self.company)

    def test_a_client_is_asked_some_days_after_a_delivery(self):
        order = self._deliver(products=self.bottle + self.cups)
        invitation = self._invite()
        self.assertEqual(
            (invitation.partner_id, invitation.order_id, invitation.product_ids),
            (self.client, order, (self.bottle + self.cups).product_tmpl_id),
        )
        mail = self.env["mail.mail"].search(
            [("model", "=", invitation._name), ("res_id", "=", invitation.id)]
        )
        self.assertEqual(mail.recipient_ids, self.client)
        self.assertEqual(mail.email_from, self.company.email_formatted)
        self.assertIn("/my/products?only=unrated", mail.body_html)
        self.assertIn(invitation._unsubscribe_url(), mail.body_html)
        self.assertIn("List-Unsubscribe-Post", mail.headers)
        self.assertFalse(self._invite())

    def test_too_early_and_too_late(self):
        self._deliver(days_ago=2)
        self._deliver(days_ago=30)
        self.assertFalse(self._invite())

    def test_one_in_so_many_days(self):
        self._deliver()
        self._deliver(products=self.cups)
        self.assertEqual(len(self._invite()), 1)
        with freeze_time(fields.Datetime.now() + timedelta(days=29)):
            self._deliver(products=self.soap)
            self.assertFalse(self._invite())
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            self._deliver(products=self.soap)
            self.assertEqual(len(self._invite()), 1)

    def test_who_is_not_asked(self):
        self._deliver(partner=self.other_client)
        self.assertFalse(self._invite(), "without access to the portal")
        self._deliver()
        for name, vals, back in (
            ("email", {"email": False}, {"email": "zagora@example.com"}),
            ("unsubscribed", {"ai_no_invitations": True}, {"ai_no_invitations": False}),
        ):
            with self.subTest(name):
                self.client.write(vals)
                self.assertFalse(self._invite())
                self.client.write(back)
        self.env["mail.blacklist"]._add(self.client.email)
        self.client.invalidate_recordset(["is_blacklisted"])
        self.assertFalse(self._invite())
        self.env["mail.blacklist"]._remove(self.client.email)
        self.client.invalidate_recordset(["is_blacklisted"])
        self._rate(self.client, self.bottle, 4)
        self.assertFalse(self._invite(), "rated already")

    def test_companies_that_do_not_want_it(self):
        self._deliver()
        self.company.ai_rating_invites = False
        self.invitations._cron_invite()
        self.assertFalse(self.invitations.search([("company_id", "=", self.company.id)]))
        self.company.ai_rating_invites = True
        self.invitations._cron_invite()
        self.assertTrue(self.invitations.search([("company_id", "=", self.company.id)]))

    def test_only_the_button_unsubscribes(self):
        token = self.client._ai_unsubscribe_token()
        path = f"/smart_recommender/ratings/unsubscribe/{self.client.id}/{token}"
        self.authenticate(None, None)
        page = html.fromstring(self.url_open(path).content)
        self.assertFalse(self.client.ai_no_invitations)
        self.assertIn("Do not ask me", " ".join(page.text_content().split()))
        self.url_open(path, data={"List-Unsubscribe": "One-Click"})
        self.assertTrue(self.client.ai_no_invitations)
        self.url_open(path, data={"again": "1"})
        self.assertFalse(self.client.ai_no_invitations)
        for forged in (
            f"/smart_recommender/ratings/unsubscribe/{self.other_client.id}/{token}",
            f"/smart_recommender/ratings/unsubscribe/{10**9}/{token}",
        ):
            self.assertEqual(self.url_open(forged, data={"x": "1"}).status_code, 404)
        self.assertFalse(self.other_client.ai_no_invitations)

    def test_a_client_ends_them_on_its_own_page(self):
        self.authenticate("sr_client", "sr_client")
        page = html.fromstring(self.url_open("/my/products").content)
        forms = page.xpath("//form[@action='/my/products/invitations']")
        token = forms[0].xpath(".//input[@name='csrf_token']")[0].get("value")
        self.url_open("/my/products/invitations", data={"csrf_token": token})
        self.assertTrue(self.client.ai_no_invitations)
        self.url_open("/my/products/invitations", data={"csrf_token": token, "wanted": "1"})
        self.assertFalse(self.client.ai_no_invitations)
