"""What will be paid, by us or to us: one item for each amount, and how a what-if changes them."""

from dataclasses import dataclass, replace

import numpy as np

INVOICE, BILL, ORDER, PURCHASE, PLANNED = range(5)
KINDS = ("invoice", "bill", "order", "purchase", "planned")


@dataclass(frozen=True)
class Items:
    """Expected payments, as parallel arrays (n,).

    key : int64, each once: a number of the document and its part. An order's line leaves the list
        with what of it was invoiced, so that nothing counts twice; a key given twice is an error.
    kind : int64, place in KINDS. partner : int64, commercial entity, 0 for none.
    due : int64, days since 1970; for orders the day they will be invoiced plus the term of payment.
    amount : float64, company currency, > 0 comes in, < 0 goes out; credit notes of clients are
        negative with kind INVOICE.
    fixed : bool, paid on its very day (salaries, rent, taxes), or the day after today where that
        is over. chance : float64 in 0..1, that it is paid at all, 1 for invoices.
    moved : int64, days that a what-if adds to the day of payment.

    From Odoo: INVOICE and BILL from ``account_move_line`` of receivable and payable accounts
    (``date_maturity``, ``amount_residual``; posted, not reconciled); ORDER and PURCHASE from lines
    with ``qty_to_invoice`` > 0 or not yet delivered, at prices with taxes; PLANNED from recurring
    lines and drafts that post themselves (``auto_post``).
    """

    key: np.ndarray
    kind: np.ndarray
    partner: np.ndarray
    due: np.ndarray
    amount: np.ndarray
    fixed: np.ndarray
    chance: np.ndarray
    moved: np.ndarray

    def __post_init__(self):
        if len({len(getattr(self, name)) for name in self.__annotations__}) > 1:
            raise ValueError("the arrays of items differ in length")
        keys, times = np.unique(self.key, return_counts=True)
        if (times > 1).any():
            raise ValueError(f"item {keys[times > 1][0]} is given twice")
        if not np.isfinite(self.amount).all():
            raise ValueError("an amount is no number")
        if not ((self.chance >= 0) & (self.chance <= 1)).all():
            raise ValueError("a chance is below 0 or above 1")

    def __len__(self):
        return len(self.key)

    @property
    def ours(self):
        """(n,) bool, whether we pay: by our habits with vendors, not by those of clients."""
        return (self.kind == BILL) | (self.kind == PURCHASE)


def items(key, kind, partner, due, amount, fixed=None, chance=None):
    """Items of sequences; planned ones are fixed and all are certain unless told otherwise."""
    kind = np.asarray(kind, np.int64)
    size = len(kind)
    return Items(
        np.asarray(key, np.int64),
        kind,
        np.asarray(partner, np.int64),
        np.asarray(due, np.int64),
        np.asarray(amount, np.float64),
        kind == PLANNED if fixed is None else np.asarray(fixed, bool),
        np.ones(size) if chance is None else np.asarray(chance, np.float64),
        np.zeros(size, np.int64),
    )


def paying_later(items, partner, days):
    """What if a partner pays so many days later (or earlier, below 0) than by its habits?"""
    return _moved(items, (items.partner == partner) & ~items.fixed, days)


def collected_earlier(items, days):
    """What if all clients pay so many days earlier, as by reminders?"""
    return _moved(items, ~items.ours & ~items.fixed, -days)


def without(items, keys):
    """What if some items fall away? keys : (k,) int. They stay with an amount of 0, so that all
    other items have the same chance in both forecasts."""
    return replace(items, amount=np.where(np.isin(items.key, keys), 0.0, items.amount))


def _moved(items, which, days):
    return replace(items, moved=items.moved + np.where(which, int(days), 0))
