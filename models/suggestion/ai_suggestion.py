"""What to suggest for a quotation, with what a salesperson needs to decide.

Reads results only, in batch, and with the rights of the user: rules of very few customers, products
of other companies and figures somebody may not see are left out by Odoo's own access rules. Which
products, in which order, is decided by :mod:`.ai_suggestion_query`.
"""

from collections import defaultdict

from odoo import api, models
from odoo.tools import float_round

from ...tools.compat import price_under_fiscal_position
from ...tools.quantities import rounded

MANUAL, RANKED, FIRED, POPULAR = range(4)
# Products that are merely popular, at most, below those that something speaks for.
FEW = 3


class AiSuggestion(models.AbstractModel):
    _name = "ai.suggestion"
    _description = "Quotation Suggestions"

    @api.model
    def _suggest(self, order):
        """Suggestions for a quotation, saved or not.

        Returns a JSON-ready dict:

        status : why there are items or none, see ``_empty_status``; ``"ok"`` with items.
        empty_basket : whether the order has no product yet.
        readonly : whether the order takes no more products.
        order_count : int, past orders that the suggestions were learned from.
        dismissed_count : int, suggestions that were sent away for this order.
        items : list of dicts, best first, see ``_prepare_item``.
        """
        company = order.company_id or self.env.company
        self, order = self.with_company(company), order.with_company(company)
        if not company.ai_enabled:
            return self._result(order, "disabled")
        basket = order._ai_basket()
        if not basket and not order.partner_id:
            return self._result(order, "empty_basket")
        limit = company.ai_suggestion_limit
        ranked = self._rank(order, basket, limit)
        if not basket and self._is_unweighed(company, ranked):
            ranked = self._rank_offers_for(order, company) or ranked
        if not ranked:
            return self._result(order, self._empty_status(company, order, basket))
        ranked = self._few_popular(self._out_of_stock_last(order, ranked))[:limit]
        return self._result(order, "ok", self._prepare_items(order, ranked))

    @api.model
    def _few_popular(self, ranked):
        """Rows with those last, and few of them, that only their popularity speaks for."""
        spoken_for = [row for row in ranked if self._kind_of(row) != "popular"]
        popular = [row for row in ranked if self._kind_of(row) == "popular"]
        return spoken_for + popular[:FEW] if spoken_for else popular

    @api.model
    def _out_of_stock_last(self, order, ranked):
        """Rows with those behind all others that only popularity speaks for and of which the
        order's warehouse has none."""
        popular = self.env["product.product"].browse(
            row["product_id"] for row in ranked if self._kind_of(row) == "popular"
        )
        stock = self._free_quantities(order, popular)
        missing = {product_id for product_id, quantity in stock.items() if quantity <= 0}
        return sorted(ranked, key=lambda row: row["product_id"] in missing)

    @api.model
    def _is_unweighed(self, company, ranked):
        """Whether nothing but popular products was found, and only because no back-test has weighed
        what is known of the customer: then its quotation shows what its sheet does."""
        if any(row["tier"] != POPULAR for row in ranked):
            return False
        return not self._last_training(company).backtest_ids

    @api.model
    def _last_training(self, company, kind="rules"):
        """The newest training of suggestions, or of offers to clients, past the rights of users,
        who see no runs."""
        return (
            self.env["ai.training.run"]
            .sudo()
            .search(
                [("company_id", "=", company.id), ("kind", "=", kind), ("state", "=", "done")],
                limit=1,
            )
        )

    @api.model
    def _rank_offers_for(self, order, company):
        """The offers for the customer of an order, but for those dismissed on it."""
        dismissed = order.ai_dismissed_product_ids._origin.ids
        partner = order.partner_id._origin or order.partner_id
        limit = company.ai_suggestion_limit
        rows = self._rank_offers(company, partner, limit, spare=limit + len(dismissed))
        return [row for row in rows if row["product_id"] not in dismissed]

    @api.model
    def _result(self, order, status, items=()):
        return {
            "status": status,
            "empty_basket": not order._ai_basket(),
            "readonly": not order._ai_takes_products(),
            "order_count": self._last_training(order.company_id).order_count if items else 0,
            "dismissed_count": len(order.ai_dismissed_product_ids),
            "items": list(items),
        }

    @api.model
    def _empty_status(self, company, order, basket):
        """Why nothing is shown: "all_dismissed", "no_match", "untrained" or "empty_basket"."""
        if not basket and not order.ai_dismissed_product_ids:
            return "empty_basket"
        if not self._is_trained(company):
            return "untrained"
        return "all_dismissed" if order.ai_dismissed_product_ids else "no_match"

    # ------------------------------------------------------------------
    # Items
    # ------------------------------------------------------------------

    @api.model
    def _prepare_items(self, order, ranked):
        """JSON-ready dicts of what ``_rank`` or ``_rank_offers`` returned, in one batch."""
        products = self.env["product.product"].browse(row["product_id"] for row in ranked)
        rules = {
            row["product_id"]: self.env["ai.recommendation.rule"].browse(row["rule_id"])
            for row in ranked
        }
        # Read together, not one by one.
        self.env["ai.recommendation.rule"].browse(
            row["rule_id"] for row in ranked if row["rule_id"]
        ).fetch(["antecedent_ids", "consequent_id", "source", "note", "typical_quantity"])
        names = self._product_names(
            product_id for row in ranked for product_id in row["because"] or []
        )
        kinds = {row["product_id"]: self._kind_of(row) for row in ranked}
        quantities = self._sale_quantities(
            order.company_id or self.env.company,
            {
                product: self._usual_quantity(row, rules[product.id])
                for row, product in zip(ranked, products, strict=True)
            },
        )
        prices = self._unit_prices(order, products, quantities)
        stock = self._free_quantities(order, products)
        return [
            {
                **self._prepare_reason(row, rules[product.id], kinds[product.id], names),
                "product_id": product.id,
                "rank": rank,
                "name": product.display_name,
                "category": product.categ_id.display_name or "",
                "quantity": quantities[product.id],
                "uom": product.uom_id.display_name,
                "stock": stock.get(product.id),
                **prices[product.id],
            }
            for rank, (row, product) in enumerate(zip(ranked, products, strict=True), start=1)
        ]

    @api.model
    def _product_names(self, product_ids):
        """{product id: name} of the products that exist and the user may see, archived or not."""
        products = self.env["product.product"].with_context(active_test=False)
        found = products.search([("id", "in", list(set(product_ids)))])
        return {product.id: product.display_name for product in found}

    @api.model
    def _kind_of(self, row):
        """What explains a product: "reorder" (due now for the customer), "rule", "affinity",
        "similar" (bought by customers with the same tastes), "history" or "popular"."""
        # What the customer is about to need says more than what others bought with the basket.
        if row["offer_kind"] == "reorder" and row.get("tier") != MANUAL:
            return "reorder"
        if row["rule_id"]:
            return "rule"
        if row["because"] and row["offer_kind"] != "similar":
            return "affinity"
        if row["offer_kind"] == "similar":
            return "similar"
        return "history" if row["order_count"] else "popular"

    @api.model
    def _prepare_reason(self, row, rule, kind, names):
        """Why a product is suggested, as plain values; the client writes the texts.

        kind : see ``_kind_of``; figures are 0 where a manual rule has none. order_count : earlier
        orders of the customer with the product, those that the user may read where ``is_partial``.
        """
        if kind == "rule":
            return {
                "kind": kind,
                "rule_id": rule.id,
                "antecedents": rule.antecedent_ids.mapped("display_name"),
                "manual": rule.source == "manual",
                "is_weak": rule.is_weak,
                "note": rule.note or "",
                "confidence": rule.confidence,
                "lift": rule.lift,
                "support_count": rule.support_count,
                "antecedent_count": rule.antecedent_count,
                "order_count": row["order_count"] or 0,
                "is_partial": bool(row["is_partial"]),
            }
        reason = {
            "kind": kind,
            "antecedents": [names[each] for each in row["because"] or [] if each in names],
            "manual": False,
            "is_weak": False,
            "note": "",
            "order_count": row["order_count"] or 0,
            "is_partial": bool(row["is_partial"]),
        }
        if kind == "reorder":
            reason.update(self._prepare_rhythm(row))
        return reason

    @api.model
    def _usual_quantity(self, row, rule):
        """What this customer takes of a product; else what is taken with the products of the rule;
        else what any customer takes. None where nothing is known."""
        return row["usual_quantity"] or rule.typical_quantity or row["typical_quantity"]

    @api.model
    def _sale_quantities(self, company, usual):
        """{product id: what customers usually take of it, as one can sell it, or one}.

        usual : {product: float, zero or None where it is not known}.
        """
        usual = {product: quantity or 0.0 for product, quantity in usual.items()}
        parted = [product.id for product, quantity in usual.items() if quantity % 1]
        whole = self.env["ai.sales.extract"]._sold_whole(company, parted) if parted else ()
        # What an order line cannot write is not shown either.
        field = self.env["sale.order.line"]._fields["product_uom_qty"]
        _total, digits = field.get_digits(self.env)
        return {
            product.id: float_round(
                rounded(quantity, product.uom_id, product.id in whole), precision_digits=digits
            )
            or 1.0
            for product, quantity in usual.items()
        }

    @api.model
    def _unit_prices(self, order, products, quantities):
        """{product id: {"price": float, "currency_id": id}}, as the order line will compute them.

        One pricelist call for each distinct quantity, for price breaks depend on it.
        """
        by_quantity = defaultdict(lambda: self.env["product.product"])
        for product in products:
            by_quantity[quantities[product.id]] |= product
        currency = order.currency_id or order.company_id.currency_id
        listed = {}
        for quantity, group in by_quantity.items():
            listed.update(
                order.pricelist_id._get_products_price(
                    group, quantity, currency=currency, date=order.date_order
                )
            )
        return {
            product.id: {
                "price": self._with_order_taxes(order, product, listed[product.id]),
                "currency_id": currency.id,
            }
            for product in products
        }

    @api.model
    def _with_order_taxes(self, order, product, price):
        """Turn a price that includes taxes into the one under the order's fiscal position."""
        return price_under_fiscal_position(
            product,
            price,
            order.currency_id or self.env.company.currency_id,
            product.taxes_id.filtered(lambda t: t.company_id == self.env.company),
            order.fiscal_position_id,
        )

    @api.model
    def _free_quantities(self, order, products):
        """{product id: free quantity in the order's warehouse} of stored products."""
        stored = products.filtered(lambda product: product.type == "product")
        stored = stored.with_context(warehouse=order.warehouse_id.id)
        return {product.id: product.free_qty for product in stored}
