"""Which products ABC/XYZ classes are of."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _class_window(self, company):
        """First and last day (dates, inclusive) that classes look at; today is not over."""
        today = self._local_now(company).date()
        return today - timedelta(days=company.ai_class_days), today - timedelta(days=1)

    @api.model
    def _class_products(self, company):
        """What the company offers today: active and for sale, ever sold or not.

        Returns list of product ids, ascending.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT product.id
                  FROM product_product product
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE product.active
                   AND template.active
                   AND template.sale_ok
                   -- A choice of other products: what is chosen is sold, and classified, itself.
                   AND template.type <> 'combo'
                   AND %s
              ORDER BY product.id
                """,
                SQL(" AND ").join(self._product_conditions(company)),
            )
        )
        return [product_id for (product_id,) in self.env.cr.fetchall()]
