from odoo import api, models
from odoo.tools import SQL


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    def _line_conditions(self, company):
        """A coupon pays, nobody buys it."""
        return [*super()._line_conditions(company), SQL("sol.ai_coupon_redemption_id IS NULL")]

    @api.model
    def _excluded_product_ids(self, company):
        product = self.env["ai.coupon.redemption"]._product(raise_if_not_found=False)
        return [*super()._excluded_product_ids(company), *product.ids]
