"""What a figure is about: a company, days, and whose documents."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from odoo import models
from odoo.tools import SQL

from ...algorithms.indicator.windows import by_day

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Scope:
    """Days of a company, inclusive, in its time zone.

    zone : name of that time zone.
    orders, invoices : SQL of a query of the ids of sale.order and account.move that count; None for
    all of the company.
    """

    company: models.BaseModel
    date_from: date
    date_to: date
    zone: str
    orders: SQL | None = None
    invoices: SQL | None = None

    def numbers(self):
        """First and last day, counted from 1970-01-01."""
        return tuple((day - EPOCH).days for day in (self.date_from, self.date_to))

    def day(self, moment):
        """SQL of the day of a moment (UTC)."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, self.zone)

    def sums(self, day, values):
        """Sums of rows for each day of the scope: (t,) float64; other days are left out."""
        return by_day(day, values, *self.numbers())

    def all_sums(self, rows):
        """``sums`` of all columns of rows but their day, by name."""
        return {name: self.sums(rows["day"], rows[name]) for name in rows if name != "day"}

    def daily(self, numerator, denominator=None, aside=None):
        """Series of a flow or ratio: arrays with a value for each day, None for what is not."""
        first, last = self.numbers()
        parts = {"numerator": numerator, "denominator": denominator, "aside": aside}
        series = {name: each for name, each in parts.items() if each is not None}
        return {"day": np.arange(first, last + 1), **series}

    def now(self, numerator, denominator=None):
        """Series of a snapshot that nobody wrote down: its value on the last day alone."""
        parts = {"numerator": numerator, "denominator": denominator}
        series = {name: np.array([each], float) for name, each in parts.items() if each is not None}
        return {"day": np.array([self.numbers()[1]]), **series}

    def only(self, column, ids):
        """Condition that a column of ids is among those that count. ids : SQL or None."""
        return SQL("TRUE") if ids is None else SQL("%s IN (%s)", SQL(column), ids)
