"""Coupons take money off an order, an open invoice, or what a client owes.

What is reduced is looked at first, so that an error there says nothing about the coupon. The coupon
is marked in the transaction that reduces, its row held since it was checked: both or neither.
"""

from odoo import _, api, models
from odoo.exceptions import UserError

from ...tools.compat import check_access, permitted

SHOWN = 5


class AiCoupon(models.Model):
    _inherit = "ai.coupon"

    @api.model
    def redeem_on_order(self, code, pin, client_name, order_id):
        """Take a coupon off an order that is not invoiced; code, pin, client_name as for
        ``check_coupon``, whose answer it gives with {"redemption_id", "reduced", "rest",
        "rest_kept"} besides: what was taken off in the order's currency, what is left of the
        coupon, and whether its client keeps that.

        Raises UserError or AccessError for an order that the user may not reduce.
        """
        order = self.env["sale.order"].browse(order_id).exists()
        if not order:
            raise UserError(_("This order is not there any more. Load the page again."))
        check_access(order, "write")
        company = order.company_id
        self._check_validator(company)
        order.sudo()._ai_check_reducible()
        entity = order.sudo().partner_id.commercial_partner_id
        coupon, refusal = self._checked(code, pin, client_name, company, entity)
        return refusal or coupon._redeemed(coupon.sudo()._take_off_order(order.sudo()))

    @api.model
    def redeem_on_invoice(self, code, pin, client_name, move_id):
        """Take a coupon off an open invoice, as ``redeem_on_order`` does off an order."""
        invoice = self.env["account.move"].sudo().browse(move_id).exists()
        company, entity = invoice.company_id & self.env.companies, invoice.commercial_partner_id
        self._check_validator(company or self.env.company)
        if not company:
            raise UserError(_("This invoice is not there any more. Load the page again."))
        check_access(invoice.partner_id.sudo(False), "read")
        self._check_open(invoice)
        coupon, refusal = self._checked(code, pin, client_name, company, entity)
        if refusal:
            return refusal
        return coupon._redeemed(coupon.sudo()._take_off_invoices("invoice", invoice))

    @api.model
    def redeem_on_balance(self, code, pin, client_name, partner_id):
        """Take a coupon off the oldest invoices that a client owes the current company, as
        ``redeem_on_order`` does off an order."""
        partner = self.env["res.partner"].browse(partner_id).exists()
        company = self.env.company
        self._check_validator(company)
        if not partner:
            raise UserError(_("This client is not there any more. Load the page again."))
        check_access(partner, "read")
        entity = partner.sudo().commercial_partner_id
        invoices = self._owed_invoices(company, entity)
        coupon, refusal = self._checked(code, pin, client_name, company, entity)
        if refusal:
            return refusal
        return coupon._redeemed(coupon.sudo()._take_off_invoices("balance", invoices))

    # ------------------------------------------------------------------
    # What can be reduced
    # ------------------------------------------------------------------

    def _uses(self, company):
        """What of its client a coupon can reduce: {"orders", "invoices": [{"id", "name", "amount",
        "currency_id"}], "partner_id": id of the client that owes these invoices}."""
        self.ensure_one()
        entity = self.sudo().commercial_partner_id
        orders = self.env["sale.order"].search(
            [
                ("company_id", "=", company.id),
                ("partner_id.commercial_partner_id", "=", entity.id),
                ("state", "in", ("draft", "sent", "sale")),
                ("locked", "=", False),
                ("invoice_ids", "=", False),
                ("amount_total", ">", 0),
            ],
            limit=SHOWN * 4,
        )
        members = (
            self.env["res.partner"]
            .sudo()
            .with_context(active_test=False)
            .search([("commercial_partner_id", "=", entity.id)])
        )
        invoices = self.env["ai.client.sheet"].sudo()._open_invoices(company, members)
        return {
            "orders": [
                {
                    "id": order.id,
                    "name": order.name,
                    "amount": order.amount_total,
                    "currency_id": order.currency_id.id,
                }
                for order in permitted(orders, "write")[:SHOWN]
            ],
            "invoices": [
                {
                    "id": invoice["id"],
                    "name": invoice["name"],
                    "amount": invoice["residual"],
                    "currency_id": invoice["currency_id"],
                }
                for invoice in invoices
            ],
            "partner_id": entity.id,
        }

    @api.model
    def _check_open(self, invoice):
        """Raise UserError for what is no invoice of a client with something left to pay."""
        if invoice.move_type != "out_invoice" or invoice.state != "posted":
            raise UserError(
                _("%s cannot take a coupon: choose a posted invoice.", invoice.display_name)
            )
        if invoice.currency_id.compare_amounts(invoice.amount_residual, 0) <= 0:
            raise UserError(_("Nothing is left to pay of %s.", invoice.display_name))

    @api.model
    def _owed_invoices(self, company, entity):
        """Open invoices of a client in the company's currency, the oldest first. Raises UserError
        where there is none."""
        invoices = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("commercial_partner_id", "=", entity.id),
                    ("move_type", "=", "out_invoice"),
                    ("state", "=", "posted"),
                    ("payment_state", "in", ("not_paid", "partial")),
                    ("amount_residual", ">", 0),
                ],
                order="invoice_date_due, id",
            )
        )
        own = invoices.filtered(lambda move: move.currency_id == company.currency_id)
        if own:
            account = self.env["ai.coupon.redemption"]._owed_lines(own[0]).account_id[:1]
            return own.filtered(
                lambda move: account in move.line_ids.account_id  # one entry reconciles one account
            )
        if invoices:
            raise UserError(
                _(
                    "%(client)s owes nothing in %(currency)s: use the coupon on an invoice in "
                    "another currency, such as %(invoice)s.",
                    client=entity.display_name,
                    currency=company.currency_id.name,
                    invoice=invoices[0].display_name,
                )
            )
        raise UserError(_("%s owes nothing.", entity.display_name))

    # ------------------------------------------------------------------
    # Reducing
    # ------------------------------------------------------------------

    def _take_off_order(self, order):
        """Take as much of the coupon off an order as there is to pay. Returns the redemption."""
        taken, amount = self._wanted(order.amount_total, order.currency_id)
        redemption = self.env["ai.coupon.redemption"]._take(
            self,
            "order",
            amount,
            document=order.name,
            document_amount=taken,
            document_currency_id=order.currency_id.id,
            order_id=order.id,
        )
        redemption._fit()
        order.message_post(body=redemption._note())
        return redemption

    def _take_off_invoices(self, kind, invoices):
        """Take as much of the coupon off invoices of one currency as is left to pay of them."""
        currency = invoices.currency_id
        taken, amount = self._wanted(sum(invoices.mapped("amount_residual")), currency)
        redemption = self.env["ai.coupon.redemption"]._take(
            self,
            kind,
            amount,
            document=", ".join(invoices[:3].mapped("name")),
            document_amount=taken,
            document_currency_id=currency.id,
        )
        redemption._pay(invoices)
        for invoice in redemption.invoice_ids:
            invoice.message_post(body=redemption._note())
        return redemption

    def _wanted(self, owed, currency):
        """(what the coupon takes off in a currency, what that is of the coupon).

        owed : what there is to pay, above zero.
        """
        company, own, today = self.company_id, self.currency_id, self._today()
        worth = own._convert(self.remaining, currency, company, today)
        taken, used = worth, self.remaining
        if currency.compare_amounts(worth, owed) > 0:
            taken = currency.round(owed)
            used = min(currency._convert(owed, own, company, today), self.remaining)
        if own.is_zero(used) or currency.is_zero(taken):
            raise UserError(_("There is too little to pay for coupon %s to be used.", self.name))
        return taken, used

    def _redeemed(self, redemption):
        """What is said of a coupon that was used just now."""
        coupon, redemption = self.sudo(), redemption.sudo()
        return {
            "ok": True,
            "message": redemption._note(),
            "coupon": coupon._answer()["coupon"],
            "redemption_id": redemption.id,
            "reduced": redemption.document_amount,
            "rest": redemption.lost_amount or coupon.remaining,
            "rest_kept": not redemption.lost_amount,
        }
