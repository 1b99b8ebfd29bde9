"""The Replenishment tab of a product: what to order, why, or why there is nothing to say."""

from odoo import api, fields, models

REPLENISHMENT_GROUPS = (
    "stock.group_stock_manager,purchase.group_purchase_user,smart_recommender.group_manager"
)


class ProductProduct(models.Model):
    _inherit = "product.product"

    ai_replenishment = fields.Json(
        string="Replenishment", compute="_compute_ai_replenishment", groups=REPLENISHMENT_GROUPS
    )

    @api.depends_context("company", "lang")
    def _compute_ai_replenishment(self):
        advice = self._ai_replenishment_advice()
        for product in self:
            product.ai_replenishment = self._ai_replenishment_json([advice[product._origin]])

    @api.model
    def _ai_replenishment_json(self, variants):
        """Value of the tab, see static/src/replenishment. variants : list of advice."""
        statuses = [variant["status"] for variant in variants] or ["archived"]
        return {
            "status": "ok" if "ok" in statuses else statuses[0],
            "available_stock": self.env.company.ai_available_stock,
            "currency_id": self.env.company.currency_id.id,
            "variants": variants,
        }

    def _ai_replenishment_advice(self):
        """{product: {"id", "product", "unit", "class", "status", "rows"}}, current company."""
        products = self._origin
        status = products._ai_replenishment_obstacle()
        plannable = products.filtered(lambda product: not status[product])
        rows = self.env["ai.replenishment"]._live(self.env.company, plannable.ids)
        by_product = {}
        for row in rows:
            by_product.setdefault(row.product_id.id, []).append(row._as_json())
        without = products.filtered(
            lambda product: (
                status[product] in (False, "consumable") and product.id not in by_product
            )
        )
        status |= without._ai_replenishment_missing(status)
        return {
            product: {
                "id": product.id,
                "product": product.display_name,
                "unit": product.uom_id.name,
                "class": product.ai_class or "",
                "status": status[product] or "ok",
                "rows": by_product.get(product.id, []),
            }
            for product in products
        }

    def _ai_replenishment_obstacle(self):
        """{product: why it is never planned, or False}."""
        company = self.env.company
        excluded = self.filtered_domain(company.sudo()._ai_is_excluded_product_domain())

        def obstacle(product):
            is_stored = product.detailed_type == "product"
            if not company.ai_enabled:
                return "disabled"
            if not product.active:
                return "archived"
            if not is_stored:
                return "service" if product.type == "service" else "consumable"
            return product in excluded and "excluded"

        return {product: obstacle(product) for product in self}

    def _ai_replenishment_missing(self, obstacles):
        """{product: why it has no row}; a kit may be a consumable too. obstacles : as found."""
        if not self:
            return {}
        company = self.env.company
        in_company = [("company_id", "=", company.id)]
        kits = self._ai_kits(company)
        reason = "new"
        if not self.env["stock.warehouse"].sudo().search_count(in_company, limit=1):
            reason = "no_warehouse"
        elif not self.env["ai.replenishment"].search_count(in_company, limit=1):
            reason = "untrained"
        return {
            product: "kit" if product in kits else obstacles[product] or reason for product in self
        }

    def _ai_kits(self, company):
        """Those of the products that are sold as their components."""
        kits = self.env["ai.stock.extract"]._boms(company, "phantom", self.ids)
        return self.filtered(lambda product: product in kits)
