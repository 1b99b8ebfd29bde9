"""Payments that nobody has invoiced: salaries, rent, taxes, instalments, a loan that comes in.

Written down or imported by whoever does the accounts, in company currency, once or again and again.
The cash forecast counts each day of them within its horizon.
"""

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

ONCE = "once"


class AiCashLine(models.Model):
    _name = "ai.cash.line"
    _description = "Planned Payment"
    _inherit = ["ai.editable.row", "ai.company.row"]
    _order = "first_date, id"
    _editable = frozenset(
        {
            "name",
            "company_id",
            "partner_id",
            "direction",
            "amount",
            "first_date",
            "unit",
            "every",
            "last_date",
            "active",
        }
    )

    name = fields.Char(required=True, help="Such as Salaries, Rent or VAT.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(readonly=False, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", check_company=True, ondelete="restrict")
    direction = fields.Selection(
        [("out", "Goes Out"), ("in", "Comes In")], required=True, default="out"
    )
    amount = fields.Monetary(required=True, help="Above zero, each time.")
    first_date = fields.Date(string="First Day", required=True, default=fields.Date.context_today)
    unit = fields.Selection(
        [
            (ONCE, "Once"),
            ("day", "Days"),
            ("week", "Weeks"),
            ("month", "Months"),
            ("year", "Years"),
        ],
        string="Again After",
        required=True,
        default="month",
        help="Months end on their last day: what comes on the 31st comes on 30 April.",
    )
    every = fields.Integer(default=1, help="So many days, weeks, months or years.")
    last_date = fields.Date(string="Last Day", help="Empty where it goes on.")

    @api.constrains("amount", "every", "first_date", "last_date")
    def _check_numbers(self):
        for line in self:
            if line.amount <= 0:
                raise ValidationError(
                    _("%s: give an amount above zero, and say which way it goes.", line.name)
                )
            if line.every < 1:
                raise ValidationError(_("%s: it comes every 1 or more.", line.name))
            if line.last_date and line.last_date < line.first_date:
                raise ValidationError(_("%s: its last day is before its first one.", line.name))

    @api.model
    def _days_of(self, company, after, until):
        """Payments of a company within (after, until], int days since 1970.

        Returns rows as of ``ai.treasury.extract._open_entries`` with kind "planned".
        """
        number = self.env["ai.treasury.extract"]._number
        lines = self.sudo().search([("company_id", "=", company.id)])
        return [
            {
                "key": f"planned:{line.id}:{day}",
                "kind": "planned",
                "partner_id": line.partner_id.commercial_partner_id.id or 0,
                "due": day,
                "amount": line.amount if line.direction == "in" else -line.amount,
                "res_model": self._name,
                "res_id": line.id,
                "name": line.name,
            }
            for line in lines
            for day in line._days(number, after, until)
        ]

    def _days(self, number, after, until):
        """Its days within (after, until]; number : makes a day since 1970 of a date."""
        from ...algorithms.treasury.recurring import occurrences

        first = number(self.first_date)
        if self.unit == ONCE:
            return [first] if after < first <= until else []
        last = number(self.last_date) if self.last_date else None
        return occurrences(first, self.unit, self.every, after, until, last).tolist()
