"""A client's complaints, for whoever sells to it."""

from odoo import api, fields, models

from ...tools.compat import check_access
from .ai_complaint import OPEN


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Portal users read partners: the groups keep these fields from them.
    complaint_count = fields.Integer(
        compute="_compute_complaint_count", groups="sales_team.group_sale_salesman"
    )
    open_complaint_count = fields.Integer(
        compute="_compute_complaint_count", groups="sales_team.group_sale_salesman"
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_complaint_count(self):
        """Those that the user may see, of the whole commercial entity."""
        groups = self.env["ai.complaint"]._read_group(
            [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
            ["commercial_partner_id", "state"],
            ["__count"],
        )
        every, still_open = {}, {}
        for entity, state, count in groups:
            every[entity.id] = every.get(entity.id, 0) + count
            if state in OPEN:
                still_open[entity.id] = still_open.get(entity.id, 0) + count
        for partner in self:
            entity = partner.commercial_partner_id.id
            partner.complaint_count = every.get(entity, 0)
            partner.open_complaint_count = still_open.get(entity, 0)

    def action_open_complaints(self):
        """The complaints of the client."""
        self.ensure_one()
        check_access(self, "read")
        check_access(self.env["ai.complaint"], "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_complaint_action"
        )
        return {
            **action,
            "domain": [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.id},
        }
