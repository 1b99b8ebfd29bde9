"""Value of the stock, how often it turns, and what of it lies dead."""

from datetime import timedelta

import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ...tools import compat, compat_sql
from ..core.ai_indicator_source import Records

FLOWS = {"day": "i4", "value": "f8", "cost": "f8"}
# Neither sold nor received in so many days.
DEAD_DAYS = 180
DAYS_A_YEAR = 365


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {
            **super()._indicators(),
            "stock_value": "_read_stock_value",
            "stock_turnover": "_read_stock_value",
            "dead_stock": "_read_dead_stock",
        }

    @api.model
    def _records(self):
        quants = Records("stock.quant", [("location_id.usage", "=", "internal")])
        return {
            **super()._records(),
            **dict.fromkeys(("stock_value", "stock_turnover", "dead_stock"), quants),
        }

    @api.model
    def _read_stock_value(self, scope):
        """Value at the end of each day, told back from that of now, and cost of what clients took.

        Turnover has 365 × cost over value, day by day: over n days that is the cost of a year at
        their pace over the mean value.
        """
        first, last = scope.numbers()
        rows = self._rows(
            SQL(
                """
                SELECT %(day)s - DATE '1970-01-01', sum(flow.value), COALESCE(sum(flow.cost), 0)
                  FROM (%(flows)s) flow
                 WHERE %(day)s >= %(date_from)s
              GROUP BY 1
                """,
                day=scope.day(SQL("flow.moment")),
                flows=compat_sql.valuation_flows_sql(scope.company),
                date_from=scope.date_from,
            ),
            FLOWS,
        )
        later = float(rows["value"][rows["day"] > last].sum())
        change = scope.sums(rows["day"], rows["value"])
        # The change of a day is in its value, those of the days after it are not.
        after = np.r_[np.cumsum(change[::-1])[::-1][1:], 0.0]
        value = compat.stock_value(self.env, scope.company) - later - after
        cost = scope.sums(rows["day"], rows["cost"])
        return {
            "stock_value": scope.daily(value),
            "stock_turnover": scope.daily(DAYS_A_YEAR * cost, value),
        }

    @api.model
    def _read_dead_stock(self, scope):
        """Value at today's cost of what lies there and was neither sold nor received of late.

        What is ordered is sold, and so is what left for clients without an order.
        """
        self.env.flush_all()
        since, _end = self.env["ai.sales.extract"]._utc_bounds(
            scope.company, scope.date_to - timedelta(days=DEAD_DAYS), scope.date_to
        )
        self.env.cr.execute(
            SQL(
                """
                SELECT COALESCE(sum(stock.quantity * cost.cost), 0)
                  FROM (SELECT quant.product_id, sum(quant.quantity)::float8 AS quantity
                          FROM stock_quant quant
                          JOIN stock_location place ON place.id = quant.location_id
                         WHERE place.usage = 'internal' AND quant.company_id = %(company)s
                      GROUP BY 1
                        HAVING sum(quant.quantity) > 0) stock
                  JOIN (%(costs)s) cost(product_id, cost) ON cost.product_id = stock.product_id
                 WHERE stock.product_id NOT IN (
                           SELECT move.product_id
                             FROM stock_move move
                             JOIN stock_location source ON source.id = move.location_id
                             JOIN stock_location target ON target.id = move.location_dest_id
                            WHERE move.state = 'done'
                              AND move.company_id = %(company)s
                              AND move.date >= %(since)s
                              AND (source.usage IN ('supplier', 'production')
                                   OR target.usage IN ('customer', 'production')))
                   AND stock.product_id NOT IN (
                           SELECT line.product_id
                             FROM sale_order_line line
                             JOIN sale_order so ON so.id = line.order_id
                            WHERE so.company_id = %(company)s
                              AND so.state = 'sale'
                              AND so.date_order >= %(since)s
                              AND line.product_id IS NOT NULL)
                """,
                company=scope.company.id,
                costs=compat_sql.cost_sql(scope.company),
                since=since,
            )
        )
        return {"dead_stock": scope.now(self.env.cr.fetchone()[0])}
