"""A coupon on invoices: a credit note or a payment, which is reconciled with them at once.

A credit note takes its part of the taxes off, as the lines of the invoices have them. A payment is
an entry that charges the default account of the coupons' journal, and leaves taxes as they are.
"""

from odoo import Command, _, api, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class AiCouponRedemption(models.Model):
    _inherit = "ai.coupon.redemption"

    def _pay(self, invoices):
        """Pay invoices of one currency, the first ones first, with what was taken."""
        self.ensure_one()
        company = self.company_id
        portions = self._portions(invoices)
        paid = invoices.browse([invoice.id for invoice in portions])
        # What the client reads of it is in the client's language.
        redemption = self.with_company(company).with_context(lang=invoices[0].partner_id.lang)
        if company.ai_coupon_way == "payment":
            move = redemption._create_payment(paid)
        else:
            move = redemption._create_credit_note(portions)
        self.write({"move_id": move.id, "invoice_ids": [Command.set(paid.ids)]})
        self._check_not_closed(move, self.coupon_id._today())
        move.action_post()
        credit = self._owed_lines(move)
        for invoice in paid:
            (self._owed_lines(invoice) + credit).filtered(
                lambda line: not line.reconciled
            ).reconcile()
        move.message_post(body=self._note())

    def _portions(self, invoices):
        """{invoice: what is paid of it}, in the order in which they are paid."""
        currency, left, portions = self.document_currency_id, self.document_amount, {}
        for invoice in invoices:
            portion = min(left, invoice.amount_residual)
            if currency.compare_amounts(portion, 0) > 0:
                portions[invoice] = portion
                left = currency.round(left - portion)
        return portions

    @api.model
    def _owed_lines(self, move):
        """What of a move clients owe, or have to their credit, and is not settled."""
        return move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable" and not line.reconciled
        )

    def _check_not_closed(self, move, day):
        """Raise UserError where the books are closed on a day; Odoo would choose another one."""
        closed = move._get_violated_lock_dates(day, bool(move.line_ids.tax_ids))
        if closed:
            raise UserError(
                _(
                    "The books are closed until %(day)s, so that no coupon can be entered today: "
                    "ask an accountant to change the lock date, or use the coupon later.",
                    day=format_date(self.env, max(until for until, _kind in closed)),
                )
            )

    # ------------------------------------------------------------------
    # Credit note
    # ------------------------------------------------------------------

    def _create_credit_note(self, portions):
        """A draft of a credit note over what is paid of invoices. portions : as of _portions."""
        first = next(iter(portions))
        currency = self.document_currency_id
        parts = self._parts(self.document_amount, self._invoice_weights(portions), currency)
        today = self.coupon_id._today()
        move = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "company_id": self.company_id.id,
                "journal_id": self._credit_note_journal(first).id,
                "partner_id": first.partner_id.id,
                "currency_id": currency.id,
                "invoice_date": today,
                "date": today,
                "invoice_payment_term_id": False,
                "fiscal_position_id": first.fiscal_position_id.id,
                "ref": self._in_words(),
                "reversed_entry_id": first.id if len(portions) == 1 else False,
                "invoice_line_ids": [self._credit_line(*part) for part in parts],
            }
        )
        rest = currency.round(self.document_amount - move.amount_total)
        if rest:
            line = self._credit_line(self.env["account.tax"], rest, is_rest=True)
            move.write({"invoice_line_ids": [line]})
        account = self._owed_lines(first).account_id[:1]
        self._owed_lines(move).filtered(lambda line: line.account_id != account).write(
            {"account_id": account.id}
        )
        return move

    def _credit_note_journal(self, invoice):
        journal = self.company_id.ai_coupon_journal_id
        return journal if journal.type == "sale" else invoice.journal_id

    def _credit_line(self, taxes, price, is_rest=False):
        return Command.create(
            {
                "product_id": self._product().id,
                "name": self._line_name(is_rest),
                "quantity": 1.0,
                "price_unit": price,
                "discount": 0.0,
                "tax_ids": [Command.set(taxes.ids)],
            }
        )

    def _invoice_weights(self, portions):
        """{taxes: what of the portions of invoices has them}. Taxes that are so much for each piece
        stay out: a coupon buys none."""
        weights = {}
        for invoice, portion in portions.items():
            lines = invoice.invoice_line_ids.filtered(lambda line: line.display_type == "product")
            for line in lines:
                taxes = line.tax_ids.filtered(lambda tax: tax.amount_type != "fixed")
                part = portion * line.price_total / invoice.amount_total
                weights[taxes] = weights.get(taxes, 0.0) + part
        return weights

    # ------------------------------------------------------------------
    # Payment
    # ------------------------------------------------------------------

    def _create_payment(self, invoices):
        """A draft of the entry that pays invoices."""
        journal = self.company_id.ai_coupon_journal_id
        if not journal.default_account_id:
            raise UserError(
                _(
                    "Coupons are payments in %s, and no journal with a default account is set for "
                    "them: ask your administrator to choose one in the expert settings.",
                    self.company_id.display_name,
                )
            )
        first, today = invoices[0], self.coupon_id._today()
        currency, own = self.document_currency_id, self.company_id.currency_id
        balance = currency._convert(self.document_amount, own, self.company_id, today)
        label = _("Coupon %s", self.coupon_id.name)

        def line(account, sign):
            return Command.create(
                {
                    "account_id": account.id,
                    "partner_id": first.commercial_partner_id.id,
                    "name": label,
                    "currency_id": currency.id,
                    "amount_currency": sign * self.document_amount,
                    "debit": balance if sign > 0 else 0.0,
                    "credit": balance if sign < 0 else 0.0,
                }
            )

        owed = self._owed_lines(first).account_id[:1]
        return self.env["account.move"].create(
            {
                "move_type": "entry",
                "company_id": self.company_id.id,
                "journal_id": journal.id,
                "partner_id": first.commercial_partner_id.id,
                "date": today,
                "ref": self._in_words(),
                "line_ids": [line(journal.default_account_id, 1), line(owed, -1)],
            }
        )

    # ------------------------------------------------------------------
    # Back
    # ------------------------------------------------------------------

    def _reverse_payment(self, reason):
        """Reverse the credit note or the payment, and undo."""
        self.ensure_one()
        move, today = self.move_id.with_company(self.company_id), self.coupon_id._today()
        # Before, or its reversal would undo it for another reason.
        self._undo(reason)
        if move.state == "posted":
            self._check_not_closed(move, today)
            vals = {"date": today, "ref": _("%(use)s: %(reason)s", use=move.ref, reason=reason)}
            if move.move_type != "entry":
                vals["invoice_date"] = today
            move._reverse_moves([vals], cancel=True)
        elif move.state == "draft":
            move.button_cancel()

    def _follow_reversal(self, reversal):
        """The credit note or the payment was reversed, perhaps in part: the coupon gets it back."""
        self.ensure_one()
        reason = _("Reversed by %s", reversal.name)
        left = self.document_currency_id.round(self.document_amount - reversal.amount_total)
        if left > 0:
            self._lower(left, is_kept=True)
        else:
            self._undo(reason)
