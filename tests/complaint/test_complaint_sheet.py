"""Complaints on the client sheet, and those that are taken while a call runs."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintSheet(ComplaintCommon):
    def _save(self, user=None, **vals):
        sheet = self.env["ai.client.sheet"].with_user(user or self.operator)
        saved = sheet.with_company(self.company).save_complaint(self.hotel.id, self.late.id, vals)
        return self.complaints.browse(saved["id"])

    def test_the_sheet_tells_open_ones_first_and_counts_them(self):
        solved = self._complain(resolution="Fait")
        solved.action_solve()
        self._complain(partner_id=self.cook.id, motive_id=self.quality.id)
        section = self._sheet()["complaints"]
        self.assertEqual((section["open"], section["recent"]), (1, 2))
        self.assertEqual(
            [(row["motive"], row["is_open"]) for row in section["rows"]],
            [("Quality of Service", True), ("Late Delivery", False)],
        )

    def test_a_complaint_costs_the_sheet_one_statement(self):
        self._complain()
        sheet = self.env["ai.client.sheet"].sudo()
        self.env.flush_all()
        with self.assertQueryCount(1):
            sheet._complaints(self.company, self.hotel)

    def test_the_form_offers_motives_and_the_last_orders(self):
        self._create_order([self.bottle], partner=self.hotel, days_ago=9)
        newest = self._create_order([self.bottle, self.filter], partner=self.cook, days_ago=2)
        sheet = self.env["ai.client.sheet"].with_user(self.operator).with_company(self.company)
        form = sheet.get_complaint_form(self.cook.id)
        self.assertEqual(form["order_id"], newest.id)
        self.assertEqual(len(form["orders"]), 2)
        self.assertEqual(len(form["orders"][0]["products"]), 2)
        self.assertIn("Late Delivery", [motive["name"] for motive in form["motives"]])

    def test_what_the_sheet_saves_is_complete(self):
        order = self._create_order([self.bottle], partner=self.hotel, state="draft")
        order.action_confirm()
        complaint = self._save(
            description="Deux jours de retard",
            order_id=order.id,
            product_id=self.bottle.id,
            priority="2",
        )
        self.assertEqual(complaint.user_id, self.operator)
        self.assertEqual(complaint.order_id, order)
        self.assertEqual(len(order.picking_ids), 1)
        self.assertEqual(complaint.picking_id, order.picking_ids)
        self.assertEqual(complaint.priority, "2")

    def test_the_sheet_takes_no_other_column(self):
        with self.assertRaisesRegex(UserError, "state"):
            self._save(state="solved")

    def test_only_operators_take_complaints(self):
        seller = self._create_user("sr_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self._save(user=seller)
        with self.assertRaises(AccessError):
            self.env["ai.client.sheet"].with_user(seller).get_complaint_form(self.hotel.id)

    def test_a_complaint_taken_during_a_call_belongs_to_it_once_it_is_logged(self):
        before = self._complain()
        self.env.cr.execute(
            "UPDATE ai_complaint SET create_date = create_date - interval '1 day' WHERE id = %s",
            (before.id,),
        )
        during, of_colleague = self._save(), self._save(user=self.colleague)
        call = self._create_call(start=fields.Datetime.now() - timedelta(minutes=3), duration=3)
        self.assertEqual(during.call_id, call)
        self.assertEqual(call.complaint_count, 1)
        self.assertFalse((before | of_colleague).call_id)
