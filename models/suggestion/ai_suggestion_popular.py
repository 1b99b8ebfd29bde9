"""Popular products, which stand below what goes with the basket."""

from odoo import models
from odoo.tools import SQL

from .ai_suggestion import FEW

# Popular products that are out of stock come last: so many times as many are looked at.
SPARE = 4


class AiSuggestion(models.AbstractModel):
    _inherit = "ai.suggestion"

    def _popular_query(self, company, basket, taken, limit):
        """Popular products, below what goes with the basket: a few, of the categories of the basket
        or of this client. Of all categories where nothing is known of either, or where they did
        better than what was learned, and as many as there is room for then; SPARE times as many,
        for those that are out of stock to come last."""
        return SQL(
            """
            SELECT affinity.product_id, affinity.typical_quantity,
                   row_number() OVER (ORDER BY affinity.popularity DESC, affinity.product_id)
                       AS place
              FROM model
              JOIN ai_product_affinity affinity ON affinity.company_id = %(company)s
              JOIN product_product product ON product.id = affinity.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE affinity.popularity > 0
               AND affinity.product_id <> ALL(%(taken)s)
               AND affinity.product_id NOT IN (SELECT product_id FROM chosen)
               -- What a manager does not want with the basket does not come back as popular.
               AND NOT EXISTS (
                   SELECT FROM ai_recommendation_rule off
                    WHERE off.company_id = %(company)s
                      AND NOT off.active
                      AND off.antecedent_size = 1
                      AND off.antecedent_id = ANY(%(basket)s)
                      AND off.consequent_id = affinity.product_id)
               -- Products without a category, which Odoo 19 allows, are a category of their own.
               AND (NOT model.is_shown
                    OR (%(is_empty)s AND NOT EXISTS (SELECT FROM history))
                    OR COALESCE(template.categ_id, 0) IN (
                        SELECT COALESCE(other_template.categ_id, 0)
                          FROM product_product other
                          JOIN product_template other_template
                            ON other_template.id = other.product_tmpl_id
                         WHERE other.id = ANY(%(basket)s)
                            OR other.id IN (SELECT product_id FROM history)))
               AND %(is_offered)s
          ORDER BY affinity.popularity DESC, affinity.product_id
             LIMIT (SELECT %(spare)s * CASE WHEN bool_and(is_shown) THEN least(%(few)s, %(limit)s)
                                            ELSE %(limit)s END
                      FROM model)
            """,
            company=company.id,
            basket=basket.ids,
            is_empty=not basket,
            taken=taken,
            few=FEW,
            spare=SPARE,
            is_offered=self._is_offered(company, SQL("affinity.product_id")),
            limit=limit,
        )
