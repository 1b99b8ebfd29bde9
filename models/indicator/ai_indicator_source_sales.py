"""Sales in money by day: statements for order lines, orders, credit notes and costs."""

import numpy as np

from odoo import _, api, models
from odoo.tools import SQL

from ...tools import binary_copy, compat, compat_sql
from ..core.ai_indicator_source import Records

LINE_COLUMNS = {"day": "i4", "amount": "f8", "off": "f8", "goods": "f8", "pieces": "f8"}
ORDER_COLUMNS = {"day": "i4", "orders": "i8"}
REFUND_COLUMNS = {"day": "i4", "amount": "f8", "alone": "f8"}
MARGIN_COLUMNS = {"day": "i4", "revenue": "f8", "cost": "f8"}
PRODUCT_COLUMNS = {"entity": "i4", "day": "i4", "amount": "f8"}
# Products whose share of the revenue is told.
BEST = 10
SALES_CODES = (
    "revenue",
    "revenue_growth",
    "average_order_value",
    "refund_rate",
    "discount_rate",
    "orders",
    "order_growth",
    "average_price",
)


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {
            **super()._indicators(),
            **dict.fromkeys(SALES_CODES, "_read_sales"),
            "gross_margin": "_read_margin",
            "revenue_by_product": "_read_best_products",
        }

    @api.model
    def _records(self):
        orders = Records("sale.order", [("state", "=", "sale")], "date_order")
        credited = [("move_type", "=", "out_refund"), ("state", "=", "posted")]
        return {
            **super()._records(),
            **dict.fromkeys((*SALES_CODES, "gross_margin", "revenue_by_product"), orders),
            "discount_rate": Records(
                "sale.order.line",
                [("state", "=", "sale"), ("discount", ">", 0)],
                "order_id.date_order",
            ),
            "refund_rate": Records("account.move", credited, "invoice_date"),
        }

    @api.model
    def _notes(self):
        return {
            **super()._notes(),
            "revenue": "_note_revenue",
            "gross_margin": "_note_margin",
        }

    def _note_revenue(self, aside, company):
        if not aside:
            return ""
        amount = company.currency_id.format(aside)
        return _("Credit notes of %s name no order; they are deducted.", amount)

    def _note_margin(self, aside, company):  # noqa: ARG002
        if self._has_kept_cost():
            return _("At the cost that order lines keep.")
        return _("At the cost of deliveries; today's cost of what was not delivered.")

    @api.model
    def _read_sales(self, scope):
        """Series of SALES_CODES by day; the growth of two is for the reader to tell."""
        cr, ledger = self.env.cr, self.env["ai.sales.ledger"]
        self.env.flush_all()
        lines = binary_copy.read_rows(cr, self._line_sums_query(scope), LINE_COLUMNS)
        orders = binary_copy.read_rows(cr, ledger._order_count_query(scope), ORDER_COLUMNS)
        refunds = binary_copy.read_rows(cr, self._refund_sums_query(scope), REFUND_COLUMNS)
        sold, credited = scope.all_sums(lines), scope.all_sums(refunds)
        count = scope.sums(orders["day"], orders["orders"])
        off = sold["off"] + self._given_away(scope)
        return {
            "revenue": scope.daily(sold["amount"] - credited["amount"], aside=credited["alone"]),
            "average_order_value": scope.daily(sold["amount"], count),
            "refund_rate": scope.daily(credited["amount"], sold["amount"]),
            "discount_rate": scope.daily(off, sold["amount"] + off),
            "orders": scope.daily(count),
            "average_price": scope.daily(sold["goods"], sold["pieces"]),
        }

    @api.model
    def _read_margin(self, scope):
        """Revenue less cost by day; what is credited takes its cost back."""
        self.env.flush_all()
        rows = binary_copy.read_rows(self.env.cr, self._margin_query(scope), MARGIN_COLUMNS)
        sums = scope.all_sums(rows)
        return {"gross_margin": scope.daily(sums["revenue"] - sums["cost"], sums["revenue"])}

    @api.model
    def _read_best_products(self, scope):
        """Net revenue of each product variant by day; what has no product is one of them."""
        self.env.flush_all()
        query = SQL(
            """
            SELECT COALESCE(product_id, 0), day - DATE '1970-01-01', sum(amount)
              FROM (%s) net
          GROUP BY 1, 2
            """,
            self.env["ai.sales.ledger"]._net_query(scope),
        )
        rows = binary_copy.read_rows(self.env.cr, query, PRODUCT_COLUMNS)
        return {"revenue_by_product": {**rows, "most": BEST}}

    # ------------------------------------------------------------------
    # Statements
    # ------------------------------------------------------------------

    def _line_sums_query(self, scope):
        """SQL by day: untaxed amount, what discounts took off, and the amount and pieces of lines
        that sold a product."""
        return SQL(
            """
            SELECT day - DATE '1970-01-01', sum(amount),
                   sum(CASE WHEN discount < 100 THEN amount * discount / (100 - discount)
                            ELSE 0 END),
                   COALESCE(sum(amount) FILTER (WHERE quantity > 0 AND product_id > 0), 0),
                   COALESCE(sum(quantity) FILTER (WHERE quantity > 0 AND product_id > 0), 0)
              FROM (%s) line
          GROUP BY 1
            """,
            self.env["ai.sales.ledger"]._lines_query(scope),
        )

    def _refund_sums_query(self, scope):
        """SQL by day: what was credited, and how much of it names no order line."""
        return SQL(
            """
            SELECT day - DATE '1970-01-01', sum(amount),
                   COALESCE(sum(amount) FILTER (WHERE NOT has_sale_line), 0)
              FROM (%s) refund
          GROUP BY 1
            """,
            self.env["ai.sales.ledger"]._refunds_query(scope),
        )

    def _margin_query(self, scope):
        """SQL by day: net revenue, and what it cost."""
        ledger = self.env["ai.sales.ledger"]
        return SQL(
            """
            SELECT item.day - DATE '1970-01-01', sum(item.amount),
                   COALESCE(sum(item.quantity * COALESCE(%(unit_cost)s)), 0)
              FROM (SELECT day, amount, quantity, product_id, line_id
                      FROM (%(lines)s) line
                 UNION ALL
                    SELECT day, -amount, -quantity, product_id,
                           (SELECT min(rel.order_line_id) FROM sale_order_line_invoice_rel rel
                             WHERE rel.invoice_line_id = refund.line_id)
                      FROM (%(refunds)s) refund) item
                   %(costs)s
          GROUP BY 1
            """,
            unit_cost=self._unit_cost(),
            lines=ledger._lines_query(scope),
            refunds=ledger._refunds_query(scope),
            costs=self._cost_joins(scope, SQL("item.line_id"), SQL("item.product_id")),
        )

    def _unit_cost(self):
        """SQL of what a unit of the product costs, best known first."""
        kept = SQL("kept.cost, ") if self._has_kept_cost() else SQL()
        return SQL("%sdelivered.cost, today.cost, 0", kept)

    def _cost_joins(self, scope, line_id, product_id):
        """SQL of joins with the cost of a unit of the product in the company's currency: kept on
        the order line (module sale_margin), of its delivery in the stock valuation, today's.
        """
        kept = SQL()
        if self._has_kept_cost():
            kept = SQL(
                "LEFT JOIN (%s) kept ON kept.line_id = %s", self._kept_cost_query(scope), line_id
            )
        return SQL(
            """
         %(kept)s
         LEFT JOIN (SELECT sale_line_id AS line_id, sum(cost) / sum(quantity) AS cost
                      FROM (%(flows)s) flow
                     WHERE sale_line_id IS NOT NULL
                  GROUP BY 1
                    HAVING sum(quantity) > 0) delivered ON delivered.line_id = %(line)s
         LEFT JOIN (%(today)s) today(product_id, cost) ON today.product_id = %(product)s
            """,
            kept=kept,
            flows=compat_sql.valuation_flows_sql(scope.company),
            today=compat_sql.cost_sql(scope.company),
            line=line_id,
            product=product_id,
        )

    def _has_kept_cost(self):
        return "purchase_price" in self.env["sale.order.line"]._fields

    def _kept_cost_query(self, scope):
        """SQL of the cost that order lines keep, for a unit of the product. Zero is unknown."""
        ledger = self.env["ai.sales.ledger"]
        return SQL(
            """
            SELECT line.id AS line_id,
                   NULLIF(line.purchase_price, 0)::float8
                   / COALESCE(NULLIF(so.currency_rate, 0), 1)::float8 / %(factor)s AS cost
              FROM sale_order_line line
              JOIN sale_order so ON so.id = line.order_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE so.company_id = %(company)s
            """,
            factor=ledger._own_unit(SQL("line.product_uom")),
            company=scope.company.id,
        )

    def _given_away(self, scope):
        """What discounts of 100 % took off, by day: the untaxed amount before them, which no
        subtotal tells any more."""
        self.env.cr.execute(
            SQL(
                "SELECT line_id, day - DATE '1970-01-01', rate FROM (%s) line"
                " WHERE discount >= 100 AND quantity > 0",
                self.env["ai.sales.ledger"]._lines_query(scope),
            )
        )
        found = self.env.cr.fetchall()
        lines = self.env["sale.order.line"].sudo().browse(row[0] for row in found)
        amounts = [
            compat.untaxed(line, line.price_unit) / rate
            for line, (_id, _day, rate) in zip(lines, found, strict=True)
        ]
        day = np.array([row[1] for row in found], np.int64)
        return scope.sums(day, np.array(amounts, np.float64))
