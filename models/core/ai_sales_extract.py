"""The only reader of sales history.

A sale is a line of a confirmed order: product, customer and the quantity that the customer kept,
in the product's own unit. Left out are cancelled orders and quotations, orders dated in the
future, section and note lines, down payments, re-invoiced expenses, deliveries, rewards, services
(a setting), gifts (a setting) and what the company excludes. Archived products stay: they explain
old baskets.

Kept quantity = ordered − refunded, where a posted credit note counts as a refund unless it only
corrected an invoice: invoicing 10, crediting 10 and invoicing 10 again leaves 10 sold, so that
refunds first eat what was invoiced beyond the order.

Record rules would hide other salespeople's orders and make training depend on who asks. That is
why this model, and this model alone, reads with raw SQL past them, always for one named company.
"""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy, replica

# With more orders than this a customer is a shop counter ("walk-in customer") and not a person:
# what it bought says nothing about who stands there, and counting it would keep the tab waiting.
MOST_HISTORY_ORDERS = 500
ORDER_COLUMNS = {"order_id": "i4", "customer_id": "i4", "date": "i8"}
ITEM_COLUMNS = {"order_id": "i4", "product_id": "i4", "quantity": "f8"}


class AiSalesExtract(models.AbstractModel):
    _name = "ai.sales.extract"
    _description = "Sales History Reader"

    @api.model
    def _window(self, company):
        """First and last day (dates, inclusive) of the company's history window.

        Days are those of the company's time zone; the last one is today.
        """
        today = self._local_now(company).date()
        return today - timedelta(days=company.ai_history_days - 1), today

    @api.model
    @replica.history
    def _order_items(self, company, date_from, date_to):
        """What was sold on each order of a company.

        date_from, date_to : first and last day in the company's time zone, inclusive.
        Returns DataFrame with the columns order_id, customer_id, product_id (int64), date
        (datetime64, UTC) and quantity (float64, product's own unit, negative for refund orders),
        a row for each order line, in no certain order.
        """
        import numpy as np  # heavy: only training pays for it
        import pandas as pd

        self.env.flush_all()
        cr, window = replica.cursor(self.env), (company, date_from, date_to)
        # What belongs to the order is read once an order and not once a line.
        orders = binary_copy.read_rows(cr, self._orders_query(*window), ORDER_COLUMNS)
        items = binary_copy.read_rows(cr, self._order_items_query(*window), ITEM_COLUMNS)
        by_id = np.argsort(orders["order_id"])
        order = by_id[np.searchsorted(orders["order_id"], items["order_id"], sorter=by_id)]
        return pd.DataFrame(
            {
                "order_id": items["order_id"].astype(np.int64),
                "customer_id": orders["customer_id"][order].astype(np.int64),
                "product_id": items["product_id"].astype(np.int64),
                "date": orders["date"].astype("datetime64[us]")[order],
                "quantity": items["quantity"],
            }
        )

    def _orders_query(self, company, date_from, date_to):
        """SQL of the confirmed orders: id, commercial entity, microseconds since 1970."""
        start, end = self._utc_bounds(company, date_from, date_to)
        return SQL(
            """
            SELECT so.id, partner.commercial_partner_id,
                   (date_part('epoch', so.date_order) * 1000000)::int8
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
             WHERE so.company_id = %s
               AND so.state = 'sale'
               AND so.date_order >= %s
               AND so.date_order < %s
            """,
            company.id,
            start,
            end,
        )

    def _order_items_query(self, company, date_from, date_to):
        """SQL of ``_order_items``.

        Orders and products are looked up first and held, so that a million lines pass three joins
        and not seven; units are only looked up for lines in another unit than the product's.
        """
        start, end = self._utc_bounds(company, date_from, date_to)
        return SQL(
            """
            WITH so AS MATERIALIZED (
                SELECT id
                  FROM sale_order
                 WHERE company_id = %(company)s
                   AND state = 'sale'
                   AND date_order >= %(start)s
                   AND date_order < %(end)s
            ),
            item AS MATERIALIZED (
                SELECT product.id, uom.id AS uom_id, uom.factor::float8 AS factor
                  FROM product_product product
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom uom ON uom.id = template.uom_id
                 WHERE %(product_conditions)s
            )
            SELECT sol.order_id, sol.product_id,
                   -- GREATEST ignores NULL: a line without credit notes loses nothing. Floating
                   -- point takes half the time of numeric.
                   (sol.product_uom_qty::float8
                    - GREATEST(0, invoice.refunded
                                  - GREATEST(0, invoice.invoiced - sol.product_uom_qty::float8))
                   ) * CASE WHEN sol.product_uom = item.uom_id THEN 1
                            ELSE item.factor / (SELECT uom.factor::float8 FROM uom_uom uom
                                                 WHERE uom.id = sol.product_uom) END
              FROM sale_order_line sol
              JOIN so ON so.id = sol.order_id
              JOIN item ON item.id = sol.product_id
         LEFT JOIN (%(invoiced)s) invoice ON invoice.order_line_id = sol.id
             WHERE %(line_conditions)s
            """,
            invoiced=self._invoiced_query(company),
            company=company.id,
            start=start,
            end=end,
            product_conditions=SQL(" AND ").join(self._product_conditions(company)),
            line_conditions=SQL(" AND ").join(self._line_conditions(company)),
        )

    def _invoice_lines(self):
        """SQL after FROM: invoice lines with their moves, order lines, and the units of both."""
        return SQL(
            """
            sale_order_line_invoice_rel rel
              JOIN account_move_line line ON line.id = rel.invoice_line_id
              JOIN account_move move ON move.id = line.move_id
              JOIN sale_order_line order_line ON order_line.id = rel.order_line_id
              JOIN uom_uom order_uom ON order_uom.id = order_line.product_uom
              JOIN uom_uom invoice_uom
                ON invoice_uom.id = COALESCE(line.product_uom_id, order_line.product_uom)
            """
        )

    def _invoiced_query(self, company):
        """Invoiced and refunded quantity of each order line, in the unit of that line."""
        return self._invoiced_where(SQL("order_line.company_id = %s", company.id))

    def _invoiced_where(self, condition):
        """``_invoiced_query`` of order lines that meet a condition over order_line."""
        return SQL(
            """
            SELECT rel.order_line_id,
                   SUM(CASE WHEN move.move_type = 'out_refund' THEN line.quantity ELSE 0 END
                       / invoice_uom.factor * order_uom.factor)::float8 AS refunded,
                   SUM(CASE WHEN move.move_type = 'out_invoice' THEN line.quantity ELSE 0 END
                       / invoice_uom.factor * order_uom.factor)::float8 AS invoiced
              FROM %(lines)s
             WHERE move.state = 'posted'
               AND move.move_type IN ('out_invoice', 'out_refund')
               AND %(condition)s
          GROUP BY rel.order_line_id
            HAVING bool_or(move.move_type = 'out_refund')
            """,
            lines=self._invoice_lines(),
            condition=condition,
        )

    def _line_conditions(self, company):
        """SQL conditions over sale_order_line as sol; modules may add theirs."""
        conditions = [
            SQL("sol.display_type IS NULL"),
            SQL("sol.is_downpayment IS NOT TRUE"),
            SQL("sol.is_expense IS NOT TRUE"),
        ]
        line_fields = self.env["sale.order.line"]._fields
        # Columns of modules that we do not depend on: delivery and sale_loyalty.
        if "is_delivery" in line_fields:
            conditions.append(SQL("sol.is_delivery IS NOT TRUE"))
        if "reward_id" in line_fields:
            conditions.append(SQL("sol.reward_id IS NULL"))
        if company.ai_exclude_free:
            conditions.append(SQL("sol.price_unit <> 0"))
        return conditions

    def _product_conditions(self, company):
        """SQL conditions over product and template; modules may add theirs."""
        conditions = [
            SQL(
                "(template.company_id IS NULL OR template.company_id IN %s)",
                tuple(company.sudo().parent_ids.ids),
            )
        ]
        if not company.ai_include_services:
            conditions.append(SQL("template.type <> 'service'"))
        excluded = self._excluded_product_ids(company)
        if excluded:
            conditions.append(SQL("product.id NOT IN %s", tuple(excluded)))
        return conditions

    @api.model
    def _excluded_product_ids(self, company):
        return (
            self.env["product.product"]
            .sudo()
            .with_context(active_test=False)
            .search(company.sudo()._ai_is_excluded_product_domain())
            .ids
        )

    @api.model
    def _order_rate(self):
        """What an amount of an order, as so, is divided by to be in company currency."""
        return SQL("COALESCE(NULLIF(so.currency_rate, 0), 1)")

    @api.model
    def _utc_bounds(self, company, date_from, date_to):
        """UTC datetimes (naive, start inclusive, end exclusive) of local days; never after now."""
        zone = self._time_zone(company)
        start = zone.localize(datetime.combine(date_from, time.min))
        end = zone.localize(datetime.combine(date_to + timedelta(days=1), time.min))
        return (
            start.astimezone(pytz.utc).replace(tzinfo=None),
            # Orders of this very second count: the order confirmed just before training.
            min(
                end.astimezone(pytz.utc).replace(tzinfo=None),
                fields.Datetime.now() + timedelta(seconds=1),
            ),
        )

    @api.model
    def _local_now(self, company):
        return pytz.utc.localize(fields.Datetime.now()).astimezone(self._time_zone(company))

    @api.model
    def _zone_sql(self, company):
        """SQL of the name of a company's time zone (:meth:`_time_zone`). company : SQL of its id.
        No join: what a statement does not ask for costs it nothing."""
        return SQL(
            """(SELECT COALESCE(NULLIF(calendar.tz, ''), NULLIF(partner.tz, ''), 'UTC')
                  FROM res_company zoned
                  JOIN res_partner partner ON partner.id = zoned.partner_id
             LEFT JOIN resource_calendar calendar ON calendar.id = zoned.resource_calendar_id
                 WHERE zoned.id = %s)""",
            company,
        )

    @api.model
    def _time_zone(self, company):
        company = company.sudo()
        return pytz.timezone(company.resource_calendar_id.tz or company.partner_id.tz or "UTC")
