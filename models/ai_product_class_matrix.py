"""What the matrix page shows: counts, revenue and what stands in stock, for each class.

Stock is valued as it stands now: what is on hand in the company's own locations, other people's
goods left out, times the cost of the product. One statement, whatever the number of products.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.compat import cost_sql


class AiProductClass(models.Model):
    _inherit = "ai.product.class"

    @api.model
    def get_class_matrix(self):
        """Figures of the current company's matrix page.

        Returns a dictionary, see static/src/class_matrix: company, currency_id, can_train,
        is_enabled, is_training, run (its dates and settings, None before the first training) and
        cells, a list of {abc, xyz, count, revenue, stock_value} in the company's currency.
        Raises AccessError for who is no manager of the recommender or of stock.
        """
        self._check_reader()
        company = self.env.company
        return {
            "company": {"id": company.id, "name": company.name},
            "currency_id": company.currency_id.id,
            "is_enabled": company.ai_enabled,
            "can_train": self.env.user.has_group("smart_recommender.group_manager"),
            "is_training": bool(self.env["ai.training.run"].sudo()._open_run(company, "classes")),
            "run": self._matrix_run(company),
            "cells": self._matrix_cells(company),
        }

    def _matrix_run(self, company):
        """The training of the classes in use."""
        run = self.sudo().search([("company_id", "=", company.id)], limit=1).run_id
        if not run:
            return None
        return {
            "date": fields.Datetime.to_string(run.ended_at or run.started_at),
            "date_from": fields.Date.to_string(run.date_from),
            "date_to": fields.Date.to_string(run.date_to),
            **run.parameters,
        }

    def _matrix_cells(self, company):
        self.env.flush_all()
        self.env.cr.execute(self._matrix_query(company))
        return self.env.cr.dictfetchall()

    def _matrix_query(self, company):
        return SQL(
            """
            SELECT row.abc, row.xyz, count(*) AS count,
                   sum(row.revenue)::float8 AS revenue,
                   COALESCE(sum(stock.quantity * costs.cost), 0)::float8 AS stock_value
              FROM ai_product_class row
         LEFT JOIN (
                   SELECT quant.product_id, sum(quant.quantity)::float8 AS quantity
                     FROM stock_quant quant
                     JOIN stock_location location ON location.id = quant.location_id
                    WHERE location.usage = 'internal'
                      AND location.company_id = %(company)s
                      AND (quant.owner_id IS NULL OR quant.owner_id = %(owner)s)
                 GROUP BY quant.product_id
                   ) stock ON stock.product_id = row.product_id
         LEFT JOIN (%(costs)s) costs (product_id, cost)
                ON costs.product_id = row.product_id
             WHERE row.company_id = %(company)s
          GROUP BY row.abc, row.xyz
          ORDER BY row.abc, row.xyz
            """,
            company=company.id,
            owner=company.sudo().partner_id.id,
            costs=cost_sql(company),
        )
