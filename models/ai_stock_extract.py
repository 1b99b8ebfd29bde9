"""The only reader of stock, its past, and who supplies it, for one named company.

    on hand    quants in the internal locations of a warehouse
    reserved   what of them is kept for deliveries, productions and transfers
    incoming   open moves into a warehouse from anywhere else
    outgoing   open moves out of a warehouse to anywhere else, reserved or not
    requested  lines of requests for quotation that are no order yet: they are no moves, and who has
               just asked a vendor should not be told to order again

All quantities are in the product's own unit. Stock of a location belongs to the warehouse of that
location; locations without a warehouse (transit, vendors, customers, scrap) are none of it.

As in :mod:`.ai_sales_extract` record rules would make the answer depend on who asks, so that raw
SQL reads past them, for one company, and callers show it to those who may see stock.
"""

from odoo import api, models
from odoo.tools import SQL

from ..tools import binary_copy

STOCK_COLUMNS = {
    "product_id": "i4",
    "warehouse_id": "i4",
    "on_hand": "f8",
    "reserved": "f8",
    "incoming": "f8",
    "outgoing": "f8",
    "requested": "f8",
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
            SELECT product_id, warehouse_id, sum(on_hand)::float8, sum(reserved)::float8,
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
                SELECT move.product_id, target.warehouse_id, 0, 0, move.product_qty, 0, 0
                  FROM %(open_moves)s
                   AND target.usage = 'internal' AND target.warehouse_id IS NOT NULL
                   AND target.warehouse_id IS DISTINCT FROM source.warehouse_id
                   AND %(moves)s
             UNION ALL
                SELECT move.product_id, source.warehouse_id, 0, 0, 0, move.product_qty, 0
                  FROM %(open_moves)s
                   AND source.usage = 'internal' AND source.warehouse_id IS NOT NULL
                   AND target.warehouse_id IS DISTINCT FROM source.warehouse_id
                   AND %(moves)s
             UNION ALL
                SELECT line.product_id, kind.warehouse_id, 0, 0, 0, 0,
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
              ) AS stock
             WHERE warehouse_id IS NOT NULL
          GROUP BY product_id, warehouse_id
            """,
            company=company.id,
            open_moves=self._open_moves(company),
            quants=only("quant"),
            moves=only("move"),
            lines=only("line"),
        )

    def _open_moves(self, company):
        """SQL after FROM: moves to come with the locations that they leave and reach."""
        return SQL(
            """
            stock_move move
              JOIN stock_location source ON source.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
             WHERE move.state IN ('waiting', 'confirmed', 'partially_available', 'assigned')
               AND move.company_id = %s
            """,
            company.id,
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
        Returns {column: (n,) array} with the names of
        FLOW_COLUMNS; day counts from 1970-01-01 in the company's time zone; what left is negative.
        """
        self.env.flush_all()
        sales = self.env["ai.sales.extract"]
        start, _end = sales._utc_bounds(company, date_from, date_from)
        query = SQL(
            """
            SELECT product_id, warehouse_id, day - DATE '1970-01-01', sum(quantity)::float8
              FROM (
                SELECT line.product_id, %(day)s AS day,
                       unnest(ARRAY[target.warehouse_id, source.warehouse_id]) AS warehouse_id,
                       unnest(ARRAY[line.quantity_product_uom, -line.quantity_product_uom])
                           AS quantity,
                       unnest(ARRAY[target.usage, source.usage]) AS usage
                  FROM stock_move_line line
                  JOIN stock_location source ON source.id = line.location_id
                  JOIN stock_location target ON target.id = line.location_dest_id
                 WHERE line.state = 'done'
                   AND line.company_id = %(company)s
                   AND line.date >= %(start)s
                   AND line.quantity_product_uom IS NOT NULL
                   AND source.warehouse_id IS DISTINCT FROM target.warehouse_id
                   AND %(only)s
              ) AS flow
             WHERE usage = 'internal' AND warehouse_id IS NOT NULL
          GROUP BY product_id, warehouse_id, day
            """,
            company=company.id,
            start=start,
            only=self._only_products(product_ids)("line"),
            day=SQL(
                "(line.date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
                sales._time_zone(company).zone,
            ),
        )
        return binary_copy.read_rows(self.env.cr, query, FLOW_COLUMNS)
