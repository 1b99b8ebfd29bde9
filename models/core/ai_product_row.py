from odoo import fields, models


class AiProductRow(models.AbstractModel):
    """A row of a product that a training writes."""

    _name = "ai.product.row"
    _description = "Row of a Product"
    _inherit = ["ai.learned.row"]
    _rec_name = "product_id"

    product_id = fields.Many2one(
        "product.product", required=True, index=True, readonly=True, ondelete="cascade"
    )
