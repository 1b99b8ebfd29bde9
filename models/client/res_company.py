"""Settings of clients and calls, for each company."""

from odoo import api, fields, models

from ...tools.setting_range import DAYS, Range


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

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            "ai_dormant_days": Range(1, 3650, DAYS),
            "ai_payment_delay": Range(0, 365, DAYS),
        }
