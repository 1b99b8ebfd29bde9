"""A coupon on an open invoice, or on what a client owes: credit note or payment, and back."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .money_common import CouponMoneyCommon


@tagged("post_install", "-at_install")
class TestCouponInvoice(CouponMoneyCommon):
    def test_a_credit_note_takes_its_part_of_the_taxes_off(self):
        invoice = self._invoice_for((100.0, self.usual), (100.0, self.reduced))
        coupon = self._coupon(113.5)
        answer = self._use_on_invoice(coupon, invoice)
        self.assertTrue(answer["ok"])
        note = coupon.redemption_ids.move_id
        self.assertEqual((note.move_type, note.state), ("out_refund", "posted"))
        self.assertEqual((note.amount_total, note.amount_tax), (113.5, 13.5))
        self.assertEqual((invoice.amount_residual, note.amount_residual), (113.5, 0.0))
        self.assertEqual(note.reversed_entry_id, invoice)
        self.assertEqual(coupon.state, "used")

    def test_every_cent_is_taken_off(self):
        for amount in (0.03, 7.77, 33.33):
            invoice = self._invoice_for((33.33, self.usual), (7.49, self.reduced), (1.0, None))
            before = invoice.amount_residual
            self._use_on_invoice(self._coupon(amount), invoice)
            self.assertAlmostEqual(before - invoice.amount_residual, amount, 4)

    def test_no_more_than_is_left_to_pay(self):
        invoice = self._invoice_for((100.0, self.usual))
        self._use_on_invoice(self._coupon(100.0), invoice)
        coupon = self._coupon(50.0)
        answer = self._use_on_invoice(coupon, invoice)
        self.assertEqual((answer["reduced"], coupon.remaining), (20.0, 30.0))
        self.assertEqual(invoice.amount_residual, 0.0)
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self._use_on_invoice(coupon, invoice)

    def test_a_payment_leaves_the_taxes(self):
        self._pay_by_journal()
        invoice = self._invoice_for((100.0, self.usual))
        coupon = self._coupon(50.0)
        self._use_on_invoice(coupon, invoice)
        entry = coupon.redemption_ids.move_id
        self.assertEqual((entry.move_type, entry.journal_id), ("entry", self.journal))
        self.assertEqual(invoice.amount_residual, 70.0)
        charged = entry.line_ids.filtered("debit")
        self.assertEqual((charged.account_id, charged.debit), (self.journal.default_account_id, 50))

    def test_a_payment_needs_a_journal_with_an_account(self):
        self.company.ai_coupon_way = "payment"
        with self.assertRaisesRegex(UserError, "no journal"):
            self._use_on_invoice(self._coupon(), self._invoice_for((100.0, None)))

    def test_another_currency(self):
        euro = self._use_currency("EUR")
        for pay in (False, True):
            if pay:
                self._pay_by_journal()
            invoice = self._invoice_for((30.0, None), currency_id=euro.id)
            coupon = self._coupon(40.0)
            answer = self._use_on_invoice(coupon, invoice)
            self.assertEqual((answer["reduced"], invoice.amount_residual), (20.0, 10.0))
            with self.assertRaisesRegex(UserError, "on an invoice in another currency"):
                self._use_on_balance(self._coupon())
            self._use_on_invoice(self._coupon(40.0), invoice)
            self.assertEqual(invoice.amount_residual, 0.0)

    # ------------------------------------------------------------------
    # What the client owes
    # ------------------------------------------------------------------

    def test_the_oldest_invoices_are_paid_first(self):
        newer = self._invoice_for((100.0, self.reduced), days_ago=10)
        older = self._invoice_for((50.0, self.usual), partner=self.cook, days_ago=40)
        coupon = self._coupon(80.0)
        answer = self._use_on_balance(coupon)
        self.assertEqual(answer["reduced"], 80.0)
        self.assertEqual((older.amount_residual, newer.amount_residual), (0.0, 87.0))
        redemption = coupon.redemption_ids
        self.assertEqual((redemption.kind, redemption.invoice_ids), ("balance", older | newer))
        self.assertEqual(redemption.move_id.amount_residual, 0.0)

    def test_no_more_than_the_client_owes(self):
        self._pay_by_journal()
        invoice = self._invoice_for((30.0, None))
        coupon = self._coupon(80.0)
        self._use_on_balance(coupon)
        self.assertEqual((invoice.amount_residual, coupon.remaining), (0.0, 50.0))
        with self.assertRaisesRegex(UserError, "owes nothing"):
            self._use_on_balance(coupon)

    # ------------------------------------------------------------------
    # Who, and when
    # ------------------------------------------------------------------

    def test_operators_use_coupons_on_invoices_that_they_cannot_write(self):
        invoice = self._invoice_for((100.0, None), invoice_user_id=self.salesperson.id)
        self.assertTrue(self._use_on_invoice(self._coupon(), invoice)["ok"])
        with self.assertRaises(AccessError):
            self._use_on_invoice(self._coupon(), invoice, user=self.salesperson)

    def test_invoices_of_another_company_are_not_there(self):
        other = self._create_company("Autre")
        invoice = self._invoice_for((100.0, None))
        user = self._create_user(
            "sr_other_operator", "smart_recommender.group_call_operator", company=other
        )
        theirs = self.coupons.with_user(user).with_context(allowed_company_ids=other.ids)
        with self.assertRaisesRegex(UserError, "not there"):
            theirs.redeem_on_invoice("1", "1", "x", invoice.id)

    def test_closed_books_take_no_coupon(self):
        invoice = self._invoice_for((100.0, self.usual))
        coupon = self._coupon()
        self.company.fiscalyear_lock_date = fields.Date.today() + timedelta(days=1)
        with self.assertRaisesRegex(UserError, "books are closed"), self.env.cr.savepoint():
            self._use_on_invoice(coupon, invoice)
        coupon.invalidate_recordset()
        self.assertEqual((coupon.state, coupon.redemption_ids.ids), ("valid", []))

    def test_settings_name_a_journal_that_fits(self):
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "sale")], limit=1
        )
        self.company.write({"ai_coupon_journal_id": journal.id, "ai_coupon_way": "credit_note"})
        with self.assertRaises(ValidationError):
            self.company.ai_coupon_way = "payment"

    # ------------------------------------------------------------------
    # Back
    # ------------------------------------------------------------------

    def test_a_manager_undoes_it(self):
        for pay in (False, True):
            if pay:
                self._pay_by_journal()
            invoice = self._invoice_for((100.0, self.usual))
            coupon = self._coupon()
            self._use_on_invoice(coupon, invoice)
            coupon.redemption_ids.with_user(self.call_manager).action_undo()
            self.env.invalidate_all()
            self.assertEqual((coupon.state, coupon.remaining), ("valid", 50.0))
            self.assertEqual(invoice.amount_residual, 120.0)

    def test_a_credit_note_that_is_reversed_or_cancelled_gives_it_back(self):
        for way in ("reverse", "cancel", "delete"):
            invoice = self._invoice_for((100.0, self.usual))
            coupon = self._coupon()
            self._use_on_invoice(coupon, invoice)
            note = coupon.redemption_ids.move_id
            if way == "reverse":
                note._reverse_moves(cancel=True)
            else:
                note.button_draft()
                note.button_cancel() if way == "cancel" else note.unlink()
            self.env.invalidate_all()
            with self.subTest(way=way):
                self.assertEqual((coupon.state, coupon.remaining), ("valid", 50.0))
                self.assertEqual(invoice.amount_residual, 120.0)
            if way == "cancel":
                note.button_draft()
                with self.assertRaisesRegex(UserError, "given back"):
                    note.action_post()

    def test_a_credit_note_that_is_changed_cannot_be_posted(self):
        invoice = self._invoice_for((100.0, self.usual))
        coupon = self._coupon()
        self._use_on_invoice(coupon, invoice)
        note = coupon.redemption_ids.move_id
        note.button_draft()
        note.invoice_line_ids[0].price_unit = 1000.0
        with self.assertRaisesRegex(UserError, "another amount"):
            note.action_post()

    def test_a_copy_of_a_credit_note_cannot_be_posted(self):
        coupon = self._coupon()
        self._use_on_invoice(coupon, self._invoice_for((100.0, self.usual)))
        copy = coupon.redemption_ids.move_id.copy({"invoice_date": fields.Date.today()})
        with self.assertRaisesRegex(UserError, "paid by no coupon"):
            copy.action_post()

    def test_a_part_that_is_reversed_comes_back(self):
        invoice = self._invoice_for((100.0, None))
        coupon = self._coupon()
        self._use_on_invoice(coupon, invoice)
        reversal = coupon.redemption_ids.move_id._reverse_moves()
        reversal.write(
            {
                "line_ids": [
                    Command.update(
                        line.id, {"debit": line.debit and 20, "credit": line.credit and 20}
                    )
                    for line in reversal.line_ids
                ]
            }
        )
        reversal.action_post()
        self.env.invalidate_all()
        self.assertEqual((coupon.state, coupon.remaining), ("valid", 20.0))
        self.assertEqual(coupon.redemption_ids.amount, 30.0)

    def test_an_invoice_that_is_refunded_gives_it_back(self):
        invoice = self._invoice_for((100.0, self.usual))
        coupon = self._coupon()
        self._use_on_invoice(coupon, invoice)
        refund = invoice._reverse_moves(cancel=True)
        self.env.invalidate_all()
        self.assertEqual((coupon.state, coupon.remaining), ("valid", 50.0))
        self.assertEqual((invoice.amount_residual, refund.amount_residual), (0.0, 0.0))
        owed = self.env["account.move.line"].search(
            [("account_id", "=", self.receivable.id), ("partner_id", "=", self.hotel.id)]
        )
        self.assertEqual(sum(owed.mapped("balance")), 0.0)

    def _pay_by_journal(self):
        account = self.env["account.account"].with_company(self.company).search(
            [("code", "=", "658500")], limit=1
        ) or self.env["account.account"].with_company(self.company).create(
            {"name": "Bons", "code": "658500", "account_type": "expense"}
        )  # fmt: skip
        journals = self.env["account.journal"]
        self.journal = journals.search(
            [("code", "=", "BON"), ("company_id", "=", self.company.id)]
        ) or journals.create(
            {
                "name": "Bons",
                "code": "BON",
                "type": "general",
                "company_id": self.company.id,
                "default_account_id": account.id,
            }
        )  # fmt: skip
        self.company.write({"ai_coupon_journal_id": self.journal.id, "ai_coupon_way": "payment"})
