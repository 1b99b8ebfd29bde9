"""The class of a product as a letter or two, for everybody who works with products."""

from odoo import api, fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    ai_class = fields.Char(
        string="ABC/XYZ",
        compute="_compute_ai_class",
        search="_search_ai_class",
        groups="base.group_user",
        help="A, B or C by revenue, then X, Y or Z by steadiness of sales; a question mark where "
        "there are too few weeks to judge, N without a sale in the period. For the current "
        "company.",
    )

    @api.depends_context("company")
    def _compute_ai_class(self):
        names = self.env["ai.product.class"]._names_of(self.env.company, self.ids)
        for product in self:
            product.ai_class = names.get(product._origin.id, False)

    @api.model
    def _search_ai_class(self, operator, value):
        return self.env["ai.product.class"]._product_domain(self.env.company, operator, value)

    def action_open_ai_class(self):
        """Open the class with its reason. Managers of the recommender and of stock only."""
        return self.env["ai.product.class"]._action_of(self)
