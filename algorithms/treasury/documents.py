"""Invoices or bills as arrays, and what was known of them on an earlier day."""

from dataclasses import dataclass

import numpy as np

# Day of payment of what is still open: after every other day.
OPEN = np.int64(2**31 - 1)


@dataclass(frozen=True)
class Documents:
    """Posted invoices of one company, or its bills, as parallel arrays (n,).

    client : int64, ``account_move.commercial_partner_id``.
    issued, due : int64, days since 1970: ``account_move.invoice_date`` and
        ``account_move_line.date_maturity`` of the receivable (payable) line.
    paid : int64, ``account_partial_reconcile.max_date``, the last one; ``OPEN`` for the rest.
    amount : float64 >= 0, company currency: what was paid, ``amount_residual`` of what is open.

    A term of payment, and each partial payment, is a row of its own: then totals of days are those
    of the bank. For the credit score a row is a whole invoice.
    """

    client: np.ndarray
    issued: np.ndarray
    due: np.ndarray
    paid: np.ndarray
    amount: np.ndarray

    def __post_init__(self):
        for name in ("client", "issued", "due", "paid"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), np.int64))
        object.__setattr__(self, "amount", np.asarray(self.amount, np.float64))
        if len({len(getattr(self, name)) for name in self.__annotations__}) > 1:
            raise ValueError("the arrays of documents differ in length")
        if not (np.isfinite(self.amount) & (self.amount >= 0)).all():
            raise ValueError("an amount is negative or no number")

    def __len__(self):
        return len(self.client)

    def take(self, rows):
        """Documents of some rows; rows : (k,) int or (n,) bool."""
        return Documents(*(getattr(self, name)[rows] for name in self.__annotations__))

    def on(self, day):
        """What was known at the end of a day: those issued by then, later payments still open.

        Parts of one invoice that were paid later count as parts already; so they did.
        """
        seen = self.take(self.issued <= day)
        paid = np.where(seen.paid <= day, seen.paid, OPEN)
        return Documents(seen.client, seen.issued, seen.due, paid, seen.amount)

    @property
    def is_open(self):
        """(n,) bool."""
        return self.paid == OPEN

    @property
    def late(self):
        """(n,) int64, days from due to paid, negative for early; huge where open."""
        return self.paid - self.due
