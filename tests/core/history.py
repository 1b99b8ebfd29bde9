"""Confirmed orders of the past: Odoo makes one of each kind, and the others are copied from it.

A year of daily sales through ``create`` costs thousands of statements in each class that needs it.
An order here is a copy, row by row, of an order that Odoo made of the same customer and products;
only dates, quantities and the sums that follow from them are its own. That stored columns are those
that Odoo would compute is a test's: test_core_history.py.
"""

from decimal import Decimal

from odoo import Command
from odoo.tools import SQL, float_repr

ORDER_COLUMNS = {
    "name": "pattern.name || '/' || load.number",
    "date_order": "load.date",
    "access_token": "NULL",
    **dict.fromkeys(("amount_untaxed", "amount_total", "amount_to_invoice"), "load.amount"),
}
LINE_COLUMNS = {
    "order_id": "load.order_id",
    "product_uom_qty": "load.quantity",
    "price_subtotal": "load.amount",
    "price_total": "load.amount",
    # What is invoiced when it is delivered has nothing to invoice yet.
    "qty_to_invoice": "pattern.qty_to_invoice * load.quantity",
    "untaxed_amount_to_invoice": (
        "CASE WHEN pattern.qty_to_invoice = 0 THEN 0 ELSE load.amount END"
    ),
}


def write_orders(env, company, orders, **vals):
    """Write confirmed orders with one line for each product.

    orders : list of (partner, datetime in UTC, [(product, quantity)]); products without taxes,
        quantities other than zero.
    vals : what all orders have besides.
    Returns the orders as records, in the order of the list.
    """
    patterns = _patterns(env, company, orders, vals)
    env.flush_all()
    rows, lines = [], []
    for partner, date, entries in orders:
        pattern, line_of = patterns[partner]
        own = [
            (line_of[product].id, quantity, _amount(line_of[product], quantity))
            for product, quantity in entries
        ]
        rows.append((pattern.id, date, sum(amount for _line, _quantity, amount in own)))
        lines.append(own)
    made = _copy(env.cr, "sale_order", ("pattern_id", "date", "amount"), rows, ORDER_COLUMNS)
    _copy(
        env.cr,
        "sale_order_line",
        ("order_id", "pattern_id", "quantity", "amount"),
        [(order, *line) for order, own in zip(made, lines, strict=True) for line in own],
        LINE_COLUMNS,
    )
    # The patterns go as if they had never been; their lines follow.
    env.cr.execute(
        "DELETE FROM sale_order WHERE id = ANY(%s)",
        [[pattern.id for pattern, _line_of in patterns.values()]],
    )
    env.invalidate_all()
    return env["sale.order"].with_company(company).browse(made)


def _amount(line, quantity):
    """The sum of a line, to the cent as a column holds it."""
    currency = line.currency_id
    amount = currency.round(line.price_unit * quantity)
    return Decimal(float_repr(amount, currency.decimal_places))


def _patterns(env, company, orders, vals):
    """{partner: (confirmed order of one unit of each product, {product: its line})}"""
    wanted = {}
    for partner, _date, entries in orders:
        wanted.setdefault(partner, {}).update((product, None) for product, _quantity in entries)
    made = env["sale.order"].with_company(company).create(
        [
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 1.0})
                    for product in products
                ],
                **vals,
            }
            for partner, products in wanted.items()
        ]
    )  # fmt: skip
    made.write({"state": "sale"})
    assert not any(made.order_line.mapped("price_tax")), "sums of taxes are not copied"
    return {
        order.partner_id: (order, {line.product_id: line for line in order.order_line})
        for order in made
    }


def _copy(cr, table, columns, rows, values):
    """Insert a copy of a pattern for each row.

    columns, rows : what each copy has of its own; ``pattern_id`` is the row that is copied.
    values : {column: SQL of its value}; columns that the table does not have are left out, since
        they depend on Odoo's series. Returns the new ids, in the order of the rows.
    """
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = %s AND column_name <> 'id'",
        [table],
    )
    names = [name for (name,) in cr.fetchall()]
    chosen = [
        SQL(values[name]) if name in values else SQL.identifier("pattern", name) for name in names
    ]
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM (VALUES %s) AS load (number, %s)"
            " JOIN %s AS pattern ON pattern.id = load.pattern_id ORDER BY load.number"
            " RETURNING id",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, names)),
            SQL(", ").join(chosen),
            # As one piece: to join thousands of them takes longer than to write the rows.
            SQL(", ".join(["%s"] * len(rows)), *((n, *row) for n, row in enumerate(rows))),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL.identifier(table),
        )
    )
    return [new_id for (new_id,) in cr.fetchall()]
