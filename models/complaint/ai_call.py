"""A complaint that is taken during a call belongs to it once the call is logged."""

from odoo import api, fields, models

from ...tools.compat import check_access


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
        calls.filtered("partner_id")._take_complaints()
        return calls

    def _take_complaints(self):
        """Link what operators took of the clients while the calls ran: one search for all."""
        if not self:
            return
        complaints = self.env["ai.complaint"].search(
            [
                ("call_id", "=", False),
                ("user_id", "in", self.user_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("commercial_partner_id", "in", self.commercial_partner_id.ids),
                ("create_date", ">=", min(self.mapped("start"))),
            ]
        )
        for complaint in complaints:
            complaint.call_id = self.filtered(lambda call, own=complaint: call._was_during(own))[:1]

    def _was_during(self, complaint):
        """Whether its operator took a complaint of its client while a call ran."""
        return (
            (self.user_id, self.company_id, self.commercial_partner_id)
            == (complaint.user_id, complaint.company_id, complaint.commercial_partner_id)
        ) and self.start <= complaint.create_date <= max(self.stop, self.create_date)

    def action_open_complaints(self):
        """The complaints of the call."""
        self.ensure_one()
        check_access(self, "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_complaint_action"
        )
        return {**action, "domain": [("call_id", "=", self.id)], "context": {}}
