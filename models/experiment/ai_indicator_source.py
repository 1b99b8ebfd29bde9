"""Quotations that showed suggestions, and those to which one was added."""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from ..core.ai_indicator_source import Records

UPTAKE = {"day": "i4", "shown": "i8", "taken": "i8"}


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {**super()._indicators(), "suggestion_uptake": "_read_uptake"}

    @api.model
    def _records(self):
        shown = [("arm", "=", "shown")]
        return {
            **super()._records(),
            "suggestion_uptake": Records("ai.exposure", shown, "exposed_at"),
        }

    @api.model
    def _read_uptake(self, scope):
        self.env.flush_all()
        day = scope.day(SQL("exposure.exposed_at"))
        rows = binary_copy.read_rows(
            self.env.cr,
            SQL(
                """
                SELECT %(day)s - DATE '1970-01-01', count(*),
                       count(*) FILTER (WHERE EXISTS (
                           SELECT FROM sale_order_line line
                            WHERE line.order_id = exposure.order_id
                              AND line.ai_source IS NOT NULL))
                  FROM ai_exposure exposure
                 WHERE exposure.company_id = %(company)s
                   AND exposure.arm = 'shown'
                   AND %(day)s BETWEEN %(date_from)s AND %(date_to)s
              GROUP BY 1
                """,
                day=day,
                company=scope.company.id,
                date_from=scope.date_from,
                date_to=scope.date_to,
            ),
            UPTAKE,
        )
        sums = scope.all_sums(rows)
        return {"suggestion_uptake": scope.daily(sums["taken"], sums["shown"])}
