"""The only reader of stock, its past, and who supplies it, for one named company.

    on hand    quants in the internal locations of a warehouse
    incoming   open moves into a warehouse from anywhere else
    outgoing   open moves out of a warehouse to anywhere else, reserved or not
    reserved   what of the quants is kept for them; what is kept for a step within the warehouse,
               such as from the receipt to the shelf, stays and is available
    requested  lines of requests for quotation and drafts of productions: nobody has promised them,
               but nobody who has just asked a vendor should be advised to order again
    to come    incoming, requested and outgoing by the day on which they are due

All quantities are in the product's own unit. Stock of a location belongs to the warehouse of that
location; locations without a warehouse, and those that are not internal even where they lie in one
(transit, vendors, customers, scrap, production) are none of it.

As in :mod:`.ai_sales_extract` record rules would make the answer depend on who asks, so that raw
SQL reads past them, for one company, and callers show it to those who may see stock.
"""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy, compat_sql

STOCK_COLUMNS = {
    "product_id": "i4",
    "warehouse_id": "i4",
    "on_hand": "f8",
    "reserved": "f8",
    "incoming": "f8",
    "outgoing": "f8",
    "requested": "f8",
}
AHEAD_COLUMNS = {
    "product_id": "i4",
    "warehouse_id": "i4",
    "day": "i4",
    "arriving": "f8",
    "leaving": "f8",
}
FLOW_COLUMNS = {"product_id": "i4", "warehouse_id": "i4", "day": "i4", "quantity": "f8"}


class AiStockExtract(models.AbstractModel):
    _name = "ai.stock.extract"
    _description = "Stock Reader"

    @api.model
    def _stock(self, company, product_ids=None):
        """Stock of each product and warehouse that has or moves any.

        product_ids : iterable of int, or None for all. Returns {column: (n,) array} with the names
        of STOCK_COLUMNS, a row for each pair.
        """
        self.env.flush_all()
        return binary_copy.read_rows(
            self.env.cr, self._stock_query(company, product_ids), STOCK_COLUMNS
        )

    def _stock_query(self, company, product_ids):
        only = self._only_products(product_ids)
        return SQL(
            """
            SELECT product_id, warehouse_id, sum(on_hand)::float8,
                   LEAST(sum(reserved), sum(outgoing))::float8,
                   sum(incoming)::float8, sum(outgoing)::float8, sum(requested)::float8
              FROM (
                SELECT quant.product_id, location.warehouse_id, quant.quantity AS on_hand,
                       quant.reserved_quantity AS reserved, 0 AS incoming, 0 AS outgoing,
                       0 AS requested
                  FROM stock_quant quant
                  JOIN stock_location location ON location.id = quant.location_id
                 WHERE location.usage = 'internal' AND quant.company_id = %(company)s
                   AND %(quants)s
             UNION ALL
                SELECT product_id, warehouse_id, 0, 0, incoming, outgoing, requested
                  FROM (%(to_come)s) AS ahead
              ) AS stock
             WHERE warehouse_id IS NOT NULL
          GROUP BY product_id, warehouse_id
            """,
            company=company.id,
            to_come=self._to_come_query(company, only),
            quants=only("quant"),
        )

    @api.model
    def _to_come(self, company, product_ids=None):
        """What is to enter and to leave each warehouse, by the day on which it is due.

        product_ids : iterable of int, or None for all. Returns {column: (n,) array} with the names
        of AHEAD_COLUMNS; day counts from 1970-01-01 in the company's time zone, 0 without a date;
        arriving holds what was requested too.
        """
        self.env.flush_all()
        query = SQL(
            """
            SELECT product_id, warehouse_id, COALESCE(day - DATE '1970-01-01', 0),
                   sum(incoming + requested)::float8, sum(outgoing)::float8
              FROM (%s) AS ahead
             WHERE warehouse_id IS NOT NULL
          GROUP BY product_id, warehouse_id, day
            """,
            self._to_come_query(company, self._only_products(product_ids)),
        )
        return binary_copy.read_rows(self.env.cr, query, AHEAD_COLUMNS)

    def _to_come_query(self, company, only):
        """SQL of open moves and requests: product, warehouse, day, and the quantities."""
        return SQL(
            """
                SELECT product_id, to_warehouse_id AS warehouse_id, day,
                       CASE WHEN state = 'draft' THEN 0 ELSE product_qty END AS incoming,
                       0 AS outgoing,
                       CASE WHEN state = 'draft' THEN product_qty ELSE 0 END AS requested
                  FROM (%(open_moves)s) AS move
                 WHERE to_warehouse_id IS DISTINCT FROM from_warehouse_id
             UNION ALL
                SELECT product_id, from_warehouse_id, day, 0, product_qty, 0
                  FROM (%(open_moves)s) AS move
                 WHERE end_warehouse_id IS DISTINCT FROM from_warehouse_id
                   AND state <> 'draft'
             UNION ALL
                SELECT line.product_id, kind.warehouse_id, %(day)s, 0, 0,
                       line.product_qty / line_uom.factor * own_uom.factor
                  FROM purchase_order_line line
                  JOIN purchase_order request ON request.id = line.order_id
                  JOIN stock_picking_type kind ON kind.id = request.picking_type_id
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom line_uom ON line_uom.id = line.product_uom
                  JOIN uom_uom own_uom ON own_uom.id = template.uom_id
                 WHERE request.state IN ('draft', 'sent', 'to approve')
                   AND request.company_id = %(company)s
                   AND kind.warehouse_id IS NOT NULL
                   AND %(lines)s
            """,
            open_moves=self._open_moves(company, only),
            day=self._local_day(company, SQL("line.date_planned")),
            company=company.id,
            lines=only("line"),
        )

    def _local_day(self, company, moment):
        """SQL of the day of a moment in the company's time zone."""
        zone = self.env["ai.sales.extract"]._time_zone(company).zone
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, zone)

    def _open_moves(self, company, only):
        """SQL of moves to come, and of productions that are drafts, with the warehouses that they
        leave, reach, and reach in the end."""
        drafts = SQL("FALSE")
        if "production_id" in self.env["stock.move"]._fields:
            drafts = SQL("move.state = 'draft' AND move.production_id IS NOT NULL")
        return SQL(
            """
            SELECT move.product_id, move.product_qty, move.state, %(day)s AS day,
                   CASE WHEN source.usage = 'internal' THEN source.warehouse_id END
                       AS from_warehouse_id,
                   CASE WHEN target.usage = 'internal' THEN target.warehouse_id END
                       AS to_warehouse_id,
                   CASE WHEN ending.usage = 'internal' THEN ending.warehouse_id END
                       AS end_warehouse_id
              FROM stock_move move
              JOIN stock_location source ON source.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
              JOIN stock_location ending ON ending.id = %(ending)s
             WHERE (move.state IN ('waiting', 'confirmed', 'partially_available', 'assigned')
                    OR %(drafts)s)
               AND move.company_id = %(company)s
               AND %(only)s
            """,
            day=self._local_day(company, SQL("move.date")),
            company=company.id,
            ending=compat_sql.final_location_sql(),
            drafts=drafts,
            only=only("move"),
        )

    @staticmethod
    def _only_products(product_ids):
        """Function that makes the condition on the product of a table, by its alias."""
        if product_ids is None:
            return lambda alias, column="product_id": SQL("TRUE")  # noqa: ARG005
        ids = list(product_ids)
        return lambda alias, column="product_id": SQL(
            "%s = ANY(%s)", SQL.identifier(alias, column), ids
        )

    @api.model
    def _stock_flows(self, company, date_from, product_ids=None):
        """Net quantity that entered each warehouse on each day since ``date_from``.

        date_from : date in the company's time zone; product_ids : iterable of int, or None for all.
        Returns {column: (n,) array} with the names of FLOW_COLUMNS; day counts from 1970-01-01 in
        the company's time zone; what left is negative.
        """
        self.env.flush_all()
        sales = self.env["ai.sales.extract"]
        start, _end = sales._utc_bounds(company, date_from, date_from)
        query = SQL(
            """
            SELECT product_id, warehouse_id, day - DATE '1970-01-01', sum(quantity)::float8
              FROM (
                SELECT line.product_id, %(day)s AS day,
                       unnest(ARRAY[
                           CASE WHEN target.usage = 'internal' THEN target.warehouse_id END,
                           CASE WHEN source.usage = 'internal' THEN source.warehouse_id END
                       ]) AS warehouse_id,
                       unnest(ARRAY[line.quantity_product_uom, -line.quantity_product_uom])
                           AS quantity
                  FROM stock_move_line line
                  JOIN stock_location source ON source.id = line.location_id
                  JOIN stock_location target ON target.id = line.location_dest_id
                 WHERE line.state = 'done'
                   AND line.company_id = %(company)s
                   AND line.date >= %(start)s
                   AND line.quantity_product_uom IS NOT NULL
                   AND %(only)s
              ) AS flow
             WHERE warehouse_id IS NOT NULL
          GROUP BY product_id, warehouse_id, day
            """,
            company=company.id,
            start=start,
            only=self._only_products(product_ids)("line"),
            day=self._local_day(company, SQL("line.date")),
        )
        return binary_copy.read_rows(self.env.cr, query, FLOW_COLUMNS)
