"""Forecasts: what a company will sell of each product in the next 90 days.

One row a product. The days (history, forecast, bounds) are plain arrays in columns of PostgreSQL
that the ORM does not know: ten thousand products are ten thousand rows and not a million. Training
fills rows beside those in use and switches over in one transaction (``active``).
"""

from odoo import _, api, fields, models
from odoo.tools import SQL, formatLang

from ...tools import bulk_rows
from ...tools.compat import check_access

# Units, float4: history to the day before ``date_start``, the others from ``date_start`` on.
ARRAY_COLUMNS = (
    "history",
    "daily",
    "daily_low",
    "daily_high",
    "daily_low_80",
    "daily_high_80",
)


class AiForecast(models.Model):
    _name = "ai.forecast"
    _description = "Demand Forecast"
    _inherit = ["ai.product.row"]
    _order = "total_30 desc nulls last, id"
    _log_access = False
    _array_columns = dict.fromkeys(ARRAY_COLUMNS, "float4[]")

    active = fields.Boolean(
        readonly=True, default=True, help=("In use; new ones are being computed.")
    )
    categ_id = fields.Many2one(related="product_id.categ_id", store=True, string="Category")
    uom_id = fields.Many2one(
        related="product_id.uom_id", string="Unit", help="What the quantities are in."
    )
    state = fields.Selection(
        [
            ("ok", "Forecast"),
            ("not_enough_history", "Not Enough History"),
            ("discontinued", "No Longer Sold"),
            ("only_refunds", "Only Refunds"),
            ("no_sales", "No Sales"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Char(readonly=True, help="Why a better method gave no result.")
    method = fields.Selection(
        [("combination", "Combination"), ("moving_average", "Mean of 7 Days")], readonly=True
    )
    weights = fields.Json(readonly=True)
    method_text = fields.Char(string="Method in Words", compute="_compute_method_text")
    date_trained = fields.Date(
        string="Trained On", readonly=True, help=("The last day of sales it knows.")
    )
    date_start = fields.Date(string="First Day", readonly=True)
    history_days = fields.Integer(readonly=True, help="Days since the first sale that were used.")
    days_out = fields.Integer(
        string="Days Left Out",
        readonly=True,
        help="Days of the history that say nothing, because nobody knows what would have been "
        "sold: they began and ended without stock and saw no sale, the company was closed, or "
        "somebody left them out.",
    )
    total_7 = fields.Float(string="Next 7 Days", readonly=True, digits=(16, 1))
    total_7_low = fields.Float(string="7 Days, at Least", readonly=True, digits=(16, 1))
    total_7_high = fields.Float(string="7 Days, at Most", readonly=True, digits=(16, 1))
    total_7_low_80 = fields.Float(string="7 Days, at Least (80 %)", readonly=True, digits=(16, 1))
    total_7_high_80 = fields.Float(string="7 Days, at Most (80 %)", readonly=True, digits=(16, 1))
    total_30 = fields.Float(string="Next 30 Days", readonly=True, digits=(16, 1))
    total_30_low = fields.Float(string="30 Days, at Least", readonly=True, digits=(16, 1))
    total_30_high = fields.Float(string="30 Days, at Most", readonly=True, digits=(16, 1))
    total_30_low_80 = fields.Float(string="30 Days, at Least (80 %)", readonly=True, digits=(16, 1))
    total_30_high_80 = fields.Float(string="30 Days, at Most (80 %)", readonly=True, digits=(16, 1))
    total_90 = fields.Float(string="Next 90 Days", readonly=True, digits=(16, 1))
    total_90_low = fields.Float(string="90 Days, at Least", readonly=True, digits=(16, 1))
    total_90_high = fields.Float(string="90 Days, at Most", readonly=True, digits=(16, 1))
    total_90_low_80 = fields.Float(string="90 Days, at Least (80 %)", readonly=True, digits=(16, 1))
    total_90_high_80 = fields.Float(string="90 Days, at Most (80 %)", readonly=True, digits=(16, 1))
    trend = fields.Selection(
        [("up", "Up"), ("stable", "Stable"), ("down", "Down")], readonly=True, index=True
    )
    slope = fields.Float(
        readonly=True,
        digits=(16, 2),
        group_operator="avg",
        help="Change between the first and the last four weeks of the history over their mean: "
        "0.67 is a doubling, -0.67 a halving. Beyond ±0.2 it is a trend.",
    )
    confidence = fields.Float(
        string="History Behind It",
        readonly=True,
        digits=(16, 2),
        group_operator="avg",
        help="How much history supports the forecast, 0 to 1: 40% for the weeks with sales, 30% "
        "for even sales, 30% for many days with sales, all of the last half year. It is no chance "
        "of being right; plan with the ranges.",
    )
    wape = fields.Float(
        string="Error of 30 Days",
        readonly=True,
        digits=(16, 3),
        group_operator="avg",
        help="Back-test: mean absolute error of the 30-day totals over what was sold.",
    )
    bias = fields.Float(
        readonly=True,
        digits=(16, 3),
        group_operator="avg",
        help="Back-test: above zero it forecast too much, below too little, as a share of sales.",
    )
    mase = fields.Float(
        string="MASE",
        readonly=True,
        digits=(16, 2),
        group_operator="avg",
        help="Back-test: daily error over that of repeating last week; below 1 is better.",
    )
    origins = fields.Integer(
        string="Starting Days Tested",
        readonly=True,
        group_operator=None,
        help="Earlier days from which it was asked for the following month.",
    )
    is_tested = fields.Boolean(
        string="Error Known",
        readonly=True,
        help="Whether anything was sold in the tested months: otherwise the error is not known.",
    )

    def init(self):
        bulk_rows.create_array_columns(self)
        # Rows in the making stand beside those in use: one of each at most.
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS ai_forecast_product_unique"
            " ON ai_forecast (company_id, product_id, active)"
        )

    @api.depends("state", "weights", "method")
    def _compute_method_text(self):
        for forecast in self:
            forecast.method_text = forecast._in_words()

    # ------------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------------

    def _read_arrays(self):
        """{id: [values of each of ARRAY_COLUMNS]}, lists of float."""
        check_access(self, "read")
        self.flush_recordset()
        rows = {record.id: [[] for _name in ARRAY_COLUMNS] for record in self}
        if self.ids:
            self.env.cr.execute(
                SQL(
                    "SELECT id, %s FROM ai_forecast WHERE id = ANY(%s)",
                    SQL(", ").join(map(SQL.identifier, ARRAY_COLUMNS)),
                    self.ids,
                )
            )
            rows |= {row[0]: [values or [] for values in row[1:]] for row in self.env.cr.fetchall()}
        return rows

    def _in_words(self):
        """The methods behind a forecast, the heaviest first."""
        self.ensure_one()
        if self.state != "ok":
            return ""
        parts = sorted((self.weights or {}).items(), key=lambda item: -item[1])
        parts = [(name, weight) for name, weight in parts if weight >= 0.05]
        if self.method != "combination" or not parts:
            return _("Mean of the last 7 days: the better methods gave no result.")
        return ", ".join(
            f"{self._method_name(name)} {formatLang(self.env, 100 * weight, digits=0)} %"
            for name, weight in parts
        )

    @api.model
    def _method_name(self, name):
        translated = {
            "moving_average": _("mean of 7 days"),
            "polynomial": _("parabola through the 7-day means"),
            "last_year": _("same weeks of last year × growth"),
            "weekday_mean": _("weekdays × mean of 8 weeks"),
            "weekday_smoothed": _("weekdays × smoothed level"),
            "damped_trend": _("damped trend"),
            "long_mean": _("mean of 90 days"),
            "sba": _("intermittent demand (SBA)"),
            "tsb": _("intermittent demand (TSB)"),
            "boosting": _("gradient boosting over all products"),
        }
        return translated.get(name, name)
