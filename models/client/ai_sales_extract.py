"""What clients ordered and owe: the statements behind client figures and client sheets."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

TOP_PRODUCTS = 8


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _only(self, column, partners):
        """SQL condition that a column is one of some partners; true for None."""
        return SQL("TRUE") if partners is None else SQL("%s = ANY(%s)", column, partners.ids)

    def _client_orders_query(self, company, today, partners):
        """SQL: partner_id, first and last order (local days), moment of the last (UTC), their
        number, and revenue of the last 7, 30 and 365 days in the company's currency."""
        starts = {
            f"since_{days}": self._utc_bounds(company, today - timedelta(days=days - 1), today)[0]
            for days in (7, 30, 365)
        }
        return SQL(
            """
            SELECT partner.commercial_partner_id AS partner_id,
                   min(%(day)s) AS first_order_date, max(%(day)s) AS last_order_date,
                   max(so.date_order) AS last_order_at,
                   count(*) AS order_count,
                   sum(%(amount)s) FILTER (WHERE so.date_order >= %(since_7)s) AS revenue_7,
                   sum(%(amount)s) FILTER (WHERE so.date_order >= %(since_30)s) AS revenue_30,
                   sum(%(amount)s) FILTER (WHERE so.date_order >= %(since_365)s) AS revenue_365
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
             WHERE so.company_id = %(company)s
               AND so.state = 'sale'
               AND so.date_order <= now() AT TIME ZONE 'UTC'
               AND %(only)s
          GROUP BY partner.commercial_partner_id
            """,
            day=self._local_day(company, SQL("so.date_order")),
            amount=SQL("so.amount_untaxed / %s", self._order_rate()),
            company=company.id,
            only=self._only(SQL("partner.commercial_partner_id"), partners),
            **starts,
        )

    def _client_owed_query(self, company, today, partners):
        """SQL: partner_id, balance of posted receivables and what of it is past due.

        Payments that are matched with no invoice yet reduce both.
        """
        limit = today - timedelta(days=company.ai_payment_delay)
        return SQL(
            """
            SELECT partner.commercial_partner_id AS partner_id,
                   sum(line.amount_residual) AS balance,
                   sum(line.amount_residual) FILTER (WHERE %(past)s) AS overdue_amount,
                   count(DISTINCT line.move_id)
                       FILTER (WHERE %(past)s AND line.amount_residual > 0) AS overdue_count,
                   min(line.date_maturity)
                       FILTER (WHERE %(past)s AND line.amount_residual > 0) AS overdue_since
              FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
              JOIN res_partner partner ON partner.id = line.partner_id
             WHERE line.company_id = %(company)s
               AND line.parent_state = 'posted'
               AND account.account_type = 'asset_receivable'
               AND line.reconciled IS NOT TRUE
               AND %(only)s
          GROUP BY partner.commercial_partner_id
            """,
            past=SQL("COALESCE(line.date_maturity, line.date) < %s", limit),
            company=company.id,
            only=self._only(SQL("partner.commercial_partner_id"), partners),
        )

    @api.model
    def _client_products(self, company, partner, count=TOP_PRODUCTS):
        """What a commercial entity buys most, in the history window.

        Returns list of dicts, by number of orders: product_id; order_count; quantity, in the
        product's own unit; last_date; interval_days, median days between two days with a purchase,
        or None for one.
        """
        self.env.flush_all()
        self.env.cr.execute(self._client_products_query(company, partner, count))
        return self.env.cr.dictfetchall()

    def _client_products_query(self, company, partner, count):
        date_from, date_to = self._window(company)
        start, end = self._utc_bounds(company, date_from, date_to)
        return SQL(
            """
            WITH bought AS (
                SELECT sol.product_id, sol.order_id, %(day)s AS day,
                       sol.product_uom_qty::float8
                       * CASE WHEN sol.product_uom = uom.id THEN 1
                              ELSE uom.factor::float8 / line_uom.factor::float8 END AS quantity
                  FROM sale_order so
                  JOIN res_partner partner ON partner.id = so.partner_id
                  JOIN sale_order_line sol ON sol.order_id = so.id
                  JOIN product_product product ON product.id = sol.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom uom ON uom.id = template.uom_id
                  JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
                 WHERE partner.commercial_partner_id = %(partner)s
                   AND so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND so.date_order >= %(start)s
                   AND so.date_order < %(end)s
                   AND %(line_conditions)s
                   AND %(product_conditions)s
            ),
            step AS (
                SELECT product_id,
                       day - lag(day) OVER (PARTITION BY product_id ORDER BY day) AS days
                  FROM (SELECT DISTINCT product_id, day FROM bought WHERE quantity > 0) AS days
            ),
            rhythm AS (
                SELECT product_id,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS interval_days
                  FROM step
              GROUP BY product_id
            )
            SELECT bought.product_id,
                   count(DISTINCT bought.order_id) FILTER (WHERE bought.quantity > 0)
                       AS order_count,
                   sum(bought.quantity) AS quantity, max(bought.day) AS last_date,
                   rhythm.interval_days
              FROM bought
         LEFT JOIN rhythm ON rhythm.product_id = bought.product_id
          GROUP BY bought.product_id, rhythm.interval_days
            HAVING sum(bought.quantity) > 0
          ORDER BY order_count DESC, quantity DESC, bought.product_id
             LIMIT %(count)s
            """,
            day=self._local_day(company, SQL("so.date_order")),
            partner=partner.commercial_partner_id.id,
            company=company.id,
            start=start,
            end=end,
            line_conditions=SQL(" AND ").join(self._line_conditions(company)),
            product_conditions=SQL(" AND ").join(self._product_conditions(company)),
            count=count,
        )

    def _local_day(self, company, moment):
        """SQL of the day of a UTC moment in the company's time zone."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            moment,
            self._time_zone(company).zone,
        )
