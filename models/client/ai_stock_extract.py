"""Which products have newly arrived: received for the first time, and in stock."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

# Newest first: more than an operator could tell of.
MOST_NEW = 100


class AiStockExtract(models.AbstractModel):
    _inherit = "ai.stock.extract"

    @api.model
    def _new_products(self, company, limit=MOST_NEW):
        """Products that came in for the first time within the days of the settings, newest first.

        What was sold before that is not new, and where all stock of the company is that young
        nothing is: it was counted for the first time. Returns list of dicts: product_id, categ_id,
        arrived_on (date, company's time zone), available (product's own unit, above zero).
        """
        self.env.flush_all()
        self.env.cr.execute(self._new_products_query(company, limit))
        return self.env.cr.dictfetchall()

    def _new_products_query(self, company, limit):
        extract = self.env["ai.sales.extract"]
        today = extract._local_now(company).date()
        first_day = today - timedelta(days=company.ai_new_product_days - 1)
        return SQL(
            """
            WITH arrived AS MATERIALIZED (
                SELECT move.product_id, min(move.date) AS first_at
                  FROM stock_move move
                  JOIN stock_location source ON source.id = move.location_id
                  JOIN stock_location target ON target.id = move.location_dest_id
                 WHERE move.state = 'done'
                   AND move.company_id = %(company)s
                   AND target.usage = 'internal'
                   AND source.usage <> 'internal'
              GROUP BY move.product_id
            )
            SELECT arrived.product_id, template.categ_id, %(day)s AS arrived_on,
                   stock.available
              FROM arrived
              JOIN product_product product ON product.id = arrived.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
        CROSS JOIN LATERAL (
                SELECT sum(quant.quantity - quant.reserved_quantity)::float8 AS available
                  FROM stock_quant quant
                  JOIN stock_location location ON location.id = quant.location_id
                 WHERE quant.product_id = arrived.product_id
                   AND quant.company_id = %(company)s
                   AND location.usage = 'internal'
                   ) AS stock
             WHERE arrived.first_at >= %(start)s
               AND stock.available > 0
               AND EXISTS (SELECT FROM arrived AS older WHERE older.first_at < %(start)s)
               AND NOT EXISTS (
                   SELECT
                     FROM sale_order_line sol
                     JOIN sale_order so ON so.id = sol.order_id
                    WHERE sol.product_id = arrived.product_id
                      AND so.company_id = %(company)s
                      AND so.state = 'sale'
                      AND so.date_order < %(start)s)
               AND %(is_offered)s
          ORDER BY arrived.first_at DESC, arrived.product_id
             LIMIT %(limit)s
            """,
            company=company.id,
            day=self._local_day(company, SQL("arrived.first_at")),
            start=extract._utc_bounds(company, first_day, today)[0],
            is_offered=self.env["ai.suggestion"]
            .sudo()
            ._is_offered(company, SQL("arrived.product_id")),
            limit=limit,
        )
