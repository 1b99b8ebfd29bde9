"""Who the customers of the sales history are, and what they think of what they bought."""

from odoo import api, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_popular_product import SCOPES


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
    def _product_ratings(self, company):  # noqa: ARG002 (who extends it wants it)
        """What customers rated: to be extended.

        Returns {"customer", "product", "rating", "when"} of equally long arrays, or None where
        nothing is rated. A rating of 3 stars is 1, and that of a product counts for all its
        variants; when : float days like ``Baskets.when``, in the company's own time.
        """

    @api.model
    def _local_order_items(self, company, date_from, date_to):
        """``_order_items`` with the date in the company's own time: rhythms are in its days."""
        lines = self._order_items(company, date_from, date_to)
        zone = self._time_zone(company).zone
        lines["date"] = lines["date"].dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None)
        return lines
