"""Which model ranks a quotation, and what is shown where nothing goes with its products."""

from odoo import api, models
from odoo.tools import SQL


class AiSuggestion(models.AbstractModel):
    _inherit = "ai.suggestion"

    def _model_query(self, company):
        """The latest training: its weights, and whether salespeople see what it learned."""
        return SQL(
            """
            SELECT history_weight, popularity_weight, proven_only,
                   COALESCE(reorder_weight, 0) AS reorder_weight,
                   COALESCE(factor_weight, 0) AS factor_weight,
                   (is_beaten IS NOT TRUE OR %(insist)s) AS is_shown
              FROM ai_training_run
             WHERE company_id = %(company)s AND kind = 'rules' AND state = 'done'
          ORDER BY id DESC
             LIMIT 1
            """,
            company=company.id,
            insist=company.ai_show_beaten,
        )

    def _popular_query(self, company, basket, taken, limit):
        """Popular products: of the basket's categories where nothing goes with it, of all where
        it is empty or they did better than what was learned."""
        return SQL(
            """
            SELECT affinity.product_id,
                   row_number() OVER (ORDER BY affinity.popularity DESC, affinity.product_id)
                       AS place
              FROM model
              JOIN ai_product_affinity affinity ON affinity.company_id = %(company)s
              JOIN product_product product ON product.id = affinity.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE affinity.popularity > 0
               AND affinity.product_id <> ALL(%(taken)s)
               AND affinity.product_id NOT IN (SELECT product_id FROM chosen)
               -- Products without a category, which Odoo 19 allows, are a category of their own.
               AND (NOT model.is_shown OR %(is_empty)s OR COALESCE(template.categ_id, 0) IN (
                        SELECT COALESCE(other_template.categ_id, 0)
                          FROM product_product other
                          JOIN product_template other_template
                            ON other_template.id = other.product_tmpl_id
                         WHERE other.id = ANY(%(basket)s)))
               AND %(is_offered)s
          ORDER BY affinity.popularity DESC, affinity.product_id
             -- As a limit and not as a condition: where nothing is wanted, nothing is read.
             LIMIT (SELECT CASE WHEN model.is_shown AND EXISTS (SELECT FROM chosen) THEN 0
                                ELSE %(limit)s END
                      FROM (SELECT bool_and(is_shown) AS is_shown FROM model) model)
            """,
            company=company.id,
            basket=basket.ids,
            is_empty=not basket,
            taken=taken,
            is_offered=self._is_offered(company, SQL("affinity.product_id")),
            limit=limit,
        )

    @api.model
    def _is_trained(self, company, kind="rules"):
        """Whether anything has been learned for a company by a kind of training."""
        self.env.cr.execute(
            "SELECT EXISTS (SELECT FROM ai_training_run"
            " WHERE company_id = %s AND kind = %s AND state = 'done')",
            [company.id, kind],
        )
        return self.env.cr.fetchone()[0]
