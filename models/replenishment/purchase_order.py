from odoo import _, api, fields, models

from ...tools.compat import check_access
from ...tools.rights import check_group

CONFIRMED = ("purchase", "done")


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    ai_vendor_score_id = fields.Many2one(
        "ai.vendor.score",
        string="Vendor's Reliability",
        compute="_compute_ai_vendor",
        groups="purchase.group_purchase_user",
    )
    ai_vendor_share = fields.Float(
        string="Reliability of the Vendor",
        compute="_compute_ai_vendor",
        groups="purchase.group_purchase_user",
    )

    @api.depends("partner_id", "company_id")
    def _compute_ai_vendor(self):
        scores = self.env["ai.vendor.score"]
        for company in self.company_id:
            orders = self.filtered(lambda order, own=company: order.company_id == own)
            found = scores._of(company, orders.partner_id)
            for order in orders:
                score = found.get(order.partner_id.commercial_partner_id, scores)
                order.ai_vendor_score_id = score if score.judged_count else scores
                order.ai_vendor_share = order.ai_vendor_score_id.score
        for order in self.filtered(lambda order: not order.company_id):
            order.ai_vendor_score_id, order.ai_vendor_share = False, 0.0

    def action_open_ai_vendor(self):
        """Open how far the order's vendor can be relied on. Purchase users only."""
        check_group(
            self.env,
            "purchase.group_purchase_user",
            _("Only users of purchases may see how reliable vendors are."),
        )
        self.ensure_one()
        check_access(self, "read")
        return self.ai_vendor_score_id.get_formview_action()

    def button_approve(self, force=False):
        result = super().button_approve(force=force)
        self.filtered(lambda order: order.state in CONFIRMED).order_line._ai_keep_promise()
        return result

    def button_draft(self):
        """What was promised goes with the confirmation."""
        result = super().button_draft()
        drafts = self.filtered(lambda order: order.state == "draft")
        drafts.order_line.sudo().write({"ai_promised": False})
        return result
