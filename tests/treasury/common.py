"""A company with invoices, bills, a bank and what is paid through it."""

from datetime import timedelta

from odoo import Command, fields

from ..core.common import RecommenderCommon


class TreasuryCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["ai.sales.extract"]._local_now(cls.company).date()
        cls.extract = cls.env["ai.treasury.extract"]
        cls.accounts = {
            name: cls._account(name, code, kind)
            for name, code, kind in (
                ("income", "711100", "income"),
                ("expense", "611100", "expense"),
                ("receivable", "342100", "asset_receivable"),
                ("payable", "441100", "liability_payable"),
                ("bank", "514100", "asset_cash"),
                ("outstanding", "511500", "asset_current"),
                ("equity", "111100", "equity"),
            )
        }
        cls.journals = {
            kind: cls.env["account.journal"].create(
                {
                    "name": kind,
                    "code": code,
                    "type": kind,
                    "company_id": cls.company.id,
                    "default_account_id": cls.accounts[account].id,
                }
            )
            for kind, code, account in (
                ("sale", "VT", "income"),
                ("purchase", "AC", "expense"),
                ("bank", "BQ", "bank"),
                ("general", "OD", "equity"),
            )
        }
        methods = cls.journals["bank"].inbound_payment_method_line_ids
        methods |= cls.journals["bank"].outbound_payment_method_line_ids
        methods.payment_account_id = cls.accounts["outstanding"]
        cls.client, cls.vendor = cls.env["res.partner"].create(
            [{"name": "Hôtel Zagora", "is_company": True}, {"name": "Sotrapil", "is_company": True}]
        )
        for partner in cls.client | cls.vendor | cls.partners:
            partner.with_company(cls.company).write(
                {
                    "property_account_receivable_id": cls.accounts["receivable"].id,
                    "property_account_payable_id": cls.accounts["payable"].id,
                }
            )

    @classmethod
    def _account(cls, name, code, kind):
        return (
            cls.env["account.account"]
            .with_company(cls.company)
            .create(
                {
                    "name": name,
                    "code": code,
                    "account_type": kind,
                    "reconcile": kind in ("asset_receivable", "liability_payable", "asset_current"),
                }
            )
        )

    @classmethod
    def _day(cls, days_ago):
        return cls.today - timedelta(days=days_ago)

    @classmethod
    def _move(cls, amount, issued=30, due=0, partner=None, kind="out_invoice", post=True, **vals):
        """An invoice, bill or credit note that was issued and is due so many days ago."""
        is_sale = kind.startswith("out")
        move = (
            cls.env["account.move"]
            .with_company(cls.company)
            .create(
                {
                    "move_type": kind,
                    "partner_id": (partner or (cls.client if is_sale else cls.vendor)).id,
                    "company_id": cls.company.id,
                    "journal_id": cls.journals["sale" if is_sale else "purchase"].id,
                    "invoice_date": cls._day(issued),
                    "invoice_date_due": cls._day(due),
                    "date": cls._day(issued),
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "Eau", "quantity": 1, "price_unit": amount, "tax_ids": False}
                        )
                    ],
                    **vals,
                }
            )
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def _pay(cls, move, days_ago, amount=None):
        """A payment through the bank, so many days ago, of all or a part of a move."""
        register = (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create(
                {
                    "payment_date": cls._day(days_ago),
                    "journal_id": cls.journals["bank"].id,
                    **({"amount": amount} if amount else {}),
                }
            )
        )
        return register._create_payments()

    @classmethod
    def _write_paid(cls, rows):
        """Invoices that were paid in full, many at once: (partner, amount, issued, due, paid), the
        last three in days ago."""
        moves = cls.env["account.move"].with_company(cls.company)
        invoices = moves.create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "company_id": cls.company.id,
                    "journal_id": cls.journals["sale"].id,
                    "invoice_date": cls._day(issued),
                    "invoice_date_due": cls._day(due),
                    "date": cls._day(issued),
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "Eau", "quantity": 1, "price_unit": amount, "tax_ids": False}
                        )
                    ],
                }
                for partner, amount, issued, due, _paid in rows
            ]
        )
        receivable = cls.accounts["receivable"]
        payments = moves.create(
            [
                {
                    "journal_id": cls.journals["bank"].id,
                    "date": cls._day(paid),
                    "line_ids": [
                        Command.create({"account_id": cls.accounts["bank"].id, "debit": amount}),
                        Command.create(
                            {
                                "account_id": receivable.id,
                                "partner_id": partner.id,
                                "credit": amount,
                            }
                        ),
                    ],
                }
                for partner, amount, _issued, _due, paid in rows
            ]
        )
        (invoices | payments)._post(soft=False)
        for invoice, payment in zip(invoices, payments, strict=True):
            lines = (invoice | payment).line_ids
            lines.filtered(lambda line: line.account_id == receivable).reconcile()
        return invoices

    def _as_days_ago(self, day):
        return (self.today - fields.Date.add(fields.Date.to_date("1970-01-01"), days=int(day))).days
