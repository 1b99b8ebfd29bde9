from odoo import fields, models

METHODS = [("shrunk", "Drawn Towards All Vendors"), ("plain", "Plain Past Shares")]


class AiTrainingResultVendors(models.Model):
    """What is learned of vendors, beside the simple rules, told on the newest third of orders."""

    _name = "ai.training.result.vendors"
    _description = "Result of a Training of Vendors"
    _inherit = "ai.training.result.judged"
    _made = "vendor_count"
    _simple = "plain"
    _cases = "case_count"

    vendor_count = fields.Integer(string="Vendors")
    line_count = fields.Integer(string="Lines", help="Lines of confirmed orders of two years.")
    method = fields.Selection(
        METHODS,
        string="Shares",
        help="How the shares are told: drawn towards those of all vendors where that tells newer "
        "orders better, else plain.",
    )
    case_count = fields.Integer(string="Told Lines", help="Newer lines that were told.")
    brier = fields.Float(
        string="Brier Score",
        digits=(16, 4),
        group_operator="avg",
        help="Mean squared error of the chance of being on time, of lines not learned from.",
    )
    simple_brier = fields.Float(
        string="Brier of Plain Shares", digits=(16, 4), group_operator="avg"
    )
    gain = fields.Float(digits=(16, 4), group_operator="avg")
    gain_low = fields.Float(string="Gain From", digits=(16, 4), group_operator="avg")
    gain_high = fields.Float(string="Gain To", digits=(16, 4), group_operator="avg")
    replaced = fields.Boolean(
        string="In Use",
        help="Whether what was newly learned is used. It is not where what was learned before "
        "tells newer lines better.",
    )
    lead_case_count = fields.Integer(string="Told Lead Times")
    lead_error = fields.Float(
        string="Error of Receipts",
        digits=(16, 2),
        group_operator="avg",
        help="Mean days that the lead times of past receipts are off, on newer orders.",
    )
    plan_error = fields.Float(
        string="Error of the Plan",
        digits=(16, 2),
        group_operator="avg",
        help="Mean days that the vendors' delays are off, on newer orders.",
    )
    lead_gain = fields.Float(string="Days Gained", digits=(16, 2), group_operator="avg")
    lead_gain_low = fields.Float(string="Days Gained From", digits=(16, 2), group_operator="avg")
    lead_gain_high = fields.Float(string="Days Gained To", digits=(16, 2), group_operator="avg")
