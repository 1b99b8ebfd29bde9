from odoo import _, fields, models

METHODS = [("base", "Share of All"), ("model", "Client, Amount and Age")]


class AiTrainingResultWins(models.Model):
    """How well the chances of quotations are told, beside the share of all that are won."""

    _name = "ai.training.result.wins"
    _description = "Result of a Training of Quotations"
    _inherit = "ai.training.result.judged"
    _made = "chance_count"
    _simple = "base"
    _shares = frozenset({"rate", "calibration_error", "crm_calibration_error"})
    _tested = frozenset(
        {"method", "brier", "base_brier", "gain", "low", "high", "calibration_error", "replaced"}
    )

    quotation_count = fields.Integer(
        string="Quotations",
        help="That were still open the day after, and had the time to be won.",
    )
    rate = fields.Float(string="Share Won", group_operator="avg")
    lapse = fields.Integer(
        string="Given Up After (Days)",
        group_operator="avg",
        help="Of all that are won, 95 % are won within so many days.",
    )
    method = fields.Selection(
        METHODS,
        string="Told By",
        help="The share of all that are won, unless the model tells better who wins.",
    )
    brier = fields.Float(
        string="Brier Score",
        digits=(16, 3),
        group_operator="avg",
        help="Mean squared difference between chances, told beforehand, and what came true: 0 is "
        "perfect.",
    )
    base_brier = fields.Float(
        string="Brier Score of the Share of All", digits=(16, 3), group_operator="avg"
    )
    gain = fields.Float(
        digits=(16, 3),
        group_operator="avg",
        help="By how much the model's Brier score is lower than that of the share of all.",
    )
    low = fields.Float(string="Gain, at Least", digits=(16, 3), group_operator="avg")
    high = fields.Float(string="Gain, at Most", digits=(16, 3), group_operator="avg")
    calibration_error = fields.Float(
        group_operator="avg",
        help="By how much chances are off on average, in groups of quotations with like chances.",
    )
    replaced = fields.Boolean(
        string="In Use",
        help="Whether the new models are used. They are not where those before tell newer "
        "quotations better.",
    )
    chance_count = fields.Integer(string="Chances", help="Open quotations with a chance.")
    lead_count = fields.Integer(
        string="Opportunities Noted",
        help="Opportunities whose score by CRM was noted and whose 90 days are over.",
    )
    crm_brier = fields.Float(string="Brier Score of CRM", digits=(16, 3), group_operator="avg")
    crm_base_brier = fields.Float(
        string="Brier Score of Their Share Won", digits=(16, 3), group_operator="avg"
    )
    crm_calibration_error = fields.Float(string="Calibration Error of CRM", group_operator="avg")

    def _in_words(self, name):
        if name.startswith("crm_") and not self.crm_base_brier:
            return _("not tested")
        return super()._in_words(name)
