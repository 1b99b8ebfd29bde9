"""Settings of clients and calls, for each company."""

from odoo import fields, models


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

    _sql_constraints = [
        (
            "ai_dormant_days_range",
            "CHECK(ai_dormant_days BETWEEN 1 AND 3650)",
            "Dormant after: give a number of days from 1 to 3,650.",
        ),
        (
            "ai_payment_delay_range",
            "CHECK(ai_payment_delay BETWEEN 0 AND 365)",
            "Payment tolerance: give a number of days from 0 to 365.",
        ),
    ]
