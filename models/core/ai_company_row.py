from odoo import fields, models
from odoo.tools import SQL

from ...tools.compat import converts_totals


class AiCompanyRow(models.AbstractModel):
    """A record of one company, which goes with it."""

    _name = "ai.company.row"
    _description = "Row of a Company"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )

    def _read_group_select(self, aggregate_spec, query):
        """Totals of several companies are in the currency of the first one that is active.

        Amounts of a row are in its company's currency; Odoo 17 would add dirhams to dollars.
        """
        name, _colon, function = aggregate_spec.partition(":")
        field = self._fields.get(name)
        rates = self._rates_of_totals()
        if function != "sum" or field is None or field.type != "monetary" or not rates:
            return super()._read_group_select(aggregate_spec, query)
        sum_sql = SQL(
            "SUM(%s * CASE %s %s END)",
            self._field_to_sql(self._table, name, query),
            self._field_to_sql(self._table, "company_id", query),
            SQL(" ").join(SQL("WHEN %s THEN %s", *each) for each in rates.items()),
        )
        return sum_sql, [name, "company_id"]

    def _rates_of_totals(self):
        """{company id: what one of its currency is in that of the first company, today}; empty
        where there is nothing to convert, or Odoo does it."""
        companies = self.env.companies
        if converts_totals() or len(companies.currency_id) < 2:
            return {}
        rates = self.env["ai.question"]._rates(companies)
        return {company.id: rate for company, rate in rates.items()}
