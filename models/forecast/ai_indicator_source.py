"""How good forecasts were, how many products have one, and what was lost for want of stock."""

from datetime import timedelta

from odoo import _, api, models
from odoo.tools import SQL

from ...tools import binary_copy
from ..core.ai_indicator_source import Records
from .ai_forecast_accuracy import EVERY_DAYS

SCORES = {"day": "i4", "sold": "f8", "error": "f8", "surplus": "f8"}
# Sales of so many days before say how much is wanted.
LEARNT_DAYS = 90
# Products sold within so many days are active.
ACTIVE_DAYS = 90
NORMAL_95 = 1.96


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {
            **super()._indicators(),
            "forecast_error": "_read_forecast_accuracy",
            "forecast_bias": "_read_forecast_accuracy",
            "modelled_products": "_read_modelled_products",
            "lost_sales": "_read_lost_sales",
        }

    @api.model
    def _records(self):
        scores = [("is_overall", "=", False), ("days", ">=", EVERY_DAYS)]
        accuracy = Records("ai.forecast.accuracy", scores, "date_start")
        return {
            **super()._records(),
            **dict.fromkeys(("forecast_error", "forecast_bias"), accuracy),
            "modelled_products": Records("ai.forecast", []),
        }

    @api.model
    def _notes(self):
        return {
            **super()._notes(),
            "forecast_error": "_note_forecast_error",
            "lost_sales": "_note_lost_sales",
        }

    def _note_lost_sales(self, aside, company):
        """aside : variance of the estimate."""
        if not aside:
            return ""
        wide = company.currency_id.format(NORMAL_95 * aside**0.5)
        return _(
            "An estimate, give or take %s; some clients came back or took something else.", wide
        )

    def _note_forecast_error(self, aside, company):  # noqa: ARG002
        scores = self.env["ai.forecast.accuracy"].sudo()
        latest = scores.search(
            [
                ("company_id", "=", company.id),
                ("is_overall", "=", True),
                ("days", ">=", EVERY_DAYS),
            ],
            limit=1,
        )
        if not latest:
            return ""
        return _("sMAPE of single days: %s %%", round(50 * latest.smape, 1))

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _read_forecast_accuracy(self, scope):
        """Errors of products' totals on the last day that was compared."""
        self.env.flush_all()
        rows = binary_copy.read_rows(
            self.env.cr,
            SQL(
                """
                SELECT date_start + days - 1 - DATE '1970-01-01', sum(sold)::float8,
                       sum(abs(forecast - sold))::float8, sum(forecast - sold)::float8
                  FROM ai_forecast_accuracy
                 WHERE company_id = %(company)s
                   AND is_overall IS NOT TRUE
                   AND days >= %(least)s
                   AND date_start + days - 1 BETWEEN %(date_from)s AND %(date_to)s
              GROUP BY 1
                """,
                company=scope.company.id,
                least=EVERY_DAYS,
                date_from=scope.date_from,
                date_to=scope.date_to,
            ),
            SCORES,
        )
        sums = scope.all_sums(rows)
        return {
            "forecast_error": scope.daily(sums["error"], sums["sold"]),
            "forecast_bias": scope.daily(sums["surplus"], sums["sold"]),
        }

    @api.model
    def _read_modelled_products(self, scope):
        """Of the products sold of late, those with a forecast now."""
        since = scope.date_to - timedelta(days=ACTIVE_DAYS - 1)
        self.env.flush_all()
        start, _end = self.env["ai.sales.extract"]._utc_bounds(scope.company, since, scope.date_to)
        self.env.cr.execute(
            SQL(
                """
                SELECT count(*), count(forecast.product_id)
                  FROM (SELECT DISTINCT sol.product_id
                          FROM sale_order_line sol
                          JOIN sale_order so ON so.id = sol.order_id
                          JOIN product_product product
                            ON product.id = sol.product_id AND product.active
                          JOIN product_template template ON template.id = product.product_tmpl_id
                         WHERE so.company_id = %(company)s
                           AND so.state = 'sale'
                           AND so.date_order >= %(start)s
                           AND sol.product_uom_qty > 0
                           AND %(line_conditions)s
                           AND %(product_conditions)s) sold
             LEFT JOIN (SELECT DISTINCT product_id FROM ai_forecast
                         WHERE company_id = %(company)s AND active AND method IS NOT NULL) forecast
                       ON forecast.product_id = sold.product_id
                """,
                company=scope.company.id,
                start=start,
                line_conditions=SQL(" AND ").join(
                    self.env["ai.sales.extract"]._line_conditions(scope.company)
                ),
                product_conditions=SQL(" AND ").join(
                    self.env["ai.sales.extract"]._product_conditions(scope.company)
                ),
            )
        )
        sold, modelled = self.env.cr.fetchone()
        return {"modelled_products": scope.now(modelled, sold)}

    @api.model
    def _read_lost_sales(self, scope):
        """What days without stock lost, and the variance of the estimate beside it."""
        from ...algorithms.core.demand_panel import demand_panel
        from ...algorithms.forecast.lost_sales import lost_sales

        company, since = scope.company, scope.date_from - timedelta(days=LEARNT_DAYS)
        extract, history = self.env["ai.sales.extract"], self.env["ai.demand.history"]
        stored = self.env["ai.stock.extract"]._planned_products(company)["product_id"].tolist()
        sold = extract._demand_products(company, scope.date_to)
        products = {product: sold[product] for product in stored if product in sold}
        if not products:
            return {}
        lines = extract._daily_demand(company, since, scope.date_to, products)
        days = (scope.date_to - since).days + 1
        panel = demand_panel(lines, scope.date_to, days, list(products), products)
        lost, variance = lost_sales(history._without_stock_outs(company, since, panel))
        return {
            "lost_sales": scope.daily(lost[LEARNT_DAYS:], aside=variance[LEARNT_DAYS:]),
        }
