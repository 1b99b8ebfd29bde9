"""What the lines of a decision of orders cost, at the vendor's own price and in its currency.

The price is that of the quantity, as a request for quotation will have it. It is kept with the
line, so that an applied decision goes on showing what was decided on.
"""

from odoo import api, fields, models

from ...tools import compat


class AiReplenishmentDecisionLine(models.Model):
    _inherit = "ai.replenishment.decision.line"

    currency_id = fields.Many2one(
        "res.currency", compute="_compute_price", store=True, precompute=True
    )
    price = fields.Float(
        string="Vendor Price",
        compute="_compute_price",
        store=True,
        precompute=True,
        digits="Product Price",
        group_operator=None,
        help="Of one unit of the product, in the vendor's currency; none where it gives no price.",
    )
    total = fields.Monetary(
        compute="_compute_price",
        store=True,
        precompute=True,
        group_operator=None,
        help="Quantity to order × vendor price.",
    )

    @api.depends("quantity", "seller_id")
    def _compute_price(self):
        for line in self:
            seller = line._seller_of_quantity()
            unit = compat.purchase_unit(line.product_id.sudo(), seller)
            price = seller.price * (1 - seller.discount / 100)
            price = unit._compute_price(price, line.product_id.sudo().uom_id) if seller else 0.0
            line.currency_id = seller.currency_id or line.company_id.currency_id
            line.price = price
            line.total = line.quantity * price

    def _seller_of_quantity(self):
        """The vendor's offer that Odoo takes for the quantity; empty without a vendor."""
        self.ensure_one()
        # Whoever decides on orders need not be allowed to read the prices of purchases.
        product = self.product_id.sudo().with_company(self.company_id)
        if not self.seller_id:
            return product.env["product.supplierinfo"]
        seller = product._select_seller(
            partner_id=self.seller_id.sudo().partner_id,
            quantity=self.quantity,
            date=self.env["ai.sales.extract"]._local_now(self.company_id).date(),
            uom_id=product.uom_id,
        )
        return seller or self.seller_id.sudo()
