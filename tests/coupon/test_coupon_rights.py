"""Who sees and does what with coupons; two companies; states that follow the clock."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .money_common import CouponMoneyCommon

OURS = ("ai.coupon", "ai.coupon.batch", "ai.coupon.print", "ai.coupon.redemption")


@tagged("post_install", "-at_install")
class TestCouponRights(CouponMoneyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coupon = cls._coupon(40.0)
        cls.portal = new_test_user(cls.env, login="sr_coupon_portal", groups="base.group_portal")

    def test_who_reads_what(self):
        readers = {
            "ai.coupon": self.operator | self.supervisor | self.call_manager,
            "ai.coupon.batch": self.supervisor | self.call_manager,
            "ai.coupon.redemption": self.operator | self.supervisor | self.call_manager,
            "ai.coupon.print": self.call_manager,
            "ai.coupon.limit": self.call_manager,
        }
        users = self.operator | self.supervisor | self.call_manager | self.salesperson | self.portal
        for model, allowed in readers.items():
            for user in users:
                with self.subTest(model=model, user=user.login):
                    if user in allowed:
                        self.env[model].with_user(user).search([])
                    else:
                        with self.assertRaises(AccessError):
                            self.env[model].with_user(user).search([])

    def test_ids_are_for_managers_and_marks_of_pins_for_nobody(self):
        coupon, batch = self.coupon, self.coupon.batch_id
        self.assertTrue(coupon.with_user(self.call_manager).code)
        for user in (self.operator, self.supervisor):
            self.assertNotIn("code", coupon.with_user(user).fields_get())
            with self.assertRaises(AccessError):
                coupon.with_user(user).read(["code"])
            with self.assertRaises(AccessError):
                coupon.with_user(user).search([("code", "=", coupon.sudo().code)])
        self.assertFalse(
            {"uuid", "key_version"} & set(batch.with_user(self.call_manager).fields_get())
        )
        self.assertNotIn("holder_key", coupon.with_user(self.call_manager).fields_get())

    def test_nobody_writes_them(self):
        self._use_on_order(self.coupon, self._order_for((self.bottle, 1.0, 30.0, None)))
        manager = self.call_manager
        manager.write({"groups_id": [Command.link(self.env.ref("base.group_system").id)]})
        for model in OURS:
            records = self.env[model].with_user(manager)
            with self.assertRaises(AccessError, msg=model):
                records.create({})
        for record, vals in (
            (self.coupon, {"remaining": 40.0}),
            (self.coupon, {"state": "valid"}),
            (self.coupon.batch_id, {"reason": "Autre"}),
            (self.coupon.redemption_ids, {"state": "undone"}),
        ):
            with self.assertRaises(AccessError):
                record.with_user(manager).write(vals)
            with self.assertRaises(AccessError):
                record.with_user(manager).unlink()

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_what_is_left_within_bounds(self):
        for remaining in (-1.0, 41.0):
            with self.assertRaisesRegex(Exception, "remaining_within"), self.env.cr.savepoint():
                self.coupon.sudo().remaining = remaining
                self.coupon.flush_recordset()
            self.coupon.invalidate_recordset()

    def test_only_managers_cancel(self):
        for user in (self.operator, self.supervisor):
            with self.assertRaises(AccessError):
                self.coupon.with_user(user).action_cancel()
        coupon = self.coupon.with_user(self.call_manager)
        coupon.action_cancel()
        self.assertEqual((coupon.state, coupon.cancelled_by_id), ("cancelled", self.call_manager))
        with self.assertRaisesRegex(UserError, "cannot be cancelled"):
            coupon.action_cancel()
        with self.assertRaisesRegex(UserError, "not locked"):
            coupon.action_unlock()

    def test_each_company_sees_its_own(self):
        other = self._create_company("Autre")
        self._coupon(partners=self.shared_partner, company=other)
        for model in ("ai.coupon", "ai.coupon.batch"):
            found = self.env[model].with_user(self.call_manager).search([])
            self.assertEqual(found.company_id, self.company)

    def test_a_coupon_expires_with_the_clock(self):
        other = self._coupon(10.0)
        self._expire(self.coupon)
        both = self.coupon | other
        self.assertEqual(both.mapped("state"), ["expired", "valid"])
        domain = [("id", "in", both.ids)]
        for state, coupon in (("expired", self.coupon), ("valid", other)):
            self.assertEqual(self.coupons.search([*domain, ("state", "=", state)]), coupon)
            self.assertEqual(self.coupons.search([*domain, ("state", "in", [state])]), coupon)
        groups = self.coupons._read_group(domain, ["state"], ["remaining:sum"])
        self.assertEqual(dict(groups), {"expired": 40.0, "valid": 10.0})
        self.assertEqual(self.coupon.batch_id.remaining, 0.0)
        with self.assertRaisesRegex(UserError, "not valid any more"):
            self.coupon.with_user(self.call_manager).action_cancel()

    def test_the_last_day_ends_at_midnight_in_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Tokyo"
        coupon = self._coupon(1.0)
        self.assertEqual(coupon.expires_at.hour, 15)
        self.assertEqual(coupon.expires_at.date(), coupon.expiry_date)

    def test_the_sheet_shows_what_is_left_and_no_id(self):
        self._coupon(10.0)
        self._expire(self._coupon(99.0))
        section = self._sheet(partner=self.cook)["coupons"]
        self.assertEqual((section["count"], section["remaining"]), (2, 50.0))
        self.assertTrue(section["may_validate"])
        self.assertNotIn(self.coupon.code, str(section))
        self.company.ai_coupon_validator = "supervisor"
        self.assertFalse(self._sheet()["coupons"]["may_validate"])

    def test_a_good_coupon_says_what_it_can_be_used_on(self):
        order = self._order_for((self.bottle, 1.0, 30.0, None))
        self._order_for((self.bottle, 1.0, 30.0, None), user_id=self.salesperson.id)
        invoice = self._invoice_for((100.0, None), partner=self.cook)
        uses = self._check(self.coupon)["uses"]
        self.assertEqual([each["id"] for each in uses["orders"]], order.ids)
        self.assertEqual([each["id"] for each in uses["invoices"]], invoice.ids)
        self.assertEqual(uses["partner_id"], self.hotel.id)
