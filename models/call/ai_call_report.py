"""What supervisors count: a row for each call, and one for each order that an operator made.

The revenue of an operator is told twice, in two columns that must not be added: an order that came
of an operator's call and was made by an operator stands in both.

    revenue of calls    confirmed orders linked to a call, on the day and with the operator of the
                        call; an order of several calls counts once, for the first of them
    revenue of orders   confirmed orders whose salesperson is an operator, on the day of the order

Both are untaxed and in the currency of the company. Operators are those who have logged a call and
the members of the call center. Day, hour and weekday are those of the company's time zone.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.compat import users_of
from .ai_call import REACHED, RESULTS

KINDS = [("call", "Call"), ("order", "Order Made")]
WEEKDAYS = [
    ("1", "Monday"),
    ("2", "Tuesday"),
    ("3", "Wednesday"),
    ("4", "Thursday"),
    ("5", "Friday"),
    ("6", "Saturday"),
    ("7", "Sunday"),
]
HOURS = [(f"{hour:02}", f"{hour:02}:00") for hour in range(24)]


class AiCallReport(models.Model):
    _name = "ai.call.report"
    _description = "Call Statistics"
    _inherit = ["ai.company.row"]
    _auto = False
    _log_access = False
    _order = "start desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "ai.call": [
            "company_id",
            "user_id",
            "commercial_partner_id",
            "start",
            "duration",
            "direction",
            "result",
            "order_id",
            "revenue",
        ],
        "sale.order": [
            "company_id",
            "user_id",
            "partner_id",
            "date_order",
            "state",
            "amount_untaxed",
            "currency_rate",
        ],
        "res.partner": ["commercial_partner_id"],
    }

    kind = fields.Selection(KINDS, readonly=True)
    call_id = fields.Many2one("ai.call", string="Call", readonly=True)
    order_id = fields.Many2one("sale.order", string="Order", readonly=True)
    user_id = fields.Many2one("res.users", string="Operator", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    start = fields.Datetime(string="Date and Time", readonly=True)
    day = fields.Date(readonly=True, help="In the time zone of the company.")
    hour = fields.Selection(
        # Not for translators: figures alone.
        lambda _self: HOURS,
        readonly=True,
        help="In the time zone of the company.",
    )
    weekday = fields.Selection(WEEKDAYS, readonly=True)
    direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], readonly=True)
    result = fields.Selection(RESULTS, readonly=True)
    call_count = fields.Integer(string="Calls", readonly=True)
    reached_count = fields.Integer(
        string="Clients Reached",
        readonly=True,
        help="Calls in which somebody of the client was spoken with.",
    )
    duration = fields.Float(string="Duration (min)", readonly=True)
    duration_average = fields.Float(
        string="Average Duration (min)",
        readonly=True,
        group_operator="avg",
        help="Of calls that have a duration.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    revenue_calls = fields.Monetary(
        string="Revenue of Calls",
        readonly=True,
        help="Confirmed orders linked to calls, untaxed; an order of several calls counts once, "
        "for the first. Not to be added to the revenue of orders made.",
    )
    order_count = fields.Integer(string="Orders Made", readonly=True)
    revenue_orders = fields.Monetary(
        string="Revenue of Orders Made",
        readonly=True,
        help="Confirmed orders whose salesperson is an operator, untaxed, linked to a call or not. "
        "Not to be added to the revenue of calls.",
    )

    @property
    def _table_query(self):
        return SQL("(%s UNION ALL %s)", self._calls_query(), self._orders_query())

    @api.model
    def _calls_query(self):
        return SQL(
            """
            SELECT 2 * call.id::bigint AS id, 'call' AS kind, call.company_id, call.id AS call_id,
                   call.order_id, call.user_id, call.commercial_partner_id AS partner_id,
                   call.start, %(calendar)s, call.direction, call.result, 1 AS call_count,
                   CASE WHEN call.result IN %(reached)s THEN 1 ELSE 0 END AS reached_count,
                   call.duration, NULLIF(call.duration, 0) AS duration_average,
                   COALESCE(call.revenue, 0) AS revenue_calls,
                   0 AS order_count, 0.0 AS revenue_orders
              FROM ai_call call
            """,
            calendar=self._calendar(SQL("call.start"), SQL("call.company_id")),
            reached=REACHED,
        )

    @api.model
    def _orders_query(self):
        operators = users_of(self.env.ref("smart_recommender.group_call_operator").sudo())
        return SQL(
            """
            SELECT 2 * so.id::bigint + 1, 'order', so.company_id, NULL::int, so.id, so.user_id,
                   partner.commercial_partner_id, so.date_order, %(calendar)s, NULL, NULL, 0, 0,
                   0.0, NULL, 0.0, 1,
                   so.amount_untaxed / %(rate)s
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
             WHERE so.state = 'sale'
               AND so.user_id IN (SELECT id FROM res_users
                                   WHERE id = ANY(%(operators)s)
                                      OR EXISTS (SELECT FROM ai_call call
                                                  WHERE call.user_id = res_users.id))
            """,
            calendar=self._calendar(SQL("so.date_order"), SQL("so.company_id")),
            rate=self.env["ai.sales.extract"]._order_rate(),
            operators=operators.ids,
        )

    @api.model
    def _calendar(self, moment, company):
        """SQL of the day, hour and weekday of a moment (UTC) of a company, as columns of those
        names."""
        zone = self.env["ai.sales.extract"]._zone_sql(company)
        local = SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)", moment, zone)
        return SQL(
            "%(local)s::date AS day, to_char(%(local)s, 'HH24') AS hour,"
            " to_char(%(local)s, 'ID') AS weekday",
            local=local,
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open(self):
        """The call or the order of a row."""
        self.ensure_one()
        record = self.order_id if self.kind == "order" else self.call_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
