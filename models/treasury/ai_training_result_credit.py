from odoo import fields, models

METHODS = [
    ("model", "Model"),
    ("mean", "Past Days Late"),
    ("share", "Share of Late Invoices"),
]


class AiTrainingResultCredit(models.Model):
    """Who pays late: how well it was told beforehand, beside the client's past mean."""

    _name = "ai.training.result.credit"
    _description = "Result of a Training of Credit"
    _inherit = "ai.training.result.judged"
    _made = "outlook_count"
    _simple = "mean"
    _shares = frozenset(
        {
            "late_share",
            "calibration_error",
            "simple_error",
        }
    )
    _tested = frozenset(
        {
            "auc",
            "simple_auc",
            "gain",
            "gain_low",
            "gain_high",
            "calibration_error",
            "simple_error",
            "brier",
            "base_brier",
            "late_share",
            "replaced",
        }
    )

    invoice_count = fields.Integer(string="Invoices", help="That were learned from.")
    client_count = fields.Integer(string="Clients", help="With a score.")
    outlook_count = fields.Integer(string="Open Invoices", help="Whose payment is expected.")
    proposal_count = fields.Integer(string="Credit Limits", help="That are proposed.")
    method = fields.Selection(
        METHODS,
        string="Scored By",
        help="The model only where it tells late payers better than the client's past days late. "
        "With few invoices, the client's share of late ones.",
    )
    late_after = fields.Integer(group_operator="avg", help="Days after the due date.")
    late_share = fields.Float(
        digits=(16, 3), group_operator="avg", help="Invoices that were paid late, of all."
    )
    auc = fields.Float(
        string="AUC",
        digits=(16, 3),
        group_operator="avg",
        help="Chance that the model gives an invoice that was paid late the higher score than one "
        "that was not; 0.5 is a guess. On the newest invoices, each scored by what was known.",
    )
    simple_auc = fields.Float(
        string="AUC of Past Days Late",
        digits=(16, 3),
        group_operator="avg",
        help="The same of the simple rule, the client's past days late.",
    )
    gain = fields.Float(
        digits=(16, 3), group_operator="avg", help="AUC of the model less that of the simple rule."
    )
    gain_low = fields.Float(string="Gain, At Least", digits=(16, 3), group_operator="avg")
    gain_high = fields.Float(string="Gain, At Most", digits=(16, 3), group_operator="avg")
    calibration_error = fields.Float(
        digits=(16, 3),
        group_operator="avg",
        help="How far chances that are shown lie from what came true, on average.",
    )
    simple_error = fields.Float(
        string="Calibration Error of Past Days Late", digits=(16, 3), group_operator="avg"
    )
    brier = fields.Float(string="Brier Score", digits=(16, 3), group_operator="avg")
    base_brier = fields.Float(
        string="Brier Score of the Base Rate", digits=(16, 3), group_operator="avg"
    )
    replaced = fields.Boolean(
        string="In Use",
        help="Whether the new score is used. It is not where the one before tells newer invoices "
        "better.",
    )
