"""What the user may see of the suggestions, as conditions of the statement that ranks them.

Odoo's own record rules on recommendation rules and products are asked for as queries and become
part of it.
"""

from odoo import models
from odoo.tools import SQL


class AiSuggestion(models.AbstractModel):
    _inherit = "ai.suggestion"

    def _rule_parts(self, company, basket):
        """FROM and WHERE of the rules of a company that the user sees and the basket fires."""
        query = self.env["ai.recommendation.rule"]._search([("company_id", "=", company.id)])
        fires = SQL(
            "(antecedent_size = 1 OR string_to_array(antecedent_key, ',')::int4[] <@ %s)",
            basket.ids,
        )
        return {
            "rule_from": query.from_clause,
            "rule_where": SQL("%s AND %s", query.where_clause, fires),
        }

    def _is_offered(self, company, product):
        """Condition that a product may be suggested: active, saleable, of this company, not
        excluded, and visible to the user.

        product : SQL of the column with its id. One look-up by key for each row that is looked at:
        as a list of all such products it would be read whole.
        """
        query = self.env["product.product"]._search(self._suggestable_domain(company))
        return SQL(
            "EXISTS (SELECT FROM %s WHERE %s AND product_product.id = %s)",
            query.from_clause,
            query.where_clause,
            product,
        )

    def _suggestable_domain(self, company):
        domain = [
            ("sale_ok", "=", True),
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
