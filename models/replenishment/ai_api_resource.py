"""What to order, for other systems."""

from odoo import _, api, models

from ..core.ai_api_resource import Resource


class AiApiResource(models.AbstractModel):
    _inherit = "ai.api.resource"

    @api.model
    def _resources(self):
        return super()._resources() | {
            "replenishment": Resource(
                _("Stock, reorder point and what to order, for each warehouse and product"),
                model="ai.replenishment",
                fields=(
                    "product_id",
                    "categ_id",
                    "warehouse_id",
                    "uom_id",
                    "action",
                    "urgency",
                    "supply",
                    "vendor_id",
                    "demand_state",
                    "daily_demand",
                    "on_hand",
                    "incoming",
                    "reserved",
                    "available",
                    "lead_time",
                    "safety_stock",
                    "rop",
                    "order_up_to",
                    "quantity",
                    "cover",
                    "gap_days",
                    "order_before",
                    "is_dead",
                    "date_planned",
                ),
                filters=(
                    "product_id",
                    "categ_id",
                    "warehouse_id",
                    "vendor_id",
                    "action",
                    "supply",
                    "is_dead",
                ),
                order="urgency desc, cover, id",
            )
        }
