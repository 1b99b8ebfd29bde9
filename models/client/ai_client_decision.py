"""What was decided on clients: a row for each suspension, each end of one, and each tier by hand.

The figures of a client tell the present state, its chatter tells the words; this tells when and by
whom, for its history.
"""

from odoo import fields, models

KINDS = [("suspended", "Client Suspended"), ("resumed", "Suspension Ended"), ("tier", "Tier Set")]


class AiClientDecision(models.Model):
    _name = "ai.client.decision"
    _description = "Decision on a Client"
    _inherit = ["ai.client.row"]
    _order = "date desc, id desc"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="Decided By", readonly=True)
    reason = fields.Text(readonly=True)
