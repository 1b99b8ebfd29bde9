"""Clients of a company in figures: one row for each commercial entity that ordered, owes or called.

    suspended   a supervisor said so, with a reason
    overdue     it owes more than nothing past the due date and the company's tolerance
    dormant     no order for so many days, a setting
    active      all others

in this order. The figures are computed once a day (:mod:`.ai_client_figures`); the sheet of one
client recomputes them with the same statement.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools.compat import check_access, permitted
from ...tools.rights import check_group

STATUSES = [
    ("active", "Active"),
    ("dormant", "Dormant"),
    ("overdue", "Overdue"),
    ("suspended", "Suspended"),
]


class AiClient(models.Model):
    _name = "ai.client"
    _description = "Client Figures"
    _inherit = ["ai.client.row", "ai.company.job"]
    _order = "revenue_365 desc, id"

    partner_id = fields.Many2one(
        help="The commercial entity: orders and invoices of its contacts count too."
    )
    status = fields.Selection(STATUSES, required=True, readonly=True, index=True, default="active")
    status_since = fields.Date(readonly=True)
    is_suspended = fields.Boolean(readonly=True)
    suspended_reason = fields.Text(string="Reason for Suspension", readonly=True)
    suspended_by_id = fields.Many2one("res.users", string="Suspended By", readonly=True)
    first_order_date = fields.Date(readonly=True)
    last_order_date = fields.Date(string="Last Order", readonly=True, index=True)
    order_count = fields.Integer(string="Orders", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    revenue_7 = fields.Monetary(
        string="Last 7 Days", readonly=True, help="Confirmed orders, without taxes."
    )
    revenue_30 = fields.Monetary(
        string="Last 30 Days", readonly=True, help="Confirmed orders, without taxes."
    )
    revenue_365 = fields.Monetary(
        string="Last 365 Days", readonly=True, help="Confirmed orders, without taxes."
    )
    balance = fields.Monetary(
        string="Balance Due", readonly=True, help="What is invoiced and not yet paid."
    )
    overdue_amount = fields.Monetary(
        string="Overdue", readonly=True, help="What should have been paid already."
    )
    overdue_count = fields.Integer(string="Overdue Invoices", readonly=True)
    overdue_since = fields.Date(readonly=True, help="Oldest due date of what is overdue.")
    due_product_count = fields.Integer(
        string="Due for Reorder",
        readonly=True,
        help="Products whose usual interval for this client has passed or soon will.",
    )
    last_call_date = fields.Datetime(string="Last Call", readonly=True)
    # As they were when the figures were made: what lists are grouped by must be stored, and a
    # change of an address must not wait for a row of ours.
    country_id = fields.Many2one("res.country", readonly=True)
    state_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    city = fields.Char(readonly=True)
    category_ids = fields.Many2many("res.partner.category", string="Categories", readonly=True)
    operator_id = fields.Many2one("res.users", string="Operator in Charge", readonly=True)
    phone = fields.Char(compute="_compute_phone")

    _sql_constraints = [
        (
            "partner_unique",
            "UNIQUE(company_id, partner_id)",
            "A client has one row of figures in each company.",
        ),
    ]

    @api.depends("partner_id.phone", "partner_id.mobile", "partner_id.phone_third")
    def _compute_phone(self):
        # Of one that has gone to another company the figures are here, and nothing else.
        readable = permitted(self.partner_id, "read")
        numbers = {partner.id: partner._first_number() for partner in readable}
        for client in self:
            client.phone = numbers.get(client.partner_id.id, False)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_sheet(self):
        """The client sheet of one client. Operators only."""
        self.ensure_one()
        check_access(self, "read")
        return self.partner_id.action_open_client_sheet()

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    @api.model
    def _refresh_together(self, company):
        """What follows from all clients of a company at once, once a day: to be extended."""

    @api.model
    def _suspend(self, company, partner, reason):
        """Suspend a client with a reason, in the name of the user, who is a supervisor.

        Raises AccessError for others, UserError without a reason.
        """
        self._check_supervisor()
        if not (reason or "").strip():
            raise UserError(
                _("Say why %s is suspended: the next operator will want to know.", partner.name)
            )
        self._decide(
            company,
            partner,
            {
                "is_suspended": True,
                "suspended_reason": reason.strip(),
                "suspended_by_id": self.env.uid,
            },
            "suspended",
            _("Client suspended: %s", reason.strip()),
        )

    @api.model
    def _resume(self, company, partner):
        """End the suspension of a client. Raises AccessError for anyone but supervisors."""
        self._check_supervisor()
        self._decide(
            company,
            partner,
            {"is_suspended": False, "suspended_reason": False, "suspended_by_id": False},
            "resumed",
            _("Suspension of the client ended."),
        )

    @api.model
    def _decide(self, company, partner, vals, kind, message):
        """Write a supervisor's decision, recompute the status, and keep it in the history and, as
        a message, in the chatter. kind : of ``ai.client.decision``."""
        entity = partner.commercial_partner_id
        check_access(entity, "read")
        row = self._of(company, entity) or self.sudo().create(
            {"company_id": company.id, "partner_id": entity.id}
        )
        row.write(vals)
        self.env["ai.client.decision"].sudo().create(
            {
                "company_id": company.id,
                "partner_id": entity.id,
                "kind": kind,
                "user_id": self.env.uid,
                "reason": vals.get("suspended_reason", message),
            }
        )
        self._refresh(company, entity)
        entity.message_post(body=message)

    @api.model
    def _check_operator(self):
        check_group(
            self.env,
            "smart_recommender.group_call_operator",
            _("Client sheets are for operators of the call center. Ask your administrator."),
        )

    @api.model
    def _check_history(self):
        check_group(
            self.env,
            "smart_recommender.group_call_supervisor",
            _("The history of clients is for supervisors of the call center. Ask one of them."),
        )

    @api.model
    def _check_supervisor(self):
        check_group(
            self.env,
            "smart_recommender.group_call_supervisor",
            _("Only supervisors of the call center can suspend clients. Ask one of them."),
        )
