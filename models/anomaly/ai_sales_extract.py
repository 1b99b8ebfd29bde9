"""The orders and customers behind an anomaly, and those of the eight weeks before it."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .ai_anomaly_evidence import BEFORE_DAYS


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _orders_behind(self, company, anomalies):
        """What was sold of each anomaly on its days, by order.

        anomalies : ai.anomaly of the company. Returns list of dicts: anomaly_id, order_id,
        customer_id (commercial entity), campaign_id or None, quantity (product's own unit) and
        revenue (company's currency), the largest revenue first.
        """
        rows = self._lines_behind(company, anomalies, SQL("anomaly.start"), SQL("anomaly.stop"))
        return self._dicts(
            SQL(
                """
                SELECT anomaly_id, order_id, min(customer_id) AS customer_id,
                       min(campaign_id) AS campaign_id, sum(quantity) AS quantity,
                       sum(revenue) AS revenue
                  FROM (%s) line
              GROUP BY anomaly_id, order_id
              ORDER BY anomaly_id, revenue DESC, order_id
                """,
                rows,
            )
        )

    @api.model
    def _customers_before(self, company, anomalies):
        """What each customer bought of each anomaly in the 56 days before it.

        Returns list of dicts: anomaly_id, customer_id, orders, quantity and revenue.
        """
        start = SQL("anomaly.start - make_interval(days => %s)", BEFORE_DAYS)
        rows = self._lines_behind(company, anomalies, start, SQL("anomaly.start"))
        return self._dicts(
            SQL(
                """
                SELECT anomaly_id, customer_id, count(DISTINCT order_id) AS orders,
                       sum(quantity) AS quantity, sum(revenue) AS revenue
                  FROM (%s) line
              GROUP BY anomaly_id, customer_id
                """,
                rows,
            )
        )

    def _lines_behind(self, company, anomalies, start, stop):
        """SQL of confirmed order lines of the series of each anomaly."""
        self.env.flush_all()
        bounds = (
            SQL(
                "(%s, %s, %s)",
                anomaly.id,
                *self._utc_bounds(company, anomaly.date, anomaly.date_end),
            )
            for anomaly in anomalies
        )
        # An index leads to the lines of a product; an alternative would hide it.
        of_product = SQL("sol.product_id = anomaly.product_id")
        if not all(anomaly.product_id for anomaly in anomalies):
            of_product = SQL("(anomaly.product_id IS NULL OR %s)", of_product)
        return SQL(
            """
            SELECT anomaly.id AS anomaly_id, so.id AS order_id, so.campaign_id,
                   partner.commercial_partner_id AS customer_id,
                   sol.product_uom_qty::float8 * uom.factor::float8 / line_uom.factor::float8
                       AS quantity,
                   %(revenue)s AS revenue
              FROM (SELECT row.id, row.start::timestamp, row.stop::timestamp, anomaly.level,
                           anomaly.product_id, anomaly.categ_id, anomaly.partner_id,
                           anomaly.salesperson_id
                      FROM (VALUES %(bounds)s) AS row (id, start, stop)
                      JOIN ai_anomaly anomaly ON anomaly.id = row.id) anomaly
              JOIN sale_order so ON so.company_id = %(company)s
               AND so.state = 'sale'
               AND so.date_order >= %(start)s
               AND so.date_order < %(stop)s
              JOIN res_partner partner ON partner.id = so.partner_id
              JOIN sale_order_line sol ON sol.order_id = so.id
              JOIN product_product product ON product.id = sol.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom uom ON uom.id = template.uom_id
              JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
             WHERE %(of_product)s
               AND (anomaly.categ_id IS NULL OR template.categ_id = anomaly.categ_id)
               AND (anomaly.partner_id IS NULL
                    OR partner.commercial_partner_id = anomaly.partner_id)
               AND (anomaly.level <> 'salesperson'
                    OR so.user_id IS NOT DISTINCT FROM anomaly.salesperson_id)
               AND %(line_conditions)s
               AND %(product_conditions)s
            """,
            of_product=of_product,
            revenue=self._line_revenue(),
            bounds=SQL(", ").join(bounds),
            company=company.id,
            start=start,
            stop=stop,
            line_conditions=SQL(" AND ").join(self._line_conditions(company)),
            product_conditions=SQL(" AND ").join(self._product_conditions(company)),
        )

    def _dicts(self, query):
        self.env.cr.execute(query)
        return self.env.cr.dictfetchall()

    @api.model
    def _empty_days(self, company, product_ids, date_from, date_to):
        """{product id: set of days that began and ended without stock} of products that had any.

        date_from, date_to : dates, inclusive.
        """
        import numpy as np

        from ...algorithms.core.stock_history import past_stock
        from ...algorithms.core.stock_outs import stock_outs

        stock = self.env["ai.stock.extract"]
        days = np.arange(np.datetime64(date_from), np.datetime64(date_to + timedelta(days=1)))
        ids = np.unique(np.asarray(product_ids, np.int64))
        flows = stock._stock_flows(company, date_from, ids.tolist())
        on_hand, opening = past_stock(ids, days, stock._stock(company, ids.tolist()), flows)
        out = stock_outs(on_hand, np.zeros(on_hand.shape), opening).out
        # What never had stock is not kept in stock.
        kept = (on_hand > 0).any(axis=1) | (opening > 0)
        return {
            product: {day.item() for day in days[out[row]]}
            for row, product in enumerate(ids.tolist())
            if kept[row]
        }

    @api.model
    def _sold_products(self, company, date_from, date_to):
        """Products on confirmed orders of some days, archived ones too: list of ids, ascending."""
        self.env.flush_all()
        start, end = self._utc_bounds(company, date_from, date_to)
        self.env.cr.execute(
            SQL(
                """
                SELECT product.id
                  FROM product_product product
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE %(product_conditions)s
                   AND product.id IN (
                       SELECT sol.product_id
                         FROM sale_order_line sol
                         JOIN sale_order so ON so.id = sol.order_id
                        WHERE so.company_id = %(company)s
                          AND so.state = 'sale'
                          AND so.date_order >= %(start)s
                          AND so.date_order < %(end)s
                          AND %(line_conditions)s)
              ORDER BY product.id
                """,
                product_conditions=SQL(" AND ").join(self._product_conditions(company)),
                company=company.id,
                start=start,
                end=end,
                line_conditions=SQL(" AND ").join(self._line_conditions(company)),
            )
        )
        return [product_id for (product_id,) in self.env.cr.fetchall()]
