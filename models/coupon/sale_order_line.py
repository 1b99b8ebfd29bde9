"""Order lines of coupons: they follow the order, and nobody changes them by hand."""

from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.compat import LINE_TAXES

# In a context these mark code of ours; no request can send this object.
FITTING, LATER, MARK = "ai_fitting_coupons", "ai_fit_coupons_later", object()
# What changes how much there is to pay of a line.
FOLLOWED = {
    "product_id",
    "product_uom",
    "product_uom_qty",
    "price_unit",
    "discount",
    "order_id",
    LINE_TAXES,
}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # Portal users read order lines: the group keeps this field from them.
    ai_coupon_redemption_id = fields.Many2one(
        "ai.coupon.redemption",
        string="Coupon Used",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="This line is a coupon's part of the order, for the taxes that it has.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("ai_coupon_redemption_id") for vals in vals_list):
            self._ai_check_coupon_code()
        lines = super().create(vals_list)
        lines._ai_fit_coupons()
        return lines

    def write(self, vals):
        if "ai_coupon_redemption_id" in vals:
            self._ai_check_coupon_code()
        if self._ai_is_fitting() or not FOLLOWED & vals.keys():
            return super().write(vals)
        coupons = self.filtered(lambda line: line.sudo().ai_coupon_redemption_id)
        # A discount on all lines is one on what is sold.
        kept = {name: vals[name] for name in vals if name != "discount"} if coupons else vals
        if coupons and FOLLOWED & kept.keys():
            raise UserError(
                _(
                    "%s follows the order. Remove the line, or have the coupon undone on its own "
                    "page, and use it again.",
                    coupons[0].name,
                )
            )
        orders = self.order_id
        done = super(SaleOrderLine, self - coupons).write(vals)
        if coupons and kept:
            super(SaleOrderLine, coupons).write(kept)
        self._ai_fit_coupons(orders)
        return done

    def unlink(self):
        orders = self.order_id
        redemptions = self.sudo().ai_coupon_redemption_id
        if self._ai_is_fitting() or not orders:
            return super().unlink()
        others = redemptions.order_line_ids - self.sudo()
        done = super().unlink()
        if redemptions:
            others.with_context(**{FITTING: MARK}).unlink()
            redemptions._undo(_("Removed from the order"))
        self.browse()._ai_fit_coupons(orders)
        return done

    def _ai_is_fitting(self):
        """Whether code of ours changes lines of coupons."""
        return self.env.context.get(FITTING) is MARK

    def _ai_check_coupon_code(self):
        if not self.env.su:
            raise AccessError(_("Coupons are put on orders by validating them."))

    def _ai_fit_coupons(self, orders=None):
        """Bring the coupons of the lines' orders, and of others, in step with them."""
        if not self._ai_is_fitting() and self.env.context.get(LATER) is not MARK:
            (self.order_id | (orders or self.env["sale.order"]))._ai_fit_coupons()

    def _ai_set_coupon(self, vals):
        """Write a line of a coupon, where it differs."""
        self.ensure_one()
        taxes = [name for name in (LINE_TAXES,) if name in vals]
        same = all(self[name] == vals[name] for name in vals if name not in taxes) and all(
            set(self[name].ids) == set(vals[name][0][2]) for name in taxes
        )
        if not same:
            self.sudo().with_context(**{FITTING: MARK}).write(vals)

    def _ai_total_to_invoice(self):
        """What the line adds to an invoice that is made now, with its taxes."""
        quantity = self.product_uom_qty
        return self.price_total * self.qty_to_invoice / quantity if quantity else 0.0
