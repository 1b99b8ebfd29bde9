from odoo import api, fields, models


class AiTrainingResultReplenishment(models.Model):
    """How many rows a run has planned."""

    _name = "ai.training.result.replenishment"
    _description = "Result of a Training of Replenishment"
    _inherit = "ai.training.result"
    _made = "order_now_count"
    _shares = frozenset({"plan_fill", "receipt_fill"})
    _tested = frozenset(
        {"lead_count", "plan_fill", "receipt_fill", "plan_stock", "receipt_stock", "receipts_win"}
    )

    order_now_count = fields.Integer(
        string="To Order", help="Products and warehouses to order for."
    )
    row_count = fields.Integer(string="Planned", help="Products and warehouses that were planned.")
    lead_count = fields.Integer(
        string="Lead Times Replayed",
        help="Products and warehouses with receipts enough to compare lead times.",
    )
    plan_fill = fields.Float(
        string="Served by Promised Lead Times",
        digits=(16, 3),
        group_operator="avg",
        help="The share of the last year's demand that would have been served, weighed by cost.",
    )
    receipt_fill = fields.Float(
        string="Served by Past Receipts",
        digits=(16, 3),
        group_operator="avg",
        help="The same, had orders gone by the lead times of earlier receipts.",
    )
    plan_stock = fields.Float(
        string="Stock by Promised Lead Times",
        digits=(16, 0),
        help="Mean stock at today's cost, company currency.",
    )
    receipt_stock = fields.Float(string="Stock by Past Receipts", digits=(16, 0))
    receipts_win = fields.Boolean(
        help="Whether the lead times of past receipts surely serve more where too little is "
        "served, or surely need less stock for what is wanted.",
    )

    @api.model
    def _receipts_win(self, company):
        """Whether past receipts won the replay of the last run that has ended."""
        return self._last_of(company).receipts_win
