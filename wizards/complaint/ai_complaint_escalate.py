"""Ask why complaints are escalated."""

from odoo import fields, models


class AiComplaintEscalate(models.TransientModel):
    _name = "ai.complaint.escalate"
    _description = "Escalate a Complaint"

    complaint_ids = fields.Many2many("ai.complaint", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_escalate(self):
        """Hand the complaints to a supervisor, in the name of the user."""
        self.ensure_one()
        self.complaint_ids._escalate_by_hand(self.reason)
        return {"type": "ir.actions.act_window_close"}
