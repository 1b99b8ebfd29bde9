"""What a figure is about: a company, days, and whose documents."""

from dataclasses import dataclass
from datetime import date

from odoo import models
from odoo.tools import SQL


@dataclass(frozen=True)
class Scope:
    """Days of a company, inclusive, in its time zone.

    orders, invoices : SQL of a query of the ids of sale.order and account.move that count; None for
    all of the company.
    """

    company: models.BaseModel
    date_from: date
    date_to: date
    orders: SQL | None = None
    invoices: SQL | None = None

    @property
    def is_whole(self):
        return self.orders is None

    def only(self, column, ids):
        """Condition that a column of ids is among those that count. ids : SQL or None."""
        return SQL("TRUE") if ids is None else SQL("%s IN (%s)", SQL(column), ids)
