"""Which warehouse a sale takes from stock, and when each one sold.

An order without a warehouse is the first one's. What a vendor delivers to the client (dropship) has
a purchase order or a move of that kind beside its order line, and takes nothing from any warehouse.
"""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy

SALE_DAY_COLUMNS = {"product_id": "i4", "warehouse_id": "i4", "first": "i4", "last": "i4"}


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _sale_days(self, company, until, product_ids=None):
        """First and last day on which each product was sold from each warehouse; 0 is none, the
        vendor's own delivery.

        until : date, the last day that counts; product_ids : iterable of int, or None for all.
        Returns {column: (n,) array} with product_id, warehouse_id, first and last, days from
        1970-01-01 in the company's time zone.
        """
        self.env.flush_all()
        _start, end = self._utc_bounds(company, until, until)
        query = SQL(
            """
            SELECT product_id, warehouse_id,
                   (first AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date - DATE '1970-01-01',
                   (last AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date - DATE '1970-01-01'
              FROM (
                SELECT sol.product_id, %(warehouse)s AS warehouse_id,
                       min(so.date_order) AS first, max(so.date_order) AS last
                  FROM sale_order_line sol
                  JOIN sale_order so ON so.id = sol.order_id
                 WHERE so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND so.date_order < %(end)s
                   AND sol.product_uom_qty > 0
                   AND %(only)s
                   AND %(line_conditions)s
              GROUP BY 1, 2
              ) AS sale
            """,
            warehouse=self._shipped_from_sql(company),
            zone=self._time_zone(company).zone,
            company=company.id,
            end=end,
            only=self.env["ai.stock.extract"]._only_products(product_ids)("sol"),
            line_conditions=SQL(" AND ").join(self._line_conditions(company)),
        )
        return binary_copy.read_rows(self.env.cr, query, SALE_DAY_COLUMNS)

    @api.model
    def _first_order_days(self, company):
        """{warehouse id: date of the first confirmed order that it delivers}."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT %(warehouse)s,
                       (min(so.date_order) AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                  FROM sale_order so
                 WHERE so.company_id = %(company)s AND so.state = 'sale'
              GROUP BY 1
                """,
                warehouse=self._warehouse_sql(company),
                zone=self._time_zone(company).zone,
                company=company.id,
            )
        )
        return dict(self.env.cr.fetchall())

    def _shipped_from_sql(self, company):
        """SQL over sale_order as so and its line as sol: the warehouse whose stock it takes, 0
        where a vendor delivers to the client and no warehouse ever sees it."""
        warehouse = self._warehouse_sql(company)
        kinds = self.env["stock.picking.type"].sudo().with_context(active_test=False)
        drops = kinds.search([("code", "=", "dropship"), ("company_id", "=", company.id)])
        if not drops:
            return warehouse
        return SQL(
            """
            CASE WHEN sol.id IN (
                          SELECT move.sale_line_id FROM stock_move move
                           WHERE move.picking_type_id = ANY(%(drops)s)
                             AND move.state <> 'cancel' AND move.sale_line_id IS NOT NULL)
                   OR sol.id IN (
                          SELECT line.sale_line_id FROM purchase_order_line line
                            JOIN purchase_order purchase ON purchase.id = line.order_id
                           WHERE purchase.picking_type_id = ANY(%(drops)s)
                             AND purchase.state <> 'cancel' AND line.sale_line_id IS NOT NULL)
                 THEN 0 ELSE %(warehouse)s END
            """,
            drops=drops.ids,
            warehouse=warehouse,
        )

    def _warehouse_sql(self, company):
        """SQL over sale_order as so: the warehouse that an order is delivered from."""
        first = (
            self.env["stock.warehouse"].sudo().search([("company_id", "=", company.id)], limit=1)
        )
        return SQL("COALESCE(so.warehouse_id, %s)", first.id or 0)
