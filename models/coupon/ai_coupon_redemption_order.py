"""The lines by which a coupon reduces an order: one for each set of taxes that the order has.

Each takes off its part of what is sold with these taxes, so that taxes and reports are right. Where
no price makes the last cent, a line without taxes does. The lines follow the order: they never take
off more than there is to pay.
"""

from odoo import Command, _, models
from odoo.exceptions import UserError

from ...tools.compat import LINE_TAXES
from .sale_order_line import FITTING, MARK


class AiCouponRedemption(models.Model):
    _inherit = "ai.coupon.redemption"

    def _fit(self):
        """Bring the lines in step with the order, whose total is without them just now."""
        self.ensure_one()
        order = self.order_id
        currency, before = order.currency_id, order.amount_total
        self._follow_currency(currency)
        wanted = max(min(self.document_amount, before), 0.0)
        if currency.is_zero(wanted):
            self._leave_order(_("Nothing was left to pay of %s.", self.document))
            return
        parts = self._parts(wanted, order._ai_coupon_weights(), currency)
        self._set_lines(parts)
        rest = currency.round(wanted - (before - order.amount_total))
        if rest:
            self._set_lines([*parts, (self.env["account.tax"], rest)], has_rest=True)
        if currency.compare_amounts(wanted, self.document_amount) < 0:
            self._lower(wanted)

    def _follow_currency(self, currency):
        """The order may have got another currency with another price list."""
        if self.document_currency_id != currency:
            worth = self.currency_id._convert(
                self.amount, currency, self.company_id, self.coupon_id._today()
            )
            self.write({"document_amount": worth, "document_currency_id": currency.id})

    def _is_invoiced(self):
        """Whether its lines are on an invoice, be it a draft."""
        return any(move.state != "cancel" for move in self.order_line_ids.invoice_lines.move_id)

    def _set_lines(self, parts, has_rest=False):
        """Make the lines those of some parts. parts : as of ``_parts``; has_rest : whether the last
        one is what no price with taxes makes."""
        lines = list(self.order_line_ids.sorted("id"))
        localized = self.with_context(lang=self.order_id.partner_id.lang)
        for number, (taxes, price) in enumerate(parts):
            is_rest = has_rest and number == len(parts) - 1
            vals = {
                "name": localized._line_name(is_rest),
                "product_uom_qty": 1.0,
                "price_unit": -price,
                "discount": 0.0,
                LINE_TAXES: [Command.set(taxes.ids)],
            }
            if number < len(lines):
                lines[number]._ai_set_coupon(vals)
            else:
                self._add_line(vals)
        self._drop_lines(self.order_line_ids.browse([line.id for line in lines[len(parts) :]]))

    def _add_line(self, vals):
        order = self.order_id
        lines = self.env["sale.order.line"].sudo().with_context(**{FITTING: MARK})
        lines.create(
            {
                "order_id": order.id,
                "product_id": self._product().id,
                "sequence": max(order.order_line.mapped("sequence"), default=10) + 1,
                "ai_coupon_redemption_id": self.id,
                **vals,
            }
        )

    def _line_name(self, is_rest=False):
        name = self.coupon_id.name
        return _("Coupon %s, rounding", name) if is_rest else _("Coupon %s", name)

    def _drop_lines(self, lines):
        """Take lines off the order; one that is confirmed or invoiced keeps them with a quantity of
        zero."""
        lines = lines.sudo().with_context(**{FITTING: MARK})
        if self.order_id.state == "sale" or lines.invoice_lines:
            for line in lines:
                line._ai_set_coupon({"product_uom_qty": 0.0, "price_unit": line.price_unit})
        else:
            lines.unlink()

    def _leave_order(self, reason):
        """The coupon reduces the order no more. Raises UserError where it is invoiced."""
        self.ensure_one()
        moves = self.order_line_ids.invoice_lines.move_id.filtered(
            lambda move: move.state != "cancel"
        )
        if moves:
            raise UserError(
                _(
                    "%(use)s is on %(invoice)s: cancel or refund that, and the coupon is undone "
                    "with it.",
                    use=self._in_words(),
                    invoice=moves[-1].display_name,
                )
            )
        self._drop_lines(self.order_line_ids)
        self._undo(reason)
        if self.order_id:
            self.order_id.message_post(
                body=_("Coupon %(coupon)s was taken back: %(reason)s",
                       coupon=self.coupon_id.name, reason=reason)
            )  # fmt: skip

    def _follow_refund(self):
        """Undo what is on credit notes as much as on invoices: it reduces nothing any more."""
        for redemption in self.filtered(lambda each: each.state == "done"):
            posted = redemption.order_line_ids.invoice_lines.filtered(
                lambda item: item.parent_state == "posted"
            )
            refunds = posted.filtered(lambda item: item.move_id.move_type == "out_refund")
            invoiced = sum((posted - refunds).mapped("quantity"))
            if refunds and sum(refunds.mapped("quantity")) >= invoiced:
                redemption._drop_lines(redemption.order_line_ids)
                redemption._undo(_("Refunded by %s", refunds.move_id[-1:].name))

    def _return_to_order(self):
        """Use again what was undone and stands on an invoice that is made anew."""
        for redemption in self.filtered(lambda each: each.state == "undone"):
            redemption._take_again()
            for line in redemption.order_line_ids.filtered("invoice_lines"):
                line._ai_set_coupon({"product_uom_qty": 1.0, "price_unit": line.price_unit})
