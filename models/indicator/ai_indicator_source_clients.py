"""Who bought, what was bought, and which quotations became orders."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from ..core.ai_indicator_source import Records

PRESENT = {"entity": "i4", "day": "i4"}
QUOTATIONS = {"day": "i4", "made": "i8", "won": "i8"}
# Younger quotations are not decided.
UNDECIDED_DAYS = 30


class AiIndicatorSource(models.AbstractModel):
    _inherit = "ai.indicator.source"

    @api.model
    def _indicators(self):
        return {
            **super()._indicators(),
            "active_clients": "_read_active",
            "active_products": "_read_active",
            "new_clients": "_read_new",
            "new_products": "_read_new",
            "products": "_read_products",
            "win_rate": "_read_quotations",
        }

    @api.model
    def _records(self):
        orders = Records("sale.order", [("state", "=", "sale")], "date_order")
        lines = Records("sale.order.line", [("state", "=", "sale")], "order_id.date_order")
        return {
            **super()._records(),
            **dict.fromkeys(("active_clients", "new_clients"), orders),
            **dict.fromkeys(("active_products", "new_products"), lines),
            "products": Records("product.product", [("sale_ok", "=", True)]),
            "win_rate": Records("sale.order", [], "create_date", UNDECIDED_DAYS),
        }

    # ------------------------------------------------------------------
    # Clients and products
    # ------------------------------------------------------------------

    @api.model
    def _read_active(self, scope):
        lines = self.env["ai.sales.ledger"]._lines_query(scope)
        return {
            "active_clients": self._present(
                SQL("SELECT DISTINCT partner_id, day - DATE '1970-01-01' FROM (%s) line", lines)
            ),
            "active_products": self._present(
                SQL(
                    "SELECT DISTINCT product_id, day - DATE '1970-01-01' FROM (%s) line"
                    " WHERE product_id IS NOT NULL AND quantity > 0",
                    lines,
                )
            ),
        }

    @api.model
    def _read_new(self, scope):
        products = SQL("line.product_id IS NOT NULL AND line.product_uom_qty > 0")
        return {
            "new_clients": self._first_sales(scope, SQL("partner.commercial_partner_id")),
            "new_products": self._first_sales(scope, SQL("line.product_id"), products),
        }

    def _first_sales(self, scope, entity, condition=None):
        """Those whose first sale ever is in a scope, on that day; it may hold years before it."""
        ledger = self.env["ai.sales.ledger"]
        day = scope.day(SQL("min(so.date_order)"))
        return self._present(
            SQL(
                """
                SELECT %(entity)s, %(day)s - DATE '1970-01-01'
                  FROM sale_order so
                  JOIN res_partner partner ON partner.id = so.partner_id
                  JOIN sale_order_line line ON line.order_id = so.id
                 WHERE so.company_id = %(company)s
                   AND so.state = 'sale'
                   AND %(conditions)s
                   AND %(condition)s
              GROUP BY 1
                HAVING %(day)s BETWEEN %(date_from)s AND %(date_to)s
                """,
                entity=entity,
                day=day,
                company=scope.company.id,
                conditions=ledger._line_conditions(),
                condition=condition or SQL("TRUE"),
                date_from=scope.date_from,
                date_to=scope.date_to,
            )
        )

    def _present(self, query):
        self.env.flush_all()
        return binary_copy.read_rows(self.env.cr, query, PRESENT)

    @api.model
    def _read_products(self, scope):
        """Products for sale today; how many there were in the past nobody wrote down."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT count(*)
                  FROM product_product product
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE product.active AND template.active AND template.sale_ok
                   AND (template.company_id IS NULL OR template.company_id = %s)
                """,
                scope.company.id,
            )
        )
        return {"products": scope.now(self.env.cr.fetchone()[0])}

    # ------------------------------------------------------------------
    # Quotations
    # ------------------------------------------------------------------

    @api.model
    def _read_quotations(self, scope):
        """Quotations on the day on which they are 30 days old.

        Imported ones were made when their order was: ``create_date`` is that of the import.
        """
        made = scope.day(SQL("LEAST(so.create_date, so.date_order)"))
        self.env.flush_all()
        rows = binary_copy.read_rows(
            self.env.cr,
            SQL(
                """
                SELECT day + %(days)s - DATE '1970-01-01', count(*),
                       count(*) FILTER (WHERE state = 'sale')
                  FROM (SELECT %(made)s AS day, so.state
                          FROM sale_order so
                         WHERE so.company_id = %(company)s AND %(only)s) quotation
                 WHERE day BETWEEN %(date_from)s AND %(date_to)s
              GROUP BY 1
                """,
                days=UNDECIDED_DAYS,
                made=made,
                company=scope.company.id,
                only=scope.only("so.id", scope.orders),
                date_from=scope.date_from - timedelta(days=UNDECIDED_DAYS),
                date_to=scope.date_to - timedelta(days=UNDECIDED_DAYS),
            ),
            QUOTATIONS,
        )
        sums = scope.all_sums(rows)
        return {"win_rate": scope.daily(sums["won"], sums["made"])}
