"""Calls that go on: a small table that browsers and the exchange write, and Odoo closes.

A row is claimed before anything is done for its call, so that what two of them tell at once is
taken one after the other: PostgreSQL refuses the later one, and Odoo runs it again. So rows stay
for a day after their call has ended.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .ai_call import CONSENTS
from .ai_operator_presence import LOST

KEPT = timedelta(days=1)
# Without a browser that tells: nobody talks longer.
LONGEST = timedelta(hours=24)
JOB = "smart_recommender.ir_cron_telephony_minute"


class AiCallRunning(models.Model):
    _name = "ai.call.running"
    _description = "Running Call"
    _inherit = ["ai.company.row", "ai.company.job"]
    _order = "start, id"
    _rec_name = "number"

    exchange_call_id = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Operator", readonly=True, ondelete="cascade")
    direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], readonly=True)
    number = fields.Char(readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Client", readonly=True, index="btree_not_null"
    )
    start = fields.Datetime(readonly=True, required=True)
    told_at = fields.Datetime(readonly=True, help="When anything was last told of the call.")
    answered_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    parent_exchange_id = fields.Char(string="Passed On From", readonly=True)
    transferred_to = fields.Char(readonly=True)
    consent = fields.Selection(CONSENTS, readonly=True)

    _sql_constraints = [
        ("call_unique", "UNIQUE(company_id, exchange_call_id)", "A call has one row.")
    ]

    @api.model
    def _claim(self, company, key, start):
        """The row of a call, held to the end of the transaction; made where there is none; sudo."""
        cr, now = self.env.cr, fields.Datetime.now()
        self.flush_model()
        cr.execute(
            SQL(
                "INSERT INTO ai_call_running (company_id, exchange_call_id, start, told_at)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT (company_id, exchange_call_id) DO NOTHING",
                company.id,
                key,
                start,
                now,
            ),
            log_exceptions=False,
        )
        cr.execute(
            SQL(
                "SELECT id FROM ai_call_running"
                " WHERE company_id = %s AND exchange_call_id = %s FOR UPDATE",
                company.id,
                key,
            ),
            log_exceptions=False,
        )
        return self.sudo().browse(cr.fetchone()[0])

    @api.model
    def _cron_minute(self):
        """Browsers that went away, their calls and old rows, in every company; one that fails
        leaves the others alone."""
        companies = self.env["ai.telephony.server"].sudo().search([]).company_id
        self._each_company(companies, "_close_lost", JOB)
        self._each_company(companies, "_forget", JOB)

    @api.model
    def _close_lost(self, company):
        """Log the calls of browsers that went away, as ended when these were last heard of."""
        presences = self.env["ai.operator.presence"]
        presences._lose(company)
        now = fields.Datetime.now()
        rows = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("ended_at", "=", False),
                ("told_at", "<", now - LOST),
                ("user_id", "!=", False),
            ]
        )
        for row in rows:
            seen = presences._now_of(row.user_id, company).seen_at
            last = max(filter(None, (row.told_at, seen)))
            if now - last > LOST or now - row.start > LONGEST:
                self.env["ai.call"]._log_lost(row, last)

    @api.model
    def _forget(self, company):
        limit = fields.Datetime.now() - KEPT
        self.sudo().search([("company_id", "=", company.id), ("told_at", "<", limit)]).unlink()
        self.env["ai.queue.caller"]._forget(company)
