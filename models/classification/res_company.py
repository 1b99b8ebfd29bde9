"""Settings of ABC/XYZ classes, for each company."""

from odoo import fields, models


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
        help="XYZ compares the sales of one such stretch of time with the next. By days nearly "
        "everything is Z, because single sales scatter; months want a period of 120 days or more.",
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
        help="Cumulative share of revenue up to which products are A: 0.2 is 20 %.",
    )
    ai_abc_b = fields.Float(
        string="B Up To",
        digits=(16, 6),
        default=0.5,
        help="Cumulative share of revenue up to which products are B, those of A included: "
        "0.5 is 50 %. The rest is C.",
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

    _sql_constraints = [
        (
            "ai_class_days_range",
            "CHECK(ai_class_days BETWEEN 14 AND 730)",
            "Class period: give a number of days from 14 to 730.",
        ),
        (
            "ai_abc_range",
            "CHECK(ai_abc_a > 0 AND ai_abc_a <= ai_abc_b AND ai_abc_b <= 1)",
            "ABC limits are cumulative shares of revenue: give numbers above 0 and up to 1, that "
            "of B no lower than that of A, 0.8 and 0.95 for instance.",
        ),
        (
            "ai_xyz_range",
            "CHECK(ai_xyz_x > 0 AND ai_xyz_x <= ai_xyz_y)",
            "XYZ limits are coefficients of variation: give numbers above 0, that of Y no lower "
            "than that of X, 0.3 and 0.7 for instance.",
        ),
    ]

    def _ai_abc_limits(self):
        """(a, b), the cumulative shares that are in force."""
        self.ensure_one()
        from ...algorithms.classification.abc_xyz import PRESETS  # numpy: only training pays for it

        return PRESETS.get(self.ai_abc_preset) or (self.ai_abc_a, self.ai_abc_b)
