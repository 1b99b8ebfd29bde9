from odoo import fields, models


class AiTrainingResultCustomers(models.Model):
    """The offers to clients that a run has made, and how they did in its back-test."""

    _name = "ai.training.result.customers"
    _description = "Result of a Training of Client Offers"
    _inherit = "ai.training.result"
    _made = "offer_count"
    _shares = frozenset({"hit_rate", "popular_hit_rate"})
    _tested = frozenset({"hit_rate", "popular_hit_rate", "is_beaten"})

    offer_count = fields.Integer(string="Offers")
    client_count = fields.Integer(
        string="Clients With Offers", help="Clients with an offer of their own."
    )
    similar_first = fields.Boolean(
        string="Similar Clients Before Popular",
        default=True,
        help="Whether what similar clients buy found more hidden products in the back-test than "
        "popular products, and is offered before them.",
    )
    is_beaten = fields.Boolean(
        string="Beaten by Popularity",
        help="In the back-test the most popular products alone did better than the offers.",
    )
    hit_rate = fields.Float(
        digits=(16, 4), help="Share of hidden products among the first ten offers to a client."
    )
    popular_hit_rate = fields.Float(string="Hit Rate of Popular Products", digits=(16, 4))

    def _was_tested(self):
        return bool(self.run_id.backtest_ids)
