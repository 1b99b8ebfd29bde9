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

    def _rates(self, by):
        now = fields.Datetime.now()
        rows = self.env["ai.complaint.rate"]._rates(
            self.company, now - timedelta(days=30), now + timedelta(days=1), by
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

    def test_without_deliveries_there_is_no_rate(self):
        self._complain(product_id=self.bottle.id)
        self.assertEqual(self._rates("product")[self.bottle.display_name], (1, 0, None))
