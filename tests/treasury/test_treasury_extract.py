"""What was paid, is owed and will be invoiced, each once."""

from odoo import Command
from odoo.tests import tagged

from .common import TreasuryCommon

OPEN = 2**31 - 1


@tagged("post_install", "-at_install")
class TestTreasuryExtract(TreasuryCommon):
    def _documents(self, ours=False):
        found = self.extract._documents(self.company, ours)
        return [
            (
                partner,
                self._as_days_ago(due),
                None if paid == OPEN else self._as_days_ago(paid),
                amount,
            )
            for partner, due, paid, amount in zip(
                found["client"].tolist(),
                found["due"].tolist(),
                found["paid"].tolist(),
                found["amount"].tolist(),
                strict=True,
            )
        ]

    def test_parts_that_were_paid_and_what_is_open(self):
        move = self._move(100.0, issued=60, due=30)
        self._pay(move, 20, 40.0)
        self._pay(move, 10, 25.0)
        self.assertCountEqual(
            self._documents(),
            [
                (self.client.id, 30, 20, 40.0),
                (self.client.id, 30, 10, 25.0),
                (self.client.id, 30, None, 35.0),
            ],
        )

    def test_a_credit_note_is_no_payment(self):
        move = self._move(100.0, issued=60, due=30)
        note = self._move(100.0, issued=20, due=20, kind="out_refund")
        (move | note).line_ids.filtered(
            lambda line: line.account_id == self.accounts["receivable"]
        ).reconcile()
        self.assertFalse(self._documents())
        self.assertFalse(len(self.extract._invoices(self.company)["move"]))

    def test_bills_are_ours(self):
        bill = self._move(80.0, issued=40, due=10, kind="in_invoice", ref="F1")
        self._pay(bill, 5)
        self._move(30.0, issued=3, due=-20, kind="in_invoice", ref="F2")
        self.assertFalse(self._documents())
        self.assertCountEqual(
            self._documents(ours=True),
            [(self.vendor.id, 10, 5, 80.0), (self.vendor.id, -20, None, 30.0)],
        )

    def test_invoices_are_whole_and_of_the_client(self):
        contact = self.env["res.partner"].create({"name": "Chef", "parent_id": self.client.id})
        paid = self._move(100.0, issued=60, due=30, partner=contact)
        self._pay(paid, 20, 40.0)
        self._pay(paid, 10, 60.0)
        half = self._move(50.0, issued=10, due=5)
        self._pay(half, 2, 20.0)
        found = self.extract._invoices(self.company)
        rows = {
            move: (partner, self._as_days_ago(due), paid, amount)
            for move, partner, due, paid, amount in zip(
                *(found[name].tolist() for name in ("move", "client", "due", "paid", "amount")),
                strict=True,
            )
        }
        self.assertEqual(rows[half.id], (self.client.id, 5, OPEN, 50.0))
        partner, due, day, amount = rows[paid.id]
        self.assertEqual((partner, due, amount), (self.client.id, 30, 100.0))
        self.assertEqual(self._as_days_ago(day), 10)

    def test_drafts_and_other_companies_are_left_out(self):
        self._move(100.0, post=False)
        other = self._create_company("Treasury other")
        self.assertFalse(self._documents())
        self._move(100.0)
        self.assertFalse(len(self.extract._documents(other)["client"]))

    # ------------------------------------------------------------------
    # What is there, and what is owed
    # ------------------------------------------------------------------

    def test_the_balance_holds_the_bank_and_what_is_under_way(self):
        self.assertEqual(self.extract._balance(self.company), 0)
        self.env["account.move"].with_company(self.company).create(
            {
                "journal_id": self.journals["general"].id,
                "date": self._day(10),
                "line_ids": [
                    Command.create({"account_id": self.accounts["bank"].id, "debit": 500.0}),
                    Command.create({"account_id": self.accounts["equity"].id, "credit": 500.0}),
                ],
            }
        ).action_post()
        self.assertEqual(self.extract._balance(self.company), 500)
        self._pay(self._move(120.0), 1)
        self.assertEqual(self.extract._balance(self.company), 620)

    def test_what_is_owed_is_told_once_with_its_sign(self):
        invoice = self._move(100.0, issued=20, due=-10)
        self._pay(invoice, 1, 30.0)
        bill = self._move(60.0, kind="in_invoice", due=-5, ref="F1")
        note = self._move(15.0, kind="out_refund", due=0)
        rows = {
            row["res_id"]: (
                row["kind"],
                row["partner_id"],
                self._as_days_ago(row["due"]),
                row["amount"],
            )
            for row in self.extract._open_entries(self.company)
        }
        self.assertEqual(
            rows,
            {
                invoice.id: ("invoice", self.client.id, -10, 70.0),
                bill.id: ("bill", self.vendor.id, -5, -60.0),
                note.id: ("invoice", self.client.id, 0, -15.0),
            },
        )

    def test_orders_count_for_what_is_not_invoiced(self):
        order = self._create_order([(self.bottle, 10)], partner=self.client, days_ago=3)
        order.order_line.tax_id = False
        total = order.amount_total
        [row] = self.extract._orders_to_invoice(self.company)
        self.assertEqual((row["kind"], row["res_id"], row["amount"]), ("order", order.id, total))
        self.assertEqual(self._as_days_ago(row["due"]), 0)
        self._move(
            0.4 * total,
            invoice_line_ids=[
                Command.create(
                    {
                        "product_id": self.bottle.id,
                        "quantity": 4,
                        "price_unit": total / 10,
                        "tax_ids": False,
                        "sale_line_ids": [Command.set(order.order_line.ids)],
                    }
                )
            ],
        )
        [row] = self.extract._orders_to_invoice(self.company)
        self.assertAlmostEqual(row["amount"], 0.6 * total)

    def test_a_term_of_payment_moves_the_day(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "30 et 60",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 30}),
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 60}),
                ],
            }
        )
        self._create_order([self.bottle], partner=self.client, payment_term_id=term.id)
        [row] = self.extract._orders_to_invoice(self.company)
        self.assertEqual(self._as_days_ago(row["due"]), -45)

    def test_old_orders_are_given_up(self):
        self._create_order([self.bottle], partner=self.client, days_ago=120)
        self._create_order([self.bottle], partner=self.client, state="cancel")
        self.assertFalse(self.extract._orders_to_invoice(self.company))
