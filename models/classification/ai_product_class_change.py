"""History of product classes: one row for each product whose class a training has changed."""

from odoo import _, api, fields, models

from .ai_product_class import ABC


class AiProductClassChange(models.Model):
    _name = "ai.product.class.change"
    _description = "Product Class Change"
    _inherit = ["ai.product.row"]
    _order = "date desc, id desc"
    _log_access = False

    run_id = fields.Many2one(required=False, ondelete="set null")
    categ_id = fields.Many2one(related="product_id.categ_id", string="Category")
    date = fields.Date(required=True, readonly=True, index=True)
    old_name = fields.Char(string="From", required=True, readonly=True)
    new_name = fields.Char(string="To", required=True, readonly=True)
    old_abc = fields.Selection(ABC, string="ABC Before", required=True, readonly=True)
    new_abc = fields.Selection(ABC, string="ABC After", required=True, readonly=True)
    by_settings = fields.Boolean(
        string="Other Settings",
        readonly=True,
        help="Period, bucket or limits were changed between the two trainings: the product may "
        "sell as before.",
    )

    @api.depends("product_id", "old_name", "new_name")
    def _compute_display_name(self):
        for change in self:
            change.display_name = _(
                "%(product)s: %(old)s → %(new)s",
                product=change.product_id.display_name,
                old=change.old_name,
                new=change.new_name,
            )
