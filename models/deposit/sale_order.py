"""Deposits on orders: the lines of containers follow the lines of what is sold in them."""

from odoo import _, api, fields, models
from odoo.tools import float_round

from ...tools.quantities import least_step
from .sale_order_line import KEEPING


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Portal users read sale orders: the group keeps this field from them.
    ai_deposit_warning = fields.Text(
        string="Returned Containers",
        compute="_compute_ai_deposit_warning",
        groups="base.group_user",
    )

    @api.depends(
        "partner_shipping_id",
        "state",
        "order_line.product_id",
        "order_line.product_uom_qty",
        "order_line.product_uom",
    )
    @api.depends_context("lang")
    def _compute_ai_deposit_warning(self):
        for order in self:
            is_open = order.state in ("draft", "sent")
            order.ai_deposit_warning = is_open and "\n".join(order._ai_returned_beyond())

    def _ai_returned_beyond(self):
        """That more containers come back on an open order than its client holds: [text]."""
        self.ensure_one()
        company, returned = self.company_id or self.env.company, {}
        containers = self.env["ai.deposit.container"]
        for line in self.order_line:
            container = containers._of_product(company, line.product_id)
            if container and line.product_uom_qty < 0 and not line._ai_moves():
                returned[container] = returned.get(container, 0.0) - line._ai_own_quantity()
        partner = self.partner_shipping_id._origin or self.partner_id._origin
        texts = []
        for container, quantity in returned.items() if partner else ():
            held = self.env["ai.deposit.balance"].sudo()._held(container, partner)
            if quantity > held:
                back, there = (f"{number:g}" for number in (quantity, max(held, 0.0)))
                texts.append(
                    _(
                        "%(client)s holds %(held)s × %(container)s, and %(quantity)s come back on "
                        "this order.",
                        client=partner.commercial_partner_id.display_name,
                        held=there,
                        container=container.product_id.display_name,
                        quantity=back,
                    )
                )
        return texts

    # ------------------------------------------------------------------
    # Lines of containers
    # ------------------------------------------------------------------

    def _ai_keep_deposits(self):
        """Bring the lines of containers in step with the lines of what is sold in them."""
        contents = self.env["ai.deposit.content"]
        for order in self.filtered(lambda order: order.state in ("draft", "sent", "sale")):
            if contents._by_product(order.company_id.id):
                order.sudo().with_context(**{KEEPING: True})._ai_keep_deposit_lines()

    def _ai_keep_deposit_lines(self):
        kept = self.order_line.filtered("ai_deposit_container_id")
        containers = self.env["ai.deposit.container"]
        lines = {}
        for line in kept:
            lines.setdefault(line.ai_deposit_container_id, line)
        for container_id, quantity in self._ai_containers_wanted().items():
            container = containers.browse(container_id)
            line = lines.pop(container, None)
            unit = container.product_id.uom_id
            step = least_step(unit)
            quantity = float_round(quantity, precision_rounding=step, rounding_method="UP")
            if line is None:
                self._ai_add_deposit_line(container, quantity)
            elif line.product_uom != unit or line.product_uom_qty != quantity:
                line.write({"product_uom": unit.id, "product_uom_qty": quantity})
        for line in lines.values():
            line._ai_drop_deposit()

    def _ai_containers_wanted(self):
        """{container id: how many the order takes, in the container's own unit}, none with zero."""
        contents, wanted = self.env["ai.deposit.content"], {}
        for line in self.order_line:
            if line.display_type or line.is_downpayment or not line.product_id:
                continue
            for container_id, per_unit in contents._of_product(self.company_id, line.product_id):
                quantity = line._ai_own_quantity() * per_unit
                wanted[container_id] = wanted.get(container_id, 0.0) + quantity
        return {container: quantity for container, quantity in wanted.items() if quantity}

    def _ai_add_deposit_line(self, container, quantity):
        self.env["sale.order.line"].create(
            {
                "order_id": self.id,
                "product_id": container.product_id.id,
                "product_uom": container.product_id.uom_id.id,
                "product_uom_qty": quantity,
                "ai_deposit_container_id": container.id,
                "sequence": max(self.order_line.mapped("sequence"), default=10),
            }
        )
