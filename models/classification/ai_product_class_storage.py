"""Storage of product classes: a table of new figures is merged into the rows in use.

Rows keep their ids where a product keeps its row, so that what points at them stays right. Three
statements whatever the number of products: changes into the history, new figures, old rows out.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_product_class import NO_SALES

# What COPY brings; company, run and category are the same for all or looked up.
COLUMNS = (
    "product_id",
    "name",
    "abc",
    "xyz",
    "revenue",
    "share",
    "cumulative",
    "cv",
    "is_cv_known",
    "buckets",
    "units",
)


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
        self.env.flush_all()
        self._load_new(run, table, units, unsold)
        changed = self._keep_changes(run, by_settings)
        self._merge_new(run)
        self.env.cr.execute("DROP TABLE ai_product_class_new")
        self.env.invalidate_all()
        return changed

    def _load_new(self, run, table, units, unsold):
        cr = self.env.cr
        columns = SQL(", ").join(map(SQL.identifier, COLUMNS))
        cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE ai_product_class_new ON COMMIT DROP
                    AS SELECT %s FROM ai_product_class WITH NO DATA
                """,
                columns,
            )
        )
        decimals = run.company_id.currency_id.decimal_places
        rows = self._rows(table, units, unsold, decimals)
        binary_copy.write_rows(cr, "ai_product_class_new", COLUMNS, rows)
        # Nobody has counted the rows in use since the last training, so the database may take them
        # for few and look for each of them here: 12 seconds for 10,000 products without an index.
        cr.execute("ALTER TABLE ai_product_class_new ADD PRIMARY KEY (product_id)")
        cr.execute("ANALYZE ai_product_class_new")

    @staticmethod
    def _rows(table, units, unsold, decimals):
        """Rows as text, in the order of COLUMNS. What is not known is 0 and says so, never NaN."""
        import numpy as np

        known = ~np.isnan(table.cv)
        columns = (
            table.product_ids,
            table.abc,
            table.xyz,
            table.revenue.round(decimals),
            np.nan_to_num(table.share),
            np.nan_to_num(table.cumulative),
            np.nan_to_num(table.cv),
            known,
            table.buckets,
            units,
        )
        for product, abc, xyz, revenue, *figures, buckets, sold in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            share, cumulative, cv, is_known = figures
            name = NO_SALES if abc == NO_SALES else f"{abc}{xyz}".replace("U", "?")
            yield (
                str(product),
                name,
                abc,
                xyz,
                repr(revenue),
                repr(share),
                repr(cumulative),
                repr(cv),
                "t" if is_known else "f",
                str(buckets),
                repr(sold),
            )
        for product in unsold:
            yield (str(product), NO_SALES, NO_SALES, NO_SALES, "0", "0", "1", "0", "f", "0", "0")

    def _keep_changes(self, run, by_settings):
        """A product without a class so far has not changed."""
        extract = self.env["ai.sales.extract"]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ai_product_class_change (company_id, run_id, product_id, date, old_name,
                                                     new_name, old_abc, new_abc, by_settings)
                SELECT old.company_id, %s, old.product_id, %s, old.name, new.name, old.abc, new.abc,
                       %s
                  FROM ai_product_class old
                  JOIN ai_product_class_new new ON new.product_id = old.product_id
                 WHERE old.company_id = %s
                   AND old.name <> new.name
              ORDER BY old.product_id
                """,
                run.id,
                fields.Date.to_string(extract._local_now(run.company_id).date()),
                by_settings,
                run.company_id.id,
            )
        )
        return self.env.cr.rowcount

    def _merge_new(self, run):
        cr = self.env.cr
        cr.execute(
            SQL(
                """
                DELETE FROM ai_product_class old
                 WHERE old.company_id = %s
                   AND NOT EXISTS (SELECT FROM ai_product_class_new new
                                    WHERE new.product_id = old.product_id)
                """,
                run.company_id.id,
            )
        )
        columns = SQL(", ").join(map(SQL.identifier, COLUMNS))
        cr.execute(
            SQL(
                """
                INSERT INTO ai_product_class (company_id, run_id, categ_id, %(columns)s)
                SELECT %(company)s, %(run)s, template.categ_id, new.*
                  FROM ai_product_class_new new
                  JOIN product_product product ON product.id = new.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
              ORDER BY new.product_id
           ON CONFLICT (company_id, product_id) DO UPDATE
                   SET run_id = EXCLUDED.run_id, categ_id = EXCLUDED.categ_id, %(updates)s
                """,
                columns=columns,
                company=run.company_id.id,
                run=run.id,
                updates=SQL(", ").join(
                    SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
                    for name in COLUMNS
                    if name != "product_id"
                ),
            )
        )
