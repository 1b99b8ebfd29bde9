from odoo import api, fields, models

from .product_product import FORECAST_GROUPS


class ProductTemplate(models.Model):
    _inherit = "product.template"

    ai_forecast = fields.Json(
        string="Demand Forecast", compute="_compute_ai_forecast", groups=FORECAST_GROUPS
    )

    @api.depends_context("company")
    def _compute_ai_forecast(self):
        """The charts of all variants; one of them is shown at a time."""
        charts = self.product_variant_ids._ai_forecast_charts()
        for template in self:
            each = [charts[product] for product in template.product_variant_ids]
            statuses = [chart["status"] for chart in each] or ["archived"]
            template.ai_forecast = {
                "status": "ok" if "ok" in statuses else statuses[0],
                "variants": [variant for chart in each for variant in chart["variants"]],
            }
