"""Coupons as a remedy of complaints."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..complaint.common import ComplaintCommon
from .common import CouponCommon


@tagged("post_install", "-at_install")
class TestCouponComplaint(CouponCommon, ComplaintCommon):
    def _give(self, complaint, user=None, **vals):
        """Give coupons for a complaint as the dialog does. Returns their batch."""
        user = user or self.call_manager
        action = complaint.with_user(user).with_company(self.company).action_give_coupons()
        wizard = self.env[action["res_model"]].with_user(user).with_company(self.company)
        wizard = wizard.with_context(**action["context"]).create({"amount": 40.0, **vals})
        return self.env["ai.coupon.batch"].browse(wizard.action_generate()["res_id"])

    def test_the_client_gets_coupons_and_the_complaint_says_so(self):
        complaint = self._complain()
        batch = self._give(complaint, number=2)
        self.assertEqual(batch.complaint_id, complaint)
        self.assertIn(complaint.name, batch.reason)
        self.assertEqual(batch.coupon_ids.commercial_partner_id, self.hotel)
        self.assertEqual(complaint.with_user(self.operator).coupon_total, 80.0)
        domain = complaint.with_user(self.supervisor).action_open_coupons()["domain"]
        found = self.coupons.with_user(self.supervisor).search(domain)
        self.assertEqual(found.with_env(self.env), batch.coupon_ids)

    def test_contacts_complain_for_their_client(self):
        batch = self._give(self._complain(partner_id=self.cook.id))
        self.assertEqual(batch.coupon_ids.commercial_partner_id, self.hotel)

    def test_only_managers_give_them(self):
        complaint = self._complain()
        for user in (self.operator, self.supervisor):
            with self.assertRaises(AccessError):
                self._give(complaint, user)
        self.assertFalse(complaint.coupon_total)

    def test_other_clients_get_none_for_it(self):
        complaint = self._complain()
        with self.assertRaisesRegex(UserError, "Hôtel Atlas"):
            self._give(complaint, partner_ids=[Command.set((self.hotel | self.partner).ids)])
        self.assertFalse(complaint.coupon_total)

    def test_a_closed_complaint_gives_none(self):
        complaint = self._complain(resolution="Excuses")
        complaint.action_solve()
        with self.assertRaisesRegex(UserError, "closed"):
            self._give(complaint)
