"""Returnable containers on the client's sheet: how many it holds, and until when."""

from odoo import api, models

from ..client.ai_client_sheet import day_text


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _more_sections(self, company, entity, members):
        return {
            **super()._more_sections(company, entity, members),
            "deposits": self._deposits(company, entity),
        }

    @api.model
    def _deposits(self, company, entity):
        """What the client holds of each container, the one that is due first on top."""
        rows = self.env["ai.deposit.balance"]._of_client(company, entity)
        return [
            {
                "container_id": row["container_id"],
                "name": row["name"],
                "quantity": row["quantity"],
                "uom": row["uom"],
                "value": row["value"],
                "late_quantity": row["late_quantity"],
                "due": day_text(row["due_date"]),
            }
            for row in rows
        ]
