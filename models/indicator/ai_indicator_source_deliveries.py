"""Deliveries: what was due, late, on time, and how long it took."""

from odoo import _, api, models
from odoo.tools import SQL

from ...algorithms.indicator.windows import count_covered
from ...tools import binary_copy
from ..core.ai_indicator_source import Records

# A day that never comes.
NEVER = 10**6
DUE = {"day": "i4", "ordered": "f8", "delivered": "f8"}
DONE = {"day": "i4", "on_time": "i8", "promised": "i8", "without": "i8"}
OPEN = {"order": "i4", "start": "i4", "end": "i4", "deadline": "i4"}
TIMES = {"day": "i4", "value": "f8"}


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {
            **super()._indicators(),
            "fulfilment": "_read_fulfilment",
            "late_orders": "_read_late_orders",
            "on_time": "_read_on_time",
            "processing_time": "_read_processing_time",
        }

    @api.model
    def _records(self):
        delivery = [("location_dest_id.usage", "=", "customer")]
        done = Records("stock.picking", [*delivery, ("state", "=", "done")], "date_done")
        waiting = [*delivery, ("state", "not in", ("done", "cancel", "draft"))]
        return {
            **super()._records(),
            "fulfilment": Records(
                "sale.order.line", [("state", "=", "sale")], "order_id.date_order"
            ),
            "late_orders": Records("stock.picking", [*waiting, ("sale_id", "!=", False)]),
            **dict.fromkeys(("on_time", "processing_time"), done),
        }

    @api.model
    def _notes(self):
        return {**super()._notes(), "on_time": "_note_on_time"}

    def _note_on_time(self, aside, company):  # noqa: ARG002
        if not aside:
            return ""
        return _("%s deliveries without a deadline are left out.", int(aside))

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _read_fulfilment(self, scope):
        """Quantities of goods by the day on which they were due: the order's delivery date, else
        its date and the lead time of the line."""
        ledger = self.env["ai.sales.ledger"]
        due = scope.day(
            SQL(
                "COALESCE(so.commitment_date,"
                " so.date_order + COALESCE(line.customer_lead, 0) * interval '1 day')"
            ),
        )
        rows = self._rows(
            SQL(
                """
                SELECT day - DATE '1970-01-01', sum(ordered), sum(GREATEST(delivered, 0))
                  FROM (SELECT %(due)s AS day, line.product_uom_qty::float8 * %(factor)s AS ordered,
                               LEAST(line.qty_delivered, line.product_uom_qty)::float8
                               * %(factor)s AS delivered
                          FROM sale_order_line line
                          JOIN sale_order so ON so.id = line.order_id
                          JOIN product_product product ON product.id = line.product_id
                          JOIN product_template template ON template.id = product.product_tmpl_id
                         WHERE so.company_id = %(company)s
                           AND so.state = 'sale'
                           AND template.type <> 'service'
                           AND line.product_uom_qty > 0
                           AND %(conditions)s) due
                 WHERE day BETWEEN %(date_from)s AND %(date_to)s
              GROUP BY 1
                """,
                due=due,
                factor=ledger._own_unit(SQL("line.product_uom")),
                company=scope.company.id,
                conditions=ledger._line_conditions(),
                date_from=scope.date_from,
                date_to=scope.date_to,
            ),
            DUE,
        )
        sums = scope.all_sums(rows)
        return {"fulfilment": scope.daily(sums["delivered"], sums["ordered"])}

    @api.model
    def _read_late_orders(self, scope):
        """Orders with an open delivery at the end of each day, and those past a deadline.

        A delivery is open from the day on which it was made until the one before it was done. One
        without a deadline is never late.
        """
        company = scope.company
        rows = self._rows(
            SQL(
                """
                SELECT picking.sale_id, %(made)s - DATE '1970-01-01',
                       CASE WHEN picking.state = 'done' THEN %(done)s - DATE '1970-01-01' - 1
                            ELSE %(never)s END,
                       COALESCE(%(deadline)s - DATE '1970-01-01', %(never)s)
                  FROM (%(deliveries)s) picking
                  JOIN sale_order so ON so.id = picking.sale_id AND so.state = 'sale'
                 WHERE picking.state NOT IN ('draft', 'cancel')
                """,
                made=scope.day(SQL("LEAST(picking.create_date, picking.date_done)")),
                done=scope.day(SQL("picking.date_done")),
                deadline=scope.day(SQL("picking.date_deadline")),
                never=NEVER,
                deliveries=self._deliveries_query(company),
            ),
            OPEN,
        )
        first, last = scope.numbers()
        late = count_covered(
            rows["order"], rows["start"].clip(rows["deadline"]), rows["end"], first, last
        )
        waiting = count_covered(rows["order"], rows["start"], rows["end"], first, last)
        return {"late_orders": scope.daily(late.astype(float), waiting.astype(float))}

    @api.model
    def _read_on_time(self, scope):
        company = scope.company
        done = scope.day(SQL("picking.date_done"))
        deadline = scope.day(SQL("picking.date_deadline"))
        rows = self._rows(
            SQL(
                """
                SELECT %(done)s - DATE '1970-01-01',
                       count(*) FILTER (WHERE %(done)s <= %(deadline)s),
                       count(picking.date_deadline),
                       count(*) FILTER (WHERE picking.date_deadline IS NULL)
                  FROM (%(deliveries)s) picking
                 WHERE picking.state = 'done'
                   AND %(done)s BETWEEN %(date_from)s AND %(date_to)s
              GROUP BY 1
                """,
                done=done,
                deadline=deadline,
                deliveries=self._deliveries_query(company),
                date_from=scope.date_from,
                date_to=scope.date_to,
            ),
            DONE,
        )
        sums = scope.all_sums(rows)
        return {"on_time": scope.daily(sums["on_time"], sums["promised"], sums["without"])}

    @api.model
    def _read_processing_time(self, scope):
        """Days from confirmation to the last delivery of orders that have nothing open, on that
        day. ``effective_date`` of an order is its first delivery."""
        company = scope.company
        day = scope.day(SQL("max(picking.date_done)"))
        return {
            "processing_time": self._rows(
                SQL(
                    """
                    SELECT %(day)s - DATE '1970-01-01',
                           (extract(epoch FROM max(picking.date_done) - so.date_order)
                            / 86400)::float8
                      FROM (%(deliveries)s) picking
                      JOIN sale_order so ON so.id = picking.sale_id AND so.state = 'sale'
                     WHERE picking.state <> 'cancel'
                  GROUP BY so.id, so.date_order
                    HAVING bool_and(picking.state = 'done')
                       AND %(day)s BETWEEN %(date_from)s AND %(date_to)s
                    """,
                    day=day,
                    deliveries=self._deliveries_query(company),
                    date_from=scope.date_from,
                    date_to=scope.date_to,
                ),
                TIMES,
            )
        }

    def _deliveries_query(self, company):
        """SQL of transfers of a company to clients; returns from them are none."""
        return SQL(
            """
            SELECT picking.*
              FROM stock_picking picking
              JOIN stock_location target ON target.id = picking.location_dest_id
             WHERE picking.company_id = %s AND target.usage = 'customer'
            """,
            company.id,
        )

    def _rows(self, query, columns):
        self.env.flush_all()
        return binary_copy.read_rows(self.env.cr, query, columns)
