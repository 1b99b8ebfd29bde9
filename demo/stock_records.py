"""Values of the records that a StockHistory becomes in an Odoo database."""

from datetime import timedelta

from . import planted
from .catalog import DIRHAMS, GOODS, cost
from .companies import COMPANIES
from .history import DAYS
from .stock_history import ORDER_MINUTE, RECEIPT_MINUTE
from .timing import local_to_utc, past
from .vendors import VENDORS, supplies

PROMISED = timedelta(days=1)
COSTS = {product.code: cost(product) for product in GOODS}


class StockRecords:
    """context : Masters; today : datetime.date, day 0."""

    def __init__(self, env, context, today):
        self.env = env
        self.context = context
        self.today = today
        self.customers, self.suppliers = env["stock.warehouse"]._get_partner_locations()
        self.has_names = "name" in env["stock.move"]._fields
        self.offers = {
            (offer.company, offer.code, offer.vendor): offer
            for company in COMPANIES
            for offer in supplies(company)
        }

    def opening(self, key, warehouse, code, quantity, day):
        """A move that puts in what was there at the start."""
        product = self.context.products[code].with_company(self.context.companies[key])
        name = "name" if self.has_names else "inventory_name"
        return {
            **self._move(key, code, quantity, day, RECEIPT_MINUTE),
            "location_id": product.property_stock_inventory.id,
            "location_dest_id": self._stock_location(warehouse).id,
            "is_inventory": True,
            "origin": "Stock initial",
            name: "Stock initial",
        }

    def purchase(self, purchase):
        vendor = VENDORS[purchase.vendor]
        promised_day = self.today - timedelta(days=purchase.promised)
        zone = COMPANIES[purchase.company]["tz"]
        promised = local_to_utc(promised_day, RECEIPT_MINUTE, zone)
        return {
            "partner_id": self.context.stock.vendors[purchase.vendor].id,
            "company_id": self.context.companies[purchase.company].id,
            "currency_id": self.env.ref(f"base.{vendor.currency}").id,
            "picking_type_id": self._warehouse(purchase.warehouse).in_type_id.id,
            "date_order": self.stamp(purchase.company, purchase.ordered, ORDER_MINUTE),
            "order_line": [
                (0, 0, self._purchase_line(purchase, code, pieces, promised))
                for code, pieces in purchase.lines
            ],
        }

    def _purchase_line(self, purchase, code, pieces, promised):
        product = self.context.products[code]
        offer = self.offers[purchase.company, code, purchase.vendor]
        price = offer.price or COSTS[code] / DIRHAMS[VENDORS[purchase.vendor].currency]
        if purchase.vendor == planted.DEARER_VENDOR:
            price /= (1 + planted.DEARER_A_YEAR) ** (purchase.ordered / DAYS)
        unit = self.context.dozen if offer.unit == 12 else product.uom_id
        taxes = {"taxes_id", "tax_ids"} & set(self.env["purchase.order.line"]._fields)
        return {
            "product_id": product.id,
            "name": product.display_name,
            "product_qty": pieces / offer.unit,
            "product_uom": unit.id,
            "price_unit": round(price, 2),
            "date_planned": promised,
            # Given, for else Odoo works out each line as if it were typed.
            **dict.fromkeys(taxes, []),
        }

    def receipt(self, purchase, order):
        """The transfer of a purchase order."""
        kind = self._warehouse(purchase.warehouse).in_type_id
        at = purchase.company, purchase.received, RECEIPT_MINUTE
        return self._picking(kind, self.suppliers, order, *at)

    def receipt_move(self, purchase, code, pieces, line, picking):
        at = purchase.received, RECEIPT_MINUTE
        return {
            **self._move(purchase.company, code, pieces, *at),
            "location_id": self.suppliers.id,
            "location_dest_id": self._stock_location(purchase.warehouse).id,
            "picking_id": picking.id,
            "purchase_line_id": line.id,
            "origin": line.order_id.name,
            "partner_id": line.order_id.partner_id.id,
        }

    def delivery(self, movement, order):
        """The transfer of a sales order, or of what comes back from it."""
        warehouse = self._warehouse(movement.warehouse)
        kind = warehouse.in_type_id if movement.is_return else warehouse.out_type_id
        at = movement.company, movement.day, movement.minute
        return self._picking(kind, self.customers, order, *at)

    def delivery_move(self, movement, order, picking):
        at = movement.day, movement.minute
        return {
            **self._move(movement.company, movement.code, movement.quantity, *at),
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "picking_id": picking.id,
            "sale_line_id": order.order_line[movement.line].id,
            # Promised for the day after the order.
            **({} if movement.is_return else {"date_deadline": order.date_order + PROMISED}),
            "origin": order.name,
            "partner_id": order.partner_id.id,
            "to_refund": movement.is_return,
        }

    def _move(self, company, code, quantity, day, minute):
        product = self.context.products[code]
        return {
            **({"name": product.name} if self.has_names else {}),
            "company_id": self.context.companies[company].id,
            "product_id": product.id,
            "product_uom_qty": quantity,
            "date": self.stamp(company, day, minute),
            "state": "done",
        }

    def _picking(self, kind, other, order, company, day, minute):
        stamp = self.stamp(company, day, minute)
        stock = kind.warehouse_id.lot_stock_id
        source, target = (other, stock) if kind.code == "incoming" else (stock, other)
        return {
            "picking_type_id": kind.id,
            "partner_id": order.partner_id.id,
            "origin": order.name,
            "company_id": self.context.companies[company].id,
            "location_id": source.id,
            "location_dest_id": target.id,
            "date_done": stamp,
            **({"date": stamp} if "date" in self.env["stock.picking"]._fields else {}),
        }

    def _warehouse(self, code):
        return self.context.stock.warehouses[code]

    def _stock_location(self, code):
        return self._warehouse(code).lot_stock_id

    def stamp(self, company, day, minute):
        zone = COMPANIES[company]["tz"]
        return past(self.today - timedelta(days=day), minute, zone)
