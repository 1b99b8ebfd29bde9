from odoo import fields, models


class AiTrainingResultRules(models.Model):
    """How suggestions in quotations are ranked since a run, and how that did in its back-test."""

    _name = "ai.training.result.rules"
    _description = "Result of a Training of Rules"
    _inherit = "ai.training.result"
    _made = "rule_count"
    _shares = frozenset({"hit_rate", "popular_hit_rate"})
    _tested = frozenset({"hit_rate", "popular_hit_rate", "is_beaten"})

    rule_count = fields.Integer(string="Rules", help="Rules in use after the run.")
    method = fields.Selection(
        [
            ("rules", "Association Rules"),
            ("cosine", "Cosine"),
            ("ease", "EASE"),
            ("mixed", "EASE and Cosine"),
        ],
        string="Ranked By",
        help="The method that found most hidden products in the back-test; without a back-test the "
        "association rules.",
    )
    history_weight = fields.Float(
        help="How much the client's own earlier orders count beside the quotation."
    )
    popularity_weight = fields.Float(help="How much the popularity of the last 30 days counts.")
    reorder_weight = fields.Float(
        help="How much it counts that the client is due to reorder a product."
    )
    factor_weight = fields.Float(
        string="Similar Clients Weight",
        help="How much it counts that clients with similar tastes buy it.",
    )
    proven_only = fields.Boolean(
        string="Proven Affinities Only",
        help="Whether a product counts as going with another only when chance does not explain "
        "it; the back-test decides.",
    )
    is_beaten = fields.Boolean(
        string="Beaten by Popularity",
        help="In the back-test the most popular products alone did better: salespeople do not see "
        "what was learned unless the settings say so.",
    )
    hit_rate = fields.Float(
        digits=(16, 4),
        help="Share of hidden products among the first five suggestions of a quotation.",
    )
    popular_hit_rate = fields.Float(string="Hit Rate of Popular Products", digits=(16, 4))

    def _was_tested(self):
        return bool(self.run_id.backtest_ids)
