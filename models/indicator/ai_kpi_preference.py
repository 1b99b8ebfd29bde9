"""How a user arranged an indicator on the dashboard. Without rows it is as the role has it."""

from odoo import _, api, fields, models


class AiKpiPreference(models.Model):
    _name = "ai.kpi.preference"
    _description = "Place of an Indicator on the Dashboard"
    _inherit = ["ai.editable.row"]
    _order = "sequence, id"
    _log_access = False
    _rec_name = "kpi_id"
    _editable = frozenset({"kpi_id", "sequence", "is_pinned", "is_hidden"})

    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
    )
    kpi_id = fields.Many2one("ai.kpi", string="Indicator", required=True, ondelete="cascade")
    sequence = fields.Integer()
    is_pinned = fields.Boolean(string="Pinned", help="Shown at the top, under Overview.")
    is_hidden = fields.Boolean(string="Hidden")

    _sql_constraints = [
        ("kpi_unique", "UNIQUE(user_id, kpi_id)", "An indicator has one place for each user.")
    ]

    @api.model
    def _not_editable_message(self):
        return _("Everybody arranges the own dashboard alone.")
