from odoo import _, models

from ...tools.compat import check_access


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_open_coupons(self):
        """The coupons of the client. Operators only."""
        self.ensure_one()
        self.env["ai.client"]._check_operator()
        check_access(self, "read")
        action = self.env["ir.actions.act_window"]._for_xml_id("smart_recommender.ai_coupon_action")
        entity = self.commercial_partner_id
        return {
            **action,
            "name": _("Coupons of %s", entity.display_name),
            "domain": [("commercial_partner_id", "=", entity.id)],
            "context": {},
        }
