"""Classes of products for whoever may see the products: letters only, never figures."""

from odoo import api, models
from odoo.tools import SQL

from .ai_product_class import NAMES


class AiProductClass(models.Model):
    _inherit = "ai.product.class"

    @api.model
    def _names_of(self, company, product_ids):
        """{product id: name of its class in a company}; products without one are left out."""
        rows = self.sudo()._read_group(
            [("company_id", "=", company.id), ("product_id", "in", product_ids)],
            ["product_id", "name"],
        )
        return {product.id: name for product, name in rows}

    @api.model
    def _product_domain(self, company, operator, value):
        """Domain over products whose class passes a condition such as ("=like", "A%")."""
        return self._domain(
            operator,
            value,
            SQL(
                "SELECT product_id AS id, name FROM ai_product_class WHERE company_id = %s",
                company.id,
            ),
        )

    @api.model
    def _template_domain(self, company, operator, value):
        """The same over templates, by the best of their active variants."""
        self.env["product.product"].flush_model(["active", "product_tmpl_id"])
        return self._domain(
            operator,
            value,
            SQL(
                """
                SELECT DISTINCT ON (product.product_tmpl_id)
                       product.product_tmpl_id AS id, row.name
                  FROM ai_product_class row
                  JOIN product_product product ON product.id = row.product_id AND product.active
                 WHERE row.company_id = %s
              ORDER BY product.product_tmpl_id, array_position(%s, row.name::text)
                """,
                company.id,
                list(NAMES),
            ),
        )

    def _domain(self, operator, value, classes):
        """There are few names: each is asked whether it passes, and the database looks for those.

        classes : SQL with the columns id and name.
        """
        passing = self._passing_names(operator, value)
        # What has no row passes too: so all but the rows with another name.
        wanted = passing if False not in passing else [n for n in NAMES if n not in passing]
        query = SQL(
            "(SELECT classes.id FROM (%s) classes WHERE classes.name = ANY(%s))", classes, wanted
        )
        return [("id", "in" if wanted is passing else "not in", query)]

    def _passing_names(self, operator, value):
        """Names for which a condition holds, and False where it holds without a class."""
        condition = [("name", operator, value)]
        return [
            name
            for name in (*NAMES, False)
            if self.sudo().new({"name": name}).filtered_domain(condition)
        ]
