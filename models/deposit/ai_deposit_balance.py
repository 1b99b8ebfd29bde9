"""Which containers are at which clients, since when, and which of them are late.

    held        what stock moves took to a client less what they brought back, by commercial entity;
                a line of a confirmed order without any stock move counts by itself, on its day
    first in,   what comes back settles the oldest deliveries; the rest of each is due so many days
    first out   after it, in the company's time zone

Below zero, more came back than went out. The stock of the clients' location would not do: all
clients share one. Read live, in one statement.
"""

from odoo import api, fields, models
from odoo.tools import SQL

LATENESS = [
    ("over", "More Came Back"),
    ("due", "Not Due Yet"),
    ("late_30", "Up to 30 Days Late"),
    ("late_90", "31 to 90 Days Late"),
    ("late_more", "More Than 90 Days Late"),
]


class AiDepositBalance(models.Model):
    _name = "ai.deposit.balance"
    _description = "Containers at a Client"
    _inherit = ["ai.company.row"]
    _auto = False
    _log_access = False
    _order = "due_date, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        readonly=True,
        help="The commercial entity: what its contacts were delivered counts too.",
    )
    container_id = fields.Many2one(
        "ai.deposit.container", string="Returnable Container", readonly=True
    )
    product_id = fields.Many2one("product.product", string="Container", readonly=True)
    operator_id = fields.Many2one("res.users", string="Operator in Charge", readonly=True)
    quantity = fields.Float(string="Held", readonly=True, digits="Product Unit of Measure")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit of Measure")
    late_quantity = fields.Float(
        string="Of These Late", readonly=True, digits="Product Unit of Measure"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    value = fields.Monetary(readonly=True, help="At the deposit of today.")
    late_value = fields.Monetary(readonly=True, help="At the deposit of today.")
    oldest_date = fields.Date(
        string="Out Since", readonly=True, help="Day of the oldest delivery that is not settled."
    )
    due_date = fields.Date(string="Due Back", readonly=True, help="Of the oldest ones.")
    days_late = fields.Integer(
        readonly=True, group_operator="max", help="Of the oldest ones; below zero: not due yet."
    )
    lateness = fields.Selection(LATENESS, readonly=True)
    last_return_date = fields.Date(string="Last Return", readonly=True)

    @property
    def _table_query(self):
        return SQL("(%s)", self._query())

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_sheet(self):
        """The client sheet of the client. Operators only."""
        self.ensure_one()
        return self.partner_id.action_open_client_sheet()

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    @api.model
    def _late(self, company):
        """What clients of a company should have brought back already, the latest first.

        Returns list of dicts, one for each client and container: partner_id (commercial entity),
        operator_id (in charge, or None), container_id, product_id, quantity (of these late, in the
        container's own unit), value (its deposit, in the company's currency), due_date (of the
        oldest one) and days_late.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT partner_id, operator_id, container_id, product_id,
                       late_quantity AS quantity, late_value AS value, due_date, days_late
                  FROM (%s) AS balance
                 WHERE late_quantity > 0
              ORDER BY due_date, partner_id, container_id
                """,
                self._query(company),
            )
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _of_client(self, company, entity):
        """What one commercial entity holds, the oldest due date first.

        Returns list of dicts with the columns of ``_query``, and the names of container and unit in
        the user's language.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT balance.*,
                       COALESCE(template.name ->> %(lang)s, template.name ->> 'en_US') AS name,
                       COALESCE(uom.name ->> %(lang)s, uom.name ->> 'en_US') AS uom
                  FROM (%(balance)s) AS balance
                  JOIN product_product product ON product.id = balance.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom uom ON uom.id = template.uom_id
              ORDER BY balance.due_date NULLS LAST, balance.id
                """,
                lang=self.env.lang or "en_US",
                balance=self._query(company, entity),
            )
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _held(self, container, partner):
        """How many of a container a partner's commercial entity holds, in the container's unit."""
        rows = self._of_client(container.company_id, partner.commercial_partner_id)
        return sum(row["quantity"] for row in rows if row["container_id"] == container.id)

    # ------------------------------------------------------------------
    # The statement
    # ------------------------------------------------------------------

    @api.model
    def _query(self, company=None, entity=None):
        """SQL of the stored columns. company, entity : only of this company, of this client."""
        return SQL(
            """
            WITH container AS (%(containers)s),
                 flow AS (%(moves)s UNION ALL %(lines)s),
                 standing AS (
                     SELECT flow.*,
                            sum(GREATEST(quantity, 0)) OVER (
                                PARTITION BY container_id, partner_id ORDER BY moment, id
                            ) - sum(GREATEST(-quantity, 0)) OVER (
                                PARTITION BY container_id, partner_id
                            ) AS unsettled
                       FROM flow
                 ),
                 dated AS (
                     -- What is left of each delivery when the oldest are settled first.
                     SELECT standing.*, GREATEST(LEAST(quantity, unsettled), 0) AS left_over,
                            %(local_day)s AS day
                       FROM standing
                       JOIN container ON container.id = standing.container_id
                 ),
                 balance AS (
                     SELECT dated.container_id, dated.partner_id, min(dated.id) AS id,
                            sum(dated.quantity) AS quantity,
                            sum(dated.left_over) FILTER (
                                WHERE dated.day + container.days < container.today
                            ) AS late_quantity,
                            min(dated.day) FILTER (WHERE dated.left_over > 0) AS oldest_date,
                            max(dated.day) FILTER (WHERE dated.quantity < 0) AS last_return_date
                       FROM dated
                       JOIN container ON container.id = dated.container_id
                   GROUP BY dated.container_id, dated.partner_id
                     HAVING sum(dated.quantity) <> 0
                 )
            SELECT balance.id::int4 AS id, container.company_id, balance.partner_id, container.id
                       AS container_id, container.product_id, partner.ai_operator_id AS operator_id,
                   balance.quantity::float8 AS quantity,
                   COALESCE(balance.late_quantity, 0)::float8 AS late_quantity,
                   (balance.quantity * container.value)::float8 AS value,
                   (COALESCE(balance.late_quantity, 0) * container.value)::float8 AS late_value,
                   balance.oldest_date, balance.last_return_date,
                   balance.oldest_date + container.days AS due_date,
                   container.today - balance.oldest_date - container.days AS days_late,
                   CASE WHEN balance.quantity < 0 THEN 'over'
                        WHEN container.today - balance.oldest_date - container.days <= 0 THEN 'due'
                        WHEN container.today - balance.oldest_date - container.days <= 30
                        THEN 'late_30'
                        WHEN container.today - balance.oldest_date - container.days <= 90
                        THEN 'late_90'
                        ELSE 'late_more' END AS lateness
              FROM balance
              JOIN container ON container.id = balance.container_id
              JOIN res_partner partner ON partner.id = balance.partner_id
            """,
            containers=self._containers_query(company),
            moves=self._moves_query(entity),
            lines=self._lines_query(entity),
            local_day=SQL("(standing.moment AT TIME ZONE 'UTC' AT TIME ZONE container.zone)::date"),
        )

    def _containers_query(self, company):
        return SQL(
            """
            SELECT container.*, zone.name AS zone,
                   (%(now)s AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date AS today
              FROM ai_deposit_container container
        CROSS JOIN LATERAL (SELECT %(zone)s AS name) AS zone
             WHERE %(only)s
            """,
            zone=self.env["ai.sales.extract"]._zone_sql(SQL("container.company_id")),
            now=fields.Datetime.now(),
            only=SQL("container.company_id = %s", company.id) if company else SQL("TRUE"),
        )

    def _moves_query(self, entity):
        """SQL of what stock moves took to clients and, below zero, brought back."""
        return SQL(
            """
            SELECT 2 * line.id AS id, container.id AS container_id,
                   partner.commercial_partner_id AS partner_id, line.date AS moment,
                   CASE WHEN target.usage = 'customer' THEN line.quantity_product_uom
                        ELSE -line.quantity_product_uom END::numeric AS quantity
              FROM container
              JOIN stock_move_line line
                ON line.product_id = container.product_id
               AND line.company_id = container.company_id
               AND line.state = 'done'
              JOIN stock_move move ON move.id = line.move_id
         LEFT JOIN stock_picking picking ON picking.id = move.picking_id
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location target ON target.id = line.location_dest_id
              JOIN res_partner partner
                ON partner.id = COALESCE(picking.partner_id, move.partner_id)
             WHERE (source.usage = 'customer') <> (target.usage = 'customer')
               AND %s
               AND %s
            """,
            self._only(entity),
            self._only_moves(entity),
        )

    def _only_moves(self, entity):
        """What lets PostgreSQL go from a client to its moves instead of looking through all."""
        if not entity:
            return SQL("TRUE")
        return SQL(
            """
            move.id IN (
                SELECT own.id
                  FROM res_partner member
                  JOIN stock_move own ON own.partner_id = member.id
                 WHERE member.commercial_partner_id = %(entity)s
                 UNION
                SELECT own.id
                  FROM res_partner member
                  JOIN stock_picking transfer ON transfer.partner_id = member.id
                  JOIN stock_move own ON own.picking_id = transfer.id
                 WHERE member.commercial_partner_id = %(entity)s
            )
            """,
            entity=entity.id,
        )

    def _lines_query(self, entity):
        """SQL of confirmed order lines that no stock move stands for, as those of a history that
        was loaded; below zero, of what was refunded."""
        return SQL(
            """
            SELECT 2 * line.id + 1 AS id, container.id AS container_id,
                   partner.commercial_partner_id AS partner_id, so.date_order AS moment,
                   (line.product_uom_qty
                    * CASE WHEN line_uom.id = own_uom.id THEN 1
                           ELSE own_uom.factor / line_uom.factor END)::numeric AS quantity
              FROM container
              JOIN sale_order_line line
                ON line.product_id = container.product_id
               AND line.company_id = container.company_id
              JOIN sale_order so ON so.id = line.order_id AND so.state = 'sale'
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own_uom ON own_uom.id = template.uom_id
              JOIN uom_uom line_uom ON line_uom.id = line.product_uom
              JOIN res_partner partner
                ON partner.id = COALESCE(so.partner_shipping_id, so.partner_id)
             WHERE line.product_uom_qty <> 0
               AND NOT EXISTS (SELECT FROM stock_move move WHERE move.sale_line_id = line.id)
               AND %s
            """,
            self._only(entity),
        )

    def _only(self, entity):
        if not entity:
            return SQL("TRUE")
        return SQL("partner.commercial_partner_id = %s", entity.id)
