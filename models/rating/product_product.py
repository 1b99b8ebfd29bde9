from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_open_ai_ratings(self):
        """The ratings of the variant's product: clients rate no variants."""
        self.ensure_one()
        return self.product_tmpl_id.action_open_ai_ratings()
