from datetime import timedelta

from odoo import _, api, fields, models
from odoo.tools import format_date, formatLang

from ...tools.compat import may_read

SHOWN = 5
RECENT_DAYS = 30
TONES = {"high": "danger", "medium": "warning", "low": "info"}


class AiDashboardStrip(models.AbstractModel):
    _inherit = "ai.dashboard.strip"

    @api.model
    def _strips(self):
        strips = super()._strips()
        if may_read(self.env["ai.anomaly"]):
            strips["anomaly"] = (30, "_anomaly_strip")
        return strips

    def _anomaly_strip(self, companies):
        """What sold unusually in the last weeks and waits for a decision."""
        anomalies = self.env["ai.anomaly"]
        title = _("Unusual Sales")
        here = [("company_id", "in", companies.ids)]
        if not anomalies.with_context(active_test=False).search_count(here, limit=1):
            return {"title": title, **self._anomaly_empty(companies)}
        since = fields.Date.context_today(self) - timedelta(days=RECENT_DAYS)
        domain = [*here, ("state", "=", "new"), ("date_end", ">=", since)]
        counts = dict(anomalies._read_group(domain, ["severity"], ["__count"]))
        words = dict(anomalies._fields["severity"]._description_selection(self.env))
        return {
            "title": title,
            "note": _("last %s days, not yet decided", RECENT_DAYS),
            "tiles": [
                {
                    "code": severity,
                    "label": words[severity],
                    "value": counts.get(severity, 0),
                    "tone": tone if counts.get(severity) else "",
                    "action": self._window(
                        "ai_anomaly_action", title, [*domain, ("severity", "=", severity)]
                    ),
                }
                for severity, tone in TONES.items()
            ],
            "rows": [
                self._anomaly_row(anomaly)
                for anomaly in anomalies.search(
                    domain, order="date_end desc, weight desc, id desc", limit=SHOWN
                )
            ],
            "action": self._window("ai_anomaly_action", title, domain),
        }

    def _anomaly_empty(self, companies):
        """Either nobody has looked yet, or there was nothing to find."""
        runs = self.env["ai.training.run"].sudo()  # whether there was one is no secret
        searched = runs.search_count(
            [
                ("company_id", "in", companies.ids),
                ("kind", "=", "anomalies"),
                ("state", "=", "done"),
            ],
            limit=1,
        )
        if searched:
            return {"empty": _("Nothing unusual was found.")}
        return self._needs_training()

    def _anomaly_row(self, anomaly):
        def figure(value):
            return formatLang(self.env, value, digits=0 if abs(value) >= 20 else 1)

        return {
            "label": anomaly.subject,
            "detail": _(
                "%(day)s: %(sold)s %(unit)s sold, %(expected)s expected",
                day=format_date(self.env, anomaly.date_end),
                sold=figure(anomaly.quantity),
                expected=figure(anomaly.expected),
                unit=anomaly.unit or "",
            ),
            "tone": TONES[anomaly.severity],
            "action": {**anomaly.get_formview_action(), "name": anomaly.display_name},
        }
