"""Demand forecasts for other systems."""

from datetime import timedelta

from odoo import _, api, models

from ..core.ai_api_resource import Resource

DAY = {
    "type": "object",
    "properties": {
        "date": {"type": "string", "format": "date"},
        **{name: {"type": "number"} for name in ("value", "low", "high", "low_80", "high_80")},
    },
    "required": ["date", "value", "low", "high", "low_80", "high_80"],
    "additionalProperties": False,
}
TOTALS = tuple(
    f"total_{days}{end}"
    for days in (7, 30, 90)
    for end in ("", "_low", "_high", "_low_80", "_high_80")
)


class AiApiResource(models.AbstractModel):
    _inherit = "ai.api.resource"

    @api.model
    def _resources(self):
        return super()._resources() | {
            "forecast": Resource(
                _("Demand forecasts of products, with their 95 and 80 % ranges"),
                model="ai.forecast",
                fields=(
                    "product_id",
                    "categ_id",
                    "uom_id",
                    "state",
                    "reason",
                    "date_trained",
                    "date_start",
                    *TOTALS,
                    "trend",
                    "slope",
                    "confidence",
                    "is_tested",
                    "wape",
                    "bias",
                ),
                filters=("product_id", "categ_id", "state", "trend"),
                order="total_30 desc nulls last, id",
                item_by="product_id",
                item_method="_forecast_days",
                item_schema=(("daily", {"type": "array", "items": DAY}),),
            )
        }

    def _forecast_days(self, forecast, days):
        """{"daily": [...]}, units forecast for each of the next days, with their ranges."""
        _history, *curves = forecast._read_arrays()[forecast.id]
        return {
            "daily": [
                {
                    "date": forecast.date_start + timedelta(days=number),
                    "value": value,
                    "low": low,
                    "high": high,
                    "low_80": low_80,
                    "high_80": high_80,
                }
                for number, (value, low, high, low_80, high_80) in enumerate(
                    zip(*(curve[:days] for curve in curves), strict=True)
                )
            ]
        }
