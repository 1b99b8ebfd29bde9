"""Kits and own production, where Odoo's manufacturing app is installed.

kit            what `mrp` explodes at delivery: the product's bill of materials of type kit
manufactured   a product with a bill of materials and a route that produces: its own, or where it
               has none that buys or produces, the first of the warehouses' that does (in newer
               series of Odoo); also one with a bill of materials and no vendor
lead time      days to produce and to prepare of the bill of materials, and the company's
               manufacturing lead where the series of Odoo has one
"""

from odoo import api, models

# Odoo rounds what a kit takes up to the unit's precision: in a million kits that is no longer seen.
KITS_AT_ONCE = 1_000_000


class AiStockExtract(models.AbstractModel):
    _inherit = "ai.stock.extract"

    @api.model
    def _kits(self, company):
        """What kits are made of: DataFrame with kit_id, component_id (int) and quantity (float).

        Quantity : units of the component in one unit of the kit; kits within kits are resolved.
        """
        import pandas as pd

        rows = []
        for product, bom in self._boms(company, "phantom").items():
            in_bom = product.uom_id._compute_quantity(1.0, bom.product_uom_id, round=False)
            kits = KITS_AT_ONCE * in_bom / (bom.product_qty or 1.0)
            _boms, lines = bom.explode(product, kits)
            for line, values in lines:
                component = line.product_id
                quantity = line.product_uom_id._compute_quantity(
                    values["qty"], component.uom_id, round=False
                )
                if quantity > 0:
                    rows.append((product.id, component.id, quantity / KITS_AT_ONCE))
        table = pd.DataFrame(rows, columns=["kit_id", "component_id", "quantity"])
        table = table.astype({"kit_id": "int64", "component_id": "int64", "quantity": "float64"})
        return table.groupby(["kit_id", "component_id"], as_index=False).sum()

    @api.model
    def _kit_products(self, company):
        """Ids of the products that are kits."""
        return {product.id for product in self._boms(company, "phantom")}

    @api.model
    def _manufacturing(self, company, product_ids=None):
        """{product id: (whether a route produces it, lead time in days)} of what can be made.

        product_ids : iterable of int, or None for all.
        """
        boms = self._boms(company, "normal", product_ids)
        if not boms:
            return {}
        rules = self.env["stock.rule"].sudo()
        makes = rules.search([("action", "=", "manufacture")]).route_id
        buys = rules.search([("action", "=", "buy")]).route_id
        by_default = bool(self._first_route(company, makes | buys) & makes)
        lead = company.manufacturing_lead if "manufacturing_lead" in company._fields else 0.0
        return {
            product.id: (
                bool(own & makes) if own & (makes | buys) else by_default,
                bom.produce_delay + bom.days_to_prepare_mo + lead,
            )
            for product, bom in boms.items()
            for own in [product.route_ids | product.categ_id.total_route_ids]
        }

    def _first_route(self, company, routes):
        """The one of some routes that the company's warehouses try first; none in series where
        products carry these routes themselves."""
        warehouses = self.env["stock.warehouse"].sudo().search([("company_id", "=", company.id)])
        return (warehouses.route_ids & routes).sorted("sequence")[:1]

    def _boms(self, company, kind, product_ids=None):
        """{product: bill of materials of a kind} of the company's active products, or of some."""
        if "mrp.bom" not in self.env:
            return {}
        # Bills of kits within kits are looked up by the company of the context.
        boms = self.env["mrp.bom"].sudo().with_company(company).with_context(company_id=company.id)
        if product_ids is None:
            own = boms.search([("type", "=", kind), ("company_id", "in", (False, company.id))])
            of_templates = own.filtered(lambda bom: not bom.product_id)
            products = own.product_id | of_templates.product_tmpl_id.product_variant_ids
        else:
            products = boms.env["product.product"].browse(product_ids)
        found = boms._bom_find(products, company_id=company.id, bom_type=kind)
        return {product: bom for product, bom in found.items() if bom}
