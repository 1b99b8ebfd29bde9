"""Indicators in Odoo's own digest mail.

The windows of a digest are whole days back from now; here they are the same number of complete
days of the company, up to yesterday. Values are those of ``ai.kpi.value``, of all documents: who
does not see them all gets no such figure, as with Odoo's own.
"""

from datetime import timedelta

import pytz

from odoo import _, fields, models
from odoo.exceptions import AccessError

ACTION = "smart_recommender.dashboard_action"
# Code of the indicator; its value on the last day, or the sum of its numerators.
SUM, LAST = "sum", "last"
FIGURES = {
    "kpi_ai_revenue": ("revenue", SUM),
    "kpi_ai_margin": ("gross_margin", SUM),
    "kpi_ai_lost_sales": ("lost_sales", SUM),
    "kpi_ai_below_reorder_point": ("below_reorder_point", LAST),
    "kpi_ai_anomalies": ("anomalies", SUM),
    "kpi_ai_suggestions": ("suggestion_uptake", SUM),
}


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    kpi_ai_revenue = fields.Boolean("Net Revenue")
    kpi_ai_revenue_value = fields.Monetary(compute="_compute_kpi_ai_revenue_value")
    kpi_ai_margin = fields.Boolean("Gross Margin")
    kpi_ai_margin_value = fields.Monetary(compute="_compute_kpi_ai_margin_value")
    kpi_ai_lost_sales = fields.Boolean("Estimated Lost Sales")
    kpi_ai_lost_sales_value = fields.Monetary(compute="_compute_kpi_ai_lost_sales_value")
    kpi_ai_below_reorder_point = fields.Boolean("Products Below Reorder Point")
    kpi_ai_below_reorder_point_value = fields.Integer(
        compute="_compute_kpi_ai_below_reorder_point_value"
    )
    kpi_ai_anomalies = fields.Boolean("Sales Anomalies")
    kpi_ai_anomalies_value = fields.Integer(compute="_compute_kpi_ai_anomalies_value")
    kpi_ai_suggestions = fields.Boolean("Quotations With a Suggestion Taken")
    kpi_ai_suggestions_value = fields.Integer(compute="_compute_kpi_ai_suggestions_value")

    def _compute_kpi_ai_revenue_value(self):
        self._compute_kpi_ai("kpi_ai_revenue")

    def _compute_kpi_ai_margin_value(self):
        self._compute_kpi_ai("kpi_ai_margin")

    def _compute_kpi_ai_lost_sales_value(self):
        self._compute_kpi_ai("kpi_ai_lost_sales")

    def _compute_kpi_ai_below_reorder_point_value(self):
        self._compute_kpi_ai("kpi_ai_below_reorder_point")

    def _compute_kpi_ai_anomalies_value(self):
        self._compute_kpi_ai("kpi_ai_anomalies")

    def _compute_kpi_ai_suggestions_value(self):
        self._compute_kpi_ai("kpi_ai_suggestions")

    def _compute_kpi_ai(self, name):
        """Fill the value of a figure. Raises AccessError for who may not see it, whom Odoo then
        sends the mail without it."""
        code, way = FIGURES[name]
        kpi = self.env["ai.kpi"]._visible([code])
        if not kpi or kpi._is_own():
            raise AccessError(_("The user may not see this figure: the mail goes without it."))
        for digest in self:
            company = digest.company_id or self.env.company
            if company not in self.env.user.company_ids:
                raise AccessError(_("%s is none of the user's companies.", company.name))
            value = self._ai_value(kpi, company, way)
            # The mail is in the currency of who gets it.
            if self._fields[f"{name}_value"].type == "monetary":
                value = company.currency_id._convert(
                    value, self.env.company.currency_id, company, fields.Date.context_today(self)
                )
            digest[f"{name}_value"] = value

    def _ai_value(self, kpi, company, way):
        """Value of the days of the digest's window, as a number. way : SUM or LAST."""
        first, last = self._ai_days(company)
        rows = self.env["ai.kpi.value"].sudo().search(
            [
                ("company_id", "=", company.id),
                ("kpi_id", "=", kpi.id),
                ("days", "=", 0),
                ("date", ">=", first),
                ("date", "<=", last),
            ],
            order="date desc",
        )  # fmt: skip
        return sum((rows if way == SUM else rows[:1]).mapped("numerator"))

    def _ai_days(self, company):
        """First and last complete day of the window; yesterday alone where there is none."""
        zone = self.env["ai.sales.extract"]._time_zone(company)
        start, end, _companies = self._get_kpi_compute_parameters()
        last = self._ai_local_day(end or fields.Datetime.now(), zone) - timedelta(days=1)
        return (self._ai_local_day(start, zone) if start else last), last

    @staticmethod
    def _ai_local_day(moment, zone):
        return pytz.utc.localize(fields.Datetime.to_datetime(moment)).astimezone(zone).date()

    def _compute_kpis_actions(self, company, user):
        return super()._compute_kpis_actions(company, user) | dict.fromkeys(FIGURES, ACTION)
