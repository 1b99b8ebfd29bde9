from odoo import fields, models

METHODS = [("model", "Model"), ("simple", "Purchases a Day")]


class AiTrainingResultValue(models.Model):
    """What clients bring: how well it was foreseen of the last months, beside purchases a day."""

    _name = "ai.training.result.value"
    _description = "Result of a Training of Client Value"
    _inherit = "ai.training.result.judged"
    _made = "client_count"
    _simple = "simple"
    _cases = "holdout_days"
    _shares = frozenset({"gain", "low", "high", "purchase_gain"})
    _tested = frozenset(
        {
            "holdout_days",
            "brought",
            "foreseen",
            "simple",
            "gain",
            "low",
            "high",
            "purchase_gain",
            "replaced",
        }
    )

    order_count = fields.Integer(string="Orders", help="That were learned from.")
    client_count = fields.Integer(string="Clients", help="With a value.")
    method = fields.Selection(
        METHODS,
        string="Foreseen By",
        help="The model only where it foresees purchases and sales of clients better than their "
        "own purchases a day do.",
    )
    holdout_days = fields.Integer(
        string="Days Foreseen",
        group_operator="avg",
        help="The last days, foreseen from what was known before them.",
    )
    brought = fields.Float(
        string="Sales of These Days", digits=(16, 0), help="Company currency, of known clients."
    )
    foreseen = fields.Float(string="Foreseen by the Model", digits=(16, 0))
    simple = fields.Float(string="Foreseen by Purchases a Day", digits=(16, 0))
    gain = fields.Float(
        digits=(16, 3),
        group_operator="avg",
        help="How much smaller the model's error is, client by client: mean squared difference of "
        "the square roots of sales, so that a few large clients do not decide.",
    )
    low = fields.Float(string="Gain, at Least", digits=(16, 3), group_operator="avg")
    high = fields.Float(string="Gain, at Most", digits=(16, 3), group_operator="avg")
    purchase_gain = fields.Float(
        string="Gain of Purchases",
        digits=(16, 3),
        group_operator="avg",
        help="The same of the number of purchases.",
    )
    replaced = fields.Boolean(
        string="In Use",
        help="Whether what was newly learned is used. It is not where what was learned before "
        "foresees newer purchases better.",
    )
