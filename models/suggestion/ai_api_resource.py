"""Rules of what is bought together, for other systems."""

from odoo import _, api, models

from ..core.ai_api_resource import Resource


class AiApiResource(models.AbstractModel):
    _inherit = "ai.api.resource"

    @api.model
    def _resources(self):
        return super()._resources() | {
            "recommendations": Resource(
                _("Rules: who buys the products before the arrow also buys the one behind it"),
                model="ai.recommendation.rule",
                fields=(
                    "antecedent_ids",
                    "consequent_id",
                    "source",
                    "support_count",
                    "antecedent_count",
                    "order_count",
                    "support",
                    "confidence",
                    "confidence_low",
                    "confidence_high",
                    "lift",
                    "p_value",
                    "strength",
                    "typical_quantity",
                ),
                filters=("antecedent_id", "consequent_id", "source"),
                order="strength desc, id",
            )
        }
