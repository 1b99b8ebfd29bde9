"""What the exchange knows of a call beside what people say of it."""

from odoo import fields, models

ENDINGS = [
    ("answered", "Answered"),
    ("no_answer", "No Answer"),
    ("busy", "Busy"),
    ("cancelled", "Cancelled"),
    ("failed", "Failed"),
    ("rejected", "Rejected"),
    ("missed", "Missed"),
]
# What a log of people says of it.
RESULT_OF = {"answered": "answered", "busy": "busy"}
CONSENTS = [("announced", "Announced"), ("given", "Agreed To"), ("refused", "Declined")]


class AiCall(models.Model):
    _inherit = "ai.call"

    exchange_call_id = fields.Char(string="Call at the Exchange", readonly=True, copy=False)
    ending = fields.Selection(
        ENDINGS, string="Outcome", readonly=True, copy=False, index="btree_not_null"
    )
    log_source = fields.Selection(
        [("server", "Closed by Odoo"), ("browser", "Browser"), ("exchange", "Exchange")],
        string="Reported By",
        readonly=True,
        copy=False,
        help="What the exchange tells counts before what a browser tells, and that before what "
        "Odoo closed because the browser went away.",
    )
    answered_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False, index="btree_not_null")
    ringing_seconds = fields.Integer(
        string="Ringing (s)", readonly=True, copy=False, group_operator="avg"
    )
    parent_call_id = fields.Many2one(
        "ai.call", string="Transferred From", readonly=True, copy=False, index="btree_not_null"
    )
    child_call_ids = fields.One2many("ai.call", "parent_call_id", string="Transferred To")
    transferred_to = fields.Char(string="Passed On To", readonly=True, copy=False)
    consent = fields.Selection(CONSENTS, string="Consent to Recording", readonly=True, copy=False)
    missed_activity_id = fields.Many2one(
        "mail.activity",
        string="Call-Back for a Missed Call",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    is_missed = fields.Boolean(string="Missed", readonly=True, copy=False, index="btree_not_null")

    def init(self):
        done = super().init()
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS ai_call_exchange_call_id"
            " ON ai_call (company_id, exchange_call_id) WHERE exchange_call_id IS NOT NULL"
        )
        return done
