"""Which products speak for which: the model that ranks the suggestions of a company.

One row a product: its popularity and up to 50 neighbours with their weights as plain arrays, in
columns of PostgreSQL that the ORM does not know, so that scoring a basket is one sum in SQL.
Training replaces a company's rows as a whole; :mod:`.ai_suggestion_query` reads them.
"""

from odoo import api, fields, models
from odoo.tools import SQL, create_index

from ...tools import binary_copy

ARRAY_COLUMNS = {
    "neighbour_ids": "int4[]",
    "weights": "float4[]",
    # Bought together more often than chance explains.
    "proven": "bool[]",
    # Distinct customers who bought both: few of them are hidden from users who see only their own
    # documents.
    "customer_counts": "int4[]",
}
COLUMNS = ("company_id", "run_id", "product_id", "popularity", *ARRAY_COLUMNS)


class AiProductAffinity(models.Model):
    _name = "ai.product.affinity"
    _description = "AI Product Affinity"
    _inherit = ["ai.product.row"]
    _log_access = False

    popularity = fields.Float(
        help="Orders of the last 30 days with the product, 1 for the most popular one."
    )

    _sql_constraints = [
        (
            "product_unique",
            "UNIQUE(company_id, product_id)",
            "A company has one row of affinities for each product.",
        ),
    ]

    def init(self):
        for name, kind in ARRAY_COLUMNS.items():
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s",
                    SQL.identifier(self._table),
                    SQL.identifier(name),
                    SQL(kind),
                )
            )
        create_index(
            self.env.cr,
            "ai_product_affinity_popular_idx",
            self._table,
            ["company_id", "popularity DESC"],
        )

    @api.model
    def _replace(self, run, model, customer_counts):
        """Make the affinities of a run's company those of a model.

        model : algorithms.suggestion.recommender.Recommender.
        customer_counts : (w,) int, distinct customers of each weight of the model, in its order.
        """
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("DELETE FROM ai_product_affinity WHERE company_id = %s", [run.company_id.id])
        binary_copy.write_rows(cr, self._table, COLUMNS, self._rows(run, model, customer_counts))
        self.env.invalidate_all()

    def _rows(self, run, model, customer_counts):
        """Rows as text, in the order of COLUMNS."""
        head = (str(run.company_id.id), str(run.id))
        products = model.products.tolist()
        neighbours = model.products[model.weights.indices].tolist()
        weights, counts = model.weights.data.tolist(), customer_counts.tolist()
        proven = _is_in(model.proven, model.weights).tolist()
        limits = model.weights.indptr.tolist()
        for number, (product, popularity) in enumerate(
            zip(products, model.popularity.tolist(), strict=True)
        ):
            cells = slice(limits[number], limits[number + 1])
            arrays = (neighbours[cells], weights[cells], proven[cells], counts[cells])
            yield (*head, str(product), repr(popularity), *map(_as_array, arrays))


def _is_in(subset, matrix):
    """Whether each stored entry of a csr_matrix is one of a subset's, in its order."""
    import numpy as np  # only training pays for it

    width = matrix.shape[1]
    entries, wanted = (
        np.repeat(np.arange(each.shape[0]), np.diff(each.indptr)) * width + each.indices
        for each in (matrix, subset)
    )
    return np.isin(entries, wanted)


def _as_array(values):
    """A list of numbers as PostgreSQL writes arrays."""
    return "{" + ",".join(map(repr, values)) + "}"
