"""Vendors of products in stock, and replenishment trained on them."""

from odoo import Command

from ..core.stock_common import ShelfCommon
from ..forecast.common import ForecastCommon


class StockCommon(ShelfCommon, ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls.env["ai.replenishment"]
        cls.decisions = cls.env["ai.replenishment.decision"]
        cls.vendor = cls.env["res.partner"].create({"name": "Fournisseur Maghreb"})
        cls.storekeeper = cls._create_user("sr_stock", "stock.group_stock_manager")

    @classmethod
    def _supply(cls, products, delay=5, price=2.0, vendor=None, **vals):
        """A vendor of each product; without a company it is everybody's."""
        return cls.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": (vendor or cls.vendor).id,
                    "product_tmpl_id": template.id,
                    "delay": delay,
                    "price": price,
                    "company_id": cls.company.id,
                    "currency_id": cls.company.currency_id.id,
                    **vals,
                }
                for template in products.product_tmpl_id
            ]
        )

    @classmethod
    def _move(cls, product, quantity, source, target):
        """Move goods now, as a transfer that is validated does."""
        move = cls._create_move(product, quantity, source, target)
        move._action_confirm()
        move._action_assign()
        move.quantity = quantity
        move.picked = True
        move._action_done()
        return move

    @classmethod
    def _validate(cls, picking, quantity=None):
        """Do a transfer with one move, or a part of it; the rest waits in a second one."""
        picking.action_assign()
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty if quantity is None else quantity
            move.picked = True
        picking.with_context(skip_backorder=True).button_validate()

    @classmethod
    def _create_warehouse(cls, name, **vals):
        return cls.env["stock.warehouse"].create(
            {"name": name, "code": name[:5].upper(), "company_id": cls.company.id, **vals}
        )

    @classmethod
    def _ask_vendor(cls, product, quantity, warehouse=None, **line):
        """A request for quotation."""
        return cls.env["purchase.order"].create(
            {
                "partner_id": cls.vendor.id,
                "company_id": cls.company.id,
                "picking_type_id": (warehouse or cls.warehouse).in_type_id.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_qty": quantity, **line})
                ],
            }
        )

    @classmethod
    def _create_variants(cls, name, values):
        """The variants of a new product, one for each value of an attribute."""
        attribute = cls.env["product.attribute"].create({"name": f"{name} ?"})
        values = cls.env["product.attribute.value"].create(
            [{"name": value, "attribute_id": attribute.id} for value in values]
        )
        line = {"attribute_id": attribute.id, "value_ids": [Command.set(values.ids)]}
        template = cls.env["product.template"].create(
            {"name": name, "attribute_line_ids": [Command.create(line)]}
        )
        template.detailed_type = "product"
        return template.product_variant_ids

    @classmethod
    def _create_stored(cls, name, unit=None, **vals):
        """A product in stock, in some unit."""
        if unit:
            vals["uom_id"] = unit.id
            if "uom_po_id" in cls.env["product.product"]._fields:
                vals["uom_po_id"] = unit.id
        product = cls._create_product(name, **vals)
        product.detailed_type = "product"
        return product

    @classmethod
    def _buy_in(cls, product, unit, seller):
        """Let a product be bought in another unit: the product's, or the vendor's."""
        if "uom_po_id" in product._fields:
            product.uom_po_id = unit
        else:
            seller.product_uom_id = unit

    @classmethod
    def _sell_soap_and_cups(cls, soap=10.0, cups=10.0):
        """Four of each a day, from a vendor five days away; so many are on the shelf."""
        cls._sell({ago: [(cls.soap, 4.0), (cls.cups, 4.0)] for ago in range(1, 61)})
        cls._supply(cls.soap | cls.cups, delay=5)
        cls._put(cls.soap, soap, days_ago=100)
        cls._put(cls.cups, cups, days_ago=100)

    @classmethod
    def _train_stock(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "replenishment")

    def _row(self, product, warehouse=None):
        return self.rows.search(
            [
                ("product_id", "=", product.id),
                ("warehouse_id", "=", (warehouse or self.warehouse).id),
            ]
        )
