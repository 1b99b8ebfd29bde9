"""Write the purchases, deliveries and stock of the demonstration into an Odoo database.

What happened in the past is created as done at once, dated as it happened: confirming and validating
four thousand documents would take half an hour and date them today. What is open today, orders under
way and deliveries to come, goes through Odoo's own buttons, so that it is reserved and forecast as
Odoo does it.
"""

from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from . import masters, planted
from .catalog import DIRHAMS, GOODS, cost
from .history import DAYS
from .stock_history import CONSUMABLES, RECEIPT_MINUTE, STORABLE
from .timing import local_to_utc
from .vendors import VENDORS, supplies

BATCH = 500
OPENING = "Stock initial"
COSTS = {product.code: cost(product) for product in GOODS}


class StockLoader:
    """Loads a StockHistory of the orders that are there already.

    context : Masters; history : History; orders : {position in History.orders: sale.order}.
    """

    def __init__(self, env, context, history, orders):
        self.env = env
        self.context = context
        self.history = history
        self.orders = orders
        self.today = history.today
        self.customers, self.suppliers = env["stock.warehouse"]._get_partner_locations()
        self.moves = env["stock.move"]
        self.has_names = "name" in self.moves._fields

    def load(self, stock, progress):
        progress(f"» demonstration: {len(stock.purchases)} purchase orders")
        moves = self._move_openings(stock) + self._receive(stock)
        progress(f"» demonstration: {len(stock.movements)} deliveries and returns")
        moves += self._deliver(stock)
        self._create_quants(moves)
        self._value()
        self.env.cr.commit()
        progress("» demonstration: what is under way today")
        for purchase in stock.purchases:
            if purchase.received is None:
                self._order(purchase)
        self._reserve(stock)
        self.env.cr.commit()

    # Past

    def _move_openings(self, stock):
        rows = []
        for (key, code, product_code), quantity in stock.openings.items():
            if quantity:
                company = self.context.companies[key]
                product = self.context.products[product_code].with_company(company)
                vals = self._move_vals(key, product_code, quantity, DAYS + 1, RECEIPT_MINUTE)
                vals.update(
                    location_id=product.property_stock_inventory.id,
                    location_dest_id=self._stock_location(code).id,
                    is_inventory=True,
                    origin=OPENING,
                )
                vals["name" if self.has_names else "inventory_name"] = OPENING
                rows.append(vals)
        return self._create_done(rows)

    def _receive(self, stock):
        """Purchase orders with their receipts."""
        done = [purchase for purchase in stock.purchases if purchase.received is not None]
        orders = [self._create_purchase(purchase) for purchase in done]
        pickings = self._create_pickings(
            [
                self._picking_vals(
                    self._warehouse(purchase.warehouse).in_type_id,
                    self.suppliers,
                    order.partner_id,
                    order.name,
                    purchase.company,
                    purchase.received,
                    RECEIPT_MINUTE,
                )
                for purchase, order in zip(done, orders, strict=True)
            ]
        )
        rows = []
        for purchase, order, picking in zip(done, orders, pickings, strict=True):
            for (code, pieces), line in zip(purchase.lines, order.order_line, strict=True):
                vals = self._move_vals(
                    purchase.company, code, pieces, purchase.received, RECEIPT_MINUTE
                )
                vals.update(
                    location_id=self.suppliers.id,
                    location_dest_id=self._stock_location(purchase.warehouse).id,
                    picking_id=picking.id,
                    purchase_line_id=line.id,
                    origin=order.name,
                    partner_id=order.partner_id.id,
                )
                rows.append(vals)
        moves = self._create_done(rows)
        # Only now: a confirmed order tells each receipt in its chatter.
        self.env["purchase.order"].concat(*orders).write({"state": "purchase"})
        for purchase, order in zip(done, orders, strict=True):
            order.date_approve = self._stamp(purchase.company, purchase.ordered, 9 * 60)
        return moves

    def _deliver(self, stock):
        together = defaultdict(list)
        for movement in stock.movements:
            together[movement.order, movement.is_return].append(movement)
        batches = [
            (self.orders[order], found[0], found) for (order, _back), found in together.items()
        ]
        pickings = self._create_pickings(
            [
                self._picking_vals(
                    self._picking_type(first),
                    self.customers,
                    order.partner_id,
                    order.name,
                    first.company,
                    first.day,
                    first.minute,
                )
                for order, first, _found in batches
            ]
        )
        groups = self._tie(list(dict.fromkeys(order for order, *_rest in batches)))
        rows = []
        for (order, _first, found), picking in zip(batches, pickings, strict=True):
            for movement in found:
                vals = self._delivery_vals(order, movement, picking)
                rows.append({**vals, "group_id": groups[order].id} if groups else vals)
        return self._create_done(rows)

    def _delivery_vals(self, order, movement, picking):
        ends = [self._stock_location(movement.warehouse), self.customers]
        if movement.is_return:
            ends.reverse()
        vals = self._move_vals(
            movement.company, movement.code, movement.quantity, movement.day, movement.minute
        )
        vals.update(
            location_id=ends[0].id,
            location_dest_id=ends[1].id,
            picking_id=picking.id,
            sale_line_id=order.order_line[movement.line].id,
            origin=order.name,
            partner_id=order.partner_id.id,
            to_refund=movement.is_return,
        )
        return vals

    def _tie(self, orders):
        """What ties deliveries to their order in Odoo 17, {order: group}; in 19 the line alone does."""
        if "group_id" not in self.moves._fields:
            return {}
        groups = self.env["procurement.group"].create(
            [order.order_line[:1]._prepare_procurement_group_vals() for order in orders]
        )
        for order, group in zip(orders, groups, strict=True):
            order.procurement_group_id = group
        return dict(zip(orders, groups, strict=True))

    def _create_done(self, rows):
        """Done moves with their lines, without moving quants: these are made once at the end.

        The lines are created by the ORM itself: stock's own `create` would look for the two quants
        of each line, lock and change them, fifteen thousand times.
        """
        moves = self.moves
        for start in range(0, len(rows), BATCH):
            moves += self.moves.create(rows[start : start + BATCH])
        models.BaseModel.create(
            self.env["stock.move.line"],
            [
                {
                    "move_id": move.id,
                    "picking_id": move.picking_id.id,
                    "company_id": move.company_id.id,
                    "product_id": move.product_id.id,
                    "product_uom_id": move.product_id.uom_id.id,
                    "quantity": move.product_qty,
                    "picked": True,
                    "date": move.date,
                    "location_id": move.location_id.id,
                    "location_dest_id": move.location_dest_id.id,
                }
                for move in moves
            ],
        )
        self.env.flush_all()
        return moves

    def _create_pickings(self, rows):
        pickings = self.env["stock.picking"]
        for start in range(0, len(rows), BATCH):
            pickings += self.env["stock.picking"].create(rows[start : start + BATCH])
        return pickings

    def _create_quants(self, moves):
        """What is in each place, by the sum of what moved."""
        consumable = {self.context.products[code].id for code in CONSUMABLES}
        levels, newest = defaultdict(float), {}
        for move in moves:
            if move.product_id.id not in consumable:
                quantity = move.product_qty
                levels[move.product_id.id, move.location_id.id] -= quantity
                levels[move.product_id.id, move.location_dest_id.id] += quantity
                newest[move.product_id.id, move.location_dest_id.id] = move.date
        self.env["stock.quant"].create(
            [
                {
                    "product_id": product,
                    "location_id": location,
                    "quantity": quantity,
                    **({"in_date": newest[key]} if (key := (product, location)) in newest else {}),
                }
                for (product, location), quantity in levels.items()
                if quantity
            ]
        )

    def _value(self):
        """The layers of value that Odoo 17 keeps beside the moves, at the cost of today.

        In SQL, for the value of a past day goes by the day of creation, which the ORM makes today.
        """
        if "stock.valuation.layer" not in self.env:
            return
        self.env.flush_all()
        for company in self.context.companies.values():
            stored = [self.context.products[p.code].with_company(company) for p in STORABLE]
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO stock_valuation_layer (
                        company_id, product_id, categ_id, stock_move_id, description, quantity,
                        unit_cost, value, create_uid, write_uid, create_date, write_date)
                    SELECT move.company_id, move.product_id, template.categ_id, move.id,
                        move.reference, way.sign * move.product_qty, cost.price,
                        way.sign * move.product_qty * cost.price,
                        move.create_uid, move.create_uid, move.date, move.date
                      FROM unnest(%s, %s::numeric[]) AS cost (product_id, price)
                      JOIN stock_move AS move ON move.product_id = cost.product_id
                      JOIN product_product AS product ON product.id = move.product_id
                      JOIN product_template AS template ON template.id = product.product_tmpl_id
                      JOIN stock_location AS target ON target.id = move.location_dest_id
                CROSS JOIN LATERAL (
                    SELECT CASE target.usage WHEN 'internal' THEN 1 ELSE -1 END AS sign) AS way
                     WHERE move.company_id = %s AND move.state = 'done'
                    """,
                    [product.id for product in stored],
                    [product.standard_price for product in stored],
                    company.id,
                )
            )

    # Today

    def _order(self, purchase):
        order = self._create_purchase(purchase)
        order.button_confirm()
        order.date_approve = self._stamp(purchase.company, purchase.ordered, 9 * 60)

    def _reserve(self, stock):
        """The deliveries of the newest orders, which Odoo makes and reserves itself."""
        for position in stock.undelivered:
            order = self.orders[position]
            order.with_company(order.company_id).order_line._action_launch_stock_rule()

    # Records

    def _create_purchase(self, purchase):
        company = self.context.companies[purchase.company]
        offers = {(o.code, o.vendor): o for o in supplies(purchase.company)}
        vendor = VENDORS[purchase.vendor]
        ordered = self._stamp(purchase.company, purchase.ordered, 9 * 60)
        promised = self._stamp(purchase.company, purchase.promised, RECEIPT_MINUTE)
        return (
            self.env["purchase.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": self.context.stock.vendors[purchase.vendor].id,
                    "company_id": company.id,
                    "currency_id": self.env.ref(f"base.{vendor.currency}").id,
                    "picking_type_id": self._warehouse(purchase.warehouse).in_type_id.id,
                    "date_order": ordered,
                    "order_line": [
                        (0, 0, self._purchase_line_vals(offers[code, purchase.vendor], pieces, promised))
                        for code, pieces in purchase.lines
                    ],
                }
            )
        )

    def _purchase_line_vals(self, offer, pieces, promised):
        product = self.context.products[offer.code]
        price = offer.price or COSTS[offer.code] / DIRHAMS[VENDORS[offer.vendor].currency]
        unit = self.context.dozen if offer.unit == 12 else product.uom_id
        lines = self.env["purchase.order.line"]._fields
        return {
            "product_id": product.id,
            "name": product.display_name,
            "product_qty": pieces / offer.unit,
            "product_uom": unit.id,
            "price_unit": round(price, 2),
            "date_planned": promised,
            # Given, or Odoo works out each line for itself.
            "taxes_id" if "taxes_id" in lines else "tax_ids": [],
        }

    def _move_vals(self, company, code, quantity, day, minute):
        product = self.context.products[code]
        stamp = self._stamp(company, day, minute)
        return {
            **({"name": product.name} if self.has_names else {}),
            "company_id": self.context.companies[company].id,
            "product_id": product.id,
            "product_uom_qty": quantity,
            "date": stamp,
            "state": "done",
        }

    def _picking_vals(self, kind, other, partner, origin, company, day, minute):
        stamp = self._stamp(company, day, minute)
        stock = kind.warehouse_id.lot_stock_id
        ends = (other, stock) if kind.code == "incoming" else (stock, other)
        return {
            "picking_type_id": kind.id,
            "partner_id": partner.id,
            "origin": origin,
            "company_id": self.context.companies[company].id,
            "location_id": ends[0].id,
            "location_dest_id": ends[1].id,
            "date_done": stamp,
            "scheduled_date": stamp,
            "date": stamp,
        }

    def _picking_type(self, movement):
        warehouse = self._warehouse(movement.warehouse)
        return warehouse.in_type_id if movement.is_return else warehouse.out_type_id

    def _warehouse(self, code):
        return self.context.stock.warehouses[code]

    def _stock_location(self, code):
        return self._warehouse(code).lot_stock_id

    def _stamp(self, company, day, minute):
        zone = masters.COMPANIES[company]["tz"]
        return local_to_utc(self.today - timedelta(days=day), minute, zone)
