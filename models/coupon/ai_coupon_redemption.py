"""What was taken off with a coupon: how much, from what, by whom, and whether it was undone.

What a redemption takes from its coupon is its amount, and the rest of the coupon where the
company's setting says that it is lost. Undone, it gives both back.
"""

from odoo import _, api, fields, models

KINDS = [
    ("order", "Order"),
    ("invoice", "Invoice"),
    ("balance", "What the Client Owes"),
]


class AiCouponRedemption(models.Model):
    _name = "ai.coupon.redemption"
    _description = "Use of a Coupon"
    _inherit = ["ai.editable.row", "ai.company.row"]
    _order = "date desc, id desc"
    _rec_name = "document"

    coupon_id = fields.Many2one(
        "ai.coupon",
        string="Coupon",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True, help="What was taken off.")
    lost_amount = fields.Monetary(
        string="Lost", readonly=True, help="The rest of the coupon, which the client does not keep."
    )
    kind = fields.Selection(KINDS, string="Taken Off", required=True, readonly=True, index=True)
    document = fields.Char(required=True, readonly=True, help="Name of what was reduced.")
    order_id = fields.Many2one(
        "sale.order", string="Order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    order_line_ids = fields.One2many(
        "sale.order.line", "ai_coupon_redemption_id", string="Lines", readonly=True
    )
    order_amount = fields.Float(
        readonly=True, help="What was taken off the order, in the order's currency."
    )
    move_id = fields.Many2one(
        "account.move",
        string="Credit Note or Payment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    invoice_ids = fields.Many2many(
        "account.move",
        "ai_coupon_redemption_invoice_rel",
        "redemption_id",
        "move_id",
        string="Invoices",
        readonly=True,
        help="Those that it paid.",
    )
    user_id = fields.Many2one(
        "res.users", string="Validated By", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True, readonly=True, index=True, default=fields.Datetime.now)
    address = fields.Char(
        string="Network Address", readonly=True, groups="smart_recommender.group_call_manager"
    )
    state = fields.Selection(
        [("done", "Done"), ("undone", "Undone")],
        required=True,
        readonly=True,
        default="done",
        index=True,
    )
    undone_by_id = fields.Many2one("res.users", string="Undone By", readonly=True)
    undone_date = fields.Datetime(readonly=True)
    undone_reason = fields.Char(string="Why Undone", readonly=True)

    _sql_constraints = [
        (
            "amounts_positive",
            "CHECK(amount >= 0 AND lost_amount >= 0)",
            "A coupon takes off zero or more.",
        ),
    ]

    @api.model
    def _not_editable_message(self):
        return _("What was taken off with coupons is not edited by hand: undo it instead.")

    @api.model
    def _product(self, raise_if_not_found=True):
        """The service that stands on lines of coupons."""
        product = self.env.ref("smart_recommender.product_coupon", raise_if_not_found)
        return product or self.env["product.product"]
