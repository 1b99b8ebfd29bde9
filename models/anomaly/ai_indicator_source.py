"""Anomalies that nobody ignored, on their last day."""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from ..core.ai_indicator_source import Records

COUNTS = {"day": "i4", "anomalies": "i8"}


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {**super()._indicators(), "anomalies": "_read_anomalies"}

    @api.model
    def _records(self):
        kept = [("state", "!=", "ignored")]
        return {**super()._records(), "anomalies": Records("ai.anomaly", kept, "date_end")}

    @api.model
    def _read_anomalies(self, scope):
        self.env.flush_all()
        rows = binary_copy.read_rows(
            self.env.cr,
            SQL(
                """
                SELECT date_end - DATE '1970-01-01', count(*)
                  FROM ai_anomaly
                 WHERE company_id = %(company)s
                   AND active
                   AND state <> 'ignored'
                   AND date_end BETWEEN %(date_from)s AND %(date_to)s
              GROUP BY 1
                """,
                company=scope.company.id,
                date_from=scope.date_from,
                date_to=scope.date_to,
            ),
            COUNTS,
        )
        return {"anomalies": scope.daily(scope.sums(rows["day"], rows["anomalies"]))}
