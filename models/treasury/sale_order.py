"""The chance of a quotation, where its salespeople read it."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Portal users read sale orders: the groups keep these fields from them.
    ai_win_chance = fields.Float(
        string="Chance",
        compute="_compute_ai_win_chance",
        groups="sales_team.group_sale_salesman",
        help="How likely this quotation is won, as the last training tells; 0 where it does not: "
        "it was decided, is newer than the training, or was given up.",
    )
    ai_expected_amount = fields.Monetary(
        string="Expected",
        compute="_compute_ai_win_chance",
        groups="sales_team.group_sale_salesman",
        help="Chance times untaxed amount.",
    )

    @api.depends("state", "amount_untaxed")
    def _compute_ai_win_chance(self):
        chances = self.env["ai.quotation.chance"]._of(self._origin)
        for order in self:
            order.ai_win_chance = chances.get(order._origin.id, 0.0)
            order.ai_expected_amount = order.ai_win_chance * order.amount_untaxed
