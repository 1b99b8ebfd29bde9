"""What to suggest for a quotation: rules that the basket fires, with what a salesperson needs.

Reads results only, in batch, and with the rights of the user: rules of very few customers, products
of other companies and figures somebody may not see are left out by Odoo's own access rules.
"""

from collections import defaultdict

from odoo import api, fields, models


class AiSuggestion(models.AbstractModel):
    _name = "ai.suggestion"
    _description = "Quotation Suggestions"

    @api.model
    def _suggest(self, order):
        """Suggestions for a quotation, saved or not.

        Returns a JSON-ready dict:

        status : why there are items or none, see ``_empty_status``; ``"ok"`` with items.
        readonly : whether the order takes no more products.
        dismissed_count : int, suggestions that were sent away for this order.
        items : list of dicts, best first, see ``_prepare_item``.
        """
        company = order.company_id or self.env.company
        self, order = self.with_company(company), order.with_company(company)
        if not company.ai_enabled:
            return self._result(order, "disabled")
        basket = order._ai_basket()
        if not basket:
            return self._result(order, "empty_basket")
        rules = self.env["ai.recommendation.rule"]._match(company, basket.ids)
        suggestable = self._suggestable_products(company, rules.consequent_id)
        rules = rules.filtered(lambda rule: rule.consequent_id in suggestable)
        wanted = rules.filtered(
            lambda rule: rule.consequent_id.id not in order.ai_dismissed_product_ids.ids
        )[: company.ai_suggestion_limit]
        if not wanted:
            return self._result(order, self._empty_status(company, rules))
        return self._result(order, "ok", self._prepare_items(order, wanted))

    @api.model
    def _result(self, order, status, items=()):
        return {
            "status": status,
            "readonly": not order._ai_takes_products(),
            "dismissed_count": len(order.ai_dismissed_product_ids),
            "items": list(items),
        }

    @api.model
    def _empty_status(self, company, rules):
        """Why nothing is shown: "all_dismissed", "no_match" or "untrained"."""
        if rules:
            return "all_dismissed"
        any_rule = self.env["ai.recommendation.rule"].search_count(
            [("company_id", "=", company.id)], limit=1
        )
        return "no_match" if any_rule else "untrained"

    @api.model
    def _suggestable_products(self, company, products):
        """Those of the products that may be offered: active, saleable, of this company, not
        excluded, and visible to the user (the search applies the user's own rules)."""
        return self.env["product.product"].search(
            [
                ("id", "in", products.ids),
                ("sale_ok", "=", True),
                ("company_id", "in", [False, *company.sudo().parent_ids.ids]),
                "!",
                *company.sudo()._ai_is_excluded_product_domain(),
            ]
        )

    # ------------------------------------------------------------------
    # Items
    # ------------------------------------------------------------------

    @api.model
    def _prepare_items(self, order, rules):
        quantities = {rule.id: self._sale_quantity(rule) for rule in rules}
        prices = self._unit_prices(order, rules, quantities)
        stock = self._free_quantities(order, rules.consequent_id)
        return [
            self._prepare_item(rule, quantities[rule.id], prices[rule.id], stock) for rule in rules
        ]

    @api.model
    def _prepare_item(self, rule, quantity, price, stock):
        """One suggestion as plain values; texts are written by the client in its language.

        price : unit price that this customer pays, in the order's currency.
        quantity : in ``uom``, the product's own unit; ``stock`` in the same, None where the
        product is not stored or stock is not installed.
        Figures are 0 where a manual rule has none.
        """
        product = rule.consequent_id
        return {
            "rule_id": rule.id,
            "product_id": product.id,
            "name": product.display_name,
            "antecedents": rule.antecedent_ids.mapped("display_name"),
            "manual": rule.source == "manual",
            "note": rule.note or "",
            "confidence": rule.confidence,
            "lift": rule.lift,
            "support_count": rule.support_count,
            "antecedent_count": rule.antecedent_count,
            "quantity": quantity,
            "uom": product.uom_id.display_name,
            "stock": stock.get(product.id),
            **price,
        }

    @api.model
    def _sale_quantity(self, rule):
        """What customers usually take with the others, rounded to what the unit allows; or one."""
        rounding = rule.consequent_id.uom_id.rounding
        quantity = fields.Float.round(rule.typical_quantity, precision_rounding=rounding)
        return quantity or 1.0

    @api.model
    def _unit_prices(self, order, rules, quantities):
        """{rule id: {"price": float, "currency_id": id}}, as the order line will compute them.

        One pricelist call for each distinct quantity, for price breaks depend on it.
        """
        by_quantity = defaultdict(lambda: self.env["product.product"])
        for rule in rules:
            by_quantity[quantities[rule.id]] |= rule.consequent_id
        currency = order.currency_id or order.company_id.currency_id
        listed = {}
        for quantity, products in by_quantity.items():
            prices = order.pricelist_id._get_products_price(
                products, quantity, currency=currency, date=order.date_order
            )
            listed.update({(product_id, quantity): price for product_id, price in prices.items()})
        return {
            rule.id: {
                "price": self._with_order_taxes(
                    order, rule.consequent_id, listed[rule.consequent_id.id, quantities[rule.id]]
                ),
                "currency_id": currency.id,
            }
            for rule in rules
        }

    @api.model
    def _with_order_taxes(self, order, product, price):
        """Turn a price that includes taxes into the one under the order's fiscal position."""
        return product._get_tax_included_unit_price_from_price(
            price,
            order.currency_id or self.env.company.currency_id,
            product_taxes=product.taxes_id.filtered(lambda t: t.company_id == self.env.company),
            fiscal_position=order.fiscal_position_id,
        )

    @api.model
    def _free_quantities(self, order, products):
        """{product id: free quantity in the order's warehouse} of stored products."""
        if "free_qty" not in products._fields:
            return {}
        warehouse = order.warehouse_id if "warehouse_id" in order._fields else None
        stored = products.filtered(lambda product: product.type == "product")
        return {
            product.id: product.free_qty
            for product in stored.with_context(warehouse=warehouse.id if warehouse else False)
        }
