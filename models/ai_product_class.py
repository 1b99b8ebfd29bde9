"""ABC/XYZ classes: which products bring the revenue, and which of them sell steadily.

One row for each product that a company offers. Training puts new figures into a row and keeps its
id; how classes come about is told in ``algorithms.abc_xyz``. Period, bucket and limits are those of
the run. What stands in stock changes by the hour and is not kept here: see the matrix page.
"""

from odoo import _, api, fields, models
from odoo.exceptions import AccessError

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
READER_GROUPS = ("smart_recommender.group_manager", "stock.group_stock_manager")


class AiProductClass(models.Model):
    _name = "ai.product.class"
    _description = "Product Class"
    _order = "revenue desc, id"
    _rec_name = "product_id"
    _check_company_auto = True
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
    run_id = fields.Many2one(
        "ai.training.run",
        string="Training Run",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(
        "product.product", required=True, index=True, readonly=True, ondelete="cascade"
    )
    categ_id = fields.Many2one(related="product_id.categ_id", store=True, string="Category")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char(
        string="Class",
        required=True,
        readonly=True,
        help="A to C by revenue, then X to Z by steadiness: AX sells much and evenly. A question "
        "mark stands for too few weeks with sales to tell, N for no sale in the period.",
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
        if not self.env.su and not any(map(self.env.user.has_group, READER_GROUPS)):
            raise AccessError(
                _(
                    "Only managers of the AI Recommender or of stock may see product classes with "
                    "their figures. Ask your administrator."
                )
            )
