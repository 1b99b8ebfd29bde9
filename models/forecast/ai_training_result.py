from odoo import fields, models


class AiTrainingResultForecast(models.Model):
    """How many products a run has forecast, and how well in its back-test."""

    _name = "ai.training.result.forecast"
    _description = "Result of a Training of Forecasts"
    _inherit = "ai.training.result"
    _made = "forecast_count"
    _shares = frozenset({"wape", "bias"})
    _tested = frozenset({"wape", "bias", "mase"})

    forecast_count = fields.Integer(string="Forecasts")
    no_forecast_count = fields.Integer(
        string="Products Without", help="Products with too little history or no longer sold."
    )
    fallback_count = fields.Integer(
        string="Fallbacks",
        help="Products for which a method gave no result; each forecast says why.",
    )
    wape = fields.Float(
        string="Error of 30 Days",
        digits=(16, 3),
        help="Back-test: absolute errors of the products' 30-day totals over what was sold.",
    )
    bias = fields.Float(digits=(16, 3), help="Back-test: forecast minus sold, over sold.")
    mase = fields.Float(
        string="MASE",
        digits=(16, 2),
        help="Back-test: daily error over that of repeating last week, mean of the products.",
    )
