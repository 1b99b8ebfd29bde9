"""How a client pays, on its sheet: figures for accounting, a few words for everybody else."""

from odoo import api, fields, models

from .ai_client_credit import ACCOUNTING

INVOICES = 5
# As the access rights of ai.client.value have it: the sheet is read past them.
VALUE_READERS = ("smart_recommender.group_manager", "smart_recommender.group_call_supervisor")


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _more_sections(self, company, entity, members):
        return {
            **super()._more_sections(company, entity, members),
            "paying": self._paying(company, entity),
            "worth": self._client_worth(company, entity),
        }

    @api.model
    def _client_worth(self, company, entity):
        """{"chance", "ahead": words, "value"}; False for who may not read it, or without it."""
        row = self.env["ai.client.value"]._of(company, entity)
        if not row or not any(self.env.user.has_group(group) for group in VALUE_READERS):
            return False
        return {
            "chance": row._chance_in_words(),
            "ahead": row._ahead_in_words(),
            "value": row.value,
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
        invoices = self.env["ai.invoice.outlook"]._unpaid_of(company, entity)[:INVOICES]
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
