"""What was taken off with a coupon: how much, from what, by whom, and whether it was undone.

What a redemption takes from its coupon is its amount, and the rest of the coupon where the
company's setting says that it is lost. Undone, it gives both back.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ...algorithms.coupon import split
from ...tools.compat import check_access
from ...tools.rights import check_group
from .ai_coupon import MANAGER

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
    document_currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    document_amount = fields.Monetary(
        string="Amount on the Document",
        readonly=True,
        currency_field="document_currency_id",
        group_operator=None,  # of many currencies
        help="What was taken off, in the currency of the order or the invoice.",
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

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_undo(self):
        """Put back what coupons took off, and give it back to them. Managers only."""
        check_group(
            self.env,
            MANAGER,
            _("Only managers of the call center undo coupons. Ask one of them."),
        )
        check_access(self, "read")
        for redemption in self.sudo():
            if redemption.state != "done":
                raise UserError(_("%s was undone already.", redemption._in_words()))
            redemption._put_back(_("Undone by hand"))

    def action_open_document(self):
        """The order, or the credit note or payment, by which the coupon was used."""
        self.ensure_one()
        document = self.order_id or self.move_id
        if not document:
            raise UserError(_("%s is not there any more.", self.document))
        return document.get_formview_action()

    # ------------------------------------------------------------------
    # Coupons
    # ------------------------------------------------------------------

    @api.model
    def _take(self, coupon, kind, amount, **vals):
        """Mark a coupon, whose row is held, as used for an amount. Returns the redemption."""
        company, currency = coupon.company_id, coupon.currency_id
        rest = currency.round(coupon.remaining - amount)
        lost = rest if company.sudo().ai_coupon_rest == "lose" else 0.0
        coupon.sudo()._set_remaining(rest - lost)
        return self.sudo().create(
            {
                "company_id": company.id,
                "coupon_id": coupon.id,
                "commercial_partner_id": coupon.commercial_partner_id.id,
                "kind": kind,
                "amount": amount,
                "lost_amount": lost,
                "user_id": self.env.uid,
                "address": self.env["ai.coupon.limit"]._address(),
                **vals,
            }
        )

    def _lower(self, document_amount, is_kept=False):
        """No more than this is taken off the document; the coupon gets the difference back, unless
        the rest of a coupon is lost.

        is_kept : whether it gets it back all the same.
        """
        self.ensure_one()
        currency = self.currency_id
        amount = currency.round(self.amount * document_amount / self.document_amount)
        less = currency.round(self.amount - amount)
        vals = {"amount": amount, "document_amount": document_amount}
        if self.company_id.ai_coupon_rest == "lose" and not is_kept:
            vals["lost_amount"] = self.lost_amount + less
        else:
            coupon = self.coupon_id._lock()
            coupon._set_remaining(coupon.remaining + less)
        self.write(vals)

    def _undo(self, reason):
        """Give back to coupons what these took from them, and say why."""
        for redemption in self.filtered(lambda each: each.state == "done"):
            coupon = redemption.coupon_id._lock()
            coupon._set_remaining(coupon.remaining + redemption._whole())
            redemption.write(
                {
                    "state": "undone",
                    "undone_by_id": self.env.uid,
                    "undone_date": fields.Datetime.now(),
                    "undone_reason": reason,
                }
            )

    def _take_again(self):
        """Use the coupon once more for what was undone, as when an invoice is made anew. Raises
        UserError where the coupon has not that much any more."""
        self.ensure_one()
        coupon, whole = self.coupon_id._lock(), self._whole()
        if coupon.state != "valid" or self.currency_id.compare_amounts(coupon.remaining, whole) < 0:
            raise UserError(
                _(
                    "%(use)s was undone, and the coupon cannot be used again: remove its lines "
                    "from the invoice.",
                    use=self._in_words(),
                )
            )
        coupon._set_remaining(coupon.remaining - whole)
        self.write(
            {"state": "done", "undone_by_id": False, "undone_date": False, "undone_reason": False}
        )

    def _whole(self):
        """What a redemption took from its coupon."""
        return self.amount + self.lost_amount

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    def _put_back(self, reason):
        """Take the coupon off its document again, and undo. Raises UserError where that is not for
        us to do."""
        self.ensure_one()
        if self.kind == "order":
            self._leave_order(reason)
        else:
            self._reverse_payment(reason)

    def _in_words(self):
        return _(
            "Coupon %(coupon)s on %(document)s", coupon=self.coupon_id.name, document=self.document
        )

    def _note(self):
        """What was done with the coupon, for its document and for who did it."""
        coupon, currency = self.coupon_id, self.document_currency_id
        taken = _(
            "Coupon %(coupon)s took %(money)s off %(document)s.",
            coupon=coupon.name,
            money=format_amount(self.env, self.document_amount, currency),
            document=self.document,
        )
        lost, kept = (
            format_amount(self.env, amount, self.currency_id)
            for amount in (self.lost_amount, coupon.remaining)
        )
        rest = ""
        if self.lost_amount:
            rest = _("Its rest of %s is lost.", lost)
        elif coupon.remaining:
            rest = _("%s stay on it.", kept)
        return f"{taken} {rest}".strip()

    def _price(self, taxes, share, currency):
        """The price before taxes that the document wants for a share with them, and no more."""
        if not taxes:
            return share
        digits = self.env["decimal.precision"].precision_get("Product Price")
        step = 10**-digits

        def total(price):
            result = taxes.compute_all(price, currency, 1.0, self._product())
            return result["total_included"]

        guess = round(share * share / (total(share) or share), digits)
        candidates = [round(guess + step * number, digits) for number in (1, 0, -1, -2)]
        return next(
            (each for each in candidates if currency.compare_amounts(total(each), share) <= 0),
            candidates[-1],
        )

    @api.model
    def _parts(self, amount, weights, currency):
        """An amount split by taxes: [(taxes, price)].

        weights : {account.tax: what with these taxes there is to pay}.
        """
        weights = {taxes: each for taxes, each in weights.items() if each > 0}
        if not weights or not amount:
            return []
        shares = split.shares(amount, list(weights.values()), currency.rounding)
        return [
            (taxes, self._price(taxes, share, currency))
            for taxes, share in zip(weights, shares, strict=True)
            if share
        ]

    @api.model
    def _product(self, raise_if_not_found=True):
        """The service that stands on lines of coupons."""
        product = self.env.ref("smart_recommender.product_coupon", raise_if_not_found)
        return product or self.env["product.product"]
