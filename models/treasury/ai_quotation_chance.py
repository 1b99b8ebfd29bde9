"""The chance that an open quotation is won, as the last training tells.

One row for each quotation that was open then and not given up. Training replaces a company's rows
as a whole; what was decided since is shown nowhere. Salespeople see the rows of the quotations that
they see.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import bulk_rows


class AiQuotationChance(models.Model):
    _name = "ai.quotation.chance"
    _description = "Chance of a Quotation"
    _inherit = ["ai.learned.row"]
    _order = "expected desc, id"
    _rec_name = "order_id"
    _log_access = False

    order_id = fields.Many2one(
        "sale.order",
        string="Quotation",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        string="Client",
        related="order_id.partner_id",
        store=True,
        index=True,
    )
    user_id = fields.Many2one(
        string="Salesperson",
        related="order_id.user_id",
        store=True,
        index=True,
    )
    state = fields.Selection(string="Status", related="order_id.state")
    sent_on = fields.Date(string="Made On", readonly=True, help="Day of the quotation.")
    amount = fields.Monetary(
        readonly=True, help="Untaxed, in company currency, when the chance was computed."
    )
    chance = fields.Float(
        readonly=True,
        group_operator="avg",
        help="How likely the quotation is won, by its age and amount and by how many of its "
        "quotations the client accepted.",
    )
    expected = fields.Monetary(string="Expected Amount", readonly=True, help="Chance times amount.")
    currency_id = fields.Many2one(related="company_id.currency_id")

    _sql_constraints = [("order_unique", "UNIQUE(order_id)", "A quotation has one chance.")]

    @api.model
    def _replace(self, run, found):
        """Make the rows of a run's company those of its open quotations.

        found : {"order", "sent": (m,) int, "amount", "chance": (m,) float, not NaN}, or None for no
        row. Returns their number.
        """
        names = ("order_id", "partner_id", "user_id", "sent_on", "amount", "chance", "expected")
        rows = {name: [] for name in names}
        if found is not None:
            orders = self.env["sale.order"].sudo().browse(found["order"].tolist())
            extract = self.env["ai.treasury.extract"]
            rows = {
                "order_id": found["order"],
                "partner_id": [order.partner_id.id for order in orders],
                "user_id": [order.user_id.id for order in orders],
                "sent_on": [extract._date(day) for day in found["sent"]],
                "amount": found["amount"],
                "chance": found["chance"],
                "expected": found["chance"] * found["amount"],
            }
        return bulk_rows.replace(
            self,
            SQL("company_id = %s", run.company_id.id),
            {"company_id": run.company_id.id, "run_id": run.id, **rows},
        )

    @api.model
    def _of(self, orders):
        """{order id: chance} of the open ones among some orders that the caller may see."""
        open_orders = orders.filtered(lambda order: order.state in ("draft", "sent"))
        rows = self.sudo().search([("order_id", "in", open_orders.ids)])
        return {row.order_id.id: row.chance for row in rows}
