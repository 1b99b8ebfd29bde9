"""What lists of clients are made from: prices paid, tastes, and who buys most just now."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    def _client_prices_query(self, company, date_from, date_to, partners):
        """SQL: partner_id, product_id, and the average price of a unit that each client paid for
        each product, in the product's own unit and the company's currency."""
        start, end = self._utc_bounds(company, date_from, date_to)
        return SQL(
            """
            SELECT partner.commercial_partner_id AS partner_id, sol.product_id,
                   sum(sol.price_subtotal / %(rate)s)::float8
                   / sum(sol.product_uom_qty::float8
                         * CASE WHEN sol.product_uom = uom.id THEN 1
                                ELSE uom.factor::float8 / line_uom.factor::float8 END) AS price
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
              JOIN sale_order_line sol ON sol.order_id = so.id
              JOIN product_product product ON product.id = sol.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom uom ON uom.id = template.uom_id
              JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
             WHERE so.company_id = %(company)s
               AND so.state = 'sale'
               AND so.date_order >= %(start)s
               AND so.date_order < %(end)s
               AND sol.product_uom_qty > 0
               AND %(only)s
               AND %(lines)s
          GROUP BY partner.commercial_partner_id, sol.product_id
            """,
            rate=self._order_rate(),
            company=company.id,
            start=start,
            end=end,
            only=self._only(SQL("partner.commercial_partner_id"), partners),
            lines=SQL(" AND ").join(self._line_conditions(company)),
        )

    @api.model
    def _client_categories(self, company):
        """Revenue of each client in each product category, in the history window.

        Returns list of (partner id, category id, revenue in the company's currency).
        """
        start, end = self._utc_bounds(company, *self._window(company))
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT partner.commercial_partner_id, template.categ_id,
                       sum(sol.price_subtotal / %(rate)s)::float8
                  FROM sale_order so
                  JOIN res_partner partner ON partner.id = so.partner_id
                  JOIN sale_order_line sol ON sol.order_id = so.id
                  JOIN product_product product ON product.id = sol.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND so.date_order >= %(start)s
                   AND so.date_order < %(end)s
                   AND %(lines)s
                   AND %(products)s
              GROUP BY partner.commercial_partner_id, template.categ_id
                """,
                rate=self._order_rate(),
                company=company.id,
                start=start,
                end=end,
                lines=SQL(" AND ").join(self._line_conditions(company)),
                products=SQL(" AND ").join(self._product_conditions(company)),
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _clients_of_products(self, company, product_ids):
        """Who ever bought some products: list of (partner id, product id), each pair once."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT partner.commercial_partner_id, sol.product_id
                  FROM sale_order_line sol
                  JOIN sale_order so ON so.id = sol.order_id
                  JOIN res_partner partner ON partner.id = so.partner_id
                 WHERE sol.product_id = ANY(%(products)s)
                   AND so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND sol.product_uom_qty > 0
                """,
                products=list(product_ids),
                company=company.id,
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _most_active(self, company, count):
        """Who bought most in four periods that end today.

        count : int, clients of each. Returns {period: [{partner_id, revenue, order_count}]} for
        "week" and "month", those of the calendar (a week begins on Monday), and "days_7" and
        "days_30"; revenue without taxes in the company's currency.
        """
        self.env.flush_all()
        today = self._local_now(company).date()
        starts = _period_starts(today)
        first_day = min(starts.values())
        start, end = self._utc_bounds(company, first_day, today)
        self.env.cr.execute(
            SQL(
                """
                SELECT partner.commercial_partner_id AS partner_id, %(day)s AS day,
                       sum(so.amount_untaxed / %(rate)s)::float8 AS revenue,
                       count(*)::int4 AS order_count
                  FROM sale_order so
                  JOIN res_partner partner ON partner.id = so.partner_id
                  JOIN res_partner entity ON entity.id = partner.commercial_partner_id
                 WHERE so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND so.date_order >= %(start)s
                   AND so.date_order < %(end)s
                   AND entity.active
              GROUP BY 1, 2
                """,
                day=self._local_day(company, SQL("so.date_order")),
                rate=self._order_rate(),
                company=company.id,
                start=start,
                end=end,
            )
        )
        days = self.env.cr.fetchall()
        return {period: _most_since(days, first, count) for period, first in starts.items()}


def _most_since(days, first, count):
    """The best clients from a day on. days : (partner id, day, revenue, orders) of each day."""
    found = {}
    for partner, day, revenue, orders in days:
        if day >= first:
            row = found.setdefault(
                partner, {"partner_id": partner, "revenue": 0.0, "order_count": 0}
            )
            row["revenue"] += revenue
            row["order_count"] += orders
    rows = (row for row in found.values() if row["revenue"] > 0)
    return sorted(rows, key=lambda row: (-row["revenue"], row["partner_id"]))[:count]


def _period_starts(today):
    """{period: its first day}; today : date."""
    return {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "days_7": today - timedelta(days=6),
        "days_30": today - timedelta(days=29),
    }
