"""The records behind a figure, opened with the rights of who asks."""

from datetime import timedelta

from odoo import api, fields, models

from ...tools.compat import may_read


class AiKpiRecords(models.AbstractModel):
    _name = "ai.kpi.records"
    _description = "Records of Indicators"

    @api.model
    def get_open_action(self, code, period, company_ids=None):
        """Action that opens what an indicator counts in a period, with the user's own rights."""
        reader = self.env["ai.kpi.reader"]
        companies = reader._companies(company_ids)
        kpi = reader._one(code)
        records = self.env["ai.indicator.source"]._records().get(code)
        if not records or not may_read(self.env[records.model]):
            return False
        domain = [*records.domain, *self._company_domain(records.model, companies)]
        if records.day:
            domain += self._day_domain(records, reader._period(period, companies[0]), companies[0])
        return {
            "type": "ir.actions.act_window",
            "name": kpi.name,
            "res_model": records.model,
            "views": [[False, "list"], [False, "form"]],
            "domain": domain,
            "context": {"create": False},
        }

    def _is_openable(self, kpi):
        records = self.env["ai.indicator.source"]._records().get(kpi.code)
        return bool(records) and may_read(self.env[records.model])

    def _company_domain(self, model, companies):
        if "company_id" not in self.env[model]._fields:
            return []
        return [("company_id", "in", [False, *companies.ids])]

    def _day_domain(self, records, period, company):
        """Condition on the day of records, in the company's time zone."""
        back = timedelta(days=records.later)
        date_from, date_to = period.date_from - back, period.date_to - back
        model, *path = self.env[records.model], *records.day.split(".")
        for name in path[:-1]:
            model = self.env[model._fields[name].comodel_name]
        if model._fields[path[-1]].type == "date":
            return [(records.day, ">=", str(date_from)), (records.day, "<=", str(date_to))]
        start, end = self.env["ai.sales.extract"]._utc_bounds(company, date_from, date_to)
        texts = [fields.Datetime.to_string(moment.replace(tzinfo=None)) for moment in (start, end)]
        return [(records.day, ">=", texts[0]), (records.day, "<", texts[1])]
