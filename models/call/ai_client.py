from odoo import models
from odoo.tools import SQL


class AiClient(models.Model):
    _inherit = "ai.client"

    def _called_query(self, company, partners):
        """SQL: partner_id and the last call with it or one of its contacts."""
        return SQL(
            """
            SELECT call.commercial_partner_id AS partner_id, max(call.start) AS last_call_date
              FROM ai_call call
             WHERE call.company_id = %s
               AND call.commercial_partner_id IS NOT NULL
               AND %s
          GROUP BY call.commercial_partner_id
            """,
            company.id,
            self.env["ai.sales.extract"]._only(SQL("call.commercial_partner_id"), partners),
        )
