from odoo import _, api, models
from odoo.tools import format_date, formatLang

from ...tools.compat import may_read

SHOWN = 3


class AiDashboardStrip(models.AbstractModel):
    _inherit = "ai.dashboard.strip"

    @api.model
    def _strips(self):
        strips = super()._strips()
        if may_read(self.env["ai.forecast"]):
            strips["forecast"] = (20, "_forecast_strip")
        return strips

    def _forecast_strip(self, companies):
        """How many products will sell more or less, and which of them most."""
        forecasts = self.env["ai.forecast"]
        here = [("company_id", "in", companies.ids)]
        title = _("Demand Forecasts")
        if not forecasts.search_count(here, limit=1):
            return {"title": title, **self._needs_training()}
        known = [*here, ("state", "=", "ok")]
        counts = dict(forecasts._read_group(known, ["trend"], ["__count"]))
        words = dict(forecasts._fields["trend"]._description_selection(self.env))
        unknown = [*here, ("state", "=", "not_enough_history")]
        return {
            "title": title,
            "note": self._forecast_day(known),
            "tiles": [
                *(
                    self._forecast_tile(
                        trend, words[trend], counts.get(trend, 0), [*known, ("trend", "=", trend)]
                    )
                    for trend in ("up", "stable", "down")
                ),
                self._forecast_tile(
                    "short",
                    _("Not Enough History"),
                    forecasts.search_count(unknown),
                    unknown,
                ),
            ],
            "rows": [
                *self._forecast_rows([*known, ("trend", "=", "up")], "slope desc", "success"),
                *self._forecast_rows([*known, ("trend", "=", "down")], "slope", "danger"),
            ],
            "action": self._window("ai_forecast_action", title, known),
        }

    def _forecast_day(self, domain):
        newest = self.env["ai.forecast"].search(domain, order="date_trained desc", limit=1)
        if not newest.date_trained:
            return ""
        return _("with sales up to %s", format_date(self.env, newest.date_trained))

    def _forecast_tile(self, code, label, value, domain):
        return {
            "code": code,
            "label": label,
            "value": value,
            "tone": {"up": "success", "down": "danger"}.get(code, ""),
            "action": self._window("ai_forecast_action", label, domain),
        }

    def _forecast_rows(self, domain, order, tone):
        """The products that change most."""
        found = self.env["ai.forecast"].search(domain, order=f"{order}, id", limit=SHOWN)
        return [
            {
                "label": forecast.product_id.display_name,
                "detail": _(
                    "%(units)s %(unit)s in 30 days, between %(low)s and %(high)s",
                    units=self._forecast_units(forecast.total_30),
                    unit=forecast.uom_id.name,
                    low=self._forecast_units(forecast.total_30_low),
                    high=self._forecast_units(forecast.total_30_high),
                ),
                "tone": tone,
                "action": {**forecast.get_formview_action(), "name": forecast.display_name},
            }
            for forecast in found
        ]

    def _forecast_units(self, value):
        return formatLang(self.env, value, digits=0 if value >= 20 else 1)
