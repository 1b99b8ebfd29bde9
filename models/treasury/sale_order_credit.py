"""How likely the client of a quotation pays late, for who does the accounts."""

from odoo import api, fields, models

from .ai_client_credit import ACCOUNTING


class SaleOrder(models.Model):
    _inherit = "sale.order"

    ai_credit_words = fields.Char(
        string="Credit Score", compute="_compute_ai_credit_words", groups=ACCOUNTING
    )

    @api.depends_context("lang")
    @api.depends("partner_id", "company_id", "state", "amount_total", "currency_id")
    def _compute_ai_credit_words(self):
        scores = self.env["ai.client.credit"]
        for order in self:
            row = scores.browse()
            if order.partner_id and order.state in ("draft", "sent"):
                row = scores._of(order.company_id, order.partner_id)
            order.ai_credit_words = order._credit_words(row) if row else False

    def _credit_words(self, row):
        """The client's score, and that of an invoice of the quotation's own amount."""
        amount = self.amount_total / (self.currency_rate or 1.0)
        words = [row._chance_in_words(), row._amount_in_words(amount), row.reasons_text]
        return " ".join(word for word in words if word)
