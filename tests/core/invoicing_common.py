"""Invoices and credit notes in a company with the least of a chart of accounts."""

from datetime import timedelta

from odoo import Command, fields

from .common import RecommenderCommon


class InvoicingCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        income = (
            cls.env["account.account"]
            .with_company(cls.company)
            .create(
                {
                    "name": "Ventes",
                    "code": "711100",
                    "account_type": "income",
                }
            )
        )
        receivable = (
            cls.env["account.account"]
            .with_company(cls.company)
            .create(
                {
                    "name": "Clients",
                    "code": "342100",
                    "account_type": "asset_receivable",
                    "reconcile": True,
                }
            )
        )
        cls.env["account.journal"].create(
            {
                "name": "Ventes",
                "code": "VT",
                "type": "sale",
                "company_id": cls.company.id,
                "default_account_id": income.id,
            }
        )
        cls.partner.with_company(cls.company).property_account_receivable_id = receivable

    def _invoice(self, quantity, move_type="out_invoice", post=True, days_ago=1):
        """An invoice or credit note of ``self.line``."""
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.partner.id,
                "company_id": self.company.id,
                "invoice_date": fields.Date.today() - timedelta(days=days_ago),
                "invoice_date_due": fields.Date.today() - timedelta(days=days_ago),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.bottle.id,
                            "quantity": quantity,
                            "price_unit": 35.0,
                            "tax_ids": False,
                            "sale_line_ids": [Command.set(self.line.ids)],
                        }
                    )
                ],
            }
        )
        if post:
            move.action_post()
        return move
