from odoo import fields, models


class AiProductRow(models.AbstractModel):
    """What rows have in common that a training writes for products of a company."""

    _name = "ai.product.row"
    _description = "Row of a Product"
    _inherit = ["ai.company.row"]
    _rec_name = "product_id"

    run_id = fields.Many2one(
        "ai.training.run",
        string="Training Run",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(
        "product.product", required=True, index=True, readonly=True, ondelete="cascade"
    )
