"""What is due for reorder: how many products, and the margin that their usual quantities bring.

    expected margin = Σ usual quantity · max(price − cost, 0) over the products due

price is what this client paid for a unit on average in the last 365 days, discounts deducted and
taxes left out, cost what the product costs today. It is read by supervisors; others see the order
of the calls that follows from it.
"""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ...tools.compat_sql import cost_sql

PRICE_DAYS = 365


class AiClient(models.Model):
    _inherit = "ai.client"

    due_margin = fields.Monetary(
        string="Expected Margin",
        readonly=True,
        groups="smart_recommender.group_call_supervisor",
        help="Margin of what is due for reorder, in the quantities and at the prices usual for "
        "this client.",
    )

    def _call_margins(self):
        """[margin that a call of each client may bring], what orders calls: to be extended."""
        return [client.due_margin for client in self]

    def _due_query(self, company, today, partners):
        """SQL: partner_id, how many products are due for reorder, and their expected margin."""
        return SQL(
            """
            SELECT offer.partner_id, count(*) AS due_product_count,
                   round(sum(offer.typical_quantity::float8
                             * GREATEST(price.price - COALESCE(cost.cost, 0), 0))::numeric,
                         %(decimals)s) AS due_margin
              FROM ai_customer_recommendation offer
         LEFT JOIN (%(prices)s) price
                ON price.partner_id = offer.partner_id
               AND price.product_id = offer.product_id
         LEFT JOIN (%(costs)s) AS cost (product_id, cost) ON cost.product_id = offer.product_id
             WHERE offer.company_id = %(company)s
               AND offer.kind = 'reorder'
               AND %(today)s BETWEEN offer.offer_from AND offer.offer_until
               AND %(is_offered)s
               AND %(only)s
               AND NOT EXISTS (
                   SELECT FROM (%(dismissed)s) gone
                    WHERE gone.partner_id = offer.partner_id
                      AND gone.product_id = offer.product_id)
          GROUP BY offer.partner_id
            """,
            decimals=company.currency_id.decimal_places,
            prices=self.env["ai.sales.extract"]._client_prices_query(
                company, today - timedelta(days=PRICE_DAYS - 1), today, partners
            ),
            costs=cost_sql(company),
            company=company.id,
            today=today,
            is_offered=self.env["ai.suggestion"]
            .sudo()
            ._is_offered(company, SQL("offer.product_id")),
            only=self.env["ai.sales.extract"]._only(SQL("offer.partner_id"), partners),
            dismissed=self.env["ai.customer.dismissal"]._active_query(company),
        )
