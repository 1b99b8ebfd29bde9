"""How a client pays, on its sheet: figures for accounting, a few words for everybody else."""

from odoo import api, fields, models

from .ai_client_credit import ACCOUNTING

INVOICES = 5


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _more_sections(self, company, entity, members):
        return {
            **super()._more_sections(company, entity, members),
            "paying": self._paying(company, entity),
        }

    @api.model
    def _paying(self, company, entity):
        """{"habit": words, "score": False but for accounting groups}."""
        row = self.env["ai.client.credit"]._of(company, entity)
        may = any(self.env.user.has_group(group) for group in ACCOUNTING.split(","))
        return {
            "habit": row._habit_in_words(),
            "score": self._score(company, entity, row) if may and row else False,
        }

    @api.model
    def _score(self, company, entity, row):
        invoices = self.env["ai.invoice.outlook"]._of(company, entity)[:INVOICES]
        return {
            "grade": row.grade,
            "words": row._chance_in_words(),
            "reasons": row._reasons_in_words(),
            "invoices": [
                {
                    "id": invoice.id,
                    "move_id": invoice.move_id.id,
                    "name": invoice.move_id.name,
                    "expected": fields.Date.to_string(invoice.expected_date),
                    "amount": invoice.amount,
                }
                for invoice in invoices
            ],
        }
