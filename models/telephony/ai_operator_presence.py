"""Who is there to take calls, and since when: a row for each stretch of time in one state.

The row without an end is the present. A browser tells every half minute that it is there; one that
has been silent for LOST is away, whatever its row says, until it is heard again.
"""

from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import UserError

LOST = timedelta(seconds=90)
LOST_STATE = "away"
STATES = [
    ("ready", "Ready"),
    ("busy", "Busy"),
    ("break", "On a Break"),
    ("after_call", "After a Call"),
    ("away", "Away"),
]
BUS = "smart_recommender/presence"


class AiOperatorPresence(models.Model):
    _name = "ai.operator.presence"
    _description = "Presence of an Operator"
    _inherit = ["ai.company.row"]
    _order = "start desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", string="Operator", required=True, readonly=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(STATES, required=True, readonly=True)
    reason_id = fields.Many2one(
        "ai.operator.break", string="Reason", readonly=True, ondelete="set null"
    )
    start = fields.Datetime(string="Since", required=True, readonly=True)
    stop = fields.Datetime(string="Until", readonly=True)
    seen_at = fields.Datetime(string="Last Seen", readonly=True)
    is_lost = fields.Boolean(
        string="Lost", readonly=True, help="The browser went away without saying so."
    )
    minutes = fields.Float(
        string="Duration (min)", compute="_compute_minutes", store=True, group_operator="sum"
    )

    def init(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS ai_operator_presence_now"
            " ON ai_operator_presence (user_id, company_id) WHERE stop IS NULL"
        )

    @api.depends("start", "stop")
    def _compute_minutes(self):
        for row in self:
            row.minutes = (row.stop - row.start).total_seconds() / 60 if row.stop else 0.0

    @api.model
    def set_presence(self, state, reason_id=False):
        """Say in which state the user is, in the current company. Operators only.

        state : one of STATES; reason_id : of an ai.operator.break, for breaks alone. Returns
        {"state", "reason": id or False}. Raises UserError for anything else.
        """
        self.env["ai.client"]._check_operator()
        if state not in dict(STATES):
            raise UserError(_("Choose a state: ready, busy, on a break, after a call or away."))
        reason = self.env["ai.operator.break"]
        if state == "break" and reason_id:
            allowed = {each["id"] for each in reason._choices(self.env.company)}
            if reason_id not in allowed:
                raise UserError(_("This reason of a break is gone. Choose another one."))
            reason = reason.browse(reason_id)
        self._enter(self.env.user, self.env.company, state, reason)
        return {"state": state, "reason": reason.id or False}

    @api.model
    def heartbeat(self):
        """The user's browser is there. Operators only.

        One that was lost is in its earlier state again. Returns {"state", "reason": id or False}.
        """
        self.env["ai.client"]._check_operator()
        user, company = self.env.user, self.env.company
        row = self._now_of(user, company)
        if row.is_lost:
            before = self.sudo().search(self._of(user, company) + [("stop", "!=", False)], limit=1)
            self._enter(user, company, before.state or "ready", before.reason_id)
        elif row:
            row.seen_at = fields.Datetime.now()
        else:
            self._enter(user, company, "ready")
        return self._chosen(user, company)

    @api.model
    def _of(self, user, company):
        return [("user_id", "=", user.id), ("company_id", "=", company.id)]

    @api.model
    def _now_of(self, user, company):
        """The row of the present, empty where there is none; sudo."""
        return self.sudo().search(self._of(user, company) + [("stop", "=", False)], limit=1)

    @api.model
    def _now_in(self, company):
        """The rows of the present of a company; sudo."""
        return self.sudo().search([("company_id", "=", company.id), ("stop", "=", False)])

    @api.model
    def _ready(self, company):
        """Users who are ready to take calls of a company."""
        return self._now_in(company).filtered(lambda row: row._effective() == "ready").user_id

    @api.model
    def _chosen(self, user, company):
        """{"state", "reason": id or False} as the user last chose it."""
        row = self._now_of(user, company)
        if not row or row.is_lost:
            return {"state": "ready", "reason": False}
        return {"state": row.state, "reason": row.reason_id.id or False}

    @api.model
    def _enter(self, user, company, state, reason=None, moment=None, is_lost=False):
        """End the present row of a user and begin another one, unless it is the same."""
        now = fields.Datetime.now()
        moment = moment or now
        reason_id = reason.id if reason else False
        row = self._now_of(user, company)
        if row and (row.state, row.reason_id.id or False, row.is_lost) == (
            state,
            reason_id or False,
            is_lost,
        ):
            row.seen_at = now
            return
        if row:
            moment = max(moment, row.start)
            row.stop = moment
            # Before the next begins, or there would be two of the present.
            row.flush_recordset()
        self.sudo().create(
            {
                "user_id": user.id,
                "company_id": company.id,
                "state": state,
                "reason_id": reason_id,
                "start": moment,
                "seen_at": row.seen_at if is_lost else now,
                "is_lost": is_lost,
            }
        )
        self._tell(user, company, state)

    @api.model
    def _tell(self, user, company, state):
        """Tell the supervisors' boards, and the user's other tabs, of a new state."""
        payload = {"user_id": user.id, "company_id": company.id, "state": state}
        board = self.env["ai.operator.board"]
        for partner in user.sudo().partner_id | board._supervisors(company).partner_id:
            self.env["bus.bus"].sudo()._sendone(partner, BUS, payload)

    def _effective(self):
        """The state as it is now: away where the browser has been silent for too long."""
        self.ensure_one()
        silent = not self.seen_at or fields.Datetime.now() - self.seen_at > LOST
        return LOST_STATE if silent else self.state

    @api.model
    def _lose(self, company):
        """Write down whose browsers have gone away."""
        limit = fields.Datetime.now() - LOST
        rows = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("stop", "=", False),
                ("is_lost", "=", False),
                ("seen_at", "<", limit),
            ]
        )
        for row in rows:
            self._enter(row.user_id, company, LOST_STATE, moment=row.seen_at, is_lost=True)
