"""ABC/XYZ classes for other systems."""

from odoo import _, api, models

from ..core.ai_api_resource import Resource


class AiApiResource(models.AbstractModel):
    _inherit = "ai.api.resource"

    @api.model
    def _resources(self):
        return super()._resources() | {
            "segmentation": Resource(
                _("Classes of products by revenue (A to C) and steadiness (X to Z)"),
                model="ai.product.class",
                fields=(
                    "product_id",
                    "categ_id",
                    "uom_id",
                    "name",
                    "abc",
                    "xyz",
                    "revenue",
                    "share",
                    "cumulative",
                    "cv",
                    "is_cv_known",
                    "units",
                ),
                filters=("product_id", "categ_id", "abc", "xyz"),
                order="revenue desc, id",
            )
        }
