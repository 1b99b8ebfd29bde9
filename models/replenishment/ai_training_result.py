from odoo import fields, models


class AiTrainingResultReplenishment(models.Model):
    """How many rows a run has planned."""

    _name = "ai.training.result.replenishment"
    _description = "Result of a Training of Replenishment"
    _inherit = "ai.training.result"
    _made = "order_now_count"

    order_now_count = fields.Integer(
        string="To Order", help="Products and warehouses to order for."
    )
    row_count = fields.Integer(string="Planned", help="Products and warehouses that were planned.")
