from odoo import fields, models


class AiProductRow(models.AbstractModel):
    """What rows have in common that a training writes for products of a company."""

    _name = "ai.product.row"
    _description = "Row of a Product"
    _rec_name = "product_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
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
