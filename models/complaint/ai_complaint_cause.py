from odoo import fields, models


class AiComplaintCause(models.Model):
    _name = "ai.complaint.cause"
    _description = "Root Cause of Complaints"
    _inherit = "ai.editable.row"
    _order = "name, id"
    _editable = frozenset({"name", "active"})

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
