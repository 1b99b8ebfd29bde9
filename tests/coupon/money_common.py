"""What coupons reduce: orders with taxes, and invoices of a client."""

from datetime import timedelta

from odoo import Command, fields

from ...tools.compat import LINE_TAXES
from ..core.invoicing_common import InvoicingCommon
from .common import CouponCommon


class CouponMoneyCommon(InvoicingCommon, CouponCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        receivable = cls.partner.with_company(cls.company).property_account_receivable_id
        clients = (cls.hotel | cls.cook).with_company(cls.company)
        clients.property_account_receivable_id = receivable
        cls.receivable = receivable
        cls.usual = cls._create_tax("TVA 20 %", 20.0)
        cls.reduced = cls._create_tax("TVA 7 %", 7.0)

    @classmethod
    def _order_for(cls, *lines, partner=None, **vals):
        """A quotation of the operator. lines : (product, quantity, price, taxes)."""
        return cls.env["sale.order"].create(
            {
                "partner_id": (partner or cls.hotel).id,
                "company_id": cls.company.id,
                "user_id": cls.operator.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            LINE_TAXES: [Command.set(taxes.ids if taxes else [])],
                        }
                    )
                    for product, quantity, price, taxes in lines
                ],
                **vals,
            }
        )

    def _use_on_order(self, coupon, order, user=None, **given):
        answer = self.coupons.with_user(user or self.operator).redeem_on_order(
            coupon.code,
            given.get("pin") or coupon._pin(),
            given.get("name") or "hotel atlas",
            order.id,
        )
        self.env.invalidate_all()
        return answer

    def _use_on_invoice(self, coupon, invoice, user=None):
        answer = self.coupons.with_user(user or self.operator).redeem_on_invoice(
            coupon.code, coupon._pin(), "hotel atlas", invoice.id
        )
        self.env.invalidate_all()
        return answer

    def _use_on_balance(self, coupon, user=None, partner=None):
        answer = self.coupons.with_user(user or self.operator).redeem_on_balance(
            coupon.code, coupon._pin(), "hotel atlas", (partner or self.hotel).id
        )
        self.env.invalidate_all()
        return answer

    @classmethod
    def _invoice_for(cls, *lines, partner=None, days_ago=1, **vals):
        """A posted invoice. lines : (price, taxes)."""
        day = fields.Date.today() - timedelta(days=days_ago)
        invoice = (
            cls.env["account.move"]
            .with_company(cls.company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": (partner or cls.hotel).id,
                    "company_id": cls.company.id,
                    "invoice_date": day,
                    "invoice_date_due": day,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": cls.bottle.id,
                                "quantity": 1.0,
                                "price_unit": price,
                                "tax_ids": [Command.set(taxes.ids if taxes else [])],
                            }
                        )
                        for price, taxes in lines
                    ],
                    **vals,
                }
            )
        )
        invoice.action_post()
        return invoice

    def _coupon_lines(self, order):
        return order.order_line.filtered(
            lambda line: line.ai_coupon_redemption_id and line.product_uom_qty
        )
