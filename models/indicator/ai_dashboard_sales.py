"""Sales on the dashboard: over time, by product, and of products side by side.

All of it is read live, over the documents that the user may see. Amounts of several companies are
converted at today's rates into the currency of the first.
"""

from odoo import _, api, models
from odoo.exceptions import AccessError, UserError

from ...tools.compat import permitted

STEPS = ("day", "week", "month")
MEASURES = ("revenue", "quantity")
SHOWN = 10
LEAST_PRODUCTS, MOST_PRODUCTS = 2, 10
SUMS = ("quantity", "revenue", "orders")


class AiDashboardSales(models.AbstractModel):
    _inherit = "ai.dashboard"

    @api.model
    def get_trends(self, period, step="day"):
        """Sales of each day, week or month of a period.

        period : see ``ai.kpi.reader``. Returns {"rows": [{"date", "quantity", "revenue",
        "orders"}], "has_sales" (ever), and what ``_frame`` says}.
        """
        scopes = self._sales_scopes(period)
        self._check_among(step, STEPS)
        ledger = self.env["ai.sales.ledger"].sudo()  # the scope holds the user's own rights
        each = [(ledger._trends(scope, step), rate) for scope, rate in scopes]
        return {
            **self._frame(scopes),
            "rows": [
                {
                    "date": rows[0]["date"],
                    **{
                        name: sum(
                            row[name] * (rate if name == "revenue" else 1)
                            for row, (_series, rate) in zip(rows, each, strict=True)
                        )
                        for name in SUMS
                    },
                }
                for rows in zip(*(series for series, _rate in each), strict=True)
            ],
            "has_sales": self._has_sales(),
        }

    @api.model
    def get_top_products(self, period, by="revenue"):
        """The ten best product variants of a period by revenue or quantity, and the rest.

        Returns {"rows": [{"product_id", "name", "default_code", "uom", "quantity", "revenue",
        "share"}], "rest": {"count", "revenue"}, "total": {"count", "revenue"}, "has_sales", and
        what ``_frame`` says}.
        """
        scopes = self._sales_scopes(period)
        self._check_among(by, MEASURES)
        return {
            **self._frame(scopes),
            **self._best_products(scopes, by),
            "has_sales": self._has_sales(),
        }

    @api.model
    def get_product_comparison(self, period, product_ids, step="week"):
        """Sales of two to ten product variants side by side.

        Returns {"dates": [...], "products": [{"product_id", "name", "uom", "quantity", "revenue",
        "quantities": [...], "revenues": [...]}], and what ``_frame`` says}.
        """
        scopes = self._sales_scopes(period)
        self._check_among(step, STEPS)
        products = self._compared_products(product_ids)
        ledger = self.env["ai.sales.ledger"].sudo()
        each = [(ledger._product_series(scope, products.ids, step), rate) for scope, rate in scopes]
        first = each[0][0][products.ids[0]]
        return {
            **self._frame(scopes),
            "dates": [row["date"] for row in first],
            "products": [self._compared(product, each, len(first)) for product in products],
        }

    # ------------------------------------------------------------------
    # What is asked for
    # ------------------------------------------------------------------

    def _sales_scopes(self, period):
        """[(Scope, rate into the currency of the first company)] of the active companies."""
        self._check()
        if not self._sees_sales():
            raise AccessError(_("Sales are for those who sell. Ask your administrator."))
        reader = self.env["ai.kpi.reader"]
        companies = self.env.companies
        days = reader._period(period, companies[0])
        rates = reader._rates(companies)
        return [
            (reader._scope(company, days.date_from, days.date_to), rates[company])
            for company in companies
        ]

    def _frame(self, scopes):
        """What a part is about: days, currency, and whether it is of own documents alone."""
        scope = scopes[0][0]
        return {
            "date_from": scope.date_from.isoformat(),
            "date_to": scope.date_to.isoformat(),
            "currency_id": scope.company.currency_id.id,
            "is_own": scope.orders is not None,
        }

    def _check_among(self, value, choices):
        if value not in choices:
            raise UserError(_("Choose one of %s.", ", ".join(choices)))

    def _has_sales(self):
        """Whether the user sees any confirmed order, of whatever day."""
        domain = [("state", "=", "sale"), ("company_id", "in", self.env.companies.ids)]
        return bool(self.env["sale.order"].search_count(domain, limit=1))

    def _best_products(self, scopes, by):
        """The best of one company as the ledger has them; of several added up."""
        ledger = self.env["ai.sales.ledger"].sudo()
        if len(scopes) == 1:
            return ledger._top_products(scopes[0][0], by, SHOWN)
        found, total = {}, 0.0
        for scope, rate in scopes:
            sold = ledger._top_products(scope, by, None)
            total += sold["total"]["revenue"] * rate
            for row in sold["rows"]:
                known = found.setdefault(row["product_id"], {**row, "quantity": 0, "revenue": 0})
                known["quantity"] += row["quantity"]
                known["revenue"] += row["revenue"] * rate
        ranked = sorted(found.values(), key=lambda row: (-row[by], row["product_id"]))
        best = [
            {**row, "share": row["revenue"] / total if total > 0 else None}
            for row in ranked[:SHOWN]
        ]
        rest = total - sum(row["revenue"] for row in best)
        return {
            "rows": best,
            "rest": {"count": len(found) - len(best), "revenue": rest},
            "total": {"count": len(found), "revenue": total},
        }

    def _compared_products(self, product_ids):
        if not isinstance(product_ids, list) or not all(isinstance(i, int) for i in product_ids):
            raise UserError(_("Products are a list of ids."))
        ids = list(dict.fromkeys(product_ids))
        if not LEAST_PRODUCTS <= len(ids) <= MOST_PRODUCTS:
            raise UserError(
                _(
                    "Choose from %(least)s to %(most)s products to compare.",
                    least=LEAST_PRODUCTS,
                    most=MOST_PRODUCTS,
                )
            )
        found = self.env["product.product"].browse(ids).exists()
        products = permitted(found, "read")
        if len(products) < len(ids):
            raise AccessError(_("Some of these products do not exist, or you may not see them."))
        return products

    def _compared(self, product, each, length):
        """Sums of a product over companies; each : [({product id: rows}, rate)]."""
        quantities, revenues = [0.0] * length, [0.0] * length
        for series, rate in each:
            for place, row in enumerate(series[product.id]):
                quantities[place] += row["quantity"]
                revenues[place] += row["revenue"] * rate
        return {
            "product_id": product.id,
            "name": product.display_name,
            "uom": product.uom_id.name,
            "quantity": sum(quantities),
            "revenue": sum(revenues),
            "quantities": quantities,
            "revenues": revenues,
        }
