from odoo import api, models


class AiCustomerRecommendation(models.Model):
    _inherit = "ai.customer.recommendation"

    @api.model
    def _prepare_offers(self, order, rows):
        """With ``expected_stars`` (float, of five) where the model of stars tells them."""
        items = super()._prepare_offers(order, rows)
        products = self.env["product.product"].browse(item["product_id"] for item in items)
        stars = self.env["ai.rating.estimate"]._stars_of(
            order.company_id, order.partner_id, products
        )
        for item in items:
            if item["product_id"] in stars:
                item["expected_stars"] = stars[item["product_id"]]
        return items
