"""Storage of product classes: new figures are merged into the rows in use.

Rows keep their ids where a product keeps its row, so that what points at them stays right.
"""

from odoo import api, models
from odoo.tools import SQL

from ...tools import bulk_rows
from .ai_product_class import NO_SALES


class AiProductClass(models.Model):
    _inherit = "ai.product.class"

    @api.model
    def _replace(self, run, table, units, unsold, by_settings):
        """Put new classes in the place of the company's. Returns the number of changed ones.

        table : algorithms.classification.abc_xyz.AbcXyz; units : (n,) float, sold in the period,
            by its rows.
        unsold : list of product ids that are not in the table: class N.
        by_settings : bool, whether the settings differ from those of the classes in use.
        """
        rows = self._rows(run, table, units, unsold)
        changed = self._keep_changes(run, rows, by_settings)
        bulk_rows.merge(self, ("company_id", "product_id"), rows)
        self.env.cr.execute(
            SQL(
                "DELETE FROM ai_product_class WHERE company_id = %s AND run_id IS DISTINCT FROM %s",
                run.company_id.id,
                run.id,
            )
        )
        return changed

    def _rows(self, run, table, units, unsold):
        """Columns for ``bulk_rows``. What is not known is 0 and says so, never NaN."""
        import numpy as np

        def then(values, of_unsold):
            return np.concatenate([values, np.full(len(unsold), of_unsold, values.dtype)])

        products = then(table.product_ids, 0)
        products[len(table.product_ids) :] = unsold
        abc, xyz = (
            [*letters.tolist(), *[NO_SALES] * len(unsold)] for letters in (table.abc, table.xyz)
        )
        decimals = run.company_id.currency_id.decimal_places
        return {
            "company_id": run.company_id.id,
            "run_id": run.id,
            "product_id": products,
            "categ_id": self._categories(products.tolist()),
            "name": list(map(_name, abc, xyz)),
            "abc": abc,
            "xyz": xyz,
            "revenue": then(table.revenue.round(decimals), 0.0),
            "share": then(np.nan_to_num(table.share), 0.0),
            "cumulative": then(np.nan_to_num(table.cumulative), 1.0),
            "cv": then(np.nan_to_num(table.cv), 0.0),
            "is_cv_known": then(~np.isnan(table.cv), False),
            "buckets": then(table.buckets, 0),
            "units": then(units, 0.0),
        }

    def _categories(self, product_ids):
        products = self.env["product.product"].sudo().browse(product_ids)
        return [product.categ_id.id for product in products]

    def _keep_changes(self, run, rows, by_settings):
        """Keep what changes. Returns how many; one without a class so far has not changed."""
        self.env.cr.execute(
            SQL(
                "SELECT product_id, name, abc FROM ai_product_class WHERE company_id = %s",
                run.company_id.id,
            )
        )
        before = {product: (name, abc) for product, name, abc in self.env.cr.fetchall()}
        changes = sorted(
            (product, *before[product], name, abc)
            for product, name, abc in zip(
                rows["product_id"].tolist(), rows["name"], rows["abc"], strict=True
            )
            if product in before and before[product][0] != name
        )
        if not changes:
            return 0
        columns = ("product_id", "old_name", "old_abc", "new_name", "new_abc")
        return bulk_rows.append(
            self.env["ai.product.class.change"],
            {
                "company_id": run.company_id.id,
                "run_id": run.id,
                "date": self.env["ai.sales.extract"]._local_now(run.company_id).date(),
                "by_settings": by_settings,
                **dict(zip(columns, map(list, zip(*changes, strict=True)), strict=True)),
            },
        )


def _name(abc, xyz):
    """The class of two letters; U, an unknown spread, is shown as a question mark."""
    return NO_SALES if abc == NO_SALES else f"{abc}{xyz}".replace("U", "?")
