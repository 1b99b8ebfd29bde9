"""Orders that coupons reduce."""

from odoo import _, api, models
from odoo.exceptions import UserError

from ...tools.compat import LINE_TAXES
from .sale_order_line import FITTING, LATER, MARK

FOLLOWED_ON_ORDERS = {
    "order_line",
    "partner_id",
    "company_id",
    "pricelist_id",
    "currency_id",
    "state",
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        # A new order has no coupon yet: it need not be looked for with each of its lines.
        orders = super(SaleOrder, self.with_context(**{LATER: MARK})).create(vals_list)
        return orders.with_env(self.env)

    def write(self, vals):
        if self.env.context.get(LATER) is MARK or not FOLLOWED_ON_ORDERS & vals.keys():
            return super().write(vals)
        # Commands of a form name lines that must not be replaced between two of them.
        done = super(SaleOrder, self.with_context(**{LATER: MARK})).write(vals)
        if vals.get("state") == "cancel":
            self._ai_leave_cancelled()
        if self._ai_coupons():
            self._ai_leave_others()
            self._ai_fit_coupons()
        return done

    def unlink(self):
        for order in self.sudo():
            for redemption in order._ai_coupons():
                redemption._leave_order(_("The order was deleted."))
        return super().unlink()

    def copy(self, default=None):
        copies = super().copy(default)
        product = self.env["ai.coupon.redemption"]._product(raise_if_not_found=False)
        copies.order_line.filtered(lambda line: product and line.product_id == product).unlink()
        return copies

    def _get_no_effect_on_threshold_lines(self):
        """Loyalty programs, where they are installed, are computed without coupons, with which
        orders are paid."""
        coupons = self.order_line.filtered(lambda line: line.sudo().ai_coupon_redemption_id)
        if "loyalty.program" not in self.env:
            return coupons
        return super()._get_no_effect_on_threshold_lines() | coupons

    def _get_update_prices_lines(self):
        lines = super()._get_update_prices_lines()
        return lines.filtered(lambda line: not line.sudo().ai_coupon_redemption_id)

    def _recompute_prices(self):
        done = super()._recompute_prices()
        self._ai_fit_coupons()
        return done

    def _recompute_taxes(self):
        # Odoo writes to each line, those of coupons too; they get their own taxes back.
        done = super(SaleOrder, self.with_context(**{FITTING: MARK}))._recompute_taxes()
        self._ai_fit_coupons()
        return done

    def _get_invoiceable_lines(self, final=False):
        """A coupon is invoiced with what it pays: never more of it than the invoice has to pay,
        unless nothing is left that could pay it later."""
        lines = super()._get_invoiceable_lines(final)
        coupons = lines.filtered(lambda line: line.sudo().ai_coupon_redemption_id)
        others = lines - coupons
        if not coupons or self._ai_is_last_invoice(others):
            return lines
        total = sum(line._ai_total_to_invoice() for line in others)
        for redemption in coupons.sudo().ai_coupon_redemption_id.sorted("id"):
            own = coupons & redemption.order_line_ids
            reduced = total + sum(line._ai_total_to_invoice() for line in own)
            if self.currency_id.compare_amounts(reduced, 0) < 0:
                lines -= own
            else:
                total = reduced
        return lines if any(not line.display_type for line in lines) else lines.browse()

    def _ai_is_last_invoice(self, lines):
        """Whether nothing remains to be invoiced once these lines are."""
        return all(
            line.qty_invoiced + (line in lines and line.qty_to_invoice) >= line.product_uom_qty
            for line in self.order_line
            if not (line.display_type or line.is_downpayment)
            and not line.sudo().ai_coupon_redemption_id
        )

    # ------------------------------------------------------------------
    # Coupons
    # ------------------------------------------------------------------

    def action_use_coupon(self):
        """The dialog that takes a coupon off the order. Who validates coupons only."""
        self.ensure_one()
        self.env["ai.coupon"]._check_validator(self.company_id)
        self._ai_check_reducible()
        return {
            "type": "ir.actions.client",
            "tag": "smart_recommender.coupon_dialog",
            "name": _("Coupon on %s", self.name),
            "target": "new",
            "params": {
                "order": {
                    "id": self.id,
                    "name": self.name,
                    "amount": self.amount_total,
                    "currency_id": self.currency_id.id,
                },
                "client_name": self.partner_id.commercial_partner_id.name,
            },
        }

    def _ai_coupons(self):
        """The coupons that reduce these orders, in the order in which they were used."""
        return (
            self.env["ai.coupon.redemption"]
            .sudo()
            .search([("order_id", "in", self.ids), ("state", "=", "done")], order="id")
        )

    def _ai_check_reducible(self):
        """Raise UserError where a coupon cannot reduce the order."""
        self.ensure_one()
        name = self.display_name
        if self.state == "cancel":
            raise UserError(_("%s is cancelled: it cannot take a coupon.", name))
        if self.locked:
            raise UserError(_("%s is locked: unlock it, then use the coupon.", name))
        invoices = self.order_line.invoice_lines.move_id.filtered(
            lambda move: move.state != "cancel"
        )
        if invoices:
            raise UserError(
                _(
                    "%(order)s is invoiced: use the coupon on %(invoice)s.",
                    order=name,
                    invoice=invoices[0].display_name,
                )
            )
        if self.currency_id.compare_amounts(self.amount_total, 0) <= 0:
            raise UserError(_("There is nothing to pay of %s.", name))

    def _ai_leave_cancelled(self):
        """A cancelled order gives coupons back, and their lines go: it may be a quotation again."""
        for order in self.sudo():
            for redemption in order._ai_coupons():
                if not redemption._is_invoiced():
                    redemption._leave_order(_("The order was cancelled."))

    def _ai_leave_others(self):
        """A coupon leaves an order that belongs to another client or company now."""
        for order in self.sudo():
            entity = order.partner_id.commercial_partner_id
            for redemption in order._ai_coupons():
                if (redemption.commercial_partner_id, redemption.company_id) != (
                    entity,
                    order.company_id,
                ):
                    redemption._leave_order(_("The order belongs to another client."))

    def _ai_fit_coupons(self):
        """Bring what coupons take off these orders in step with what is on them."""
        # One statement for the many orders that have none.
        fitting = self.sudo().with_context(**{FITTING: MARK})._ai_coupons()
        for order, redemptions in fitting.grouped("order_id").items():
            followed = redemptions.filtered(lambda each: not each._is_invoiced())
            if order.state == "cancel":
                continue
            for line in followed.order_line_ids:
                line._ai_set_coupon({"price_unit": 0.0})
            for redemption in followed.sorted("id"):
                redemption._fit()

    def _ai_coupon_weights(self):
        """{taxes: what with these taxes there is to pay}, without coupons. Taxes that are so much
        for each piece stay out: a coupon buys none."""
        weights = {}
        for line in self.order_line:
            if line.display_type or line.ai_coupon_redemption_id:
                continue
            taxes = line[LINE_TAXES].filtered(lambda tax: tax.amount_type != "fixed")
            weights[taxes] = weights.get(taxes, 0.0) + line.price_total
        return weights
