"""The class of a template: that of its best variant."""

from odoo import api, fields, models

from .ai_product_class import NAMES


class ProductTemplate(models.Model):
    _inherit = "product.template"

    ai_class = fields.Char(
        string="ABC/XYZ",
        compute="_compute_ai_class",
        search="_search_ai_class",
        groups="base.group_user",
        help="A, B or C by revenue, then X, Y or Z by steadiness of sales; a question mark where "
        "there are too few weeks to judge, N without a sale in the period. For the current "
        "company, and for the best variant where there are several.",
    )

    @api.depends_context("company")
    def _compute_ai_class(self):
        names = self.env["ai.product.class"]._names_of(
            self.env.company, self.product_variant_ids.ids
        )
        for template in self:
            each = [names[id_] for id_ in template.product_variant_ids.ids if id_ in names]
            template.ai_class = min(each, key=NAMES.index, default=False)

    @api.model
    def _search_ai_class(self, operator, value):
        return self.env["ai.product.class"]._template_domain(self.env.company, operator, value)

    def action_open_ai_class(self):
        """Open the class with its reason. Managers of the recommender and of stock only."""
        return self.env["ai.product.class"]._action_of(self.product_variant_ids)
