"""A complaint that is taken during a call belongs to it once the call is logged."""

from odoo import api, fields, models


class AiCall(models.Model):
    _inherit = "ai.call"

    complaint_ids = fields.One2many("ai.complaint", "call_id", string="Complaints", readonly=True)
    complaint_count = fields.Integer(compute="_compute_complaint_count")

    @api.depends("complaint_ids")
    def _compute_complaint_count(self):
        for call in self:
            call.complaint_count = len(call.complaint_ids)

    @api.model_create_multi
    def create(self, vals_list):
        calls = super().create(vals_list)
        for call in calls.filtered("partner_id"):
            call._take_complaints()
        return calls

    def _take_complaints(self):
        """Link what the operator took of the client while the call ran."""
        self.env["ai.complaint"].search(
            [
                ("call_id", "=", False),
                ("user_id", "=", self.user_id.id),
                ("company_id", "=", self.company_id.id),
                ("commercial_partner_id", "=", self.commercial_partner_id.id),
                ("create_date", ">=", self.start),
                ("create_date", "<=", max(self.stop, self.create_date)),
            ]
        ).call_id = self

    def action_open_complaints(self):
        """The complaints of the call."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_complaint_action"
        )
        return {**action, "domain": [("call_id", "=", self.id)], "context": {}}
