"""The contracts of a client on its sheet: what was agreed on, what was bought, and until when."""

from odoo import api, models

from .ai_client_sheet import day_text


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _contracts(self, company, entity):
        """The running contracts of the client, the first to end on top."""
        rows = self.env["ai.client.contract"]._figures_of_client(company, entity)
        return [
            {
                "id": row["id"],
                "subject": row["subject"] or "",
                "uom": row["uom"] or "",
                "agreed": row["agreed"],
                "bought": row["bought"],
                "is_behind": row["is_behind"],
                "period_end": day_text(row["period_end"]),
                "end": day_text(row["end_date"]),
                "renewal": row["renewal"],
                "is_due": row["is_due"],
                "is_overdue": row["is_overdue"],
            }
            for row in rows
        ]
