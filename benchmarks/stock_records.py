"""A company with stock to plan, in bulk: products, vendors, a year of sales, receipts and moves.

Which columns a table has depends on the modules that are installed. As in the bulk loader one
record of each table is made by Odoo itself and serves as the pattern of the others.
"""

from datetime import datetime, timedelta

import numpy as np

from .stock_bulk import VENDORS, first_product, insert, products_of
from .stock_moves import open_moves, receipts, sold_from

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
    sold_from(env, company, places)
    env.cr.execute("ANALYZE")
    receipts(env, company, places, vendors)
    open_moves(env, company, places)
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
            "company_id": company.id,
            "taxes_id": False,
            "supplier_taxes_id": False,
        }
    )
    pattern.detailed_type = "product"
    env.flush_all()
    numbers = f"(SELECT 'P' || n AS code FROM generate_series(1, {count - 1}) n) AS item"
    insert(env, pattern.product_tmpl_id, {"default_code": "item.code"}, numbers)
    templates = (
        "(SELECT id, default_code FROM product_template"
        f" WHERE company_id = {company.id} AND default_code <> 'P0') AS item"
    )
    values = {"default_code": "item.default_code", "product_tmpl_id": "item.id"}
    insert(env, pattern, values, templates)


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


def _vendors(env, company):
    """Nine products in ten have a vendor."""
    vendors = env["res.partner"].create([{"name": f"Vendor {n}"} for n in range(VENDORS)])
    product = first_product(env, company)
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
    insert(env, pattern, values, products_of(company, rest))
    return vendors


def _on_hand(env, company, places):
    for warehouse in places:
        env.cr.execute(
            "INSERT INTO stock_quant (product_id, company_id, location_id, quantity,"
            " reserved_quantity, in_date)"
            " SELECT item.id, %s, %s, mod(item.number, 40), mod(item.number, 3),"
            " now() AT TIME ZONE 'UTC'"
            f" FROM {products_of(company, 'mod(product.id, 20) <> 0')}",
            [company.id, warehouse.lot_stock_id.id],
        )


def _orderpoints(env, company, places):
    """Three products in ten have a reordering rule."""
    product = first_product(env, company)
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
    insert(env, pattern, values, products_of(company, rest))


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
