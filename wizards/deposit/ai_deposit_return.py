"""Containers have come back from a client: how many, and whether the deposit is refunded.

They are received at once. The refund is a line with a quantity below zero on an open order of the
operator, or on a new quotation, that the receipt belongs to.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools.compat import check_access
from ...tools.quantities import is_multiple, least_step


class AiDepositReturn(models.TransientModel):
    _name = "ai.deposit.return"
    _description = "Return of Containers"

    partner_id = fields.Many2one("res.partner", string="Client", required=True, readonly=True)
    commercial_partner_id = fields.Many2one(related="partner_id.commercial_partner_id")
    container_id = fields.Many2one(
        "ai.deposit.container", string="Returnable Container", required=True, readonly=True
    )
    company_id = fields.Many2one(related="container_id.company_id")
    currency_id = fields.Many2one(related="container_id.currency_id")
    uom_id = fields.Many2one(related="container_id.product_id.uom_id", string="Unit of Measure")
    held = fields.Float(compute="_compute_held", digits="Product Unit of Measure")
    quantity = fields.Float(string="Returned", required=True, digits="Product Unit of Measure")
    refund = fields.Monetary(compute="_compute_refund")
    is_refunded = fields.Boolean(
        string="Refund the Deposit",
        compute="_compute_is_refunded",
        store=True,
        readonly=False,
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Refunded On",
        compute="_compute_order_id",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id), ('user_id', '=', uid),"
        " ('partner_id', 'child_of', commercial_partner_id), ('locked', '=', False),"
        " ('state', 'in', ('draft', 'sent', 'sale')), ('invoice_status', '!=', 'invoiced')]",
        help="Empty: on a new quotation.",
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Received In",
        compute="_compute_warehouse_id",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )

    @api.depends("partner_id", "container_id")
    def _compute_held(self):
        balances = self.env["ai.deposit.balance"].sudo()
        for row in self:
            row.held = row.container_id and balances._held(row.container_id.sudo(), row.partner_id)

    @api.depends("quantity", "container_id")
    def _compute_refund(self):
        for row in self:
            row.refund = row.quantity * row.container_id.value

    @api.depends("container_id")
    def _compute_is_refunded(self):
        for row in self:
            row.is_refunded = bool(row.container_id.value)

    @api.depends("partner_id", "container_id")
    def _compute_order_id(self):
        for row in self:
            row.order_id = self.env["sale.order"].search(
                [
                    ("company_id", "=", row.company_id.id),
                    ("user_id", "=", self.env.uid),
                    ("partner_id.commercial_partner_id", "=", row.commercial_partner_id.id),
                    ("state", "in", ("draft", "sent")),
                ],
                limit=1,
            )

    @api.depends("container_id")
    def _compute_warehouse_id(self):
        for row in self:
            user = self.env.user.with_company(row.company_id)
            row.warehouse_id = user._get_default_warehouse_id()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_log_return(self):
        """Receive the containers, and refund their deposit where that is wanted. Operators only."""
        self.ensure_one()
        self.env["ai.client"]._check_operator()
        check_access(self.partner_id, "read")
        check_access(self.container_id, "read")
        self._check_quantity()
        order = self._refund_order() if self.is_refunded else self.env["sale.order"]
        move = self.container_id._take_back(self.partner_id, self.quantity, self.warehouse_id)
        if order:
            self._refund_line(order)._ai_refund_returned(move)
        return {"type": "ir.actions.act_window_close", "infos": {"order_id": order.id}}

    def _check_quantity(self):
        """Raise where this number cannot have come back."""
        name = self.container_id.product_id.display_name
        quantity, held = (f"{number:g}" for number in (self.quantity, max(self.held, 0.0)))
        if self.quantity <= 0 or not is_multiple(self.quantity, least_step(self.uom_id)):
            raise UserError(
                _(
                    "%(quantity)s × %(container)s cannot come back: give a whole number above "
                    "zero.",
                    quantity=quantity,
                    container=name,
                )
            )
        if self.quantity > self.held:
            raise UserError(
                _(
                    "%(client)s holds %(held)s × %(container)s, so that %(quantity)s cannot come "
                    "back. Log as many as the client holds; stock managers enter what was never "
                    "delivered here as a delivery first.",
                    client=self.partner_id.commercial_partner_id.display_name,
                    held=held,
                    container=name,
                    quantity=quantity,
                )
            )

    def _refund_order(self):
        """The order that takes the refund: the one that was chosen, else a new quotation."""
        if self.order_id:
            check_access(self.order_id, "write")
            return self.order_id
        return (
            self.env["sale.order"]
            .with_company(self.company_id)
            .create(
                {
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                    "user_id": self.env.uid,
                }
            )
        )

    def _refund_line(self, order):
        # On a confirmed order Odoo would receive them a second time.
        lines = self.env["sale.order.line"].with_context(skip_procurement=True)
        return lines.create(
            {
                "order_id": order.id,
                "product_id": self.container_id.product_id.id,
                "product_uom": self.uom_id.id,
                "product_uom_qty": -self.quantity,
            }
        )
