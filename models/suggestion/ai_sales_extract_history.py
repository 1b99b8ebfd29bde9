"""What one client bought before, and how much of it at a time.

Unlike training, this is read while somebody waits, and shown to whoever makes the quotation, who
may see own documents only. **What is told of orders that the user may not read**: that this client
bought a product in so many orders of the history window, how much of it usually, and (by
:mod:`.ai_suggestion_offers`) at which rhythm; and this only of products with at least
``LEAST_TOLD`` orders, so that no figure is that of one order. Never told are the orders themselves,
who sold them, their days, prices, amounts and other contents.

Who subtracts own orders learns in how many of colleagues' orders the product was, and with two own
orders of three may reckon how much the third one held; who subtracts the interval from the day when
a product is due learns the day of the last purchase. A client whom the user may read is one whom
the user may serve: an offer without these would make the user ask what a colleague knows already.

Of products with fewer orders the user's own count alone, and the count says so (``is_partial``).
"""

from odoo import api, models
from odoo.tools import SQL

from ..core.ai_sales_extract import MOST_HISTORY_ORDERS

# Figures of fewer orders could be those of one.
LEAST_TOLD = 3
# The usual quantity is the median of so many last orders: older ones say what it was once.
RECENT_ORDERS = 8


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _customer_history_query(self, company, partner):
        """SQL of what a customer bought before, as far as the user may know.

        Columns: product_id; order_count, orders with it; is_partial, whether these are only those
        that the user may read; usual_quantity, median of the last RECENT_ORDERS of them, in the
        product's own unit.

        The customer is the whole commercial entity; the window is that of training, and who ordered
        more than MOST_HISTORY_ORDERS times in it has no history.
        """
        date_from, date_to = self._window(company)
        start, _end = self._utc_bounds(company, date_from, date_to)
        readable = self.env["sale.order.line"]._search([("company_id", "=", company.id)])
        # The few orders of the customer come first: whatever the database knows of its tables, the
        # lines are then looked up by order.
        readable.add_where("sale_order_line.order_id = ANY(ARRAY(SELECT id FROM orders))")
        # A delivery is on every order and no wish of the customer's.
        services = SQL("TRUE") if company.ai_include_services else SQL("template.type <> 'service'")
        return SQL(
            """
            WITH placed AS MATERIALIZED (
                SELECT sale_order.id, sale_order.date_order
                  FROM sale_order
                  JOIN res_partner partner ON partner.id = sale_order.partner_id
                 WHERE partner.commercial_partner_id = %(customer)s
                   AND sale_order.company_id = %(company)s
                   AND sale_order.state = 'sale'
                   AND sale_order.date_order >= %(start)s
                 LIMIT %(most)s + 1
            ),
            orders AS MATERIALIZED (
                SELECT * FROM placed WHERE (SELECT count(*) FROM placed) <= %(most)s
            ),
            bought AS (
                SELECT sol.product_id, sol.order_id, orders.date_order,
                       sum(sol.product_uom_qty::float8
                           * CASE WHEN sol.product_uom = own_uom.id THEN 1
                                  ELSE own_uom.factor::float8 / line_uom.factor::float8 END
                       ) AS quantity,
                       bool_or(sol.id IN (%(readable)s)) AS is_readable
                  FROM sale_order_line sol
                  JOIN orders ON orders.id = sol.order_id
                  JOIN product_product product ON product.id = sol.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom own_uom ON own_uom.id = template.uom_id
                  JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
                 WHERE sol.order_id = ANY(ARRAY(SELECT id FROM orders))
                   AND sol.product_uom_qty > 0
                   AND %(services)s
                   AND %(line_conditions)s
              GROUP BY sol.product_id, sol.order_id, orders.date_order
            ),
            counted AS (
                SELECT *, count(*) OVER of_product AS order_count,
                       bool_and(is_readable) OVER of_product AS is_all_readable
                  FROM bought
                WINDOW of_product AS (PARTITION BY product_id)
            ),
            told AS (
                SELECT product_id, quantity,
                       NOT is_all_readable AND order_count < %(least)s AS is_partial,
                       row_number() OVER (
                           PARTITION BY product_id ORDER BY date_order DESC, order_id DESC
                       ) AS turn
                  FROM counted
                 WHERE is_readable OR order_count >= %(least)s
            )
            SELECT product_id, count(*) AS order_count, bool_or(is_partial) AS is_partial,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY quantity)
                       FILTER (WHERE turn <= %(recent)s) AS usual_quantity
              FROM told
          GROUP BY product_id
            """,
            start=start,
            readable=readable.subselect(),
            services=services,
            line_conditions=SQL(" AND ").join(self._line_conditions(company)),
            customer=partner.commercial_partner_id.id,
            company=company.id,
            most=MOST_HISTORY_ORDERS,
            least=LEAST_TOLD,
            recent=RECENT_ORDERS,
        )
