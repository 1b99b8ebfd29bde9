"""Daily demand out of the sales history: what forecasts learn from.

A sale counts on the day of its order, a refund on the day of its credit note, in the company's time
zone and the product's own unit. A credit note that only corrected an invoice is no refund, as in
:mod:`.ai_sales_extract`. Prices are those that were paid, without taxes where the price list has
none, in the company's currency. Revenue is untaxed, after discounts, at the order's rate; a refund
takes off what had been paid, so that a day may end below zero.
"""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy, replica
from ...tools.quantities import LEAST_SALES, TOLERANCE

DEMAND_COLUMNS = {
    "product_id": "i4",
    "part_id": "i4",
    "day": "i4",
    "quantity": "f8",
    "price": "f8",
    "revenue": "f8",
    "lines": "i8",
}


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    @replica.history
    def _demand_products(self, company, until):
        """Products that a forecast can be asked for: active and sold at least once.

        until : date, the last day that counts.
        Returns {product id: date of its first sale}, ascending.
        """
        self.env.flush_all()
        _start, end = self._utc_bounds(company, until, until)
        cr = replica.cursor(self.env)
        cr.execute(
            SQL(
                """
                SELECT sol.product_id,
                       (min(so.date_order) AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                  FROM sale_order_line sol
                  JOIN sale_order so ON so.id = sol.order_id
                  JOIN product_product product ON product.id = sol.product_id AND product.active
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND so.date_order < %(end)s
                   AND sol.product_uom_qty > 0
                   AND %(line_conditions)s
                   AND %(product_conditions)s
              GROUP BY sol.product_id
              ORDER BY sol.product_id
                """,
                company=company.id,
                zone=self._time_zone(company).zone,
                end=end,
                line_conditions=SQL(" AND ").join(self._line_conditions(company)),
                product_conditions=SQL(" AND ").join(self._product_conditions(company)),
            )
        )
        return dict(cr.fetchall())

    @api.model
    def _sold_whole(self, company, product_ids):
        """Those of some products of which nobody ever bought a part of a unit.

        With fewer sales than ``LEAST_SALES`` nothing can be said. Returns a set of ids.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT sol.product_id
                  FROM sale_order_line sol
                  JOIN sale_order so ON so.id = sol.order_id
                  JOIN product_product product ON product.id = sol.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom own_uom ON own_uom.id = template.uom_id
                  JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
            CROSS JOIN LATERAL (
                       SELECT sol.product_uom_qty::float8 * own_uom.factor::float8
                              / line_uom.factor::float8 AS quantity
                       ) AS sold
                 WHERE sol.product_id = ANY(%(products)s)
                   AND so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND sol.product_uom_qty > 0
                   AND %(line_conditions)s
              GROUP BY sol.product_id
                HAVING count(*) >= %(least)s
                   AND bool_and(abs(sold.quantity - round(sold.quantity)) <= %(tolerance)s)
                """,
                products=list(product_ids),
                company=company.id,
                least=LEAST_SALES,
                tolerance=TOLERANCE,
                line_conditions=SQL(" AND ").join(self._line_conditions(company)),
            )
        )
        return {product for (product,) in self.env.cr.fetchall()}

    @api.model
    @replica.history
    def _orders_by_day(self, company, date_from, date_to):
        """Confirmed orders of a company each day, from its first one in a window on.

        date_from, date_to : first and last day in the company's time zone, inclusive.
        Returns ((t,) float64 orders, (t,) datetime64[D] days); both empty without an order.
        """
        import numpy as np

        self.env.flush_all()
        start, end = self._utc_bounds(company, date_from, date_to)
        query = SQL(
            """
            SELECT (so.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                       - DATE '1970-01-01',
                   count(*)
              FROM sale_order so
             WHERE so.company_id = %(company)s
               AND so.state = 'sale'
               AND so.date_order >= %(start)s
               AND so.date_order < %(end)s
          GROUP BY 1
            """,
            zone=self._time_zone(company).zone,
            company=company.id,
            start=start,
            end=end,
        )
        rows = binary_copy.read_rows(replica.cursor(self.env), query, {"day": "i4", "orders": "i8"})
        if not len(rows["day"]):
            return np.empty(0), np.empty(0, "datetime64[D]")
        days = np.arange(rows["day"].min(), np.datetime64(date_to, "D").astype(int) + 1)
        orders = np.zeros(len(days))
        orders[rows["day"] - days[0]] = rows["orders"]
        return orders, days.astype("datetime64[D]")

    @api.model
    @replica.history
    def _daily_demand(self, company, date_from, date_to, product_ids, by=""):
        """What was sold of some products each day.

        date_from, date_to : first and last day in the company's time zone, inclusive.
        product_ids : iterable of int. by : what to tell apart beside the products: "warehouse" it
        was sold from (the company's first one for orders without, 0 for what a vendor delivered to
        the client), "customer" (the commercial
        entity), "salesperson" (0 for none), or nothing.
        Returns DataFrame with product_id (int64), <by>_id (int64, where kept apart), date
        (datetime64[D]), quantity (float64, product's own unit, refunds deducted), price (float64,
        company's currency a unit, NaN where unknown), revenue (float64, company's currency) and
        lines (int64, order lines that sold), a row for each of them and each day with a sale or a
        refund.
        """
        import numpy as np  # heavy: only training pays for it
        import pandas as pd

        self.env.flush_all()
        part = self._part_sql(company, by)
        query = self._daily_demand_query(company, date_from, date_to, list(product_ids), part)
        rows = binary_copy.read_rows(replica.cursor(self.env), query, DEMAND_COLUMNS)
        parts = {f"{by}_id": rows["part_id"].astype(np.int64)} if by else {}
        return pd.DataFrame(
            {
                "product_id": rows["product_id"].astype(np.int64),
                **parts,
                "date": rows["day"].astype("datetime64[D]"),
                "quantity": rows["quantity"],
                "price": rows["price"],
                "revenue": rows["revenue"],
                "lines": rows["lines"],
            }
        )

    def _part_sql(self, company, by):
        """SQL over sale_order as so: what sales of a product are split by."""
        return {
            "": lambda: SQL("0"),
            "warehouse": lambda: self._shipped_from_sql(company),
            "customer": lambda: SQL(
                "(SELECT partner.commercial_partner_id FROM res_partner partner"
                " WHERE partner.id = so.partner_id)"
            ),
            "salesperson": lambda: SQL("COALESCE(so.user_id, 0)"),
        }[by]()

    def _daily_demand_query(self, company, date_from, date_to, product_ids, part):
        start, end = self._utc_bounds(company, date_from, date_to)
        return SQL(
            """
            WITH item AS MATERIALIZED (
                SELECT product.id, uom.factor::float8 AS factor
                  FROM product_product product
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom uom ON uom.id = template.uom_id
                 WHERE product.id = ANY(%(products)s)
            ),
            moves AS (
                SELECT sol.product_id, %(part)s AS part_id,
                       (so.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS day,
                       sol.product_uom_qty::float8 * item.factor / line_uom.factor::float8
                           AS quantity,
                       sol.price_unit::float8 * (1 - COALESCE(sol.discount, 0)::float8 / 100)
                           / COALESCE(NULLIF(so.currency_rate, 0), 1)::float8
                           / item.factor * line_uom.factor::float8 AS price,
                       %(revenue)s AS revenue
                  FROM sale_order_line sol
                  JOIN sale_order so ON so.id = sol.order_id
                  JOIN item ON item.id = sol.product_id
                  JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
                 WHERE so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND so.date_order >= %(start)s
                   AND so.date_order < %(end)s
                   AND %(line_conditions)s
             UNION ALL
                SELECT sol.product_id, %(part)s, refund.day,
                       -returned.quantity * item.factor / line_uom.factor::float8,
                       NULL,
                       -returned.quantity * %(revenue)s
                           / NULLIF(sol.product_uom_qty, 0)::float8
                  FROM (%(refunds)s) refund
                  JOIN (%(invoiced)s) balance ON balance.order_line_id = refund.order_line_id
                  JOIN sale_order_line sol ON sol.id = refund.order_line_id
                  JOIN sale_order so ON so.id = sol.order_id
                  JOIN item ON item.id = sol.product_id
                  JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
            CROSS JOIN LATERAL (
                       SELECT refund.quantity
                              * GREATEST(0, balance.refunded - GREATEST(
                                    0, balance.invoiced - sol.product_uom_qty::float8))
                              / NULLIF(balance.refunded, 0) AS quantity
                       ) returned
                 WHERE so.state = 'sale'
                   AND refund.day BETWEEN %(first)s AND %(last)s
                   AND %(line_conditions)s
            )
            SELECT product_id, part_id, day - DATE '1970-01-01', sum(quantity),
                   COALESCE(sum(quantity * price) FILTER (WHERE quantity > 0 AND price > 0)
                            / sum(quantity) FILTER (WHERE quantity > 0 AND price > 0), 'NaN'),
                   COALESCE(sum(revenue), 0),
                   count(*) FILTER (WHERE quantity > 0)
              FROM moves
             WHERE quantity IS NOT NULL
          GROUP BY product_id, part_id, day
            """,
            products=product_ids,
            part=part,
            company=company.id,
            zone=self._time_zone(company).zone,
            start=start,
            end=end,
            first=date_from,
            last=date_to,
            refunds=self._refunds_query(company),
            invoiced=self._invoiced_query(company),
            line_conditions=SQL(" AND ").join(self._line_conditions(company)),
            revenue=self._line_revenue(),
        )

    def _line_revenue(self):
        """SQL of what an order line brought, untaxed, in the company's currency."""
        return SQL("(COALESCE(sol.price_subtotal, 0)::float8 / %s::float8)", self._order_rate())

    def _refunds_query(self, company):
        """SQL of posted credit notes: order line, day, quantity in the unit of that line."""
        return SQL(
            """
            SELECT rel.order_line_id, move.invoice_date AS day,
                   sum(line.quantity / invoice_uom.factor * order_uom.factor)::float8 AS quantity
              FROM %(lines)s
             WHERE move.state = 'posted'
               AND move.move_type = 'out_refund'
               AND order_line.company_id = %(company)s
          GROUP BY rel.order_line_id, move.invoice_date
            """,
            lines=self._invoice_lines(),
            company=company.id,
        )
