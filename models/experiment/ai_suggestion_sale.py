"""Attributed revenue: what was sold of products that a click on a suggestion added.

An upper bound of what suggestions bring, for some of it would have been sold without them; what
they bring is for an experiment to say. Of each line, the lesser of what was added and what is left,
at its net price, less its share of the refunds. One row for each line; confirmed orders count.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..suggestion.sale_order_line import KINDS, SOURCES

# What others count: orders confirmed so soon after a click, whole, and before refunds.
PEER_HOURS = 24


class AiSuggestionSale(models.Model):
    _name = "ai.suggestion.sale"
    _description = "Sale of a Suggestion"
    _inherit = ["ai.company.row"]
    _auto = False
    _log_access = False
    _order = "date desc, id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one("sale.order", string="Order", readonly=True)
    date = fields.Datetime(string="Order Date", readonly=True)
    is_confirmed = fields.Boolean(string="Confirmed", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    product_id = fields.Many2one("product.product", string="Product", readonly=True)
    run_id = fields.Many2one("ai.training.run", string="Training Run", readonly=True)
    source = fields.Selection(SOURCES, string="Suggested In", readonly=True)
    kind = fields.Selection(KINDS, string="Kind of Suggestion", readonly=True)
    rank = fields.Integer(readonly=True, group_operator="avg")
    added_qty = fields.Float(
        string="Added", readonly=True, digits="Product Unit of Measure", help="By the click."
    )
    kept_qty = fields.Float(
        string="Sold of It",
        readonly=True,
        digits="Product Unit of Measure",
        help="The lesser of what was added and what the confirmed order holds.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    gross_revenue = fields.Monetary(
        string="Before Refunds", readonly=True, help="Untaxed, of what was sold of it."
    )
    refunded = fields.Monetary(string="Refunds", readonly=True)
    revenue = fields.Monetary(
        string="Attributed Revenue",
        readonly=True,
        help="Untaxed and net of refunds: at most what suggestions brought, for a part of it would "
        "have been sold without them.",
    )
    peer_revenue = fields.Monetary(
        string="Click Within 24 h, Gross",
        readonly=True,
        help="What other recommenders show: the whole order, counted once, where it was confirmed "
        "within 24 hours of a click, whatever was returned later.",
    )

    @property
    def _table_query(self):
        return SQL("(%s)", self._query())

    @api.model
    def _query(self):
        extract = self.env["ai.sales.extract"]
        added = SQL("SELECT order_id FROM sale_order_line WHERE ai_source IS NOT NULL")
        return SQL(
            """
            WITH refund AS (
                SELECT order_line_id, SUM(amount) AS amount FROM (%(refunds)s) each
              GROUP BY order_line_id
            ), added AS (
                SELECT line.*, so.date_order, so.state IN ('sale', 'done') AS is_confirmed,
                       so.partner_id, so.user_id, %(rate)s AS rate, so.amount_untaxed,
                       line.product_uom_qty / line_uom.factor * own_uom.factor AS own_qty,
                       ROW_NUMBER() OVER (PARTITION BY line.order_id ORDER BY line.id) AS place
                  FROM sale_order_line line
                  JOIN sale_order so ON so.id = line.order_id
                  JOIN uom_uom line_uom ON line_uom.id = line.product_uom
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom own_uom ON own_uom.id = template.uom_id
                 WHERE line.ai_source IS NOT NULL
            ), kept AS (
                SELECT added.*,
                       CASE WHEN is_confirmed AND own_qty > 0
                            THEN LEAST(ai_added_qty, own_qty) ELSE 0 END AS kept_qty
                  FROM added
            ), valued AS (
                SELECT kept.*,
                       CASE WHEN kept_qty > 0
                            THEN price_subtotal / rate * kept_qty / own_qty ELSE 0
                       END AS gross_revenue,
                       CASE WHEN kept_qty > 0
                            THEN COALESCE(refund.amount, 0) * kept_qty / own_qty ELSE 0
                       END AS refunded
                  FROM kept
             LEFT JOIN refund ON refund.order_line_id = kept.id
            )
            SELECT id, company_id, order_id, date_order AS date, is_confirmed,
                   partner_id, user_id, product_id, ai_run_id AS run_id,
                   ai_source AS source, ai_kind AS kind, ai_rank AS rank,
                   ai_added_qty AS added_qty, kept_qty, gross_revenue, refunded,
                   gross_revenue - refunded AS revenue,
                   CASE WHEN is_confirmed AND place = 1
                             AND date_order <= create_date + %(hours)s * interval '1 hour'
                        THEN amount_untaxed / rate ELSE 0
                   END AS peer_revenue
              FROM valued
            """,
            refunds=extract._line_refunds_query(added),
            rate=extract._order_rate(),
            hours=PEER_HOURS,
        )
