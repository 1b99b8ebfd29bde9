"""What may be suggested to whom: products that a company sells and does not exclude, and whether a
user sees what follows from everybody's documents."""

from odoo import api, models
from odoo.tools import SQL


class AiSuggestion(models.AbstractModel):
    _inherit = "ai.suggestion"

    def _is_offered(self, company, product):
        """Condition that a product may be suggested: active, saleable, of this company, not
        excluded, and visible to the user.

        product : SQL of the column with its id. One look-up by key for each row that is looked at:
        as a list of all such products it would be read whole.
        """
        # A screen that shows archived records as well still offers none.
        products = self.env["product.product"].with_context(active_test=True)
        query = products._search(self._suggestable_domain(company))
        return SQL(
            "EXISTS (SELECT FROM %s WHERE %s AND product_product.id = %s)",
            query.from_clause,
            query.where_clause,
            product,
        )

    @api.model
    def _offered(self, company, product_ids):
        """Those of some products that ``_is_offered`` lets through."""
        products = self.env["product.product"].with_context(active_test=True)
        return products.search(
            [("id", "in", list(map(int, product_ids))), *self._suggestable_domain(company)]
        )

    def _suggestable_domain(self, company):
        domain = [
            ("sale_ok", "=", True),
            ("product_tmpl_id.active", "=", True),
            ("company_id", "in", [False, *company.sudo().parent_ids.ids]),
        ]
        company = company.sudo()
        if company.ai_excluded_product_ids or company.ai_excluded_categ_ids:
            domain += ["!", *company._ai_is_excluded_product_domain()]
        return domain

    def _sees_all_documents(self):
        user = self.env.user
        return (
            self.env.su
            or user.has_group("sales_team.group_sale_salesman_all_leads")
            or user.has_group("smart_recommender.group_manager")
        )
