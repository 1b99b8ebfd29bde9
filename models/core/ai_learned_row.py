from odoo import fields, models


class AiLearnedRow(models.AbstractModel):
    """A record of one company that a training writes, and that goes with it."""

    _name = "ai.learned.row"
    _description = "Row of a Training"
    _inherit = ["ai.company.row"]

    run_id = fields.Many2one(
        "ai.training.run",
        string="Training Run",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
