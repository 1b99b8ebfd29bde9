"""What an experiment found for one measure, as of its last evaluation."""

from odoo import _, api, fields, models

MEASURES = [
    ("revenue", "Revenue per quotation"),
    ("margin", "Margin per quotation"),
    ("lines", "Lines per quotation"),
    ("won", "Share of quotations won"),
]
# Figures that are shown only where they can be told.
FIGURES = (
    "absolute",
    "standard_error",
    "low",
    "high",
    "relative",
    "relative_low",
    "relative_high",
    "total",
    "total_low",
    "total_high",
    "p_value",
    "smallest_visible",
)


class AiExperimentResult(models.Model):
    _name = "ai.experiment.result"
    _description = "Experiment Result"
    _inherit = ["ai.company.row"]
    _order = "experiment_id, sequence"

    experiment_id = fields.Many2one(
        "ai.experiment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    measure = fields.Selection(MEASURES, required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    treated_mean = fields.Float(
        string="With Suggestions", readonly=True, group_operator="avg", digits=(16, 4)
    )
    control_mean = fields.Float(
        string="Control", readonly=True, group_operator="avg", digits=(16, 4)
    )
    is_known = fields.Boolean(
        readonly=True, help="There were enough clients, and shares as they were drawn."
    )
    can_tell = fields.Boolean(string="Certain", readonly=True, help="The range leaves zero out.")
    absolute = fields.Float(string="Effect", readonly=True, group_operator="avg", digits=(16, 4))
    standard_error = fields.Float(readonly=True, group_operator="avg", digits=(16, 4))
    low = fields.Float(string="At Least", readonly=True, group_operator="avg", digits=(16, 4))
    high = fields.Float(string="At Most", readonly=True, group_operator="avg", digits=(16, 4))
    has_relative = fields.Boolean(
        readonly=True,
        help="The control's mean is clearly above zero, so that one can divide by it.",
    )
    relative = fields.Float(
        string="Effect in Percent", readonly=True, group_operator="avg", digits=(16, 6)
    )
    relative_low = fields.Float(
        string="At Least, in Percent", readonly=True, group_operator="avg", digits=(16, 6)
    )
    relative_high = fields.Float(
        string="At Most, in Percent", readonly=True, group_operator="avg", digits=(16, 6)
    )
    total = fields.Float(readonly=True, digits=(16, 2), help="Effect times treated quotations.")
    total_low = fields.Float(readonly=True, digits=(16, 2))
    total_high = fields.Float(readonly=True, digits=(16, 2))
    p_value = fields.Float(string="P-Value", readonly=True, group_operator="avg", digits=(16, 6))
    smallest_visible = fields.Float(
        string="Smallest Visible Effect",
        readonly=True,
        group_operator="avg",
        digits=(16, 6),
        help="What would be seen in four of five such experiments.",
    )

    _sql_constraints = [
        ("measure_unique", "UNIQUE(experiment_id, measure)", "One result for each measure.")
    ]

    @api.depends("experiment_id", "measure")
    def _compute_display_name(self):
        words = dict(self._fields["measure"]._description_selection(self.env))
        for result in self:
            result.display_name = _(
                "%(experiment)s: %(measure)s",
                experiment=result.experiment_id.name,
                measure=words[result.measure],
            )
