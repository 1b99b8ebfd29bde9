"""Coupons: money that a client may take off an order, an invoice, or what it owes.

    valid       there is something left of it
    used        nothing is left
    expired     its last day is over
    locked      too many wrong PINs; a manager unlocks it
    cancelled   a manager took it back

A coupon expires at a moment and not when a job runs. Nobody writes coupons;
:mod:`.ai_coupon_batch` makes them, :mod:`.ai_coupon_check` lets them be used.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.compat import check_access
from ...tools.rights import check_group

STATES = [
    ("valid", "Valid"),
    ("used", "Used"),
    ("expired", "Expired"),
    ("locked", "Locked"),
    ("cancelled", "Cancelled"),
]
# What the company still owes its clients.
OUTSTANDING = ("valid", "locked")
MANAGER = "smart_recommender.group_call_manager"


class AiCoupon(models.Model):
    _name = "ai.coupon"
    _description = "Coupon"
    _inherit = ["ai.editable.row", "ai.company.row", "ai.expiring.row"]
    _order = "id desc"
    _expiring = OUTSTANDING

    name = fields.Char(string="Number", required=True, readonly=True, index=True)
    code = fields.Char(
        string="Coupon ID",
        required=True,
        readonly=True,
        groups=MANAGER,
        help="14 digits, the last of which checks the others.",
    )
    batch_id = fields.Many2one(
        "ai.coupon.batch",
        string="Batch",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        string="Commercial Entity",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Whose orders and invoices the coupon reduces.",
    )
    holder_key = fields.Integer(
        required=True,
        readonly=True,
        groups="base.group_system",
        help="Id of the commercial entity when the coupon was made. Its PIN is derived from it and "
        "stays the same when contacts are merged.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)
    remaining = fields.Monetary(readonly=True, help="What can still be used.")
    expiry_date = fields.Date(string="Last Day", required=True, readonly=True, index=True)
    expires_at = fields.Datetime(help="The end of the last day in the company's time zone.")
    state = fields.Selection(
        STATES, required=True, readonly=True, default="valid", index=True, copy=False
    )
    wrong_tries = fields.Integer(readonly=True, copy=False, help="Wrong PINs since it was made.")
    locked_date = fields.Datetime(readonly=True, copy=False)
    printed_date = fields.Datetime(string="Last Printed", readonly=True, copy=False)
    reminded_date = fields.Datetime(
        string="Client Reminded", readonly=True, copy=False, help="The mail before it expires."
    )
    cancelled_by_id = fields.Many2one("res.users", string="Cancelled By", readonly=True)
    cancelled_date = fields.Datetime(readonly=True, copy=False)
    redemption_ids = fields.One2many("ai.coupon.redemption", "coupon_id", readonly=True)
    active = fields.Boolean(default=True, readonly=True)

    _sql_constraints = [
        ("code_unique", "UNIQUE(code)", "There is a coupon with this ID already."),
        ("name_unique", "UNIQUE(company_id, name)", "There is a coupon with this number already."),
        ("amount_positive", "CHECK(amount > 0)", "Give a coupon an amount above zero."),
        (
            "remaining_within",
            "CHECK(remaining >= 0 AND remaining <= amount)",
            "What is left of a coupon lies between zero and its amount.",
        ),
    ]

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for coupon in self:
            coupon.display_name = f"{coupon.name} ({coupon.partner_id.display_name})"

    @api.model
    def _not_editable_message(self):
        return _("Coupons are not edited by hand: generate, validate or cancel them.")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_cancel(self):
        """Take coupons back that nobody has used up. Managers only."""
        self._check_manager(_("Only managers of the call center cancel coupons. Ask one of them."))
        for coupon in self._lock():
            if coupon.state not in OUTSTANDING:
                raise UserError(
                    _("%s cannot be cancelled: it is not valid any more.", coupon.display_name)
                )
        now = fields.Datetime.now()
        self.sudo().write(
            {"state": "cancelled", "cancelled_by_id": self.env.uid, "cancelled_date": now}
        )

    def action_unlock(self):
        """Let locked coupons be used again, with as many wrong tries as new ones. Managers only."""
        self._check_manager(_("Only managers of the call center unlock coupons. Ask one of them."))
        for coupon in self._lock():
            if coupon.state != "locked":
                raise UserError(_("%s is not locked.", coupon.display_name))
        self.sudo().write({"state": "valid", "wrong_tries": 0, "locked_date": False})

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    def _check_manager(self, message):
        check_group(self.env, MANAGER, message)
        check_access(self, "read")

    def _lock(self):
        """Hold the rows of these coupons to the end of the transaction. Returns them, read anew."""
        self.flush_model()
        self.env.cr.execute(
            SQL("SELECT id FROM ai_coupon WHERE id IN %s ORDER BY id FOR UPDATE", tuple(self.ids))
            if self
            else SQL("SELECT 1")
        )
        self.invalidate_recordset()
        return self

    def _set_remaining(self, remaining):
        """What is left of a coupon, whose row is held, and with it whether it is used up."""
        self.ensure_one()
        vals = {"remaining": self.currency_id.round(remaining)}
        if self.currency_id.is_zero(remaining):
            vals["state"] = "used"
        elif self.state == "used":
            vals["state"] = "valid"
        self.write(vals)

    def _today(self):
        """The day in the coupons' company."""
        return self.env["ai.sales.extract"]._local_now(self.company_id).date()

    def _pin(self):
        """The PIN of the coupon, four digits: never stored, never shown but in print and mail.

        All coupons of a client in a batch have the same one. Raises UserError without the key.
        """
        self.ensure_one()
        coupon = self.sudo()
        return coupon.batch_id._pin_of(coupon.holder_key)
