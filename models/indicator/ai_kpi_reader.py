"""Every figure that the dashboard and the API show comes from here, with the rights of who asks.

Who sees all documents reads stored values; a seller's own figures are computed live, over the
documents that the record rules leave. Different clients and medians of a period of another length
than 7, 30 or 90 days are computed live as well.

A figure of several companies adds up what adds up, amounts in the currency of the first company at
today's rates; where nothing adds up (a median), there is none, and the comparison of companies
shows each.
"""

import numpy as np

from odoo import _, api, fields, models
from odoo.tools import SQL

from ...tools.rights import check_group
from .ai_kpi_value import DAY, WINDOWS
from .kept_figures import kept, moment
from .scope import EPOCH
from .table import Table

GROWTH = {"revenue_growth": "revenue", "order_growth": "orders"}


class AiKpiReader(models.AbstractModel):
    _name = "ai.kpi.reader"
    _description = "Reader of Indicators"
    _inherit = ["ai.kpi.question"]

    # ------------------------------------------------------------------
    # What users read
    # ------------------------------------------------------------------

    @api.model
    def get_catalog(self):
        """The indicators that the user may see, as dicts, in their order."""
        self._check_internal()
        categories = dict(self.env["ai.kpi"]._fields["category"]._description_selection(self.env))
        return [
            {
                **self._described(kpi),
                "category_name": categories[kpi.category],
                "audience": kpi.audience,
                "scope": "own" if kpi._is_own() else "all",
            }
            for kpi in self.env["ai.kpi"]._visible()
        ]

    @api.model
    def get_figures(self, period, codes=None, company_ids=None, history=True):
        """Values of a period, of the period before, and of its days.

        period : {"days": n} up to yesterday, or {"date_from", "date_to"}, inclusive ISO days.
        codes : indicators; those that the user may not see are left out. None for all.
        company_ids : companies among those that are active; None for all of these.
        """
        self._check_internal()
        companies = self._companies(company_ids)
        kpis = self.env["ai.kpi"]._visible(codes)
        key = self._key(kpis, companies, period, history)
        if key is None:
            return self._figures(kpis, companies, period, history)
        return kept(key, lambda: self._figures(kpis, companies, period, history))

    def _check_internal(self):
        check_group(self.env, "base.group_user", _("Only internal users see indicators."))

    def _key(self, kpis, companies, period, history):
        """What the figures of one company depend on; None where they are not kept: some are
        computed live, or there are rates of several companies in them."""
        token = self.env["ai.kpi.restatement"]._token(companies[0])
        days = period.get("days") if isinstance(period, dict) else None
        if len(companies) > 1 or not token or days not in WINDOWS or kpis._any_own():
            return None
        rights = (self.env.uid, self.env.lang, self.env["ai.kpi"]._audiences())
        asked = (companies.id, kpis._ids, days, bool(history))
        return (self.env.cr.dbname, token, moment(), *rights, *asked)

    def _figures(self, kpis, companies, period, history):
        period = self._period(period, companies[0])
        tables = self._tables(kpis, companies, period)
        rates = self._rates(companies)
        return {
            **period.as_dict(),
            "as_of": self._as_of(companies),
            "scope": "own" if any(kpi._is_own() for kpi in kpis) else "all",
            "currency_id": companies[0].currency_id.id,
            "currency": companies[0].currency_id.name,
            "companies": [
                {
                    "id": company.id,
                    "name": company.name,
                    "currency": company.currency_id.name,
                    "rate": rates[company],
                }
                for company in companies
            ],
            "figures": [
                self._figure(kpi, tables, companies, rates, period, history) for kpi in kpis
            ],
        }

    @api.model
    def get_comparison(self, period, codes=None, company_ids=None):
        """Values of each company in its own currency, and in that of the first."""
        self._check_internal()
        companies = self._companies(company_ids)
        each = {
            company: self.get_figures(period, codes, [company.id], history=False)
            for company in companies
        }
        rates = self._rates(companies)
        first = each[companies[0]]
        return {
            **{name: first[name] for name in ("date_from", "date_to", "currency", "currency_id")},
            "companies": [
                {
                    "id": company.id,
                    "name": company.name,
                    "currency_id": company.currency_id.id,
                    "currency": company.currency_id.name,
                    "rate": rates[company],
                    "as_of": each[company]["as_of"],
                }
                for company in companies
            ],
            "rows": [
                {
                    **{name: figure[name] for name in ("code", "name", "unit", "direction")},
                    "values": [
                        self._compared(company, each[company]["figures"][place], rates[company])
                        for company in companies
                    ],
                }
                for place, figure in enumerate(first["figures"])
            ],
        }

    @api.model
    def get_today(self, company_ids=None):
        """Revenue and orders of today so far, live; None where the user may not see them."""
        self._check_internal()
        companies = self._companies(company_ids)
        rates = self._rates(companies)
        today = self._local_today(companies[0])
        result = {
            "date": today.isoformat(),
            "revenue": None,
            "orders": None,
            "currency_id": companies[0].currency_id.id,
            "scope": "all",
        }
        kpis = self.env["ai.kpi"]._visible(["revenue"])
        if not kpis:
            return result
        steps = [
            (self._ledger_day(company, self._local_today(company)), rates[company])
            for company in companies
        ]
        return {
            **result,
            "revenue": sum(step["revenue"] * rate for step, rate in steps),
            "orders": sum(step["orders"] for step, _rate in steps),
            "scope": "own" if kpis._is_own() else "all",
        }

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    def _as_of(self, companies):
        """When the oldest of the companies' values were computed; False where some never were."""
        found = self.env["ai.kpi.restatement"].sudo().search([("company_id", "in", companies.ids)])
        moments = found.mapped("restated_at")
        if len(moments) < len(companies):
            return False
        return fields.Datetime.to_string(min(moments))

    def _tables(self, kpis, companies, period):
        """{(company, code): Table} of the days of a period and of the one before."""
        own = kpis.filtered(lambda kpi: kpi._is_own())
        odd = kpis.filtered(lambda kpi: kpi._is_windowed()) if period.days not in WINDOWS else own
        stored = kpis - own - odd
        wanted = {GROWTH.get(kpi.code, kpi.code) for kpi in stored}
        tables = self._stored(wanted, companies, period)
        for company in companies:
            days = (company, period.previous_from, period.date_to)
            if own:
                tables.update(self._live(own, self._scope(*days), period))
            tables.update(self._live(odd - own, self._whole(*days), period))
        return tables

    def _stored(self, codes, companies, period):
        catalogue = self.env["ai.kpi"]._catalogue()
        kpis = {
            kpi.id: kpi
            for kpi in self.env["ai.kpi"]
            .sudo()
            .browse(kpi for kpi, code, _audience in catalogue if code in codes)
        }
        lengths = {DAY: [], period.days: []}
        for kpi in kpis.values():
            lengths[period.days if kpi._is_windowed() else DAY].append(kpi.id)
        self.env["ai.kpi.value"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT company_id, kpi_id, date - DATE '1970-01-01', numerator, denominator, aside
                  FROM ai_kpi_value
                 WHERE company_id = ANY(%(companies)s)
                   AND (kpi_id = ANY(%(daily)s) AND days = 0
                        OR kpi_id = ANY(%(windowed)s) AND days = %(days)s)
                   AND date BETWEEN %(date_from)s AND %(date_to)s
              ORDER BY date
                """,
                companies=companies.ids,
                daily=lengths[DAY],
                windowed=lengths[period.days],
                days=period.days,
                date_from=period.previous_from,
                date_to=period.latest,
            )
        )
        found = {}
        for company, kpi, *row in self.env.cr.fetchall():
            found.setdefault((company, kpi), []).append(row)
        return {
            (self.env["res.company"].browse(company), kpis[kpi].code): Table.of(rows)
            for (company, kpi), rows in found.items()
        }

    def _live(self, kpis, scope, period):
        """Tables that are not stored, of the documents of a scope."""
        readers = self.env["ai.indicator.source"]._indicators()
        methods = {}
        for kpi in kpis:
            code = GROWTH.get(kpi.code, kpi.code)
            if code in readers:
                methods.setdefault(readers[code], {})[code] = kpi
        tables = {}
        for method, by_code in methods.items():
            found = getattr(self.env["ai.indicator.source"].sudo(), method)(scope)
            for code in by_code.keys() & found.keys():
                tables[scope.company, code] = self._as_table(by_code[code], found[code], period)
        return tables

    def _as_table(self, kpi, series, period):
        if not kpi._is_windowed():
            return Table.of_series(series)
        first, last = ((day - EPOCH).days for day in (period.previous_to, period.date_to))
        rows = self.env["ai.kpi.restatement"]._rows_of(kpi, series, first, last, (period.days,))
        return Table.of_series(rows[0][1])

    def _figure(self, kpi, tables, companies, rates, period, history):
        """The dict of an indicator."""
        code = GROWTH.get(kpi.code, kpi.code)
        parts = [
            (company, tables[company, code], rates[company])
            for company in companies
            if (company, code) in tables
        ]
        value, previous = (kpi._of_days(parts, *days) for days in period.both(kpi.kind))
        is_known = parts and all(table.reaches(period.first_number) for _c, table, _r in parts)
        change, change_unit = kpi._change(value, previous if is_known else None)
        if kpi.code in GROWTH:
            value, previous, change, change_unit = change, None, None, ""
        return {
            **self._described(kpi),
            "value": value,
            "previous": previous if is_known else None,
            "change": change,
            "change_unit": change_unit,
            "trend": kpi._trend(value if kpi.code in GROWTH else change),
            "reason": "" if value is not None else self._reason(kpi, parts, companies),
            "note": self._note(kpi, parts, period),
            "is_live": kpi._is_own(),
            "is_openable": self.env["ai.kpi.records"]._is_openable(kpi),
            "history": self._history(kpi, parts, period) if history else [],
        }

    def _described(self, kpi):
        names = ("code", "name", "category", "kind", "unit", "direction")
        return {**{name: kpi[name] for name in names}, "help": kpi.formula}

    def _history(self, kpi, parts, period):
        if kpi.code in GROWTH:
            return []
        values = kpi._of_each_day(parts, *period.numbers())
        return [
            [day.isoformat(), None if np.isnan(value) else float(value)]
            for day, value in zip(period.each_day(), values, strict=True)
        ]

    def _reason(self, kpi, parts, companies):
        if len(companies) > 1 and kpi.kind in ("distribution", "ranking"):
            return _("Does not add up over companies: choose one, or compare them.")
        if not parts and not kpi._is_own() and not self._as_of(companies):
            return _("Not computed yet: values are computed every hour.")
        return kpi.needs

    def _note(self, kpi, parts, period):
        method = self.env["ai.indicator.source"]._notes().get(kpi.code)
        if not method or len(parts) != 1:
            return ""
        company, table, _rate = parts[0]
        aside = table.aside_of(*period.both(kpi.kind)[0])
        return getattr(self.env["ai.indicator.source"], method)(aside, company)

    def _compared(self, company, figure, rate):
        converted = figure["unit"] == "money" and figure["value"] is not None
        return {
            "company_id": company.id,
            **{name: figure[name] for name in ("value", "previous", "change", "change_unit")},
            "trend": figure["trend"],
            "reason": figure["reason"],
            "converted": figure["value"] * rate if converted else figure["value"],
        }

    def _ledger_day(self, company, day):
        scope = self._scope(company, day, day)
        return self.env["ai.sales.ledger"].sudo()._trends(scope)[0]
