"""The catalogue of indicators: what each says, in what, and who may see it.

Codes, kinds, units and audiences are fixed, for code computes by them. Names and formulas are
texts of their own, translated.
"""

from odoo import api, fields, models

AUDIENCES = {
    # Sellers see their own figures, computed live with their own rights.
    "own": ("sales_team.group_sale_salesman",),
    "documents": ("sales_team.group_sale_salesman_all_leads",),
    "margin": ("sales_team.group_sale_manager", "smart_recommender.group_manager"),
    "stock_value": ("stock.group_stock_manager",),
    "accounting": ("account.group_account_invoice", "account.group_account_readonly"),
    "logistics": ("stock.group_stock_user", "purchase.group_purchase_user"),
}
ALL_DOCUMENTS = "sales_team.group_sale_salesman_all_leads"


class AiKpi(models.Model):
    _name = "ai.kpi"
    _description = "Indicator"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    formula = fields.Text(required=True, translate=True, help="How it is computed, in words.")
    category = fields.Selection(
        [
            ("sales", "Sales"),
            ("customers", "Clients"),
            ("orders", "Orders and Deliveries"),
            ("stock", "Stock"),
            ("products", "Products"),
            ("learning", "Forecasts and Suggestions"),
        ],
        required=True,
        readonly=True,
    )
    kind = fields.Selection(
        [
            ("flow", "Sum of Days"),
            ("ratio", "Ratio of Sums"),
            ("snapshot", "Last Value"),
            ("distinct", "Number of Different Ones"),
            ("distribution", "Median"),
        ],
        required=True,
        readonly=True,
    )
    unit = fields.Selection(
        [
            ("money", "Amount"),
            ("percent", "%"),
            ("number", "Number"),
            ("days", "Days"),
            ("turns", "Times a Year"),
        ],
        required=True,
        readonly=True,
    )
    direction = fields.Selection(
        [("up", "More Is Better"), ("down", "Less Is Better"), ("none", "Neither")],
        required=True,
        readonly=True,
    )
    audience = fields.Selection(
        [
            ("own", "Sellers, of their own documents"),
            ("documents", "Who sees all sales documents"),
            ("margin", "Sales and AI managers"),
            ("stock_value", "Stock managers"),
            ("accounting", "Accounting"),
            ("logistics", "Stock and purchase"),
        ],
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(readonly=True)

    _sql_constraints = [("code_unique", "UNIQUE(code)", "There is an indicator of this code.")]

    @api.model
    def _audiences(self):
        """Those audiences that the user belongs to."""
        user = self.env.user
        return [
            audience
            for audience, groups in AUDIENCES.items()
            if any(user.has_group(group) for group in groups)
        ]

    @api.model
    def _visible(self, codes=None):
        """Indicators that the user may see and that something reads, in their order.

        codes : those that are asked for; None for all.
        """
        known = list(self.env["ai.indicator.source"]._indicators())
        wanted = known if codes is None else [code for code in codes if code in known]
        return self.sudo().search([("code", "in", wanted), ("audience", "in", self._audiences())])

    def _is_own(self):
        """Whether the user sees this one for own documents alone."""
        self.ensure_one()
        return self.audience == "own" and not self.env.user.has_group(ALL_DOCUMENTS)
