"""Settings of the search for anomalies, for each company."""

from odoo import _, api, fields, models

from ...tools.setting_range import DAYS, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_anomaly_method = fields.Selection(
        [
            ("auto", "Weekday forecast, robust scatter"),
            ("zscore", "z-score of the window"),
        ],
        string="Anomaly Method",
        required=True,
        default="auto",
        help="The first compares each day with what was expected of its weekday and watches slow "
        "sellers together; until a product has sold for eight weeks, each of its days is compared "
        "with the thirty before. The second compares each day with the mean and standard "
        "deviation of the whole window.",
    )
    ai_anomaly_threshold = fields.Float(
        string="z-Score From",
        digits=(16, 2),
        default=3.0,
        help="How many times the usual scatter a day must deviate to be an anomaly.",
    )
    ai_anomaly_medium = fields.Float(
        string="Medium From", digits=(16, 2), default=3.0, help="z-score of medium severity."
    )
    ai_anomaly_high = fields.Float(
        string="High From", digits=(16, 2), default=4.0, help="z-score of high severity."
    )
    ai_anomaly_window = fields.Integer(
        string="Days Compared With",
        default=365,
        help="Days of sales, up to yesterday, that define what is usual.",
    )
    ai_anomaly_days = fields.Integer(
        string="Days Searched",
        default=90,
        help="Anomalies are looked for in these last days. Older ones are kept; lists begin with "
        "those of the last 30 days.",
    )
    ai_anomaly_chance = fields.Float(
        string="Alarms by Chance",
        digits=(16, 2),
        default=0.1,
        help="The more products are watched, the more of them exceed any limit by chance. The "
        "limit is raised until chance alone causes this many alarms a day: 0.1 is one in ten "
        "days, 0 leaves the limit as it is.",
    )
    ai_anomaly_categories = fields.Boolean(
        string="Watch Categories", help="The revenue of each product category as a whole."
    )
    ai_anomaly_customers = fields.Boolean(
        string="Watch Customers", help="The revenue of each customer who buys often."
    )
    ai_anomaly_salespeople = fields.Boolean(
        string="Watch Salespeople", help="The revenue of each salesperson."
    )
    ai_anomaly_company = fields.Boolean(
        string="Watch the Company Total", default=True, help="The revenue of the whole company."
    )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            "ai_anomaly_threshold": Range(1, 20, remedy=_("3 is usual")),
            "ai_anomaly_medium": Range(0.01, 100, remedy=_("3 is usual")),
            "ai_anomaly_high": Range(0.01, 100, remedy=_("4 is usual")),
            "ai_anomaly_chance": Range(0, 100, remedy=_("0.1 is one in ten days")),
            "ai_anomaly_window": Range(28, 730, DAYS),
            "ai_anomaly_days": Range(1, 365, DAYS),
        }

    @api.model
    def _ai_setting_orders(self):
        return [*super()._ai_setting_orders(), ("ai_anomaly_medium", "ai_anomaly_high")]
