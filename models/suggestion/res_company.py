"""Settings of what to offer a customer."""

from odoo import _, api, fields, models

from ...tools.setting_range import DAYS, SHARE, WHOLE, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_suggestion_limit = fields.Integer(
        string="Suggestions per Quotation",
        default=8,
        help="The most suggestions that a quotation shows.",
    )
    ai_show_beaten = fields.Boolean(
        string="Show Even If Popularity Does Better",
        help="When the back-test finds that the most popular products alone do better, "
        "salespeople see those instead of what was learned, unless this is on.",
    )
    ai_min_orders = fields.Integer(
        string="Minimum Orders",
        default=3,
        help="Least number of orders in which the products of a rule occur together.",
    )
    ai_min_support = fields.Float(
        string="Minimum Support",
        digits=(16, 6),
        default=0.01,
        help="Least share of all orders in which the products of a rule occur together.",
    )
    ai_min_confidence = fields.Float(
        string="Minimum Confidence",
        digits=(16, 6),
        default=0.2,
        help="Least match chance: the share of the orders with the first products which also "
        "hold the suggested one.",
    )
    ai_min_lift = fields.Float(
        string="Minimum Lift",
        digits=(16, 6),
        default=1.1,
        help="How many times more often than in all orders the suggested product must be bought. "
        "At 1 the products are unrelated.",
    )
    ai_max_false_rate = fields.Float(
        string="False Discovery Rate",
        digits=(16, 6),
        default=0.05,
        help="The share of rules that chance alone may explain (Fisher's test with "
        "Benjamini-Hochberg); 100 % keeps every rule.",
    )
    ai_prune_rules = fields.Boolean(
        string="Leave Out Repetitions",
        default=True,
        help="Leave out rules that start from more products than another one and are no more "
        "certain.",
    )
    ai_max_antecedent = fields.Integer(
        string="Products Before the Arrow",
        default=2,
        help="The most products a rule may start from.",
    )
    ai_min_customers = fields.Integer(
        string="Minimum Customers",
        default=3,
        help="Rules drawn from fewer distinct customers are hidden from salespeople who see only "
        "their own documents: such a rule could reveal what a particular customer buys.",
    )
    ai_max_basket = fields.Integer(
        string="Largest Order",
        default=100,
        help="Orders with more distinct products (tenders, stock transfers) are left out of "
        "association rules: they say little about tastes and take a lot of time.",
    )
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
        help="A product is due for reorder only if the client bought it on at least this many "
        "days.",
    )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            "ai_suggestion_limit": Range(1, 50, WHOLE),
            "ai_offer_limit": Range(1, 20, WHOLE),
            "ai_min_orders": Range(1, 1_000_000, WHOLE),
            "ai_min_support": Range(0, 1, SHARE),
            "ai_min_confidence": Range(0, 1, SHARE),
            "ai_min_lift": Range(0, 1000, remedy=_("1 means no relation")),
            "ai_max_false_rate": Range(0, 1, SHARE),
            "ai_max_antecedent": Range(1, 5, WHOLE),
            "ai_min_customers": Range(1, 1_000_000, WHOLE),
            "ai_max_basket": Range(2, 1000, WHOLE),
            "ai_reorder_min_purchases": Range(2, 50, WHOLE),
            "ai_dismiss_days": Range(0, 3650, DAYS, _("0 is never")),
        }
