"""What sold unusually, for other systems."""

from odoo import _, api, models

from ..core.ai_api_resource import Resource


class AiApiResource(models.AbstractModel):
    _inherit = "ai.api.resource"

    @api.model
    def _resources(self):
        return super()._resources() | {
            "anomalies": Resource(
                _("Days and weeks on which unusually much or little was sold"),
                model="ai.anomaly",
                fields=(
                    "subject",
                    "level",
                    "product_id",
                    "categ_id",
                    "step",
                    "date",
                    "date_end",
                    "days",
                    "type",
                    "severity",
                    "state",
                    "reason",
                    "measure",
                    "unit",
                    "quantity",
                    "expected",
                    "deviation",
                    "z_score",
                ),
                filters=(
                    "product_id",
                    "categ_id",
                    "level",
                    "type",
                    "severity",
                    "state",
                    "date",
                    "date_end",
                ),
                order="date desc, weight desc, id desc",
            )
        }
