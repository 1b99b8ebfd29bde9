"""Complaints for each thousand deliveries."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintRate(ComplaintCommon):
    def _deliver(self, products, **vals):
        order = self._create_order(products, partner=self.hotel, state="draft", **vals)
        order.action_confirm()
        for picking in order.picking_ids:
            for move in picking.move_ids:
                move.quantity = move.product_uom_qty
                move.picked = True
            picking.with_context(skip_backorder=True).button_validate()
        return order

    def _rates(self, by, user=None):
        today = fields.Date.today()
        rows = self.env["ai.complaint.rate"]._rates(
            self.company, today - timedelta(days=30), today + timedelta(days=1), by, user
        )
        return {row["name"]: (row["complaints"], row["deliveries"], row["rate"]) for row in rows}

    def test_by_product_motive_and_operator(self):
        first = self._deliver([self.bottle, self.filter], user_id=self.operator.id)
        self._deliver([self.bottle], user_id=self.operator.id)
        self._deliver([self.bottle], user_id=self.colleague.id)
        self._complain(order_id=first.id, product_id=self.bottle.id)
        self._complain(order_id=first.id, product_id=self.filter.id, motive_id=self.quality.id)
        by_product = self._rates("product")
        self.assertEqual(by_product[self.filter.display_name], (1, 1, 1000.0))
        self.assertAlmostEqual(by_product[self.bottle.display_name][2], 1000 / 3)
        self.assertEqual(list(by_product), [self.filter.display_name, self.bottle.display_name])
        self.assertEqual(self._rates("motive")["Late Delivery"], (1, 3, 1000 / 3))
        self.assertEqual(self._rates("operator"), {self.operator.name: (2, 2, 1000.0)})
        self.assertEqual(self._rates("motive", self.colleague), {})
        self.assertEqual(self._rates("motive", self.operator)["Late Delivery"], (1, 2, 500.0))

    def test_without_deliveries_there_is_no_rate(self):
        self._complain(product_id=self.bottle.id)
        self.assertEqual(self._rates("product")[self.bottle.display_name], (1, 0, None))

    def _statistics(self, user=None):
        page = self.env["ai.call.statistics"].with_user(user or self.supervisor)
        page = page.with_company(self.company)
        today = fields.Date.today()
        period = {"date_from": str(today - timedelta(days=7)), "date_to": str(today)}
        codes = [code for code in page.get_page()["blocks"] if code.startswith("complaints")]
        return {code: page.get_block(code, period) for code in codes}

    def test_supervisors_find_them_among_the_statistics(self):
        order = self._deliver([self.bottle], user_id=self.operator.id)
        self._complain(order_id=order.id, product_id=self.bottle.id)
        solved = self._complain(resolution="Fait")
        solved.action_solve()
        blocks = self._statistics()
        self.assertEqual(len(blocks), 4)
        [row] = blocks["complaints"]["rows"]
        self.assertEqual((row["label"], row["values"][:3]), ("Late Delivery", [2, 1, 0]))
        [row] = blocks["complaints_product"]["rows"]
        self.assertEqual(row["values"], [1, 1, 1000.0])
        self.assertTrue(blocks["complaints_operator"]["rows"])

    def test_they_are_events_of_the_client(self):
        complaint = self._complain(resolution="Fait", employee_id=self.colleague.id)
        complaint._escalate_by_hand("Urgent")
        complaint.action_solve()
        events = self.env["ai.client.event"].with_user(self.supervisor)
        found = events.search([("partner_id", "=", self.hotel.id)])
        self.assertEqual(
            set(found.mapped("kind")) & {"complaint", "complaint_escalated", "complaint_closed"},
            {"complaint", "complaint_escalated", "complaint_closed"},
        )
        self.assertIn(complaint.name, found.filtered(lambda e: e.kind == "complaint").name)

    def test_who_is_complained_about_finds_no_event_of_it(self):
        self._complain(employee_id=self.supervisor.id)
        events = self.env["ai.client.event"].with_user(self.supervisor)
        self.assertFalse(events.search([("kind", "=", "complaint")]))
        self.assertFalse(self._statistics()["complaints"]["rows"])
