"""Who the customers of the sales history are, and what they think of what they bought."""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_popular_product import SCOPES

# Of five: a product that is rated so counts like one that is not rated.
NEUTRAL_STARS = 3.0


class AiSalesExtract(models.AbstractModel):
    _inherit = "ai.sales.extract"

    @api.model
    def _customer_scopes(self, company, date_from, date_to):
        """Scopes of the commercial entities with an order in a window.

        date_from, date_to : as for ``_order_items``.
        Returns (n, 3) int64 array of position in SCOPES, id of the scope, and customer id.
        """
        import numpy as np  # only training pays for it

        self.env.flush_all()
        rows = binary_copy.read_rows(
            self.env.cr,
            self._customer_scopes_query(company, date_from, date_to),
            {"kind": "i4", "scope": "i4", "customer": "i4"},
        )
        return np.stack([column.astype(np.int64) for column in rows.values()], axis=1)

    def _customer_scopes_query(self, company, date_from, date_to):
        return SQL(
            """
            WITH customer AS MATERIALIZED (
                SELECT DISTINCT sold.customer_id AS id
                  FROM (%(orders)s) AS sold (order_id, customer_id, sold_on)
            )
            SELECT %(company_kind)s, %(company)s, id FROM customer
         UNION ALL
            SELECT %(category_kind)s, rel.category_id, customer.id
              FROM customer
              JOIN res_partner_res_partner_category_rel rel ON rel.partner_id = customer.id
         UNION ALL
            SELECT %(state_kind)s, partner.state_id, partner.id
              FROM customer
              JOIN res_partner partner ON partner.id = customer.id
             WHERE partner.state_id IS NOT NULL
         UNION ALL
            SELECT %(country_kind)s, partner.country_id, partner.id
              FROM customer
              JOIN res_partner partner ON partner.id = customer.id
             WHERE partner.country_id IS NOT NULL
            """,
            orders=self._orders_query(company, date_from, date_to),
            company=company.id,
            **{f"{name}_kind": number for number, name in enumerate(SCOPES)},
        )

    @api.model
    def _product_ratings(self, company):
        """What customers rated, where a module such as the online shop asks them.

        Returns {"customer", "product", "rating"} of equally long arrays, a rating of 3 stars being
        1, or None where nothing is rated. A rating of a product counts for all its variants.
        """
        import numpy as np  # only training pays for it

        if "rating.rating" not in self.env:
            return None
        self.env.flush_all()
        rows = binary_copy.read_rows(
            self.env.cr,
            SQL(
                """
                SELECT partner.commercial_partner_id, product.id, avg(rating.rating)::float8
                  FROM rating_rating rating
                  JOIN res_partner partner ON partner.id = rating.partner_id
                  JOIN product_product product ON product.product_tmpl_id = rating.res_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE rating.res_model = 'product.template'
                   AND rating.consumed
                   AND rating.rating > 0
                   AND %s
              GROUP BY partner.commercial_partner_id, product.id
                """,
                SQL(" AND ").join(self._product_conditions(company)),
            ),
            {"customer": "i4", "product": "i4", "rating": "f8"},
        )
        if not len(rows["rating"]):
            return None
        return {
            "customer": rows["customer"].astype(np.int64),
            "product": rows["product"].astype(np.int64),
            "rating": rows["rating"] / NEUTRAL_STARS,
        }

    @api.model
    def _local_order_items(self, company, date_from, date_to):
        """``_order_items`` with the date in the company's own time: rhythms are in its days."""
        lines = self._order_items(company, date_from, date_to)
        zone = self._time_zone(company).zone
        lines["date"] = lines["date"].dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None)
        return lines
