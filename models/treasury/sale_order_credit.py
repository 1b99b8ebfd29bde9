"""How likely the client of a quotation pays late, for who does the accounts."""

from odoo import api, fields, models

from .ai_client_credit import ACCOUNTING


class SaleOrder(models.Model):
    _inherit = "sale.order"

    ai_credit_words = fields.Char(
        string="Credit Score", compute="_compute_ai_credit_words", groups=ACCOUNTING
    )

    @api.depends_context("lang")
    @api.depends("partner_id", "company_id", "state")
    def _compute_ai_credit_words(self):
        scores = self.env["ai.client.credit"]
        for order in self:
            row = scores.browse()
            if order.partner_id and order.state in ("draft", "sent"):
                row = scores._of(order.company_id, order.partner_id)
            order.ai_credit_words = (
                " ".join([row._chance_in_words(), row.reasons_text or ""]).strip() if row else False
            )
