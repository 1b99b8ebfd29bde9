"""Alerts of anomalies: a morning digest for subscribers, severe ones as soon as they are found.

A user hears of an anomaly once, whatever training finds again later, and never of one that somebody
has decided on or that is older than two weeks.
"""

from datetime import timedelta

from odoo import _, api, fields, models
from odoo.tools import format_date

READERS = ("smart_recommender.group_manager", "sales_team.group_sale_salesman_all_leads")
# By weeks a day may be known only a week after it was over.
RECENT_DAYS = 14
NAMED = 5


class AiAnomalyAlert(models.Model):
    _name = "ai.anomaly.alert"
    _description = "Anomaly Alert"
    _inherit = "ai.alert"

    kind = fields.Selection(
        [("digest", "Morning Digest"), ("high", "At Once")], required=True, readonly=True
    )
    anomaly_ids = fields.Many2many("ai.anomaly", string="Anomalies", readonly=True)
    anomaly_count = fields.Integer(string="Anomalies Told", readonly=True)
    high_count = fields.Integer(string="High", readonly=True)

    @api.depends("date", "kind")
    def _compute_display_name(self):
        for alert in self:
            day = format_date(self.env, alert.date) if alert.date else ""
            alert.display_name = _("Anomalies of %s", day)

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------

    @api.model
    def _cron_digest(self):
        """The digest of every company that uses the recommender."""
        companies = self.env["res.company"].search([("ai_enabled", "=", True)])
        self._each_company(companies, "_digest", "smart_recommender.ir_cron_anomaly_digest")

    @api.model
    def _digest(self, company):
        """Tell each subscriber of a company what is new. Returns the alerts."""
        return self._tell(company, "digest", [])

    @api.model
    def _tell_high(self, company):
        """Tell each subscriber of a company at once what is severe. Returns the alerts."""
        return self._tell(company, "high", [("severity", "=", "high")])

    def _tell(self, company, kind, domain):
        today = self.env["ai.sales.extract"]._local_now(company).date()
        recent = (
            self.env["ai.anomaly"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "new"),
                    ("date_end", ">=", today - timedelta(days=RECENT_DAYS)),
                    *domain,
                ]
            )
        )
        alerts = self.browse()
        if not recent:
            return alerts
        told = self._told(company, recent)
        for user in self._subscribers(company):
            anomalies = recent - told.get(user, recent.browse())
            if anomalies:
                alerts |= self.sudo()._tell_user(
                    company,
                    user,
                    kind=kind,
                    anomaly_ids=[(6, 0, anomalies.ids)],
                    anomaly_count=len(anomalies),
                    high_count=len(anomalies.filtered(lambda row: row.severity == "high")),
                )
        return alerts

    @api.model
    def _told(self, company, anomalies):
        """{user: those of the anomalies that the user has heard of}."""
        alerts = self.sudo().search(
            [("company_id", "=", company.id), ("anomaly_ids", "in", anomalies.ids)]
        )
        return {
            user: told.anomaly_ids & anomalies for user, told in alerts.grouped("user_id").items()
        }

    @api.model
    def _subscribers(self, company):
        users = self.env["res.users"].sudo().search([("ai_anomaly_alerts", "=", True)])
        return users.filtered(lambda user: self._may_be_told(user, company, READERS))

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _summary(self):
        self.ensure_one()
        if self.kind == "high":
            return _("%s severe anomalies", self.high_count)
        return _("%s new anomalies", self.anomaly_count)

    def _note(self):
        """The most unusual ones by name."""
        self.ensure_one()
        rows = self.anomaly_ids.sorted("weight", reverse=True)
        lines = []
        for row in rows[:NAMED]:
            lines.append(_("%(label)s: %(value)s", label=row.subject, value=row.sentence))
        if len(rows) > NAMED:
            lines.append(_("and %s more", len(rows) - NAMED))
        return "\n".join(lines)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_anomalies(self):
        """Open the anomalies of this alert."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_anomaly_action"
        )
        return {**action, "domain": [("id", "in", self.anomaly_ids.ids)], "context": {}}
