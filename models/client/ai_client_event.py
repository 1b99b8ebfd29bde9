"""The history of clients: what was done for a client or by an operator, in one list.

Nothing is kept twice: each kind of event is a query over the records that have it, and all are read
as one table. A subject adds kinds by extending the selection ``kind``, ``_event_queries`` and
``_depends``, and a filter in the view ``ai_client_event_view_search``.

The queries read past record rules: supervisors of the call center see all that was done in their
companies, as on the client sheet. What they may not read otherwise opens the sheet of its client.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.compat import permitted
from ...tools.compat_sql import client_payments_sql

# Rows of all kinds have ids of their own: the record's, and which of so many kinds it is.
MOST_KINDS = 64
MAIL_TYPES = ("email", "email_outgoing", "comment", "auto_comment")


class AiClientEvent(models.Model):
    _name = "ai.client.event"
    _description = "Event of a Client"
    _inherit = ["ai.company.row"]
    _auto = False
    _log_access = False
    _order = "date desc, id desc"
    _rec_name = "name"
    _depends = {
        "ai.client.decision": ["company_id", "partner_id", "kind", "date", "user_id", "reason"],
        "sale.order": [
            "company_id",
            "partner_id",
            "user_id",
            "name",
            "state",
            "date_order",
            "amount_total",
            "currency_rate",
        ],
        "account.move": ["company_id", "partner_id", "name", "state", "date", "move_type"],
        "account.payment": [
            "partner_id",
            "partner_type",
            "payment_type",
            "amount_company_currency_signed",
        ],
        "mail.message": ["model", "res_id", "date", "subject", "message_type", "author_id"],
        "mail.tracking.value": ["field_id", "mail_message_id"],
        "res.partner": ["commercial_partner_id", "company_id", "name"],
    }

    # Not required as others of a company: a mail to a client of all companies has none.
    company_id = fields.Many2one(required=False)
    kind = fields.Selection(
        [
            ("order_placed", "Order Placed"),
            ("order_confirmed", "Order Confirmed"),
            ("order_cancelled", "Order Cancelled"),
            ("payment", "Payment"),
            ("mail", "Mail"),
            ("suspended", "Client Suspended"),
            ("resumed", "Suspension Ended"),
            ("tier", "Tier Set"),
        ],
        readonly=True,
    )
    date = fields.Datetime(readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Client", readonly=True, help="The commercial entity."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Operator",
        readonly=True,
        help="Who did it; of an order its salesperson.",
    )
    name = fields.Char(string="What", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        readonly=True, help="With taxes, in the currency of the company; paid back is below zero."
    )
    res_model = fields.Char(string="Model", readonly=True)
    res_id = fields.Many2oneReference(string="Record", model_field="res_model", readonly=True)

    @property
    def _table_query(self):
        queries = sorted(self._event_queries().items())
        return SQL(
            "(%s)",
            SQL(" UNION ALL ").join(
                SQL(
                    """
                    SELECT record_id::bigint * %(kinds)s + %(number)s AS id,
                           %(kind)s::varchar AS kind, date, company_id, partner_id, user_id, name,
                           amount, res_model, res_id
                      FROM (%(query)s) event
                    """,
                    kinds=MOST_KINDS,
                    number=number,
                    kind=kind,
                    query=query,
                )
                for number, (kind, query) in enumerate(queries)
            ),
        )

    @api.model
    def _event_queries(self):
        """{kind: SQL}: to be extended. Each query has the columns

        record_id : int, no two rows of the kind have the same; date : timestamp, UTC; company_id;
        partner_id : the commercial entity; user_id : who did it, or NULL; name : text; amount :
        numeric, company currency, or NULL; res_model, res_id : what the row opens, NULL for the
        sheet of the client.
        """
        return {
            "order_placed": self._orders_placed(),
            "order_confirmed": self._orders_confirmed(),
            "order_cancelled": self._orders_cancelled(),
            "payment": self._payments(),
            "mail": self._mails(),
            "suspended": self._decisions("suspended"),
            "resumed": self._decisions("resumed"),
            "tier": self._decisions("tier"),
        }

    # ------------------------------------------------------------------
    # Kinds of events
    # ------------------------------------------------------------------

    @api.model
    def _orders_placed(self):
        # An order of an import was placed before it was written here.
        return self._orders(SQL("LEAST(so.create_date, so.date_order)"), SQL("TRUE"))

    @api.model
    def _orders_confirmed(self):
        return self._orders(SQL("so.date_order"), SQL("so.state = 'sale'"))

    @api.model
    def _orders_cancelled(self):
        """At the last change of the state that the chatter tells, else of the order; one that was
        imported was cancelled elsewhere, nobody knows when, and stands on its own day."""
        change = SQL(
            """
            LEFT JOIN LATERAL (
                SELECT message.date, message.create_uid
                  FROM mail_message message
                  JOIN mail_tracking_value value ON value.mail_message_id = message.id
                  JOIN ir_model_fields field ON field.id = value.field_id
                 WHERE message.model = 'sale.order'
                   AND message.res_id = so.id
                   AND field.name = 'state'
              ORDER BY message.id DESC
                 LIMIT 1
            ) change ON TRUE
            """
        )
        return self._orders(
            SQL(
                "COALESCE(change.date, CASE WHEN so.create_date > so.date_order + interval '1 day'"
                " THEN so.date_order ELSE so.write_date END)"
            ),
            SQL("so.state = 'cancel'"),
            change,
        )

    @api.model
    def _orders(self, date, condition, change=None):
        """Orders under a condition on so, at a date; change : SQL that joins who made it."""
        users = SQL("so.user_id, so.create_uid")
        return SQL(
            """
            SELECT so.id AS record_id, %(date)s AS date, so.company_id,
                   partner.commercial_partner_id AS partner_id,
                   COALESCE(%(users)s) AS user_id, so.name,
                   so.amount_total / %(rate)s AS amount,
                   'sale.order' AS res_model, so.id AS res_id
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
                   %(change)s
             WHERE %(condition)s
            """,
            date=date,
            rate=self.env["ai.sales.extract"]._order_rate(),
            users=SQL("change.create_uid, %s", users) if change else users,
            change=change or SQL(""),
            condition=condition,
        )

    @api.model
    def _payments(self):
        """Payments have a day alone: at noon it is that day in all time zones of our users."""
        return SQL(
            """
            SELECT payment.id AS record_id, payment.date + time '12:00' AS date,
                   payment.company_id, partner.commercial_partner_id AS partner_id,
                   payment.create_uid AS user_id, payment.name, payment.amount,
                   'account.payment' AS res_model, payment.id AS res_id
              FROM (%s) payment
              JOIN res_partner partner ON partner.id = payment.partner_id
            """,
            client_payments_sql(),
        )

    @api.model
    def _decisions(self, kind):
        return SQL(
            """
            SELECT id AS record_id, date, company_id, partner_id, user_id, reason AS name,
                   NULL::numeric AS amount, NULL AS res_model, NULL::int AS res_id
              FROM ai_client_decision
             WHERE kind = %s
            """,
            kind,
        )

    @api.model
    def _mails(self):
        """Messages to a client or from it, on its contacts, orders and invoices; no notes."""
        return SQL(
            """
            SELECT message.id AS record_id, message.date, document.company_id,
                   document.partner_id,
                   (SELECT min(id) FROM res_users
                     WHERE partner_id = message.author_id AND share IS NOT TRUE) AS user_id,
                   COALESCE(NULLIF(message.subject, ''), document.name) AS name,
                   NULL::numeric AS amount, message.model AS res_model, message.res_id
              FROM mail_message message
              JOIN (%(documents)s) document
                ON document.model = message.model AND document.id = message.res_id
         LEFT JOIN res_partner author ON author.id = message.author_id
             WHERE message.message_type IN %(types)s
               AND message.is_internal IS NOT TRUE
               AND (message.message_type IN ('email', 'email_outgoing')
                    OR author.commercial_partner_id = document.partner_id
                    OR EXISTS (SELECT FROM mail_message_res_partner_rel recipient
                                 JOIN res_partner partner ON partner.id = recipient.res_partner_id
                                WHERE recipient.mail_message_id = message.id
                                  AND partner.commercial_partner_id = document.partner_id)
                    OR EXISTS (SELECT FROM mail_notification notice
                                 JOIN res_partner partner ON partner.id = notice.res_partner_id
                                WHERE notice.mail_message_id = message.id
                                  AND partner.commercial_partner_id = document.partner_id))
            """,
            documents=self._documents(),
            types=MAIL_TYPES,
        )

    @api.model
    def _documents(self):
        """SQL of what mails with clients are kept on: model, id, company_id, partner_id, name."""
        return SQL(
            """
            SELECT 'res.partner' AS model, id, company_id, commercial_partner_id AS partner_id, name
              FROM res_partner
         UNION ALL
            SELECT 'sale.order', so.id, so.company_id, partner.commercial_partner_id, so.name
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
         UNION ALL
            SELECT 'account.move', move.id, move.company_id, partner.commercial_partner_id,
                   move.name
              FROM account_move move
              JOIN res_partner partner ON partner.id = move.partner_id
             WHERE move.move_type IN ('out_invoice', 'out_refund')
            """
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open(self):
        """The record of an event; the sheet of the client where there is none, or the user may not
        read it."""
        self.ensure_one()
        if self.res_model:
            record = self.env[self.res_model].browse(self.res_id).exists()
            if permitted(record, "read"):
                return {
                    "type": "ir.actions.act_window",
                    "res_model": record._name,
                    "res_id": record.id,
                    "views": [(False, "form")],
                }
        return self.partner_id.action_open_client_sheet()
