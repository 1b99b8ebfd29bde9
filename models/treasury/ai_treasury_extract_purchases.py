"""What clients bought, day by day, and what of it is margin."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from ...tools.compat_sql import cost_sql

COLUMNS = {"client": "i4", "day": "i4", "amount": "f8"}
MARGIN_DAYS = 365


class AiTreasuryExtract(models.AbstractModel):
    _inherit = "ai.treasury.extract"

    @api.model
    def _purchases(self, company):
        """Confirmed orders of clients, untaxed, refunds deducted, in company currency.

        A credit note that only corrected an invoice is no refund, as in ``ai.sales.extract``.
        Returns {"client": int64, commercial entities, "day": int64 since 1970, "amount": float64},
        parallel arrays, a row an order.
        """
        import numpy as np  # only training pays for it

        self.env.flush_all()
        rows = binary_copy.read_rows(self.env.cr, self._purchases_query(company), COLUMNS)
        return {
            name: rows[name].astype(np.float64 if name == "amount" else np.int64) for name in rows
        }

    def _purchases_query(self, company):
        return SQL(
            """
            WITH invoiced AS (
                SELECT order_line.order_id,
                       sum(CASE WHEN move.move_type = 'out_refund' THEN line.balance
                                ELSE 0 END) AS refunded,
                       sum(CASE WHEN move.move_type = 'out_invoice' THEN -line.balance
                                ELSE 0 END) AS invoiced
                  FROM sale_order_line_invoice_rel rel
                  JOIN account_move_line line ON line.id = rel.invoice_line_id
                  JOIN account_move move ON move.id = line.move_id
                  JOIN sale_order_line order_line ON order_line.id = rel.order_line_id
                 WHERE move.state = 'posted'
                   AND order_line.company_id = %(company)s
              GROUP BY order_line.order_id
                HAVING bool_or(move.move_type = 'out_refund')
            )
            SELECT partner.commercial_partner_id, %(day)s,
                   (total.amount
                    - GREATEST(0, invoiced.refunded
                                  - GREATEST(0, invoiced.invoiced - total.amount)))::float8
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
        CROSS JOIN LATERAL (SELECT so.amount_untaxed / %(rate)s AS amount) total
         LEFT JOIN invoiced ON invoiced.order_id = so.id
             WHERE so.company_id = %(company)s
               AND so.state = 'sale'
               AND so.date_order <= now() AT TIME ZONE 'UTC'
          ORDER BY so.id
            """,
            company=company.id,
            rate=self.env["ai.sales.extract"]._order_rate(),
            day=self._day_sql(company, SQL("so.date_order")),
        )

    @api.model
    def _margin_share(self, company):
        """Margin over price of what was ordered within a year, at the costs of today: 0..1, 0 for
        nothing ordered."""
        sales = self.env["ai.sales.extract"]
        today = sales._local_now(company).date()
        start, end = sales._utc_bounds(company, today - timedelta(days=MARGIN_DAYS - 1), today)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT sum(sol.price_subtotal / %(rate)s)::float8,
                       sum(COALESCE(cost.cost, 0) * sol.product_uom_qty::float8
                           * CASE WHEN sol.product_uom = uom.id THEN 1
                                  ELSE uom.factor::float8 / line_uom.factor::float8 END)
                  FROM sale_order so
                  JOIN sale_order_line sol ON sol.order_id = so.id
                  JOIN product_product product ON product.id = sol.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom uom ON uom.id = template.uom_id
                  JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
             LEFT JOIN (%(costs)s) AS cost (product_id, cost) ON cost.product_id = sol.product_id
                 WHERE so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND so.date_order >= %(start)s
                   AND so.date_order < %(end)s
                   AND %(lines)s
                """,
                rate=sales._order_rate(),
                costs=cost_sql(company),
                company=company.id,
                start=start,
                end=end,
                lines=SQL(" AND ").join(sales._line_conditions(company)),
            )
        )
        price, cost = self.env.cr.fetchone()
        return min(max(1 - (cost or 0.0) / price, 0.0), 1.0) if price and price > 0 else 0.0
