"""Lines of confirmed purchases: what was promised, came and went back."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy

LINE_COLUMNS = {
    "vendor": "i4",
    "product": "i4",
    "ordered": "i4",
    "promised": "i4",
    "received": "i4",
    "wanted": "f8",
    "got": "f8",
    "returned": "f8",
    "price": "f8",
    "is_kept": "i4",
}
MOST_DAYS = 730
NOT_RECEIVED = 2**31 - 1


class AiStockExtract(models.AbstractModel):
    _inherit = "ai.stock.extract"

    @api.model
    def _purchase_lines(self, company):
        """Lines of the orders of two years: {column: (n,) array} of LINE_COLUMNS.

        vendor : commercial entity; ordered, promised, received : days from 1970 in the company's
        time zone, received ``NOT_RECEIVED`` for what has not come; wanted, got, returned : units of
        the product; price : net for a unit in the company's currency at the order's rate, NaN for
        none; is_kept : 1 where the promise of the confirmation is known, 0 where the expected
        arrival of now stands for it.
        """
        self.env.flush_all()
        query = SQL(
            """
            SELECT vendor.commercial_partner_id, line.product_id,
                   %(ordered)s - DATE '1970-01-01',
                   %(promised)s - DATE '1970-01-01',
                   COALESCE(moved.received - DATE '1970-01-01', %(open)s),
                   (line.product_qty / line_uom.factor * own_uom.factor)::float8,
                   COALESCE(moved.got, 0)::float8, COALESCE(moved.returned, 0)::float8,
                   CASE WHEN line.price_subtotal > 0 AND purchase.currency_rate > 0
                        THEN line.price_subtotal / purchase.currency_rate
                             / (line.product_qty / line_uom.factor * own_uom.factor)
                        ELSE 'NaN' END::float8,
                   (line.ai_promised IS NOT NULL)::int
              FROM purchase_order_line line
              JOIN purchase_order purchase ON purchase.id = line.order_id
              JOIN res_partner vendor ON vendor.id = purchase.partner_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom line_uom ON line_uom.id = line.product_uom
              JOIN uom_uom own_uom ON own_uom.id = template.uom_id
         LEFT JOIN (%(moved)s) AS moved ON moved.line_id = line.id
             WHERE purchase.state IN ('purchase', 'done')
               AND purchase.company_id = %(company)s
               AND purchase.date_approve >= %(since)s
               AND line.display_type IS NULL AND line.product_qty > 0
               AND line.date_planned IS NOT NULL AND template.type <> 'service'
            """,
            ordered=self._local_day(company, SQL("purchase.date_approve")),
            promised=self._local_day(company, SQL("COALESCE(line.ai_promised, line.date_planned)")),
            open=NOT_RECEIVED,
            moved=self._moved_query(company),
            company=company.id,
            since=fields.Datetime.now() - timedelta(days=MOST_DAYS),
        )
        return binary_copy.read_rows(self.env.cr, query, LINE_COLUMNS)

    def _moved_query(self, company):
        """SQL of what came and went back of each order line, and when the last of it came."""
        return SQL(
            """
            SELECT COALESCE(move.purchase_line_id, origin.purchase_line_id) AS line_id,
                   max(%(day)s) FILTER (WHERE source.usage = 'supplier') AS received,
                   sum(done.quantity_product_uom) FILTER (WHERE source.usage = 'supplier') AS got,
                   sum(done.quantity_product_uom) FILTER (WHERE target.usage = 'supplier')
                       AS returned
              FROM stock_move move
              JOIN stock_move_line done ON done.move_id = move.id
              JOIN stock_location source ON source.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
         LEFT JOIN stock_move origin ON origin.id = move.origin_returned_move_id
             WHERE move.state = 'done' AND move.company_id = %(company)s
               AND COALESCE(move.purchase_line_id, origin.purchase_line_id) IS NOT NULL
          GROUP BY 1
            """,
            day=self._local_day(company, SQL("move.date")),
            company=company.id,
        )
