"""What left a warehouse for good without a sales order: the rest of its demand.

    productions   components that productions used, less what unbuilding gave back
    deliveries    goods that went to clients by a transfer alone or over a till's own transfer, less
                  what came back; a move of a sales order is known by its order, and counts there

Days are those of the transfer in the company's time zone, quantities in the product's own unit.
What goes to a subcontractor is a transfer between places and none of it.
"""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy

USE_COLUMNS = {"product_id": "i4", "warehouse_id": "i4", "day": "i4", "quantity": "f8"}
USE_DAY_COLUMNS = {"product_id": "i4", "warehouse_id": "i4", "first": "i4", "last": "i4"}


class AiStockExtract(models.AbstractModel):
    _inherit = "ai.stock.extract"

    @api.model
    def _used(self, company, date_from, date_to, product_ids):
        """What left each warehouse each day, what came back deducted.

        date_from, date_to : first and last day in the company's time zone, inclusive; product_ids :
        iterable of int. Returns DataFrame with product_id, warehouse_id (int64), date
        (datetime64[D]) and quantity (float64), a row for each day with any.
        """
        import numpy as np  # heavy: only training pays for it
        import pandas as pd

        self.env.flush_all()
        start, end = self.env["ai.sales.extract"]._utc_bounds(company, date_from, date_to)
        query = SQL(
            """
            SELECT product_id, warehouse_id, day - DATE '1970-01-01', sum(quantity)::float8
              FROM (%(used)s) AS used
             WHERE date >= %(start)s AND date < %(end)s
          GROUP BY product_id, warehouse_id, day
            """,
            used=self._used_query(company, product_ids),
            start=start,
            end=end,
        )
        rows = binary_copy.read_rows(self.env.cr, query, USE_COLUMNS)
        return pd.DataFrame(
            {
                "product_id": rows["product_id"].astype(np.int64),
                "warehouse_id": rows["warehouse_id"].astype(np.int64),
                "date": rows["day"].astype("datetime64[D]"),
                "quantity": rows["quantity"],
            }
        )

    @api.model
    def _use_days(self, company, until, product_ids):
        """First and last day on which each product left each warehouse so, up to a day.

        Returns {column: (n,) array} with the names of USE_DAY_COLUMNS, days from 1970-01-01.
        """
        self.env.flush_all()
        _start, end = self.env["ai.sales.extract"]._utc_bounds(company, until, until)
        query = SQL(
            """
            SELECT product_id, warehouse_id,
                   min(day) - DATE '1970-01-01', max(day) - DATE '1970-01-01'
              FROM (%(used)s) AS used
             WHERE date < %(end)s AND quantity > 0
          GROUP BY product_id, warehouse_id
            """,
            used=self._used_query(company, product_ids),
            end=end,
        )
        return binary_copy.read_rows(self.env.cr, query, USE_DAY_COLUMNS)

    def _used_query(self, company, product_ids):
        """SQL of the moves that were done: product, warehouse, time, day, quantity; less than zero
        for what came back."""
        return SQL(
            """
            SELECT line.product_id, line.date,
                   %(day)s AS day,
                   CASE WHEN source.usage = 'internal' THEN source.warehouse_id
                        ELSE target.warehouse_id END AS warehouse_id,
                   CASE WHEN source.usage = 'internal' THEN line.quantity_product_uom
                        ELSE -line.quantity_product_uom END::float8 AS quantity
              FROM stock_move_line line
              JOIN stock_move move ON move.id = line.move_id
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location target ON target.id = line.location_dest_id
         LEFT JOIN stock_move returned ON returned.id = move.origin_returned_move_id
             WHERE line.state = 'done'
               AND line.company_id = %(company)s
               AND line.quantity_product_uom <> 0
               AND %(only)s
               AND (source.usage = 'internal' AND source.warehouse_id IS NOT NULL
                    OR target.usage = 'internal' AND target.warehouse_id IS NOT NULL)
               AND ((source.usage = 'customer' OR target.usage = 'customer')
                    AND COALESCE(move.sale_line_id, returned.sale_line_id) IS NULL
                    OR %(produced)s)
            """,
            day=self._local_day(company, SQL("line.date")),
            company=company.id,
            only=self._only_products(product_ids)("line"),
            produced=self._produced_sql(),
        )

    def _produced_sql(self):
        """Condition over move: a component of a production, or of one that was undone."""
        if "raw_material_production_id" not in self.env["stock.move"]._fields:
            return SQL("FALSE")
        return SQL(
            "(target.usage = 'production' AND move.raw_material_production_id IS NOT NULL"
            " OR source.usage = 'production' AND move.unbuild_id IS NOT NULL)"
        )
