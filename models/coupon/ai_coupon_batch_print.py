from odoo import _, models
from odoo.exceptions import UserError

from ...tools.compat import check_access
from . import report_coupon


class AiCouponBatch(models.Model):
    _inherit = "ai.coupon.batch"

    def action_print(self):
        """The action that prints the coupons of a batch that have not been given yet, as many as
        fit into one document. Managers only."""
        return self._not_given([]).action_print()

    def action_mail(self):
        """Send the coupons of a batch that have not been given yet to the clients who have an
        address, so many at a time. Managers only. Returns a notification."""
        return self._not_given([("partner_id.email", "not in", (False, ""))]).action_mail()

    def action_renew_pins(self):
        """Coupons whose PINs are new have not been given to anybody."""
        done = super().action_renew_pins()
        self.sudo().coupon_ids.printed_date = False
        return done

    def _not_given(self, condition):
        """Valid coupons of the batch that have neither been printed nor sent, under a condition,
        as many as are done at a time. Raises UserError where there are none."""
        self.ensure_one()
        check_access(self, "read")
        self.env["ai.coupon"]._check_can_be_given()
        coupons = self.env["ai.coupon"].search(
            [
                ("batch_id", "=", self.id),
                ("state", "=", "valid"),
                ("printed_date", "=", False),
                *condition,
            ],
            order="id",
            limit=report_coupon.MOST,
        )
        if not coupons:
            raise UserError(
                _(
                    "No coupon of this batch is left to be sent: those that are valid have been "
                    "printed or sent, or their clients have no e-mail address."
                )
                if condition
                else _(
                    "All coupons of this batch that are valid have been printed or sent. To print "
                    "some once more, choose them in the list of its coupons."
                )
            )
        return coupons
