"""What either reorder point would have done on the company's last year, one row each."""

from odoo import fields, models


class AiPolicyReplay(models.Model):
    _name = "ai.policy.replay"
    _description = "Replay of a Reorder Point"
    _order = "run_id desc, policy"
    _check_company_auto = True

    run_id = fields.Many2one("ai.training.run", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="run_id.company_id", store=True, required=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    policy = fields.Selection(
        [("days", "Lead Time and Safety Days"), ("service", "Service Level")], required=True
    )
    fill_rate = fields.Float(
        digits=(16, 3),
        group_operator="avg",
        help="The share of demand that would have been served, weighed by cost.",
    )
    mean_stock_value = fields.Monetary(
        string="Mean Stock", help="Mean stock at the end of a day, at today's cost."
    )
    order_count = fields.Integer(string="Orders")
    short_share = fields.Float(
        string="Days Short",
        digits=(16, 3),
        group_operator="avg",
        help="The share of days on which a product could not serve all of its demand.",
    )
