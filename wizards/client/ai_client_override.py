"""Ask why a quotation of a suspended client is confirmed nevertheless."""

from odoo import fields, models


class AiClientOverride(models.TransientModel):
    _name = "ai.client.override"
    _description = "Sell to a Suspended Client"

    order_id = fields.Many2one(
        "sale.order", string="Quotation", required=True, readonly=True, ondelete="cascade"
    )
    suspension = fields.Text(related="order_id.ai_suspension", string="Suspension")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Confirm the quotation. Supervisors of the call center and sales managers only."""
        self.ensure_one()
        self.order_id.action_confirm_suspended(self.reason)
        return {"type": "ir.actions.act_window_close"}
