"""The catalogue of indicators: what each says, in what, and who may see it.

Codes, kinds, units and audiences are fixed, for code computes by them. Names and formulas are
texts of their own, translated.
"""

import numpy as np

from odoo import api, fields, models
from odoo.tools import ormcache

AUDIENCES = {
    # Sellers see their own figures, computed live with their own rights.
    "own": ("sales_team.group_sale_salesman",),
    "documents": ("sales_team.group_sale_salesman_all_leads",),
    "margin": ("sales_team.group_sale_manager", "smart_recommender.group_manager"),
    "stock_value": ("stock.group_stock_manager",),
    "accounting": ("account.group_account_invoice", "account.group_account_readonly"),
    "logistics": ("stock.group_stock_user", "purchase.group_purchase_user"),
}
# Snapshots with a denominator.
RATIOS_OF_NOW = ("late_orders", "stock_cover")
# Ratios both of whose parts are in the currency of the company.
AMOUNTS_OVER_AMOUNTS = (
    "gross_margin",
    "revenue_by_product",
    "refund_rate",
    "discount_rate",
    "stock_turnover",
    "stock_cover",
)
# A change of less, in percent or points, is none.
LEAST_CHANGE = 0.05
ALL_DOCUMENTS = "sales_team.group_sale_salesman_all_leads"


class AiKpi(models.Model):
    _name = "ai.kpi"
    _inherit = ["ai.cached.row"]
    _description = "Indicator"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    formula = fields.Text(required=True, translate=True, help="How it is computed, in words.")
    needs = fields.Char(required=True, translate=True, help="What there must be for a value.")
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
            ("ranking", "Share of the Largest"),
        ],
        required=True,
        readonly=True,
    )
    unit = fields.Selection(
        [
            ("money", "Amount"),
            ("percent", "%"),
            ("number", "Count"),
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

    def _is_windowed(self):
        """Whether days do not add up to a period, which then has a value of its own."""
        self.ensure_one()
        return self.kind in ("distinct", "distribution", "ranking")

    def _values(self, numerator, denominator):
        """(n,) float64 values of (n,) numerators and denominators, NaN where there is none."""
        self.ensure_one()
        value = np.asarray(numerator, np.float64)
        if self._has_denominator():
            below = np.where(np.asarray(denominator) > 0, denominator, np.nan)
            value = value / below
        return 100 * value if self.unit == "percent" and self._has_denominator() else value

    def _has_denominator(self):
        """Ratios have one, and so have some snapshots."""
        return self.kind in ("ratio", "ranking") or self.code in RATIOS_OF_NOW

    def _of_days(self, parts, first, last):
        """Value of days, inclusive, counted from 1970-01-01; None where there is none.

        parts : [(company, Table, rate)] of the companies that have values.
        """
        found = [self._part(table, first, last) for _company, table, _rate in parts]
        (value,) = self._combined(np.array(found, np.float64).reshape(-1, 2, 1), parts)
        return None if np.isnan(value) else float(value)

    def _of_each_day(self, parts, first, last):
        """(t,) float64 values of single days, or of the windows that end on them; NaN without."""
        found = [table.on(first, last) for _company, table, _rate in parts]
        return self._combined(np.array(found).reshape(-1, 2, last - first + 1), parts)

    def _combined(self, found, parts):
        """(t,) values of companies together, NaN where there is none.

        found : (companies, 2, t) numerators and denominators, NaN where there is none.
        """
        self.ensure_one()
        if not parts or (len(parts) > 1 and self.kind in ("distribution", "ranking")):
            return np.full(found.shape[2], np.nan)
        rates = np.array([rate for _company, _table, rate in parts])[:, None]
        above, below = self._amounts()
        numerators = found[:, 0] * (rates if above else 1.0)
        is_known = ~np.isnan(numerators)
        # Of ages the oldest counts.
        total = np.where(is_known, numerators, 0.0)
        total = total.max(axis=0) if self._is_age() else total.sum(axis=0)
        total = np.where(is_known.any(axis=0), total, np.nan)
        denominators = np.where(is_known, found[:, 1] * (rates if below else 1.0), 0.0)
        return self._values(total, denominators.sum(axis=0))

    def _is_age(self):
        return self.unit == "days" and self.kind == "snapshot" and not self._has_denominator()

    def _part(self, table, first, last):
        """Numerator and denominator of one company, NaN where there is none."""
        if self._is_windowed():
            return table.latest(last, last)
        return table.latest(first, last) if self.kind == "snapshot" else table.sums(first, last)

    def _amounts(self):
        """Whether numerator and denominator are amounts of a currency."""
        if self.code in AMOUNTS_OVER_AMOUNTS:
            return True, True
        return self.unit == "money", False

    def _change(self, value, previous):
        """Change against the period before and its unit; (None, "") where there is none."""
        self.ensure_one()
        if value is None or previous is None:
            return None, ""
        if self.unit == "percent" and self._has_denominator():
            return value - previous, "points"
        if not previous:
            return None, ""
        return 100 * (value - previous) / abs(previous), "percent"

    def _trend(self, change):
        """Whether a change is good or bad: good, bad, flat, or "" where it is neither."""
        self.ensure_one()
        if change is None or self.direction == "none":
            return ""
        if abs(change) < LEAST_CHANGE:
            return "flat"
        return "good" if (change > 0) == (self.direction == "up") else "bad"

    @api.model
    @ormcache("self.env.uid")
    def _audiences(self):
        """Those audiences that the user belongs to; asked for with every figure."""
        user = self.env.user
        return tuple(
            audience
            for audience, groups in AUDIENCES.items()
            if any(user.has_group(group) for group in groups)
        )

    @api.model
    def _visible(self, codes=None):
        """Indicators that the user may see and that something reads, in their order.

        codes : those that are asked for; None for all.
        """
        known = self.env["ai.indicator.source"]._indicators()
        wanted = known if codes is None else known.keys() & set(codes)
        audiences = self._audiences()
        return self.sudo().browse(
            kpi
            for kpi, code, audience in self._catalogue()
            if code in wanted and audience in audiences
        )

    @api.model
    @ormcache()
    def _catalogue(self):
        """((id, code, audience), …) of all, in their order; asked for with every figure."""
        return tuple((kpi.id, kpi.code, kpi.audience) for kpi in self.sudo().search([]))

    def _codes(self):
        """Their codes, in their order, without reading them."""
        known = {kpi: code for kpi, code, _audience in self._catalogue()}
        return [known[kpi] for kpi in self.ids]

    def _any_own(self):
        """Whether the user sees any of them for own documents alone, without reading them."""
        known = {kpi: audience for kpi, _code, audience in self._catalogue()}
        is_own = any(known[kpi] == "own" for kpi in self.ids)
        return is_own and not self.env.user.has_group(ALL_DOCUMENTS)

    def _is_own(self):
        """Whether the user sees this one for own documents alone."""
        self.ensure_one()
        return self.audience == "own" and not self.env.user.has_group(ALL_DOCUMENTS)
