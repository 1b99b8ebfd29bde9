"""What customers bought and may rate, and what they rated."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy

# Of five: a product that is rated so counts like one that is not rated.
NEUTRAL_STARS = 3.0


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _product_ratings(self, company):
        import numpy as np  # only training pays for it

        self.env.flush_all()
        rows = binary_copy.read_rows(
            self.env.cr,
            SQL(
                """
                SELECT partner.commercial_partner_id, product.id, avg(rating.rating)::float8,
                       date_part(
                           'epoch', max(
                               COALESCE(
                                   CASE WHEN rating.ai_company_id IS NULL THEN rating.write_date
                                        ELSE rating.ai_rated_on END,
                                   rating.create_date, TIMESTAMP 'epoch')
                           ) AT TIME ZONE 'UTC' AT TIME ZONE %s
                       ) / 86400
                  FROM rating_rating rating
                  JOIN res_partner partner ON partner.id = rating.partner_id
                  JOIN product_product product ON product.product_tmpl_id = rating.res_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE %s
                   AND %s
              GROUP BY partner.commercial_partner_id, product.id
                """,
                self._time_zone(company).zone,
                self.env["rating.rating"]._ai_counted(company.id),
                SQL(" AND ").join(self._product_conditions(company)),
            ),
            {"customer": "i4", "product": "i4", "rating": "f8", "when": "f8"},
        )
        if not len(rows["rating"]):
            return None
        return {
            "customer": rows["customer"].astype(np.int64),
            "product": rows["product"].astype(np.int64),
            "rating": rows["rating"] / NEUTRAL_STARS,
            "when": rows["when"],
        }

    @api.model
    def _stars(self, company):
        """The ratings of products that count in a company, for its model.

        Returns {"client", "product", "stars"} of equally long arrays: ids of the commercial
        entities and of the product.template, and 1 to 5; several contacts give several.
        """
        import numpy as np  # only training pays for it

        self.env.flush_all()
        rows = binary_copy.read_rows(
            self.env.cr,
            SQL(
                """
                SELECT partner.commercial_partner_id, rating.res_id, rating.rating::float8
                  FROM rating_rating rating
                  JOIN res_partner partner ON partner.id = rating.partner_id
                  JOIN product_template template ON template.id = rating.res_id
                 WHERE %s
                   AND (template.company_id IS NULL OR template.company_id IN %s)
                """,
                self.env["rating.rating"]._ai_counted(company.id),
                tuple(company.sudo().parent_ids.ids),
            ),
            {"client": "i4", "product": "i4", "stars": "f8"},
        )
        return {
            "client": rows["client"].astype(np.int64),
            "product": rows["product"].astype(np.int64),
            "stars": rows["stars"],
        }

    @api.model
    def _bought_templates(self, company, entity):
        """What a client bought of a company, gifts and what the settings exclude left out.

        entity : res.partner, the commercial entity.
        Returns [{"template_id", "product_id": the variant bought last, "last_on": datetime in UTC,
        "order_count"}], the last bought first.
        """
        self.env.flush_all()
        self.env.cr.execute(self._bought_query(company, entity))
        return self.env.cr.dictfetchall()

    def _bought_query(self, company, entity):
        return SQL(
            """
            SELECT template.id AS template_id,
                   (array_agg(product.id ORDER BY so.date_order DESC, sol.id DESC))[1]
                       AS product_id,
                   max(so.date_order) AS last_on,
                   count(DISTINCT so.id) AS order_count
              FROM sale_order so
              JOIN res_partner partner ON partner.id = so.partner_id
              JOIN sale_order_line sol ON sol.order_id = so.id
              JOIN product_product product ON product.id = sol.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE so.company_id = %(company)s
               AND so.state = 'sale'
               AND so.date_order <= %(now)s
               AND partner.commercial_partner_id = %(entity)s
               AND sol.product_uom_qty > 0
               AND %(line_conditions)s
               AND %(product_conditions)s
          GROUP BY template.id
          ORDER BY last_on DESC, template.id
            """,
            company=company.id,
            entity=entity.id,
            # Orders of this very second count: what was confirmed just now.
            now=fields.Datetime.now() + timedelta(seconds=1),
            line_conditions=SQL(" AND ").join(self._line_conditions(company)),
            product_conditions=SQL(" AND ").join(self._product_conditions(company)),
        )
