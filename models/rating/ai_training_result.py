from odoo import api, fields, models

METHODS = [
    ("mean", "Mean of the Product"),
    ("baseline", "Client and Product"),
    ("factors", "Tastes"),
]


class AiTrainingResultRatings(models.Model):
    """How far off the model of stars is, told by five folds, beside simpler ones."""

    _name = "ai.training.result.ratings"
    _description = "Result of a Training of Ratings"
    _inherit = "ai.training.result.judged"
    _made = "rating_count"
    _simple = "mean"
    _tested = frozenset(
        {
            "method",
            "rmse",
            "mae",
            "baseline_rmse",
            "baseline_mae",
            "mean_rmse",
            "mean_mae",
            "replaced",
        }
    )

    rating_count = fields.Integer(
        string="Ratings", help="Of one client and product each, as far as they count."
    )
    client_count = fields.Integer(string="Clients", help="Clients who rated.")
    product_count = fields.Integer(string="Products", help="Products that were rated.")
    method = fields.Selection(
        METHODS,
        string="Told By",
        help="The simplest method that is no worse than the best one. Client and Product: how many "
        "stars this client gives and this product gets. Tastes: what clients with the same tastes "
        "think as well.",
    )
    rmse = fields.Float(
        string="RMSE",
        digits=(16, 3),
        group_operator="avg",
        help="Root of the mean squared difference in stars, of ratings that were not learned from.",
    )
    mae = fields.Float(
        string="MAE",
        digits=(16, 3),
        group_operator="avg",
        help="Mean difference in stars, of ratings that were not learned from.",
    )
    baseline_rmse = fields.Float(
        string="RMSE of Client and Product", digits=(16, 3), group_operator="avg"
    )
    baseline_mae = fields.Float(
        string="MAE of Client and Product", digits=(16, 3), group_operator="avg"
    )
    mean_rmse = fields.Float(string="RMSE of the Mean", digits=(16, 3), group_operator="avg")
    mean_mae = fields.Float(string="MAE of the Mean", digits=(16, 3), group_operator="avg")
    replaced = fields.Boolean(
        string="In Use",
        help="Whether the model is used. It is not where the one before tells newer ratings "
        "better.",
    )
    mean_stars = fields.Float(
        digits=(16, 2), group_operator="avg", help="Mean of all ratings that count."
    )
    prior_strength = fields.Float(
        digits=(16, 1),
        group_operator="avg",
        help="How many ratings the mean of all is worth beside those of one product.",
    )
    estimate_count = fields.Integer(
        string="Expected Stars", help="Offers to clients whose stars the model tells."
    )

    @api.model
    def _prior_of(self, company):
        """How many ratings the mean of all is worth in a company: float, None before training."""
        last = self._last_of(company)
        return last.prior_strength if last.rating_count else None
