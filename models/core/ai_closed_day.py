"""Closures: days on which a company sold nothing although it usually does.

Training finds them and leaves them out of what forecasts, reorder points and classes learn, as days
without stock: a shop that was closed for a month has not lost half its demand. Managers see them,
overrule them where nothing was really wanted, and add closures that training cannot tell.
"""

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

# What managers say of a closure that training found.
OF_FOUND = frozenset({"is_counted"})


class AiClosedDay(models.Model):
    _name = "ai.closed.day"
    _description = "Company Closure"
    _inherit = ["ai.company.row", "ai.editable.row"]
    _order = "date_from desc, id"
    # What managers say of a closure of their own.
    _editable = OF_FOUND | {"company_id", "date_from", "date_to"}

    company_id = fields.Many2one(readonly=False, default=lambda self: self.env.company)
    date_from = fields.Date(string="First Day", required=True)
    date_to = fields.Date(string="Last Day", required=True)
    is_found = fields.Boolean(
        string="Found by Training",
        readonly=True,
        help="Nothing was sold on these days although the company usually sells then.",
    )
    is_counted = fields.Boolean(
        string="Count as No Demand",
        help="These days were open and nobody wanted anything: learn from them as from any other.",
    )
    days = fields.Integer(compute="_compute_days")

    @api.depends("date_from", "date_to")
    def _compute_days(self):
        for closure in self:
            dates = closure.date_from and closure.date_to
            closure.days = (closure.date_to - closure.date_from).days + 1 if dates else 0

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for closure in self:
            closure.display_name = f"{closure.date_from} – {closure.date_to}"

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for closure in self:
            if closure.date_to < closure.date_from:
                raise ValidationError(
                    _(
                        "The closure from %(first)s ends on %(last)s, before it begins: give it a "
                        "last day that is not earlier than its first.",
                        first=closure.date_from,
                        last=closure.date_to,
                    )
                )

    def _check_written(self, vals):
        if any(closure.is_found for closure in self):
            self._check_editable(vals, OF_FOUND)
        return super()._check_written(vals)

    @api.model
    def _not_editable_message(self):
        return _(
            "Training finds this closure: say whether it counts as no demand, or add a closure of "
            "your own with other days."
        )

    @api.model
    def _find(self, company, date_from, date_to):
        """Find the closures of a window anew; what managers have said of them and added stays."""
        from ...algorithms.core.closed_days import closed_stretches

        orders, days = self.env["ai.sales.extract"]._orders_by_day(company, date_from, date_to)
        found = [
            (fields.Date.to_date(str(first)), fields.Date.to_date(str(last)))
            for first, last in closed_stretches(orders, days)
        ]
        known = self.sudo().search([("company_id", "=", company.id)])
        known.filtered(
            lambda closure: (
                closure.is_found
                and not closure.is_counted
                and (closure.date_from, closure.date_to) not in found
            )
        ).unlink()
        known = known.exists()
        self.sudo().create(
            [
                {"company_id": company.id, "is_found": True, "date_from": first, "date_to": last}
                for first, last in found
                # Overruled ones may have grown or shrunk by a day since.
                if not any(
                    closure.date_from <= last and closure.date_to >= first for closure in known
                )
            ]
        )

    @api.model
    def _closed(self, company, days):
        """(t,) bool, which of some days (datetime64[D]) the company was closed on."""
        from ...algorithms.core.left_out import covered

        closures = self.sudo().search([("company_id", "=", company.id), ("is_counted", "=", False)])
        return covered(
            [(str(closure.date_from), str(closure.date_to)) for closure in closures], days
        )
