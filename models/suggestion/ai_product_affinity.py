"""Which products speak for which: the model that ranks the suggestions of a company.

One row a product: its popularity and up to 50 neighbours with their weights as plain arrays, in
columns of PostgreSQL that the ORM does not know, so that scoring a basket is one sum in SQL.
Training replaces a company's rows as a whole; :mod:`.ai_suggestion_query` reads them.
"""

from odoo import api, fields, models
from odoo.tools import SQL, create_index

from ...tools import bulk_rows

ARRAY_COLUMNS = {
    "neighbour_ids": "int4[]",
    "weights": "float4[]",
    # Bought together more often than chance explains.
    "proven": "bool[]",
    # Distinct customers who bought both: few of them are hidden from users who see only their own
    # documents.
    "customer_counts": "int4[]",
}


class AiProductAffinity(models.Model):
    _name = "ai.product.affinity"
    _description = "AI Product Affinity"
    _inherit = ["ai.product.row"]
    _log_access = False
    _array_columns = ARRAY_COLUMNS

    popularity = fields.Float(
        help="Orders of the last 30 days with the product, 1 for the most popular one."
    )
    typical_quantity = fields.Float(
        readonly=True, help="Median quantity of an order with it, in the product's own unit."
    )

    _sql_constraints = [
        (
            "product_unique",
            "UNIQUE(company_id, product_id)",
            "A company has one row of affinities for each product.",
        ),
    ]

    def init(self):
        bulk_rows.create_array_columns(self)
        create_index(
            self.env.cr,
            "ai_product_affinity_popular_idx",
            self._table,
            ["company_id", "popularity DESC"],
        )

    @api.model
    def _replace(self, run, model, customer_counts, typical):
        """Make the affinities of a run's company those of a model.

        model : algorithms.suggestion.recommender.Recommender.
        customer_counts : (w,) int, distinct customers of each weight of the model, in its order.
        typical : (n,) float, median quantity of an order with each product of the model.
        """
        limits = model.weights.indptr.tolist()
        cells = [slice(start, end) for start, end in zip(limits[:-1], limits[1:], strict=True)]
        proven = _is_in(model.proven, model.weights)
        neighbours = model.products[model.weights.indices]
        bulk_rows.replace(
            self,
            SQL("company_id = %s", run.company_id.id),
            {
                "company_id": run.company_id.id,
                "run_id": run.id,
                "product_id": model.products,
                "popularity": model.popularity,
                "typical_quantity": typical,
                "neighbour_ids": [neighbours[each] for each in cells],
                "weights": [model.weights.data[each] for each in cells],
                "proven": [proven[each] for each in cells],
                "customer_counts": [customer_counts[each] for each in cells],
            },
        )


def _is_in(subset, matrix):
    """Whether each stored entry of a csr_matrix is one of a subset's, in its order."""
    import numpy as np  # only training pays for it

    width = matrix.shape[1]
    entries, wanted = (
        np.repeat(np.arange(each.shape[0]), np.diff(each.indptr)) * width + each.indices
        for each in (matrix, subset)
    )
    return np.isin(entries, wanted)
