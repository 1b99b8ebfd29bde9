"""How many stars a client would give to what is offered to it.

One row for each commercial entity and product among its current offers, where the model of stars
knows both, the client has not rated the product, and the model tells more than the mean of the
product. Training replaces a company's rows as a whole.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy, bulk_rows


class AiRatingEstimate(models.Model):
    _name = "ai.rating.estimate"
    _description = "Expected Stars"
    _inherit = ["ai.client.row", "ai.learned.row"]
    _order = "stars desc, id"
    _rec_name = "product_tmpl_id"
    _log_access = False

    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Product",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    stars = fields.Float(
        string="Expected Stars",
        readonly=True,
        digits=(16, 1),
        group_operator="avg",
        help="Of five, as the last training tells from the ratings of all clients.",
    )

    _sql_constraints = [
        (
            "estimate_unique",
            "UNIQUE(company_id, partner_id, product_tmpl_id)",
            "A product has one expectation for each client.",
        ),
    ]

    @api.model
    def _replace(self, run, model):
        """Make the rows of a run's company those of a model.

        model : algorithms.rating.model.RatingModel, or None for no row. Returns their number.
        """
        rows = {"partner_id": [], "product_tmpl_id": [], "stars": []}
        if model is not None:
            client, product = self._offered(run.company_id)
            told = model.offers(client, product)
            client, product = client[told], product[told]
            rows = {
                "partner_id": client,
                "product_tmpl_id": product,
                "stars": model.predict(client, product),
            }
        return bulk_rows.replace(
            self,
            SQL("company_id = %s", run.company_id.id),
            {"company_id": run.company_id.id, "run_id": run.id, **rows},
        )

    @api.model
    def _offered(self, company):
        """(commercial entities, templates), int arrays of equal length: what is offered to whom."""
        self.env.flush_all()
        return binary_copy.read_rows(
            self.env.cr,
            SQL(
                """
                SELECT DISTINCT offer.partner_id, product.product_tmpl_id
                  FROM ai_customer_recommendation offer
                  JOIN product_product product ON product.id = offer.product_id
                 WHERE offer.company_id = %s
              ORDER BY 1, 2
                """,
                company.id,
            ),
            {"partner_id": "i4", "product_tmpl_id": "i4"},
        ).values()

    @api.model
    def _stars_of(self, company, partner, products):
        """{product.product id: expected stars} for a client; products without are left out.

        The caller may see the client and the products.
        """
        rows = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("product_tmpl_id", "in", products.product_tmpl_id.ids),
            ]
        )
        stars = {row.product_tmpl_id.id: row.stars for row in rows}
        return {
            product.id: stars[product.product_tmpl_id.id]
            for product in products
            if product.product_tmpl_id.id in stars
        }
