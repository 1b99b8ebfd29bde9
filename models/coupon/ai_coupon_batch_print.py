from odoo import _, models
from odoo.exceptions import UserError

from . import report_coupon


class AiCouponBatch(models.Model):
    _inherit = "ai.coupon.batch"

    def action_print(self):
        """The action that prints the coupons of a batch that have not been printed yet, as many as
        fit into one document. Managers only."""
        self.ensure_one()
        domain = [("batch_id", "=", self.id), ("state", "=", "valid"), ("printed_date", "=", False)]
        coupons = self.env["ai.coupon"].search(domain, order="id", limit=report_coupon.MOST)
        coupons._check_can_be_given()
        if not coupons:
            raise UserError(
                _(
                    "All coupons of this batch that are valid have been printed or sent. To print "
                    "some once more, choose them in the list of its coupons."
                )
            )
        return coupons.action_print()
