"""Settings of clients and calls, for each company."""

from odoo import api, fields, models

from ...tools.setting_range import DAYS, SHARE, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_dormant_days = fields.Integer(
        string="Dormant After",
        default=90,
        help="Days without an order after which a client is dormant.",
    )
    ai_payment_delay = fields.Integer(
        string="Payment Tolerance",
        default=0,
        help="Days past the due date of an invoice after which a client is overdue.",
    )
    ai_gold_share = fields.Float(
        string="Gold Up To",
        digits=(16, 6),
        default=0.5,
        help="Clients in order of the revenue of 365 days: gold are those with whom this share of "
        "all revenue is reached.",
    )
    ai_silver_share = fields.Float(
        string="Silver Up To",
        digits=(16, 6),
        default=0.8,
        help="Share of revenue up to which clients are silver, that of gold included. The others "
        "who bought are bronze.",
    )
    ai_new_product_days = fields.Integer(
        string="Newly Arrived For",
        default=30,
        help="Days after its first receipt for which a product is shown as newly arrived.",
    )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            "ai_dormant_days": Range(1, 3650, DAYS),
            "ai_payment_delay": Range(0, 365, DAYS),
            "ai_gold_share": Range(0.01, 1, SHARE),
            "ai_silver_share": Range(0.01, 1, SHARE),
            "ai_new_product_days": Range(1, 365, DAYS),
        }

    @api.model
    def _ai_setting_orders(self):
        return [*super()._ai_setting_orders(), ("ai_gold_share", "ai_silver_share")]
