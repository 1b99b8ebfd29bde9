from odoo import _, api, models

from ...tools.compat import may_read

TONES = {"out": "danger", "low": "warning", "enough": "success", "much": "info"}


class AiDashboardStrip(models.AbstractModel):
    _inherit = "ai.dashboard.strip"

    @api.model
    def _strips(self):
        strips = super()._strips()
        if may_read(self.env["ai.replenishment"]):
            strips["stock"] = (10, "_stock_strip")
        return strips

    def _stock_strip(self, companies):
        """How many products of warehouses are out of stock, low, well stocked, or overstocked."""
        rows = self.env["ai.replenishment"]
        title = _("Stock State")
        here = [
            ("company_id", "in", companies.ids),
            ("product_id.active", "=", True),
            ("product_id.sale_ok", "=", True),
        ]
        if not rows.search_count(here, limit=1):
            return {"title": title, **self._needs_training()}
        counts = rows._count_stock_states(here)
        return {
            "title": title,
            "note": _("products × warehouses"),
            "tiles": [
                {
                    "code": state,
                    "label": label,
                    "value": counts.get(state, 0),
                    "tone": TONES.get(state, "") if counts.get(state) else "",
                    "action": self._window(
                        "ai_replenishment_action", label, [*here, ("stock_state", "=", state)]
                    ),
                }
                for state, label in rows._fields["stock_state"]._description_selection(self.env)
            ],
            "action": self._window("ai_replenishment_action", title, here),
        }
