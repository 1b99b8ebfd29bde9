"""Values of indicators: numerator and denominator of a day, or of a window that ends on it.

Flows and ratios have a row a day, and any period is their sum. Different clients and medians do not
add up: they have a row for each usual window. Snapshots have the value at the end of the day.

Totals bypass the rules on documents. Who may read a row is told by rules on the audience of its
indicator; sellers read none, their own figures are computed live.
"""

from odoo import api, fields, models
from odoo.tools import SQL

# Days of the usual windows; 0 stands for the day alone.
WINDOWS = (7, 30, 90)
# Of a snapshot or a sum of days, the day alone.
DAY = 0


class AiKpiValue(models.Model):
    _name = "ai.kpi.value"
    _description = "Value of an Indicator"
    _inherit = ["ai.company.row"]
    _order = "date desc, kpi_id, days"
    _log_access = False

    kpi_id = fields.Many2one(
        "ai.kpi", string="Indicator", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True, string="Day")
    days = fields.Integer(
        string="Days Up to It",
        readonly=True,
        group_operator=None,
        help="0: the day alone. Different clients and medians do not add up; they have a value for "
        "7, 30 and 90 days.",
    )
    # No digits: a figure of many days is a sum of these.
    numerator = fields.Float(readonly=True, group_operator=None)
    denominator = fields.Float(readonly=True, group_operator=None)
    aside = fields.Float(
        string="Beside It",
        readonly=True,
        group_operator=None,
        help="An amount that is told beside the figure, such as what had to be left out.",
    )
    value = fields.Float(
        readonly=True,
        group_operator="avg",
        help="Numerator over denominator where there is one; percentages from 0 to 100. Of several "
        "days: the ratio of the sums, or a mean day.",
    )
    category = fields.Selection(related="kpi_id.category")
    unit = fields.Selection(related="kpi_id.unit")

    _sql_constraints = [
        (
            "day_unique",
            "UNIQUE(company_id, kpi_id, days, date)",
            "An indicator has one value a company, day and window.",
        )
    ]

    @api.depends("kpi_id", "date")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.kpi_id.name} {row.date}"

    def _read_group_select(self, aggregate_spec, query):
        """A ratio of several days is that of the sums: their mean, weighted by denominators."""
        plain = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec != "value:avg":
            return plain
        value = self._field_to_sql(self._table, "value", query)
        weight = self._field_to_sql(self._table, "denominator", query)
        mean = SQL(
            "COALESCE(SUM(%(value)s * %(weight)s) / NULLIF(SUM(%(weight)s), 0), AVG(%(value)s))",
            value=value,
            weight=weight,
        )
        # Series before 19 want the fields beside it.
        return (mean, ["value", "denominator"]) if isinstance(plain, tuple) else mean
