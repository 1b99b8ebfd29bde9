from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_enabled = fields.Boolean(
        string="AI Recommender",
        default=True,
        help="Show suggestions in quotations. Without it nothing is suggested or retrained.",
    )
    ai_auto_train = fields.Boolean(
        string="Retrain Every Night",
        default=True,
        help="Learn again from the sales history every night.",
    )
    ai_history_days = fields.Integer(
        string="History Window",
        default=365,
        help="How many days of confirmed orders, up to now, training reads.",
    )
    ai_min_support = fields.Float(
        string="Minimum Support",
        digits=(16, 6),
        default=0.01,
        help="Least share of all orders in which the products of a rule occur together: "
        "0.01 is 1 in 100 orders.",
    )
    ai_min_orders = fields.Integer(
        string="Minimum Orders",
        default=3,
        help="Least number of orders in which the products of a rule occur together.",
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
        "At 1 the products have nothing to do with each other.",
    )
    ai_max_antecedent = fields.Integer(
        string="Products Before the Arrow",
        default=2,
        help="The most products a rule may start from.",
    )
    ai_max_false_rate = fields.Float(
        string="False Discovery Rate",
        digits=(16, 6),
        default=0.05,
        help="The share of rules that chance alone may explain (Fisher's test with "
        "Benjamini-Hochberg): 0.05 is 5 in 100, 1 keeps every rule.",
    )
    ai_prune_rules = fields.Boolean(
        string="Leave Out Repetitions",
        default=True,
        help="Leave out rules that start from more products than another one and are no more "
        "certain.",
    )
    ai_show_beaten = fields.Boolean(
        string="Show Even If Popularity Does Better",
        help="Where the back-test finds that the most popular products alone do better, "
        "salespeople see those instead of what was learned, unless this is on.",
    )
    ai_suggestion_limit = fields.Integer(
        string="Suggestions per Quotation",
        default=8,
        help="The most suggestions that a quotation shows.",
    )
    ai_min_customers = fields.Integer(
        string="Minimum Customers",
        default=3,
        help="Rules drawn from fewer distinct customers are hidden from salespeople who see only "
        "their own documents: such a rule could tell what a certain customer buys.",
    )
    ai_max_basket = fields.Integer(
        string="Largest Order",
        default=100,
        help="Orders with more distinct products (tenders, stock transfers) are left out of "
        "association rules: they say little about tastes and cost much time.",
    )
    ai_include_services = fields.Boolean(
        string="Learn From Services",
        help="Services are left out of training unless this is on.",
    )
    ai_exclude_free = fields.Boolean(
        string="Leave Out Gifts",
        help="Leave lines with a unit price of zero out of training.",
    )
    ai_forecast_days = fields.Integer(
        string="Forecast History",
        default=180,
        help="Days of sales that forecasts learn from. With 730 or more the time of the year "
        "counts too.",
    )
    ai_discontinued_days = fields.Integer(
        string="No Longer Sold After",
        default=90,
        help="Days without a sale after which a product has no forecast.",
    )
    ai_excluded_product_ids = fields.Many2many(
        "product.product",
        "res_company_ai_excluded_product_rel",
        "company_id",
        "product_id",
        string="Excluded Products",
        help="Products that training ignores and quotations never suggest.",
    )
    ai_excluded_categ_ids = fields.Many2many(
        "product.category",
        "res_company_ai_excluded_categ_rel",
        "company_id",
        "categ_id",
        string="Excluded Categories",
        help="Product categories, with those below them, that training ignores and quotations "
        "never suggest.",
    )

    _sql_constraints = [
        (
            "ai_forecast_days_range",
            "CHECK(ai_forecast_days BETWEEN 14 AND 3650)",
            "Forecast history: give a number of days from 14 to 3650.",
        ),
        (
            "ai_discontinued_days_range",
            "CHECK(ai_discontinued_days BETWEEN 14 AND 3650)",
            "No longer sold after: give a number of days from 14 to 3650.",
        ),
        (
            "ai_history_days_range",
            "CHECK(ai_history_days BETWEEN 1 AND 36500)",
            "History window: give a number of days from 1 to 36500.",
        ),
        (
            "ai_min_support_range",
            "CHECK(ai_min_support >= 0 AND ai_min_support <= 1)",
            "Minimum support is a share of all orders: give a number from 0 to 1, "
            "0.01 for 1 in 100 orders.",
        ),
        (
            "ai_min_orders_range",
            "CHECK(ai_min_orders >= 1)",
            "Minimum orders: give a whole number of at least 1.",
        ),
        (
            "ai_min_confidence_range",
            "CHECK(ai_min_confidence >= 0 AND ai_min_confidence <= 1)",
            "Minimum confidence is a share: give a number from 0 to 1, 0.2 for 20 in 100.",
        ),
        (
            "ai_min_lift_range",
            "CHECK(ai_min_lift >= 0)",
            "Minimum lift: give a number of at least 0; 1 means no relation.",
        ),
        (
            "ai_max_false_rate_range",
            "CHECK(ai_max_false_rate >= 0 AND ai_max_false_rate <= 1)",
            "False discovery rate is a share of all rules: give a number from 0 to 1, 0.05 for 5 "
            "in 100.",
        ),
        (
            "ai_max_antecedent_range",
            "CHECK(ai_max_antecedent BETWEEN 1 AND 5)",
            "Products before the arrow: give a whole number from 1 to 5.",
        ),
        (
            "ai_suggestion_limit_range",
            "CHECK(ai_suggestion_limit BETWEEN 1 AND 50)",
            "Suggestions per quotation: give a whole number from 1 to 50.",
        ),
        (
            "ai_min_customers_range",
            "CHECK(ai_min_customers >= 1)",
            "Minimum customers: give a whole number of at least 1.",
        ),
        (
            "ai_max_basket_range",
            "CHECK(ai_max_basket BETWEEN 2 AND 1000)",
            "Largest order: give a number of products from 2 to 1000.",
        ),
    ]

    def _ai_is_excluded_product_domain(self):
        """Domain of the products that this company wants left out; matches none by default."""
        self.ensure_one()
        return [
            "|",
            ("id", "in", self.ai_excluded_product_ids.ids),
            ("categ_id", "child_of", self.ai_excluded_categ_ids.ids),
        ]
