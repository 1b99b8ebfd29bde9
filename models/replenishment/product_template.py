from odoo import api, fields, models

from .product_product import REPLENISHMENT_GROUPS


class ProductTemplate(models.Model):
    _inherit = "product.template"

    ai_replenishment = fields.Json(
        string="Replenishment", compute="_compute_ai_replenishment", groups=REPLENISHMENT_GROUPS
    )

    @api.depends_context("company", "lang")
    def _compute_ai_replenishment(self):
        """The advice of all variants; one of them is shown at a time."""
        variants = self._origin.product_variant_ids
        advice = variants._ai_replenishment_advice()
        for template in self:
            template.ai_replenishment = variants._ai_replenishment_json(
                [advice[variant] for variant in template._origin.product_variant_ids]
            )
