"""ABC/XYZ classes: which products bring the revenue, and which of them sell steadily.

One row for each product that a company offers. Training puts new figures into a row and keeps its
id; ``algorithms.classification.abc_xyz`` says how classes come about. Period, bucket and limits are
those of the run. What stands in stock changes by the hour and is not kept here: the matrix page
values it as it stands now, what is on hand in the company's own locations times the cost of the
product, in one statement whatever the number of products.
"""

from odoo import _, api, fields, models
from odoo.tools import SQL

from ...tools.compat_sql import cost_sql
from ...tools.rights import check_group

ABC = [("A", "A"), ("B", "B"), ("C", "C"), ("N", "No Sales")]
XYZ = [
    ("X", "X · Steady"),
    ("Y", "Y · Varying"),
    ("Z", "Z · Irregular"),
    ("U", "Unknown"),
    ("N", "No Sales"),
]
NO_SALES = "N"
# Every name a class can have: "A?" sold too few weeks to tell how steadily.
NAMES = (*(f"{abc}{xyz}" for abc in "ABC" for xyz in "XYZ?"), NO_SALES)
READER_GROUPS = "smart_recommender.group_manager,stock.group_stock_manager"


class AiProductClass(models.Model):
    _name = "ai.product.class"
    _description = "Product Class"
    _inherit = ["ai.product.row"]
    _order = "revenue desc, id"
    _log_access = False

    categ_id = fields.Many2one(related="product_id.categ_id", store=True, string="Category")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char(
        string="Class",
        required=True,
        readonly=True,
        help="A to C by revenue, then X to Z by steadiness: AX sells a lot and evenly. A question "
        "mark means too few weeks with sales to judge, N no sale in the period.",
    )
    abc = fields.Selection(
        ABC,
        string="ABC",
        required=True,
        readonly=True,
        help="By cumulative revenue: A brings the first share, C the rest.",
    )
    xyz = fields.Selection(
        XYZ,
        string="XYZ",
        required=True,
        readonly=True,
        help="By the coefficient of variation of the sales of each bucket.",
    )
    revenue = fields.Monetary(
        readonly=True,
        help="Of the period: untaxed, discounts and refunds deducted, at the rates of the orders.",
    )
    share = fields.Float(
        readonly=True,
        digits=(16, 6),
        help="Of the revenue of all products; refunds of earlier sales count as none.",
    )
    cumulative = fields.Float(
        string="Cumulative Share",
        readonly=True,
        digits=(16, 6),
        group_operator=None,
        help="Share of this product and all that bring more.",
    )
    cv = fields.Float(
        string="Variation",
        readonly=True,
        digits=(16, 3),
        group_operator="avg",
        help="Standard deviation of the sales of each bucket over their mean: 0 is perfectly even.",
    )
    is_cv_known = fields.Boolean(readonly=True)
    buckets = fields.Integer(
        readonly=True,
        group_operator=None,
        help="Whole days, weeks or months since the first sale that the variation was taken over.",
    )
    units = fields.Float(
        string="Units Sold",
        readonly=True,
        digits=(16, 2),
        group_operator=None,
        help="In the product's own unit, refunds deducted.",
    )

    _sql_constraints = [
        (
            "product_unique",
            "UNIQUE (company_id, product_id)",
            "A product has one class in each company.",
        ),
    ]

    def action_open_product(self):
        """Open the product of a row. Managers of the recommender and of stock only."""
        self._check_reader()
        self.ensure_one()
        return self.product_id.get_formview_action()

    @api.model
    def _check_reader(self):
        check_group(
            self.env,
            READER_GROUPS,
            _(
                "Only managers of the AI Recommender or of stock may see product classes with "
                "their figures. Ask your administrator."
            ),
        )

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

    @api.model
    def get_class_matrix(self):
        """Figures of the current company's matrix page.

        Returns a dictionary, see static/src/classification: company, currency_id, can_train,
        is_enabled, is_training, run (its dates and settings, None before the first training) and
        cells, a list of {abc, xyz, count, revenue, stock_value} in the company's currency.
        Raises AccessError for anyone but managers of the recommender or of stock.
        """
        self._check_reader()
        company = self.env.company
        return {
            "company": {"id": company.id, "name": company.name},
            "currency_id": company.currency_id.id,
            "is_enabled": company.ai_enabled,
            "can_train": self.env.user.has_group("smart_recommender.group_manager"),
            "is_training": bool(self.env["ai.training.run"].sudo()._open_run(company, "classes")),
            "run": self._matrix_run(company),
            "cells": self._matrix_cells(company),
        }

    def _matrix_run(self, company):
        """The training of the classes in use."""
        run = self.sudo().search([("company_id", "=", company.id)], limit=1).run_id
        if not run:
            return None
        return {
            "date": fields.Datetime.to_string(run.ended_at or run.started_at),
            "date_from": fields.Date.to_string(run.date_from),
            "date_to": fields.Date.to_string(run.date_to),
            **run.parameters,
        }

    def _matrix_cells(self, company):
        self.env.flush_all()
        self.env.cr.execute(self._matrix_query(company))
        return self.env.cr.dictfetchall()

    def _matrix_query(self, company):
        return SQL(
            """
            SELECT row.abc, row.xyz, count(*) AS count,
                   sum(row.revenue)::float8 AS revenue,
                   COALESCE(sum(stock.quantity * costs.cost), 0)::float8 AS stock_value
              FROM ai_product_class row
         LEFT JOIN (
                   SELECT quant.product_id, sum(quant.quantity)::float8 AS quantity
                     FROM stock_quant quant
                     JOIN stock_location location ON location.id = quant.location_id
                    WHERE location.usage = 'internal'
                      AND location.company_id = %(company)s
                      AND (quant.owner_id IS NULL OR quant.owner_id = %(owner)s)
                 GROUP BY quant.product_id
                   ) stock ON stock.product_id = row.product_id
         LEFT JOIN (%(costs)s) costs (product_id, cost)
                ON costs.product_id = row.product_id
             WHERE row.company_id = %(company)s
          GROUP BY row.abc, row.xyz
          ORDER BY row.abc, row.xyz
            """,
            company=company.id,
            owner=company.sudo().partner_id.id,
            costs=cost_sql(company),
        )
