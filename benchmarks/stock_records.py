"""A company with stock to plan, in bulk: products, vendors, a year of sales, receipts and moves.

Which columns a table has depends on the modules that are installed. As in the bulk loader one
record of each table is made by Odoo itself and serves as the pattern of the others.
"""

from datetime import datetime, timedelta

import numpy as np

VENDORS = 50
CUSTOMERS = 200
LINES_PER_PRODUCT = 10
YEAR = 365


def make(env, name, products, warehouses=1):
    """A company with so many products in so many warehouses. Returns it."""
    from odoo.addons.smart_recommender.bulk_load import masters

    company = masters.find_or_make_company(env, name)
    env = masters.in_company(env, company)
    company = company.with_env(env)
    _storable(env, company, products)
    # Plans of PostgreSQL for empty tables are no plans for full ones.
    env.cr.execute("ANALYZE")
    _sales(env, company, products)
    env.cr.execute("ANALYZE")
    places = _warehouses(env, company, warehouses)
    vendors = _vendors(env, company)
    _sold_from(env, company, places)
    env.cr.execute("ANALYZE")
    _receipts(env, company, places, vendors)
    _open_moves(env, company, places)
    _on_hand(env, company, places)
    _orderpoints(env, company, places)
    _forecasts(env, company)
    env.invalidate_all()
    env.cr.execute("ANALYZE")
    return company


def _storable(env, company, count):
    """Storable products P0, P1, …"""
    pattern = env["product.product"].create(
        {
            "name": "P0",
            "default_code": "P0",
            "detailed_type": "product",
            "company_id": company.id,
            "taxes_id": False,
            "supplier_taxes_id": False,
        }
    )
    numbers = f"(SELECT 'P' || n AS code FROM generate_series(1, {count - 1}) n) AS item"
    _insert(env, pattern.product_tmpl_id, {"default_code": "item.code"}, numbers)
    templates = (
        "(SELECT id, default_code FROM product_template"
        f" WHERE company_id = {company.id} AND default_code <> 'P0') AS item"
    )
    values = {"default_code": "item.default_code", "product_tmpl_id": "item.id"}
    _insert(env, pattern, values, templates)


def _sales(env, company, products):
    from odoo.addons.smart_recommender.bulk_load import masters, orders

    lines = _lines(products)
    env.cr.execute(
        "SELECT product.default_code, product.id FROM product_product product"
        " JOIN product_template template ON template.id = product.product_tmpl_id"
        " WHERE template.company_id = %s",
        [company.id],
    )
    known = dict(env.cr.fetchall())
    orders.write_orders(env, company, lines, masters.customer_ids(env, company, lines), known)


def _lines(products):
    """Sales with a long tail; the first lines are one of each product."""
    from odoo.addons.smart_recommender.bulk_load.parse import Line

    rng = np.random.default_rng(0)
    count = products * LINES_PER_PRODUCT
    weight = 1 / (np.arange(products) + 4)
    product = rng.choice(products, count, p=weight / weight.sum())
    product[:products] = np.arange(products)
    order = rng.integers(0, count // 5, count)
    now = datetime.now().replace(microsecond=0)
    ago = rng.uniform(1, YEAR - 5, count // 5)
    quantity = 1.0 + rng.integers(0, 5, count)
    return [
        Line(
            number, f"S{o}", now - timedelta(days=ago[o]), f"C{o % CUSTOMERS}", f"P{p}", "", q, 10.0
        )
        for number, (o, p, q) in enumerate(
            zip(order.tolist(), product.tolist(), quantity.tolist(), strict=True)
        )
    ]


def _warehouses(env, company, count):
    """Warehouses; the second one and those after it deliver a third of the orders each."""
    found = env["stock.warehouse"].search([("company_id", "=", company.id)])
    for number in range(len(found), count):
        found |= found.create(
            {"name": f"W{number}", "code": f"W{number}", "company_id": company.id}
        )
    for number, warehouse in enumerate(found[1:], 1):
        env.cr.execute(
            "UPDATE sale_order SET warehouse_id = %s WHERE company_id = %s AND mod(id, 3) = %s",
            [warehouse.id, company.id, number],
        )
    return found


def _insert(env, pattern, values, source):
    """Insert rows like a record. values : {column: SQL}; source : SQL after FROM."""
    from odoo.addons.smart_recommender.bulk_load import orders
    from odoo.tools import SQL

    env.flush_all()
    orders._insert(env.cr, pattern._table, values, pattern.id, SQL(source))


def _products(company, condition="TRUE"):
    """SQL of the company's products as item: id, template_id, uom_id, number."""
    return (
        "(SELECT product.id, template.id AS template_id, template.uom_id,"
        " mod(product.id * 7919, 1000) AS number"
        " FROM product_product product JOIN product_template template"
        " ON template.id = product.product_tmpl_id"
        f" WHERE template.company_id = {company.id} AND {condition}) AS item"
    )


def _first_product(env, company):
    return env["product.product"].search([("company_id", "=", company.id)], limit=1)


def _vendors(env, company):
    """Nine products in ten have a vendor."""
    vendors = env["res.partner"].create([{"name": f"Vendor {n}"} for n in range(VENDORS)])
    product = _first_product(env, company)
    pattern = env["product.supplierinfo"].create(
        {
            "partner_id": vendors[0].id,
            "product_tmpl_id": product.product_tmpl_id.id,
            "company_id": company.id,
            "price": 2.0,
            "delay": 5,
        }
    )
    values = {
        "partner_id": f"{vendors[0].id} + mod(item.number, {VENDORS})",
        "product_tmpl_id": "item.template_id",
        "delay": "3 + mod(item.number, 15)",
        "min_qty": "mod(item.number, 4) * 5",
        "price": "1 + mod(item.number, 9)",
    }
    rest = f"product.id <> {product.id} AND mod(product.id, 10) <> 0"
    _insert(env, pattern, values, _products(company, rest))
    return vendors


def _pattern_move(env, company, source, target):
    """A done move with its line, that changed no stock."""
    product = _first_product(env, company)
    move = env["stock.move"].create(
        {
            "name": "pattern",
            "product_id": product.id,
            "product_uom_qty": 1.0,
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": company.id,
        }
    )
    line = env["stock.move.line"].create(
        {
            "move_id": move.id,
            "product_id": product.id,
            "quantity": 0.0,
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": company.id,
        }
    )
    return move, line


LINE_VALUES = {
    "product_id": "flow.product_id",
    "quantity": "flow.quantity",
    "quantity_product_uom": "flow.quantity",
    "date": "flow.date",
    "state": "'done'",
    "product_uom_id": "flow.uom_id",
}


def _sold_from(env, company, places):
    """Each sale left its warehouse on its day."""
    customers = env.ref("stock.stock_location_customers")
    for warehouse in places:
        _move, line = _pattern_move(env, company, warehouse.lot_stock_id, customers)
        source = (
            "(SELECT sol.product_id, sol.product_uom_qty AS quantity, so.date_order AS date,"
            " sol.product_uom AS uom_id FROM sale_order_line sol"
            " JOIN sale_order so ON so.id = sol.order_id"
            f" WHERE so.company_id = {company.id} AND so.state = 'sale'"
            f" AND so.warehouse_id = {warehouse.id}) AS flow"
        )
        _insert(env, line, LINE_VALUES, source)


def _receipts(env, company, places, vendors):
    """Four receipts of each product in the year, with their purchase orders."""
    suppliers = env.ref("stock.stock_location_suppliers")
    warehouse = places[0]
    order = env["purchase.order"].create(
        {
            "partner_id": vendors[0].id,
            "company_id": company.id,
            "picking_type_id": warehouse.in_type_id.id,
            "order_line": [(0, 0, {"product_id": _first_product(env, company).id})],
        }
    )
    env.flush_all()
    env.cr.execute(
        "UPDATE purchase_order SET state = 'purchase', date_approve = now() AT TIME ZONE 'UTC'"
        " WHERE id = %s",
        [order.id],
    )
    months = (
        f"(SELECT {vendors[0].id} + v AS vendor_id, 'PB/' || v || '/' || m AS name,"
        " now() AT TIME ZONE 'UTC' - make_interval(days => 90 * m + 20 + v) AS date"
        f" FROM generate_series(0, {VENDORS - 1}) v, generate_series(0, 3) m) AS month"
    )
    head = {
        "partner_id": "month.vendor_id",
        "name": "month.name",
        "date_approve": "month.date",
        "date_order": "month.date",
    }
    _insert(env, order, head, months)
    bought = (
        "(SELECT orders.id AS order_id, item.id AS product_id, item.uom_id, item.number,"
        " orders.date_approve FROM purchase_order orders JOIN product_supplierinfo seller"
        f" ON seller.partner_id = orders.partner_id AND seller.company_id = {company.id}"
        f" JOIN {_products(company)} ON item.template_id = seller.product_tmpl_id"
        f" WHERE orders.company_id = {company.id} AND starts_with(orders.name, 'PB/')) AS line"
    )
    values = {
        "order_id": "line.order_id",
        "product_id": "line.product_id",
        "product_uom": "line.uom_id",
        "product_qty": "10 + mod(line.number, 10)",
        "product_uom_qty": "10 + mod(line.number, 10)",
        "date_planned": "line.date_approve",
        "state": "'purchase'",
    }
    _insert(env, order.order_line, values, bought)
    move, line = _pattern_move(env, company, suppliers, warehouse.lot_stock_id)
    received = (
        "(SELECT line.id AS purchase_line_id, line.product_id, line.product_uom AS uom_id,"
        " line.product_qty AS quantity,"
        " orders.date_approve + make_interval(days => 4 + mod(line.id, 9)) AS date"
        " FROM purchase_order_line line JOIN purchase_order orders ON orders.id = line.order_id"
        f" WHERE orders.company_id = {company.id} AND starts_with(orders.name, 'PB/')) AS flow"
    )
    done = {
        "product_id": "flow.product_id",
        "product_uom": "flow.uom_id",
        "product_uom_qty": "flow.quantity",
        "product_qty": "flow.quantity",
        "date": "flow.date",
        "state": "'done'",
        "purchase_line_id": "flow.purchase_line_id",
    }
    _insert(env, move, done, received)
    _insert(env, line, LINE_VALUES, received)


def _open_moves(env, company, places):
    """A fifth of the products is awaited, another fifth is to be delivered."""
    ways = {
        0: (env.ref("stock.stock_location_suppliers"), places[0].lot_stock_id),
        1: (places[0].lot_stock_id, env.ref("stock.stock_location_customers")),
    }
    for rest, (source, target) in ways.items():
        move, _line = _pattern_move(env, company, source, target)
        values = {
            "product_id": "item.id",
            "product_uom": "item.uom_id",
            "product_uom_qty": "1 + mod(item.number, 20)",
            "product_qty": "1 + mod(item.number, 20)",
            "state": "'confirmed'",
        }
        _insert(env, move, values, _products(company, f"mod(product.id, 5) = {rest}"))


def _on_hand(env, company, places):
    for warehouse in places:
        env.cr.execute(
            "INSERT INTO stock_quant (product_id, company_id, location_id, quantity,"
            " reserved_quantity, in_date)"
            " SELECT item.id, %s, %s, mod(item.number, 40), mod(item.number, 3),"
            " now() AT TIME ZONE 'UTC'"
            f" FROM {_products(company, 'mod(product.id, 20) <> 0')}",
            [company.id, warehouse.lot_stock_id.id],
        )


def _orderpoints(env, company, places):
    """Three products in ten have a reordering rule."""
    product = _first_product(env, company)
    pattern = env["stock.warehouse.orderpoint"].create(
        {
            "product_id": product.id,
            "warehouse_id": places[0].id,
            "location_id": places[0].lot_stock_id.id,
            "company_id": company.id,
            "product_min_qty": 5.0,
            "product_max_qty": 10.0,
        }
    )
    rest = f"product.id <> {product.id} AND mod(product.id, 10) < 3"
    values = {"product_id": "item.id", "name": "'OP/B' || item.id"}
    _insert(env, pattern, values, _products(company, rest))


def _forecasts(env, company):
    """Forecasts as their training leaves them, without the days of their charts."""
    run = env["ai.training.run"].create({"company_id": company.id, "kind": "forecast"})
    run.state = "done"
    env.flush_all()
    totals = {
        f"total_{days}{end}": f"(1 + mod(product.id, 9)) * {days * factor / 10}"
        for days in (7, 30, 90)
        for end, factor in (("", 1.0), ("_low", 0.5), ("_high", 1.6))
    }
    env.cr.execute(
        "INSERT INTO ai_forecast"
        f" (active, company_id, run_id, product_id, state, {', '.join(totals)})"
        f" SELECT true, {company.id}, {run.id}, product.id, 'ok', {', '.join(totals.values())}"
        " FROM product_product product JOIN product_template template"
        f" ON template.id = product.product_tmpl_id WHERE template.company_id = {company.id}"
    )
