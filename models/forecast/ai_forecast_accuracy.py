"""Accuracy of past forecasts: what was forecast, and what was then really sold.

Once a week the forecast of each product is kept with its next 30 days. As these days pass, training
scores it against the sales. A row without a product is the whole company. Figures of several rows
must not be added up: the sums that they are made of are stored beside them.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import bulk_rows

# Days of a forecast that are compared with the sales, and how long the scores are kept.
SCORED_DAYS = 30
KEPT_DAYS = 182
EVERY_DAYS = 7
SCORES = ("days", "sold", "forecast", "smape", "wape", "bias")


class AiForecastAccuracy(models.Model):
    _name = "ai.forecast.accuracy"
    _description = "Forecast Accuracy"
    _inherit = ["ai.company.row"]
    _order = "date_start desc, sold desc, id"
    _log_access = False
    # Units forecast a day, until all of them have been compared.
    _array_columns = {"daily": "float4[]"}

    product_id = fields.Many2one(
        "product.product",
        index=True,
        readonly=True,
        ondelete="cascade",
        help="None: all products of the company.",
    )
    categ_id = fields.Many2one(related="product_id.categ_id", string="Category")
    is_overall = fields.Boolean(string="All Products", readonly=True, index=True)
    date_start = fields.Date(string="Forecast Made On", readonly=True, required=True, index=True)
    days = fields.Integer(
        string="Days Compared", readonly=True, group_operator=None, help="At most 30."
    )
    sold = fields.Float(readonly=True, digits=(16, 1))
    forecast = fields.Float(readonly=True, digits=(16, 1))
    smape = fields.Float(
        string="sMAPE",
        readonly=True,
        digits=(16, 3),
        group_operator="avg",
        help="Mean over days of 2 × error over forecast + sales; 0 to 2.",
    )
    wape = fields.Float(
        string="WAPE",
        readonly=True,
        digits=(16, 3),
        group_operator="avg",
        help="Daily absolute errors over what was sold.",
    )
    wape_total = fields.Float(
        string="Error of Totals",
        readonly=True,
        digits=(16, 3),
        group_operator="avg",
        help="Absolute errors of the products' totals over what was sold: what an order quantity "
        "suffers from.",
    )
    bias = fields.Float(
        readonly=True,
        digits=(16, 3),
        group_operator="avg",
        help="Forecast minus sold, over sold: above zero it was too much.",
    )

    def init(self):
        bulk_rows.create_array_columns(self)
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS ai_forecast_accuracy_product_idx"
            " ON ai_forecast_accuracy (company_id, product_id, date_start DESC)"
        )

    @api.depends("product_id", "date_start")
    def _compute_display_name(self):
        for score in self:
            name = score.product_id.display_name or score.company_id.name
            score.display_name = f"{name} {score.date_start}"

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _of_products(self, companies, products, limit=6):
        """{(company id, product id): latest scored forecasts, newest first, as dicts}."""
        result = {}
        for score in self.search(
            [
                ("company_id", "in", companies.ids),
                ("product_id", "in", products.ids),
                ("days", ">=", EVERY_DAYS),
            ],
            order="date_start desc",
        ):
            rows = result.setdefault((score.company_id.id, score.product_id.id), [])
            if len(rows) < limit:
                rows.append(
                    {
                        "start": fields.Date.to_string(score.date_start),
                        "days": score.days,
                        "forecast": score.forecast,
                        "sold": score.sold,
                        "bias": score.bias if score.sold else None,
                    }
                )
        return result

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    @api.model
    def _score(self, company, today):
        """Compare the forecasts of the last weeks with what was sold since.

        today : date, which is not over and does not count. Returns the number of scored forecasts.
        """
        cr = self.env.cr
        self.env.flush_all()
        cr.execute(
            SQL(
                "DELETE FROM ai_forecast_accuracy WHERE company_id = %s AND date_start < %s",
                company.id,
                today - timedelta(days=KEPT_DAYS),
            )
        )
        cr.execute(
            SQL(
                "SELECT DISTINCT date_start FROM ai_forecast_accuracy WHERE company_id = %s"
                " AND daily IS NOT NULL AND date_start < %s ORDER BY date_start",
                company.id,
                today,
            )
        )
        starts = [row[0] for row in cr.fetchall()]
        count = sum(self._score_one(company, start, today) for start in starts)
        self.env.invalidate_all()
        return count

    def _score_one(self, company, start, today):
        """Score the forecasts of one day; those whose days have all passed lose their arrays."""
        import numpy as np

        from ...algorithms.core.demand_panel import demand_panel
        from ...algorithms.forecast.accuracy import score_forecasts

        cr = self.env.cr
        last = min(start + timedelta(days=SCORED_DAYS), today) - timedelta(days=1)
        cr.execute(
            SQL(
                "SELECT product_id, daily FROM ai_forecast_accuracy WHERE company_id = %s"
                " AND date_start = %s AND daily IS NOT NULL ORDER BY product_id",
                company.id,
                start,
            )
        )
        products, daily = zip(*cr.fetchall(), strict=True)
        lines = self.env["ai.sales.extract"]._daily_demand(company, start, last, products)
        days = (last - start).days + 1
        known = dict.fromkeys(products, start)
        panel = demand_panel(lines, last, days, products, known)
        scores = score_forecasts(products, np.datetime64(start), np.array(daily), panel)
        self._write_scores(company, start, scores, finished=days >= SCORED_DAYS)
        return len(products)

    def _write_scores(self, company, start, scores, finished):
        """Write scores in bulk, and those of the whole company beside them."""
        rows = {
            "company_id": company.id,
            "date_start": start,
            "product_id": scores.product_ids,
            **{name: getattr(scores, name) for name in SCORES},
            "wape_total": abs(scores.bias),
        }
        if finished:
            rows["daily"] = None
        bulk_rows.update(self, ("company_id", "date_start", "product_id"), rows)
        self._write_overall(company, start, scores)

    def _write_overall(self, company, start, scores):
        cr = self.env.cr
        cr.execute(
            SQL(
                "DELETE FROM ai_forecast_accuracy"
                " WHERE company_id = %s AND date_start = %s AND is_overall",
                company.id,
                start,
            )
        )
        names = ("overall_smape", "overall_wape", "overall_wape_total", "overall_bias")
        smape, wape, wape_total, bias = (_or_none(getattr(scores, name)) for name in names)
        cr.execute(
            SQL(
                """
                INSERT INTO ai_forecast_accuracy (company_id, date_start, is_overall, days, sold,
                                                  forecast, smape, wape, wape_total, bias)
                VALUES (%s, %s, true, %s, %s, %s, %s, %s, %s, %s)
                """,
                company.id,
                start,
                int(scores.days.max(initial=0)),
                float(scores.sold.sum()),
                float(scores.forecast.sum()),
                smape,
                wape,
                wape_total,
                bias,
            )
        )

    @api.model
    def _keep(self, run):
        """Keep the forecasts of a run for later scoring, once a week."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ai_forecast_accuracy (company_id, product_id, is_overall, date_start,
                                                  days, daily)
                SELECT company_id, product_id, false, date_start, 0, daily[1:%(days)s]
                  FROM ai_forecast
                 WHERE run_id = %(run)s
                   AND state = 'ok'
                   AND NOT EXISTS (
                       SELECT FROM ai_forecast_accuracy kept
                        WHERE kept.company_id = ai_forecast.company_id
                          AND kept.date_start > ai_forecast.date_start - %(every)s)
                """,
                days=SCORED_DAYS,
                run=run.id,
                every=EVERY_DAYS,
            )
        )


def _or_none(value):
    return None if value != value else value  # NaN
