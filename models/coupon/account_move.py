"""What becomes of coupons when invoices, credit notes and payments are posted, cancelled, deleted.

a coupon's own credit note or payment is reversed, cancelled or deleted    it is undone
an invoice that a coupon paid is refunded in full                          so is its credit note
an order's lines of a coupon are refunded                                  it is undone
such lines are invoiced anew                                               it is used again
"""

from odoo import _, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        self.sudo()._ai_check_coupons()
        posted = super()._post(soft)
        posted.sudo()._ai_follow_coupons()
        return posted

    def button_cancel(self):
        done = super().button_cancel()
        for redemption in self.sudo()._ai_own_coupons():
            redemption._undo(_("%s was cancelled.", redemption.move_id.display_name))
        return done

    def unlink(self):
        redemptions = self.sudo()._ai_own_coupons()
        done = super().unlink()
        redemptions._undo(_("The document was deleted."))
        return done

    # ------------------------------------------------------------------
    # Coupons
    # ------------------------------------------------------------------

    def _ai_own_coupons(self, states=("done",)):
        """The uses of coupons of which these are the credit notes and payments."""
        return self.env["ai.coupon.redemption"].search(
            [("move_id", "in", self.ids), ("state", "in", states)]
        )

    def _ai_coupons_of_lines(self):
        """The uses of coupons on orders that lines of these invoices came of."""
        return self.invoice_line_ids.sale_line_ids.ai_coupon_redemption_id

    def _ai_check_coupons(self):
        """Raise UserError for a credit note or payment that is not what its coupon has paid."""
        for redemption in self._ai_own_coupons(("done", "undone")):
            move, currency = redemption.move_id, redemption.document_currency_id
            if redemption.state == "undone":
                raise UserError(
                    _(
                        "%(move)s belongs to a coupon that was given back: cancel it, and use the "
                        "coupon again.",
                        move=move.display_name,
                    )
                )
            if currency.compare_amounts(move.amount_total, redemption.document_amount):
                raise UserError(
                    _(
                        "%(move)s has another amount than its coupon has paid: cancel it, and use "
                        "the coupon again.",
                        move=move.display_name,
                    )
                )
        for move in self.filtered(lambda move: move.move_type in ("out_invoice", "out_refund")):
            move._ai_check_coupon_lines()
        invoices = self.filtered(lambda move: move.move_type == "out_invoice")
        invoices._ai_coupons_of_lines()._return_to_order()

    def _ai_check_coupon_lines(self):
        """Raise UserError for lines of coupons that no coupon has paid, such as those of a copy;
        a coupon's own credit note and what reverses it are none."""
        product = self.env["ai.coupon.redemption"]._product(raise_if_not_found=False)
        lines = self.invoice_line_ids.filtered(lambda line: product and line.product_id == product)
        if not lines or (self | self.reversed_entry_id)._ai_own_coupons(("done", "undone")):
            return
        for line in lines:
            ordered = line.sale_line_ids.filtered("ai_coupon_redemption_id")
            if not ordered or ordered[0].price_unit != line.price_unit or line.quantity > 1:
                raise UserError(
                    _(
                        "The line %(line)s of %(move)s was paid by no coupon, or is not what its "
                        "coupon has paid: remove it, and use a coupon on the invoice once it is "
                        "posted.",
                        line=line.name,
                        move=self.display_name,
                    )
                )

    def _ai_follow_coupons(self):
        """Undo what posted credit notes and reversals have taken back."""
        self.filtered(
            lambda move: move.move_type == "out_refund"
        )._ai_coupons_of_lines()._follow_refund()
        originals = {move.reversed_entry_id: move for move in self if move.reversed_entry_id}
        if not originals:
            return
        reversed_moves = self.browse([move.id for move in originals])
        for redemption in reversed_moves._ai_own_coupons():
            redemption._follow_reversal(originals[redemption.move_id])
        paid = self.env["ai.coupon.redemption"].search(
            [
                ("invoice_ids", "in", reversed_moves.ids),
                ("kind", "=", "invoice"),
                ("state", "=", "done"),
                ("move_id", "not in", self.ids),
            ]
        )
        for redemption in paid:
            invoice = redemption.invoice_ids
            refund = originals[invoice]
            if invoice.currency_id.compare_amounts(refund.amount_total, invoice.amount_total) >= 0:
                redemption._reverse_payment(_("Refunded by %s", refund.name))
