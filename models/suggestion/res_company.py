"""Settings of what to offer a customer."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_offer_limit = fields.Integer(
        string="Offers per Client",
        default=10,
        help="The most offers that the sheet of a client shows.",
    )
    ai_dismiss_days = fields.Integer(
        string="Dismissed Offers Return After",
        default=30,
        help="Days after which an offer that was dismissed for a client may be made again; 0 is "
        "never.",
    )
    ai_reorder_min_purchases = fields.Integer(
        string="Purchases of a Rhythm",
        default=3,
        help="A product is due for reorder only where the client bought it on at least so many "
        "days.",
    )

    _sql_constraints = [
        (
            "ai_offer_limit_range",
            "CHECK(ai_offer_limit BETWEEN 1 AND 20)",
            "Offers per client: give a whole number from 1 to 20.",
        ),
        (
            "ai_dismiss_days_range",
            "CHECK(ai_dismiss_days BETWEEN 0 AND 3650)",
            "Dismissed offers: give a number of days from 0 to 3650; 0 is never.",
        ),
        (
            "ai_reorder_min_purchases_range",
            "CHECK(ai_reorder_min_purchases BETWEEN 2 AND 50)",
            "Purchases of a rhythm: give a whole number from 2 to 50.",
        ),
    ]
