from odoo import fields, models


class AiComplaintCause(models.Model):
    _name = "ai.complaint.cause"
    _description = "Root Cause of Complaints"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
