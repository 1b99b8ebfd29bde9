"""The rows behind the statistics as one table, for a spreadsheet: a row for each call and order."""

from odoo import api, models

COLUMNS = (
    "day",
    "hour",
    "weekday",
    "kind",
    "user_id",
    "partner_id",
    "direction",
    "result",
    "duration",
    "order_id",
    "revenue_calls",
    "revenue_orders",
    "company_id",
    "currency_id",
)


class AiCallStatistics(models.AbstractModel):
    _inherit = "ai.call.statistics"

    @api.model
    def _exported_table(self, asked):
        """(headers, rows) of what was asked, the newest first, amounts in each row's currency."""
        # The rows are those that the user sees; of their clients and orders there are names alone.
        found = self.env["ai.call.report"].search_fetch(self._domain(asked), COLUMNS)
        report = found.sudo()
        columns = [report._fields[name] for name in COLUMNS]
        headers = [field._description_string(self.env) for field in columns]
        names = {
            field.name: dict(field._description_selection(self.env))
            for field in columns
            if field.type == "selection"
        }
        return headers, [[self._cell(row, field, names) for field in columns] for row in report]

    def _cell(self, row, field, names):
        value = row[field.name]
        if field.type == "selection":
            return names[field.name].get(value, "")
        if field.type == "many2one":
            return value.display_name or ""
        if field.type in ("float", "monetary"):
            return round(value, 2)
        # Midnight is an hour too.
        return "" if value is False or value is None else value
