from odoo import fields, models

METHODS = [
    ("due", "Due Day and Usual Delay"),
    ("all", "Delays of All"),
    ("own", "Delays of Each"),
    ("habit", "Habits of Each"),
]
GAIN = "How much less the totals of 30 days were wrong than by the simple rule, in shares of them."


class AiTrainingResultCash(models.Model):
    """How clients pay and how the company does, and how well totals of 30 days were foreseen."""

    _name = "ai.training.result.cash"
    _description = "Result of a Training of Cash"
    _inherit = "ai.training.result.judged"
    _made = "invoice_count"
    _simple = "due"
    _cases = "simple_wape"
    _shares = frozenset(
        {
            "wape",
            "simple_wape",
            "gain",
            "gain_low",
            "gain_high",
            "bias",
            "bill_wape",
            "bill_simple_wape",
        }
    )
    _tested = frozenset(
        {
            "wape",
            "simple_wape",
            "gain",
            "gain_low",
            "gain_high",
            "bias",
            "bill_wape",
            "bill_simple_wape",
        }
    )

    invoice_count = fields.Integer(string="Invoices", help="And parts of them that were paid.")
    bill_count = fields.Integer(string="Bills", help="And parts of them that were paid.")
    method = fields.Selection(
        METHODS, string="Clients Pay By", help="The way that foresaw totals best."
    )
    wape = fields.Float(
        string="Error of Totals",
        digits=(16, 3),
        group_operator="avg",
        help="Absolute errors of what came in within 30 days of past days, over what came in.",
    )
    simple_wape = fields.Float(
        string="Error of the Simple Rule",
        digits=(16, 3),
        group_operator="avg",
        help="The due day and the usual delay of all clients.",
    )
    gain = fields.Float(digits=(16, 3), group_operator="avg", help=GAIN)
    gain_low = fields.Float(string="Gain, At Least", digits=(16, 3), group_operator="avg")
    gain_high = fields.Float(string="Gain, At Most", digits=(16, 3), group_operator="avg")
    bias = fields.Float(
        digits=(16, 3), group_operator="avg", help="Above 0 where too much was foreseen."
    )
    bill_method = fields.Selection(METHODS, string="Bills Are Paid By")
    bill_wape = fields.Float(string="Error of Bills", digits=(16, 3), group_operator="avg")
    bill_simple_wape = fields.Float(
        string="Error of Bills by the Simple Rule", digits=(16, 3), group_operator="avg"
    )
