"""The effect on revenue as it was known after each week of an experiment."""

from odoo import api, fields, models


class AiExperimentLook(models.Model):
    _name = "ai.experiment.look"
    _description = "Experiment Week"
    _inherit = ["ai.company.row"]
    _order = "experiment_id, date"

    experiment_id = fields.Many2one(
        "ai.experiment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True)
    quotation_count = fields.Integer(string="Quotations", readonly=True)
    is_known = fields.Boolean(readonly=True)
    absolute = fields.Float(string="Effect", readonly=True, group_operator="avg", digits=(16, 4))
    low = fields.Float(string="At Least", readonly=True, group_operator="avg", digits=(16, 4))
    high = fields.Float(string="At Most", readonly=True, group_operator="avg", digits=(16, 4))

    @api.depends("experiment_id", "date")
    def _compute_display_name(self):
        for look in self:
            look.display_name = f"{look.experiment_id.name} {look.date}"
