"""How likely each client is to pay late, why, and which credit limit is proposed for it.

Training writes the rows; who decided on a proposal stays, until what is proposed has changed by
more than a quarter. A proposal changes nothing by itself: an accounting manager accepts it.
"""

import math

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.compat import check_access
from ...tools.rights import check_group

ACCOUNTING = "account.group_account_invoice,account.group_account_readonly"
DECIDERS = "account.group_account_manager"
GRADES = [(grade, grade) for grade in "ABCDE"]
STATES = [
    ("none", "No Proposal"),
    ("proposed", "Proposed"),
    ("accepted", "Accepted"),
    ("dismissed", "Dismissed"),
]
# As algorithms.treasury.credit_features has them, which screens do not load.
LEAST_AMOUNT, MOST_RATIO = 0.01, 3.0
DUE_SOON = 7
LIKELY = 0.5


class AiClientCredit(models.Model):
    _name = "ai.client.credit"
    _description = "Credit Score"
    _inherit = ["ai.client.row", "ai.learned.row"]
    _order = "chance desc, id"
    _log_access = False

    currency_id = fields.Many2one(related="company_id.currency_id")
    grade = fields.Selection(
        GRADES,
        readonly=True,
        help="C is as all clients; A pays late much less often, E much more often.",
    )
    chance = fields.Float(
        string="Pays Late",
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="Chance that an invoice issued today is paid late, by more days than in Late After.",
    )
    late_after = fields.Integer(
        readonly=True, group_operator="avg", help="Days after the due date."
    )
    method = fields.Selection(
        [
            ("model", "Model"),
            ("mean", "Past Days Late"),
            ("share", "Share of Late Invoices"),
        ],
        string="Scored By",
        readonly=True,
        help="A simple rule where the model tells no better than it.",
    )
    reasons = fields.Json(string="Reasons in Figures", readonly=True)
    reasons_text = fields.Char(
        string="Reasons",
        compute="_compute_reasons_text",
        help="The three that weigh most: ↑ more likely late, ↓ less likely.",
    )
    knows_usual = fields.Boolean(readonly=True)
    usual_days = fields.Integer(
        string="Usual Days Late",
        readonly=True,
        group_operator="avg",
        help="Middle of what was paid within a year; below zero: early.",
    )
    habit = fields.Char(string="Usually Pays", compute="_compute_habit")
    # What the amount of an invoice adds: see ``_chance_for``.
    amount_effect = fields.Float(readonly=True, group_operator=None)
    amount_share = fields.Float(readonly=True, group_operator=None)
    amount_log = fields.Float(readonly=True, group_operator=None)
    proposed_limit = fields.Monetary(
        readonly=True,
        help="What is invoiced in a month, times the months until it is paid, times two; half as "
        "much again for grade A, half of it for E.",
    )
    current_limit = fields.Monetary(compute="_compute_current_limit")
    state = fields.Selection(STATES, string="Credit Limit", required=True, readonly=True)
    decided_by_id = fields.Many2one("res.users", string="Decided By", readonly=True)
    decided_on = fields.Datetime(readonly=True)

    _sql_constraints = [
        ("partner_unique", "UNIQUE(company_id, partner_id)", "A client has one credit score."),
    ]

    @api.depends_context("lang")
    @api.depends("reasons")
    def _compute_reasons_text(self):
        for row in self:
            row.reasons_text = " · ".join(row._reasons_in_words())

    @api.depends_context("lang")
    @api.depends("usual_days", "knows_usual")
    def _compute_habit(self):
        for row in self:
            row.habit = row._habit_in_words()

    @api.depends("partner_id", "company_id")
    def _compute_current_limit(self):
        for row in self:
            partner = row.partner_id.sudo().with_company(row.company_id)
            row.current_limit = partner.credit_limit

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_accept(self):
        """Make what is proposed the clients' credit limits. Accounting managers only.

        Raises UserError for a client of which nothing is proposed.
        """
        self._check_decider()
        for row in self:
            if row.state == "none":
                raise UserError(_("No credit limit is proposed for %s.", row.display_name))
            partner = row.partner_id.sudo().with_company(row.company_id)
            partner.credit_limit = row.proposed_limit
            row.partner_id.sudo().message_post(body=row._accepted_message())
        self._decide("accepted")
        self.invalidate_recordset(["current_limit"])
        return True

    def action_dismiss(self):
        """Leave the clients' credit limits as they are. Accounting managers only."""
        self._check_decider()
        self.filtered(lambda row: row.state == "proposed")._decide("dismissed")
        return True

    def action_open_invoices(self):
        """The client's open invoices and when they are expected to be paid."""
        self.ensure_one()
        check_access(self, "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_invoice_outlook_action"
        )
        return {
            **action,
            "name": self.display_name,
            "domain": [
                ("partner_id", "=", self.partner_id.id),
                ("move_id.payment_state", "in", ("not_paid", "partial")),
            ],
            "context": {},
        }

    def _check_decider(self):
        check_group(
            self.env,
            DECIDERS,
            _("Only accounting managers decide on credit limits. Ask one of them."),
        )
        check_access(self, "read")

    def _decide(self, state):
        self.sudo().write(
            {"state": state, "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()}
        )

    def _accepted_message(self):
        amount = self.currency_id.format(self.proposed_limit)
        return _(
            "Credit limit of %(amount)s at %(company)s accepted.",
            amount=amount,
            company=self.company_id.name,
        )

    # ------------------------------------------------------------------
    # What others read
    # ------------------------------------------------------------------

    @api.model
    def _late_payers(self, company):
        """{commercial entity's id: usual days late, 0 for not known} of clients with an invoice due
        within a week that is more likely than not paid over 30 days late."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT outlook.partner_id, COALESCE(max(credit.usual_days), 0)
                  FROM ai_invoice_outlook outlook
             LEFT JOIN ai_client_credit credit
                    ON credit.company_id = outlook.company_id
                   AND credit.partner_id = outlook.partner_id
                   AND credit.knows_usual
                 WHERE outlook.company_id = %(company)s
                   AND outlook.chance_30 >= %(likely)s
                   AND outlook.due_date <= %(until)s
              GROUP BY outlook.partner_id
                """,
                company=company.id,
                likely=LIKELY,
                until=self._day_ahead(company, DUE_SOON),
            )
        )
        return dict(self.env.cr.fetchall())

    def _chance_for(self, amount):
        """Chance that an invoice of this amount, in company currency, is paid late: 0..1."""
        self.ensure_one()
        if not self.amount_effect or amount <= 0 or not 0 < self.chance < 1:
            return self.chance
        ratio = self.amount_share * (math.log(max(amount, LEAST_AMOUNT)) - self.amount_log)
        ratio = max(-MOST_RATIO, min(MOST_RATIO, ratio))
        logit = math.log(self.chance / (1 - self.chance)) + self.amount_effect * ratio
        return 1 / (1 + math.exp(-logit))

    @api.model
    def _day_ahead(self, company, days):
        extract = self.env["ai.treasury.extract"]
        return extract._date(extract._today(company) + days)
