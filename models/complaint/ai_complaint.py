"""Complaints of clients: what happened, who answers by when, and what the client was given.

    new           taken, nobody works on it yet
    in_progress   somebody does
    escalated     with a supervisor (level 2): by hand, past the deadline, or reopened twice
    solved        the client was given what is right
    refused       there was nothing to give, and why

The deadline counts the company's working hours, see :mod:`.ai_complaint_motive`;
:mod:`.ai_complaint_escalation` watches it. Who is complained about does not see the complaint.
"""

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ...tools.compat import team_of

STATES = [
    ("new", "New"),
    ("in_progress", "In Progress"),
    ("escalated", "Escalated"),
    ("solved", "Solved"),
    ("refused", "Refused"),
]
OPEN = ("new", "in_progress", "escalated")
CLOSED = ("solved", "refused")
# What people write of a complaint; states and deadlines follow from what they do.
WRITTEN = {
    "partner_id",
    "motive_id",
    "description",
    "picture_ids",
    "priority",
    "user_id",
    "responsible_id",
    "employee_id",
    "call_id",
    "order_id",
    "picking_id",
    "product_id",
    "cause_id",
    "resolution",
    "refund_id",
    "replacement_id",
    "company_id",
}
# What Odoo's chatter and activities write with a form.
CHATTER = {"message_follower_ids", "message_ids", "activity_ids"}


class AiComplaint(models.Model):
    _name = "ai.complaint"
    _description = "Complaint"
    _inherit = ["ai.editable.row", "ai.company.row", "mail.thread", "mail.activity.mixin"]
    _order = "priority desc, deadline, id desc"
    _check_company_auto = True
    _editable = frozenset(WRITTEN | CHATTER)

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one(readonly=False, default=lambda self: self.env.company)
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Commercial Entity",
        store=True,
        index=True,
    )
    motive_id = fields.Many2one(
        "ai.complaint.motive",
        string="Motive",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    description = fields.Text(string="What Happened")
    picture_ids = fields.Many2many("ir.attachment", string="Pictures", copy=False)
    priority = fields.Selection(
        [("0", "Normal"), ("1", "High"), ("2", "Urgent")], default="0", required=True, index=True
    )
    state = fields.Selection(
        STATES, required=True, default="new", readonly=True, index=True, copy=False, tracking=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Operator",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Who took the complaint.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index="btree_not_null",
        domain=[("share", "=", False)],
        tracking=True,
        help="Who answers it. By default as the motive says, else who took it.",
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        compute="_compute_team_id",
        store=True,
        index="btree_not_null",
        help="The sales team of the client, which is told of the complaint.",
    )
    employee_id = fields.Many2one(
        "res.users",
        string="About Employee",
        domain=[("share", "=", False)],
        index="btree_not_null",
        help="The user who is complained about. The complaint is hidden from that user.",
    )
    call_id = fields.Many2one(
        "ai.call", string="Call", index="btree_not_null", check_company=True, copy=False
    )
    order_id = fields.Many2one(
        "sale.order", string="About Order", index="btree_not_null", check_company=True
    )
    picking_id = fields.Many2one(
        "stock.picking", string="Delivery", index="btree_not_null", check_company=True
    )
    product_id = fields.Many2one(
        "product.product", string="Product", index="btree_not_null", check_company=True
    )
    waiting_since = fields.Datetime(
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
        help="The deadline counts from here: the complaint, its escalation, or its reopening.",
    )
    deadline = fields.Datetime(readonly=True, index="btree_not_null", copy=False, tracking=True)
    level = fields.Integer(readonly=True, default=1, copy=False, help="2 once it is escalated.")
    escalated_at = fields.Datetime(readonly=True, copy=False)
    escalation_reason = fields.Text(readonly=True, copy=False)
    reopened_count = fields.Integer(string="Times Reopened", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, index="btree_not_null", copy=False)
    cause_id = fields.Many2one("ai.complaint.cause", string="Root Cause", index="btree_not_null")
    resolution = fields.Text(string="What Was Done", copy=False)
    is_open = fields.Boolean(compute="_compute_is_open")

    @api.depends("state")
    def _compute_is_open(self):
        for complaint in self:
            complaint.is_open = complaint.state in OPEN

    @api.depends("partner_id")
    def _compute_team_id(self):
        """The team that sells to the client: its own, that of its salesperson, or of its newest
        open opportunity."""
        for complaint in self:
            entity = complaint.partner_id.commercial_partner_id.sudo()
            complaint.team_id = (
                team_of(complaint.partner_id.sudo())
                or team_of(entity)
                or entity.user_id.sale_team_id
                or complaint._open_opportunities()[:1].team_id
            )

    def _open_opportunities(self):
        """Opportunities of the client that are neither won nor lost, the newest first."""
        entity = self.partner_id.commercial_partner_id
        if not entity:
            return self.env["crm.lead"].sudo()
        return (
            self.env["crm.lead"]
            .sudo()
            .search(
                [
                    ("partner_id", "child_of", entity.ids),
                    ("type", "=", "opportunity"),
                    ("stage_id.is_won", "=", False),
                    ("company_id", "in", [False, *self.company_id.ids]),
                ],
                order="id desc",
            )
        )

    # ------------------------------------------------------------------
    # What fits together
    # ------------------------------------------------------------------

    @api.constrains("partner_id", "order_id", "picking_id", "call_id")
    def _check_client(self):
        """What a complaint is about belongs to its client."""
        for complaint in self:
            of_others = (
                record.display_name
                for record in complaint.sudo()._belongings()
                if record.partner_id
                and record.partner_id.commercial_partner_id != complaint.commercial_partner_id
            )
            for name in of_others:
                raise ValidationError(
                    _(
                        "%(record)s does not belong to %(client)s. Choose one of the client's.",
                        record=name,
                        client=complaint.partner_id.display_name,
                    )
                )

    def _belongings(self):
        """Records that the complaint is about, or that came of it: all of its client."""
        self.ensure_one()
        return [self.order_id, self.picking_id, self.call_id]

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        for name in ("order_id", "picking_id"):
            if self[name].partner_id.commercial_partner_id != self.commercial_partner_id:
                self[name] = False

    @api.onchange("order_id")
    def _onchange_order_id(self):
        if self.order_id and self.picking_id.sale_id != self.order_id:
            self.picking_id = self.order_id.sudo().picking_ids.sorted("id")[-1:].sudo(False)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Followers are those who work on it: not the client, and not whom it is about.
        complaints = super(AiComplaint, self.with_context(mail_create_nosubscribe=True)).create(
            vals_list
        )
        for complaint in complaints:
            complaint.sudo()._begin()
        return complaints

    def write(self, vals):
        done = super().write(vals)
        if "motive_id" in vals or "company_id" in vals:
            self.filtered(lambda each: each.state in OPEN).sudo()._set_deadline()
        if vals.get("employee_id") or vals.get("responsible_id"):
            self.sudo()._set_followers()
        return done

    def _begin(self):
        """Give a new complaint its number, its responsible user and its deadline; tell sales."""
        self.ensure_one()
        responsible = self.responsible_id or self.motive_id._responsible(self.company_id)
        self.write(
            {
                "name": self.env["ir.sequence"]
                .with_company(self.company_id)
                .next_by_code("ai.complaint"),
                "responsible_id": (responsible or self.user_id).id,
            }
        )
        self._set_deadline()
        self.picture_ids.write({"res_model": self._name, "res_id": self.id})
        self._set_followers()
        self._tell(self.responsible_id)
        self._tell_sales()

    def _set_deadline(self):
        for complaint in self:
            complaint.deadline = complaint.motive_id._deadline(
                complaint.company_id, complaint.waiting_since, complaint.level
            )
        self._wake_at_deadline()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_sheet(self):
        """The client sheet of the complaint's client. Operators only."""
        self.ensure_one()
        return self.partner_id.action_open_client_sheet()

    def _in_words(self):
        return f"{self.name} ({self.partner_id.display_name})"
