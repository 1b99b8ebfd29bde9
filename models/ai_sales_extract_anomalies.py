"""Which products the search for anomalies reads."""

from odoo import api, models
from odoo.tools import SQL


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _sold_products(self, company, date_from, date_to):
        """Products on confirmed orders of some days, archived ones too: list of ids, ascending."""
        self.env.flush_all()
        start, end = self._utc_bounds(company, date_from, date_to)
        self.env.cr.execute(
            SQL(
                """
                SELECT product.id
                  FROM product_product product
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE %(product_conditions)s
                   AND product.id IN (
                       SELECT sol.product_id
                         FROM sale_order_line sol
                         JOIN sale_order so ON so.id = sol.order_id
                        WHERE so.company_id = %(company)s
                          AND so.state = 'sale'
                          AND so.date_order >= %(start)s
                          AND so.date_order < %(end)s
                          AND %(line_conditions)s)
              ORDER BY product.id
                """,
                product_conditions=SQL(" AND ").join(self._product_conditions(company)),
                company=company.id,
                start=start,
                end=end,
                line_conditions=SQL(" AND ").join(self._line_conditions(company)),
            )
        )
        return [product_id for (product_id,) in self.env.cr.fetchall()]
