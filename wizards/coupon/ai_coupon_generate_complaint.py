from odoo import _, fields, models
from odoo.exceptions import UserError

from ...tools.compat import check_access


class AiCouponGenerate(models.TransientModel):
    """Coupons that a client gets for a complaint."""

    _inherit = "ai.coupon.generate"

    complaint_id = fields.Many2one("ai.complaint", readonly=True)

    def action_generate(self):
        complaint = self.complaint_id
        if not complaint:
            return super().action_generate()
        check_access(complaint, "write")
        clients = self._clients()[0]
        if clients != complaint.commercial_partner_id:
            raise UserError(
                _(
                    "These coupons are for a complaint of %s: leave the other clients out.",
                    complaint.partner_id.display_name,
                )
            )
        action = super().action_generate()
        self.env["ai.coupon.batch"].browse(action["res_id"]).sudo().complaint_id = complaint
        return action
