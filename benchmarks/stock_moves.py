"""Stock moves of a made company: what was sold and received in a year, and what is to come."""

from .stock_bulk import VENDORS, first_product, insert, products_of


def _pattern_move(env, company, source, target):
    """A done move with its line, that changed no stock."""
    product = first_product(env, company)
    moves = env["stock.move"]
    # Newer series of Odoo have no name for it.
    name = {"name": "pattern"} if "name" in moves._fields else {}
    move = moves.create(
        {
            **name,
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


def sold_from(env, company, places):
    """Each sale left its warehouse on its day."""
    customers = env.ref("stock.stock_location_customers")
    for warehouse in places:
        move, line = _pattern_move(env, company, warehouse.lot_stock_id, customers)
        # Without a sales order they would be demand of their own.
        sold = [("company_id", "=", company.id)]
        move.sale_line_id = env["sale.order.line"].search(sold, limit=1)
        source = (
            "(SELECT sol.product_id, sol.product_uom_qty AS quantity, so.date_order AS date,"
            " sol.product_uom AS uom_id FROM sale_order_line sol"
            " JOIN sale_order so ON so.id = sol.order_id"
            f" WHERE so.company_id = {company.id} AND so.state = 'sale'"
            f" AND so.warehouse_id = {warehouse.id}) AS flow"
        )
        insert(env, line, LINE_VALUES, source)


def receipts(env, company, places, vendors):
    """Four receipts of each product in the year, with their purchase orders."""
    suppliers = env.ref("stock.stock_location_suppliers")
    warehouse = places[0]
    order = env["purchase.order"].create(
        {
            "partner_id": vendors[0].id,
            "company_id": company.id,
            "picking_type_id": warehouse.in_type_id.id,
            "order_line": [(0, 0, {"product_id": first_product(env, company).id})],
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
    insert(env, order, head, months)
    bought = (
        "(SELECT orders.id AS order_id, item.id AS product_id, item.uom_id, item.number,"
        " orders.date_approve FROM purchase_order orders JOIN product_supplierinfo seller"
        f" ON seller.partner_id = orders.partner_id AND seller.company_id = {company.id}"
        f" JOIN {products_of(company)} ON item.template_id = seller.product_tmpl_id"
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
    insert(env, order.order_line, values, bought)
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
    insert(env, move, done, received)
    insert(env, line, LINE_VALUES, received)


def open_moves(env, company, places):
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
        insert(env, move, values, products_of(company, f"mod(product.id, 5) = {rest}"))
