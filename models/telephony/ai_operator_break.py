"""Why operators take breaks; a company may have its own reasons beside those of all."""

from odoo import api, fields, models


class AiOperatorBreak(models.Model):
    _name = "ai.operator.break"
    _description = "Reason of a Break"
    _inherit = "ai.editable.row"
    _order = "sequence, id"
    _editable = frozenset({"name", "sequence", "active", "company_id"})

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, ondelete="cascade")

    @api.model
    def _choices(self, company):
        """[{"id", "name"}] of a company."""
        reasons = self.sudo().search([("company_id", "in", (False, company.id))])
        return [{"id": reason.id, "name": reason.name} for reason in reasons]
