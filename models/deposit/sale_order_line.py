"""Order lines of containers: their price is the deposit, whatever the price list.

A line that came with what is sold in a container follows it. Empties that come back are a line of
their own with a quantity below zero: Odoo receives them when the order is confirmed, unless an
operator has logged them before, see ``ai.deposit.return``.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

KEEPING = "ai_keeping_deposits"
# What changes how many containers an order takes.
COUNTED = {"product_id", "product_uom_qty", "product_uom", "order_id"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # Portal users read order lines: the group keeps this field from them.
    ai_deposit_container_id = fields.Many2one(
        "ai.deposit.container",
        string="Deposit For",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="This line follows the lines of what is sold in the container.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._ai_keep_deposits()
        return lines

    def write(self, vals):
        self._ai_check_deposits(vals)
        orders = self.order_id if "order_id" in vals else self.env["sale.order"]
        done = super().write(vals)
        if COUNTED & vals.keys():
            self._ai_keep_deposits(orders)
        return done

    def unlink(self):
        orders = self.order_id
        done = super().unlink()
        self.browse()._ai_keep_deposits(orders.exists())
        return done

    def _ai_keep_deposits(self, orders=None):
        """Bring the deposits of the lines' orders, and of others, in step with them."""
        if not self.env.context.get(KEEPING):
            (self.order_id | (orders or self.env["sale.order"]))._ai_keep_deposits()

    def _ai_check_deposits(self, vals):
        """Raise where somebody changes what follows another line."""
        if "product_uom_qty" not in vals or self.env.context.get(KEEPING):
            return
        for line in self:
            kept = line.sudo().ai_deposit_container_id
            if kept and line.product_uom_qty != vals["product_uom_qty"]:
                raise UserError(
                    _(
                        "The quantity of %(container)s follows what is sold in it. Change the "
                        "quantity of the product; for empties that come back, add a line of "
                        "%(container)s with a quantity below zero.",
                        container=kept.product_id.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Prices
    # ------------------------------------------------------------------

    def _get_display_price(self):
        container = self._ai_container()
        if not container:
            return super()._get_display_price()
        currency = self.currency_id or self.order_id.currency_id
        day = self.order_id.date_order or fields.Datetime.now()
        return container._price(self.product_uom, currency, day)

    @api.depends("product_id", "product_uom", "product_uom_qty")
    def _compute_discount(self):
        done = super()._compute_discount()
        for line in self:
            if line.discount and line._ai_container():
                line.discount = 0.0
        return done

    def _ai_container(self):
        """The container that the line's product is; empty where it is none."""
        company = self.company_id or self.order_id.company_id or self.env.company
        return self.env["ai.deposit.container"]._of_product(company, self.product_id)

    # ------------------------------------------------------------------
    # Quantities
    # ------------------------------------------------------------------

    def _ai_own_quantity(self):
        """Quantity of the line in the product's own unit."""
        own = self.product_id.uom_id
        return self.product_uom._compute_quantity(self.product_uom_qty, own, round=False)

    def _ai_moves(self):
        """Stock moves of the line that were not cancelled, whoever asks."""
        return self.sudo().move_ids.filtered(lambda move: move.state != "cancel")

    def _ai_drop_deposit(self):
        """Nothing in this container is on the order any more."""
        if self.order_id.state == "sale":
            self.product_uom_qty = 0.0
        else:
            self.unlink()

    def _ai_refund_returned(self, move):
        """This line refunds what a done move has brought back: nothing more is to be received."""
        move.sudo().write({"sale_line_id": self.id, "to_refund": True})
