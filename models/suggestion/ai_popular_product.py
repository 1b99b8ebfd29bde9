"""Popular products by tag, state, country and company: offers for whom nothing is known of."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import bulk_rows

# In the order of preference: the nearest to the customer first.
SCOPES = ("category", "state", "country", "company")


class AiPopularProduct(models.Model):
    _name = "ai.popular.product"
    _description = "AI Popular Product"
    _inherit = ["ai.product.row"]
    _order = "scope, scope_id, rank, id"
    _log_access = False

    scope = fields.Selection(
        [
            ("category", "Client Tag"),
            ("state", "State"),
            ("country", "Country"),
            ("company", "Company"),
        ],
        required=True,
        readonly=True,
    )
    scope_id = fields.Integer(
        string="Record of the Scope",
        required=True,
        readonly=True,
        help="Record of the tag, state, country or company.",
    )
    customer_count = fields.Integer(
        string="Clients", readonly=True, help="Clients who bought it in the last 90 days."
    )
    share = fields.Float(
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="Share of the clients of the scope who bought anything in these days.",
    )
    rank = fields.Integer(readonly=True, group_operator="min")
    typical_quantity = fields.Float(
        readonly=True,
        digits="Product Unit of Measure",
        group_operator=None,
        help="Median quantity of an order with it, in the product's own unit.",
    )

    _sql_constraints = [
        (
            "product_unique",
            "UNIQUE(company_id, scope, scope_id, product_id)",
            "A product is popular once in each scope.",
        ),
    ]

    @api.model
    def _replace(self, run, table, typical):
        """Make the popular products of a run's company those of a training.

        table : algorithms.suggestion.popular_products.PopularTable; its kinds are positions in
            SCOPES; typical : (n,) float, what any customer takes of each row's product.
        """
        bulk_rows.replace(
            self,
            SQL("company_id = %s", run.company_id.id),
            {
                "company_id": run.company_id.id,
                "run_id": run.id,
                "scope": [SCOPES[kind] for kind in table.kind.tolist()],
                "scope_id": table.scope,
                "product_id": table.product,
                "customer_count": table.customers,
                "share": table.share,
                "rank": table.rank + 1,
                "typical_quantity": typical,
            },
        )
