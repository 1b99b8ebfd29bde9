"""What a client owes, may still buy on credit, and has paid, for its sheet."""

from odoo import api, fields, models

INVOICES = 5
PAYMENTS = 3
# A payment that was entered and not taken back; series before 18 say "posted".
MADE = ("posted", "in_process", "paid")


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _money(self, company, entity, members, figures):
        balance = float(figures.get("balance") or 0)
        return {
            "balance": balance,
            "overdue_amount": float(figures.get("overdue_amount") or 0),
            "overdue_count": figures.get("overdue_count") or 0,
            "overdue_since": fields.Date.to_string(figures.get("overdue_since")) or False,
            **self._credit(company, entity, members, balance),
            "invoices": self._open_invoices(company, members),
            "payments": self._payments(company, members),
        }

    @api.model
    def _credit(self, company, entity, members, balance):
        """Credit limit and what of it is left; False where the company or the client has none.

        What is ordered and not yet invoiced takes credit too, as in Odoo's own warning.
        """
        limit = entity.credit_limit if company.account_use_credit_limit else 0
        if not limit:
            return {"credit_limit": False, "credit_left": False}
        orders = self.env["sale.order"].search(
            [
                ("partner_id", "in", members.ids),
                ("company_id", "=", company.id),
                ("state", "=", "sale"),
                ("invoice_status", "!=", "invoiced"),
            ]
        )
        ordered = sum(
            max(order.amount_to_invoice, 0) / (order.currency_rate or 1) for order in orders
        )
        return {
            "credit_limit": limit,
            "credit_left": company.currency_id.round(limit - balance - ordered),
        }

    @api.model
    def _open_invoices(self, company, members):
        """Invoices that are not paid, the oldest due date first."""
        moves = self.env["account.move"].search(
            [
                ("partner_id", "in", members.ids),
                ("company_id", "=", company.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
            ],
            order="invoice_date_due, id",
            limit=INVOICES,
        )
        return [self._prepare_invoice(company, move) for move in moves]

    @api.model
    def _prepare_invoice(self, company, move):
        """An unpaid invoice with the due date of its oldest instalment that is not paid."""
        today = self.env["ai.sales.extract"]._local_now(company).date()
        owed = move.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        due = min((line.date_maturity or line.date for line in owed), default=None)
        return {
            "id": move.id,
            "name": move.name,
            "due": fields.Date.to_string(due) or False,
            "residual": move.amount_residual,
            "currency_id": move.currency_id.id,
            "days_late": (today - due).days if due else 0,
        }

    @api.model
    def _payments(self, company, members):
        """The last payments of the client."""
        payments = self.env["account.payment"].search(
            [
                ("partner_id", "in", members.ids),
                ("company_id", "=", company.id),
                ("payment_type", "=", "inbound"),
                ("partner_type", "=", "customer"),
                ("state", "in", MADE),
            ],
            order="date desc, id desc",
            limit=PAYMENTS,
        )
        return [
            {
                "id": payment.id,
                "name": payment.name or "",
                "date": fields.Date.to_string(payment.date),
                "amount": payment.amount,
                "currency_id": payment.currency_id.id,
                "journal": payment.journal_id.name or "",
            }
            for payment in payments
        ]
