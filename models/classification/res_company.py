"""Settings of ABC/XYZ classes, for each company."""

from odoo import api, fields, models

from ...tools.setting_range import DAYS, SHARE, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_class_days = fields.Integer(
        string="Class Period",
        default=60,
        help="Days of sales, up to yesterday, that ABC/XYZ classes look at.",
    )
    ai_class_bucket = fields.Selection(
        [("day", "Day"), ("week", "Week"), ("month", "Month (30 Days)")],
        string="Steadiness Measured By",
        required=True,
        default="week",
        help="XYZ compares the sales of one such stretch of time with the next. By day nearly "
        "everything is Z, because single sales scatter; months need a period of 120 days or "
        "more.",
    )
    ai_abc_preset = fields.Selection(
        [
            ("design", "Strict: 20 / 50 %"),
            ("classic", "Classic: 80 / 95 %"),
            ("own", "Own limits"),
        ],
        string="ABC Limits",
        required=True,
        default="design",
        help="Products in order of revenue: A are those that bring the first share of it, B those "
        "up to the second, C the rest.",
    )
    ai_abc_a = fields.Float(
        string="A Up To",
        digits=(16, 6),
        default=0.2,
        help="Cumulative share of revenue up to which products are A.",
    )
    ai_abc_b = fields.Float(
        string="B Up To",
        digits=(16, 6),
        default=0.5,
        help="Cumulative share of revenue up to which products are B, those of A included. "
        "The rest is C.",
    )
    ai_xyz_x = fields.Float(
        string="X Below",
        digits=(16, 6),
        default=0.3,
        help="Coefficient of variation (standard deviation over mean) below which sales are "
        "steady: X.",
    )
    ai_xyz_y = fields.Float(
        string="Y Below",
        digits=(16, 6),
        default=0.7,
        help="Coefficient of variation below which sales vary: Y. From here on they are "
        "irregular: Z.",
    )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            "ai_class_days": Range(14, 730, DAYS),
            "ai_abc_a": Range(0.01, 1, SHARE),
            "ai_abc_b": Range(0.01, 1, SHARE),
            "ai_xyz_x": Range(0.01, 100, SHARE),
            "ai_xyz_y": Range(0.01, 100, SHARE),
        }

    @api.model
    def _ai_setting_orders(self):
        return [*super()._ai_setting_orders(), ("ai_abc_a", "ai_abc_b"), ("ai_xyz_x", "ai_xyz_y")]

    def _ai_abc_limits(self):
        """(a, b), the cumulative shares that are in force."""
        self.ensure_one()
        from ...algorithms.classification.abc_xyz import PRESETS  # numpy: only training pays for it

        return PRESETS.get(self.ai_abc_preset) or (self.ai_abc_a, self.ai_abc_b)
