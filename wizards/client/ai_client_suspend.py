"""Ask why a client is suspended."""

from odoo import fields, models


class AiClientSuspend(models.TransientModel):
    _name = "ai.client.suspend"
    _description = "Suspend a Client"

    partner_id = fields.Many2one("res.partner", string="Client", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_suspend(self):
        """Suspend the client in the current company. Supervisors only."""
        self.ensure_one()
        self.env["ai.client"]._suspend(self.env.company, self.partner_id, self.reason)
        return {"type": "ir.actions.act_window_close", "infos": {"suspended": True}}
