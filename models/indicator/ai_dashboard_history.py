"""The history of all indicators that the user may see, as one table: a row a day, a column each.

Values are those that the reader gives, so that sellers get their own. Different clients, medians
and shares of the best do not add up from days: their columns hold the 30 days up to the day.
"""

from datetime import date, timedelta

from odoo import _, api, models

from ..core.ai_question import MOST_DAYS
from .ai_kpi_reader import GROWTH

WINDOW = 30


class AiDashboardHistory(models.AbstractModel):
    _inherit = "ai.dashboard"

    @api.model
    def _history_table(self):
        """(headers, rows) of the active companies, the newest day first."""
        self._check()
        kpis = self.env["ai.kpi"]._visible().filtered(lambda kpi: kpi.code not in GROWTH)
        several = len(self.env.companies) > 1
        headers = [_("Day")]
        if several:
            headers += [_("Company"), _("Currency")]
        headers += [self._column(kpi, several) for kpi in kpis]
        rows = []
        for company in self.env.companies:
            values = self._values_by_day(kpis, company)
            for day in sorted({day for series in values.values() for day in series}, reverse=True):
                cells = [_rounded(values[kpi.code].get(day)) for kpi in kpis]
                lead = [company.name, company.currency_id.name] if several else []
                if any(cell != "" for cell in cells):
                    rows.append([date.fromisoformat(day), *lead, *cells])
        return headers, rows

    def _column(self, kpi, several):
        unit = {
            "money": "" if several else self.env.company.currency_id.name,
            "percent": "%",
            "days": _("days"),
        }.get(kpi.unit, "")
        parts = [unit, _("%s days", WINDOW) if kpi._is_windowed() else ""]
        words = ", ".join(part for part in parts if part)
        return f"{kpi.name} ({words})" if words else kpi.name

    def _values_by_day(self, kpis, company):
        """{code: {ISO day: value}} of a company, in its own currency."""
        windowed = kpis.filtered(lambda kpi: kpi._is_windowed())
        daily = (kpis - windowed).mapped("code")
        reader = self.env["ai.kpi.reader"]
        found = reader.get_figures({"days": MOST_DAYS}, daily, [company.id])
        values = {
            figure["code"]: {day: value for day, value in figure["history"] if value is not None}
            for figure in found["figures"]
        }
        # The rows' own rules say who reads them.
        stored = (
            self.env["ai.kpi.value"].search(
                [
                    ("company_id", "=", company.id),
                    ("kpi_id", "in", windowed.ids),
                    ("days", "=", WINDOW),
                    ("date", ">=", date.fromisoformat(found["date_from"])),
                    ("date", "<", date.fromisoformat(found["date_to"]) + timedelta(days=1)),
                ]
            )
            if windowed
            else self.env["ai.kpi.value"]
        )
        codes = {kpi.id: kpi.code for kpi in windowed}
        values.update({code: {} for code in codes.values()})
        for row in stored:
            values[codes[row.kpi_id.id]][row.date.isoformat()] = row.value
        return values


def _rounded(value):
    return "" if value is None else round(float(value), 4)
