"""Sales in money: what was ordered and what was credited, for one company.

Another reader than ``ai.sales.extract``, which counts what clients take out of a basket: here
services, deliveries and rewards below zero count too, for money is money. An order counts on its
day, a posted credit note on its own; those without an order line count as well.

    ordered    lines of confirmed orders: no sections, notes or down payments; untaxed, after
               discounts, at the rate of the order
    credited   product lines of posted credit notes to clients, by invoice date

Raw SQL reads past record rules for who sees all documents; for others ``Scope`` holds what their
own rules leave.
"""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL


class AiSalesLedger(models.AbstractModel):
    _name = "ai.sales.ledger"
    _description = "Sales in Money"

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    @api.model
    def _orders_query(self, scope):
        """SQL of confirmed orders: id, day, rate, partner_id (commercial entity), user_id."""
        start, end = self.env["ai.sales.extract"]._utc_bounds(
            scope.company, scope.date_from, scope.date_to
        )
        return SQL(
            """
            SELECT so.id, %(day)s AS day, COALESCE(NULLIF(so.currency_rate, 0), 1) AS rate,
                   partner.commercial_partner_id AS partner_id, so.user_id
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
             WHERE so.company_id = %(company)s
               AND so.state = 'sale'
               AND so.date_order >= %(start)s
               AND so.date_order < %(end)s
               AND %(only)s
            """,
            day=scope.day(SQL("so.date_order")),
            company=scope.company.id,
            start=start,
            end=end,
            only=scope.only("so.id", scope.orders),
        )

    @api.model
    def _lines_query(self, scope):
        """SQL of what was ordered: order_id, line_id, product_id, partner_id (commercial entity),
        user_id, day, quantity (product's own unit), amount (untaxed, company currency), discount
        (%) and rate (what an amount of the order is divided by).
        """
        return SQL(
            """
            SELECT line.order_id, line.id AS line_id, line.product_id, so.partner_id, so.user_id,
                   so.day, (line.price_subtotal / so.rate)::float8 AS amount,
                   line.product_uom_qty::float8 * %(factor)s AS quantity,
                   COALESCE(line.discount, 0)::float8 AS discount, so.rate
              FROM sale_order_line line
              JOIN (%(orders)s) so ON so.id = line.order_id
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE %(conditions)s
            """,
            factor=self._own_unit(SQL("line.product_uom")),
            orders=self._orders_query(scope),
            conditions=self._line_conditions(),
        )

    @api.model
    def _refunds_query(self, scope):
        """SQL of what was credited: move_id, line_id, product_id, partner_id (commercial entity),
        user_id, day, quantity (product's own unit), amount (company currency, above zero),
        has_sale_line.
        """
        return SQL(
            """
            SELECT line.move_id, line.id AS line_id, line.product_id,
                   move.commercial_partner_id AS partner_id, move.invoice_user_id AS user_id,
                   move.invoice_date AS day, line.balance::float8 AS amount,
                   line.quantity::float8 * %(factor)s AS quantity,
                   EXISTS (SELECT FROM sale_order_line_invoice_rel rel
                            WHERE rel.invoice_line_id = line.id) AS has_sale_line
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE move.company_id = %(company)s
               AND move.move_type = 'out_refund'
               AND move.state = 'posted'
               AND move.invoice_date BETWEEN %(date_from)s AND %(date_to)s
               AND line.display_type = 'product'
               AND %(only)s
            """,
            factor=self._own_unit(SQL("line.product_uom_id")),
            company=scope.company.id,
            date_from=scope.date_from,
            date_to=scope.date_to,
            only=scope.only("move.id", scope.invoices),
        )

    @api.model
    def _order_count_query(self, scope):
        """SQL of the number of orders with a line, by day counted from 1970-01-01."""
        return SQL(
            """
            SELECT so.day - DATE '1970-01-01', count(*)
              FROM (%(orders)s) so
             WHERE EXISTS (SELECT FROM sale_order_line line
                            WHERE line.order_id = so.id AND %(conditions)s)
          GROUP BY 1
            """,
            orders=self._orders_query(scope),
            conditions=self._line_conditions(),
        )

    def _line_conditions(self):
        """Condition on an order line, as line, that it is a sale."""
        return SQL("line.display_type IS NULL AND line.is_downpayment IS NOT TRUE")

    def _own_unit(self, unit):
        """SQL of the factor from a unit to that of the product, as template; units are only
        looked up where they differ."""
        return SQL(
            """
            CASE WHEN %(unit)s IS NULL OR %(unit)s = template.uom_id OR template.uom_id IS NULL
                 THEN 1
                 ELSE (SELECT own_uom.factor::float8 / line_uom.factor::float8
                         FROM uom_uom own_uom, uom_uom line_uom
                        WHERE own_uom.id = template.uom_id AND line_uom.id = %(unit)s) END
            """,
            unit=unit,
        )

    def _net_query(self, scope):
        """SQL of both: product_id, partner_id, day, quantity, amount, below zero where credited,
        and order_id of what was ordered."""
        return SQL(
            """
            SELECT product_id, partner_id, day, quantity, amount, order_id FROM (%s) ordered
         UNION ALL
            SELECT product_id, partner_id, day, -quantity, -amount, NULL FROM (%s) credited
            """,
            self._lines_query(scope),
            self._refunds_query(scope),
        )

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    @api.model
    def _trends(self, scope, step="day"):
        """Sales of each step of the days of a scope, those without any too.

        step : day, week (from Monday on) or month. Returns a list of dicts with date (its first
        day, or that of the scope), quantity, revenue (net of refunds) and orders.
        """
        return _filled(scope, step, self._by_step(scope, step, SQL("TRUE")), None)

    @api.model
    def _product_series(self, scope, product_ids, step="day"):
        """``_trends`` of some product variants: {product id: list of dicts}."""
        ids = list(product_ids)
        sums = self._by_step(scope, step, SQL("product_id = ANY(%s)", ids), by_product=True)
        return {product: _filled(scope, step, sums, product) for product in ids}

    def _by_step(self, scope, step, condition, by_product=False):
        """{(product id or None, first day of a step): (quantity, amount, orders)}."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT %(product)s, date_trunc(%(step)s, day::timestamp)::date,
                       sum(quantity), sum(amount), count(DISTINCT order_id)
                  FROM (%(net)s) net
                 WHERE %(condition)s
              GROUP BY 1, 2
                """,
                product=SQL("product_id") if by_product else SQL("NULL::int"),
                step=step,
                net=self._net_query(scope),
                condition=condition,
            )
        )
        return {(product, day): sums for product, day, *sums in self.env.cr.fetchall()}

    @api.model
    def _top_products(self, scope, by="revenue", limit=10):
        """The product variants that sold most, net of refunds, and the rest.

        by : revenue or quantity. Returns {"rows": [{product_id, name, default_code, uom, quantity,
        revenue, share (of the revenue of all, None where that is not above zero)}], "rest":
        {count, revenue}, "total": {count, revenue}}. Lines without a product are in the rest.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT product_id, sum(quantity), sum(amount)
                  FROM (%(net)s) net
              GROUP BY product_id
              ORDER BY product_id IS NULL, %(order)s DESC NULLS LAST, product_id
                """,
                net=self._net_query(scope),
                order=SQL("3") if by == "revenue" else SQL("2"),
            )
        )
        found = self.env.cr.fetchall()
        total = sum(amount for _product, _quantity, amount in found)
        best = [row for row in found if row[0] and row[1 if by == "quantity" else 2] > 0][:limit]
        products = self.env["product.product"].sudo().browse(row[0] for row in best)
        rows = [
            {
                "product_id": product.id,
                "name": product.with_context(display_default_code=False).display_name,
                "default_code": product.default_code or "",
                "uom": product.uom_id.name,
                "quantity": quantity,
                "revenue": amount,
                "share": amount / total if total > 0 else None,
            }
            for product, (_id, quantity, amount) in zip(products, best, strict=True)
        ]
        return {
            "rows": rows,
            "rest": {
                "count": len(found) - len(best),
                "revenue": total - sum(row["revenue"] for row in rows),
            },
            "total": {"count": len(found), "revenue": total},
        }


def _filled(scope, step, sums, product):
    """A dict for each step, with zeros where nothing was sold."""
    series = []
    for first in _first_days(scope, step):
        quantity, amount, orders = sums.get((product, first), (0.0, 0.0, 0))
        day = max(first, scope.date_from).isoformat()
        series.append({"date": day, "quantity": quantity, "revenue": amount, "orders": orders})
    return series


def _first_days(scope, step):
    """The first day of each step that a scope touches."""
    day = scope.date_from
    if step == "week":
        day -= timedelta(days=day.weekday())
    elif step == "month":
        day = day.replace(day=1)
    while day <= scope.date_to:
        yield day
        if step == "month":
            day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        else:
            day += timedelta(days=7 if step == "week" else 1)
