"""Vendors that keep their word, and clients that pay."""

from odoo import api, models
from odoo.tools import SQL

from ..core.ai_indicator_source import Records

RECEIVED = {"day": "i4", "lines": "i8", "on_time": "i8"}
TIMES = {"day": "i4", "value": "f8"}


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {
            **super()._indicators(),
            "vendor_on_time": "_read_vendors",
            "order_cycle": "_read_order_cycle",
        }

    @api.model
    def _records(self):
        ordered = [("state", "in", ("purchase", "done"))]
        paid = [
            ("move_type", "=", "out_invoice"),
            ("payment_state", "in", ("paid", "in_payment")),
        ]
        return {
            **super()._records(),
            "vendor_on_time": Records("purchase.order.line", ordered, "date_planned"),
            "order_cycle": Records("account.move", paid, "invoice_date"),
        }

    @api.model
    def _read_vendors(self, scope):
        """Purchase order lines of goods by the day promised, and those wholly received by then."""
        company = scope.company
        rows = self._rows(
            SQL(
                """
                SELECT promised.day - DATE '1970-01-01', count(*),
                       count(*) FILTER (WHERE COALESCE(received.quantity, 0)
                                              >= promised.quantity - 0.000001)
                  FROM (SELECT line.id, line.product_uom_qty AS quantity, %(promised)s AS day
                          FROM purchase_order_line line
                          JOIN purchase_order purchase ON purchase.id = line.order_id
                          JOIN product_product product ON product.id = line.product_id
                          JOIN product_template template ON template.id = product.product_tmpl_id
                         WHERE purchase.company_id = %(company)s
                           AND purchase.state IN ('purchase', 'done')
                           AND line.display_type IS NULL
                           AND template.type <> 'service'
                           AND line.product_uom_qty > 0) promised
             LEFT JOIN LATERAL (
                       SELECT sum(detail.quantity_product_uom) AS quantity
                         FROM stock_move move
                         JOIN stock_move_line detail ON detail.move_id = move.id
                         JOIN stock_location source ON source.id = move.location_id
                        WHERE move.purchase_line_id = promised.id
                          AND move.state = 'done'
                          AND source.usage = 'supplier'
                          AND %(received)s <= promised.day) received ON TRUE
                 WHERE promised.day BETWEEN %(date_from)s AND %(date_to)s
              GROUP BY 1
                """,
                promised=scope.day(SQL("line.date_planned")),
                received=scope.day(SQL("move.date")),
                company=company.id,
                date_from=scope.date_from,
                date_to=scope.date_to,
            ),
            RECEIVED,
        )
        sums = scope.all_sums(rows)
        return {"vendor_on_time": scope.daily(sums["on_time"], sums["lines"])}

    @api.model
    def _read_order_cycle(self, scope):
        """Days from the quotation to the last payment of an order whose invoices are all paid.

        Imported orders were made on their date: ``create_date`` is that of the import.
        """
        made = scope.day(SQL("LEAST(so.create_date, so.date_order)"))
        return {
            "order_cycle": self._rows(
                SQL(
                    """
                    SELECT max(invoice.paid) - DATE '1970-01-01',
                           (max(invoice.paid) - %(made)s)::float8
                      FROM sale_order so
                      JOIN (SELECT DISTINCT line.order_id, invoice_line.move_id
                              FROM sale_order_line line
                              JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
                              JOIN account_move_line invoice_line
                                ON invoice_line.id = rel.invoice_line_id
                             WHERE line.company_id = %(company)s) link ON link.order_id = so.id
                      JOIN (%(invoices)s) invoice ON invoice.id = link.move_id
                     WHERE so.company_id = %(company)s
                       AND so.state = 'sale'
                       AND so.invoice_status = 'invoiced'
                  GROUP BY so.id
                    HAVING bool_and(invoice.is_paid)
                       AND max(invoice.paid) BETWEEN %(date_from)s AND %(date_to)s
                    """,
                    made=made,
                    company=scope.company.id,
                    invoices=self._payments_query(scope.company),
                    date_from=scope.date_from,
                    date_to=scope.date_to,
                ),
                TIMES,
            )
        }

    def _payments_query(self, company):
        """SQL of posted invoices to clients: id, is_paid, and paid, the day of the last payment.

        Those that a credit note took back whole are none.
        """
        return SQL(
            """
            SELECT move.id, move.payment_state IN ('paid', 'in_payment') AS is_paid,
                   max(partial.max_date) AS paid
              FROM account_move move
         LEFT JOIN account_move_line line
                ON line.move_id = move.id AND line.display_type = 'payment_term'
         LEFT JOIN account_partial_reconcile partial ON partial.debit_move_id = line.id
             WHERE move.company_id = %s
               AND move.move_type = 'out_invoice'
               AND move.state = 'posted'
               AND move.payment_state <> 'reversed'
          GROUP BY move.id
            """,
            company.id,
        )
