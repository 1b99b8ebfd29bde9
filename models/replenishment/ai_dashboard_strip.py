from odoo import _, api, models
from odoo.tools import formatLang

from ...tools.compat import may_read

SHOWN = 5
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
            "rows": self._urgent_rows(here),
            "action": self._window("ai_replenishment_action", title, here),
        }

    def _urgent_rows(self, domain):
        """What is most urgent to order, dangerous where nothing is left."""
        found = self.env["ai.replenishment"].search(
            [*domain, ("action", "=", "order_now")], order="urgency desc, cover, id", limit=SHOWN
        )
        return [
            {
                "label": row.display_name,
                "detail": _(
                    "%(available)s %(unit)s available, reorder point %(rop)s",
                    available=formatLang(self.env, row.available, digits=0),
                    unit=row.uom_id.name,
                    rop=formatLang(self.env, row.rop, digits=0),
                ),
                "tone": "danger" if row.available <= 0 else "warning",
                "action": {**row.get_formview_action(), "name": row.display_name},
            }
            for row in found
        ]
