"""Confirmed orders in bulk: a COPY and two INSERTs instead of a hundred thousand ``create`` calls.

Which columns an order has depends on the modules that are installed. So one order is made by Odoo
itself and serves as the pattern: every column that the export does not decide is copied from it.
"""

from odoo.addons.smart_recommender.tools import binary_copy
from odoo.tools import SQL

from .masters import customer_of

ORDER_COLUMNS = {
    "name": "load.reference",
    "client_order_ref": "load.reference",
    "date_order": "load.date_order",
    "partner_id": "load.partner_id",
    "partner_invoice_id": "load.partner_id",
    "partner_shipping_id": "load.partner_id",
    "amount_untaxed": "load.amount",
    "amount_tax": "0",
    "amount_total": "load.amount",
    "amount_to_invoice": "load.amount",
    "access_token": "NULL",
}
LINE_COLUMNS = {
    "order_id": "orders.id",
    "order_partner_id": "orders.partner_id",
    "product_id": "load.product_id",
    "product_uom": "load.uom_id",
    "name": "load.name",
    "sequence": "10",
    "product_uom_qty": "load.quantity",
    "price_unit": "load.price",
    "price_reduce_taxexcl": "load.price",
    "price_reduce_taxinc": "load.price",
    "price_subtotal": "load.subtotal",
    "price_total": "load.subtotal",
    "price_tax": "0",
    "qty_to_invoice": "load.quantity",
    "untaxed_amount_to_invoice": "load.subtotal",
}


def known_references(env, company):
    """References of the company's orders: these are not loaded again."""
    env.cr.execute(
        "SELECT client_order_ref FROM sale_order"
        " WHERE company_id = %s AND client_order_ref IS NOT NULL",
        [company.id],
    )
    return {reference for (reference,) in env.cr.fetchall()}


def write_orders(env, company, lines, partners, products):
    """Write lines as confirmed orders, in the caller's transaction.

    lines : list of parse.Line whose orders are not there yet.
    partners, products : {text of the export: id}. Returns the number of orders.
    """
    if not lines:
        return 0
    pattern = _pattern_order(env, company, partners, products, lines[0])
    env.flush_all()
    _copy_lines(env.cr, lines, partners, products, company.currency_id.decimal_places)
    _insert(env.cr, "sale_order", ORDER_COLUMNS, pattern.id, _orders_source(), "reference")
    count = env.cr.rowcount
    source = _lines_source(company)
    _insert(env.cr, "sale_order_line", LINE_COLUMNS, pattern.order_line.id, source, "number")
    env.cr.execute("DROP TABLE ai_load_line")
    env.invalidate_all()
    pattern.write({"state": "cancel"})
    pattern.unlink()
    return count


def _pattern_order(env, company, partners, products, line):
    """A confirmed order as Odoo itself makes it, without a reference."""
    order = env["sale.order"].create(
        {
            "partner_id": partners[customer_of(line)],
            "company_id": company.id,
            "user_id": False,
            "order_line": [(0, 0, {"product_id": products[line.product], "price_unit": 1.0})],
        }
    )
    order.write({"state": "sale"})
    return order


def _copy_lines(cr, lines, partners, products, decimals):
    """Bring the lines into a temporary table."""
    cr.execute("DROP TABLE IF EXISTS ai_load_line")
    cr.execute(
        """
        CREATE TEMPORARY TABLE ai_load_line (
            number int4, reference text, date_order timestamp, partner_id int4, product_id int4,
            quantity numeric, price numeric
        ) ON COMMIT DROP
        """
    )
    columns = ["number", "reference", "date_order", "partner_id", "product_id", "quantity", "price"]
    binary_copy.write_rows(
        cr,
        "ai_load_line",
        columns,
        (
            (
                str(line.number),
                binary_copy.escaped(line.order),
                line.date.isoformat(" ", "seconds"),
                str(partners[customer_of(line)]),
                str(products[line.product]),
                repr(line.quantity),
                repr(line.price),
            )
            for line in lines
        ),
    )
    cr.execute("ALTER TABLE ai_load_line ADD COLUMN subtotal numeric")
    cr.execute("UPDATE ai_load_line SET subtotal = round(quantity * price, %s)", [decimals])


def _orders_source():
    """One row an order: its first line says when and for whom."""
    return SQL(
        """
        (SELECT DISTINCT ON (reference) reference, date_order, partner_id,
                sum(subtotal) OVER (PARTITION BY reference) AS amount
           FROM ai_load_line
       ORDER BY reference, number) AS load
        """
    )


def _lines_source(company):
    return SQL(
        """
        (SELECT line.*, template.uom_id,
                '[' || product.default_code || '] ' || (template.name->>'en_US') AS name
           FROM ai_load_line line
           JOIN product_product product ON product.id = line.product_id
           JOIN product_template template ON template.id = product.product_tmpl_id) AS load
        JOIN sale_order orders
          ON orders.client_order_ref = load.reference AND orders.company_id = %s
        """,
        company.id,
    )


def _insert(cr, table, values, pattern_id, source, order=None):
    """Insert rows like the pattern, but for some columns.

    values : {column: SQL of its value}; those that the table does not have are left out.
    order : str, column of ``load`` by which rows get their ids, as a join keeps no order by itself;
    None where it does not matter.
    """
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = %s AND column_name <> 'id'",
        [table],
    )
    columns = [name for (name,) in cr.fetchall()]
    chosen = [
        SQL(values[name]) if name in values else SQL.identifier("pattern", name) for name in columns
    ]
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s CROSS JOIN"
            " (SELECT * FROM %s WHERE id = %s) AS pattern%s",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(chosen),
            source,
            SQL.identifier(table),
            pattern_id,
            SQL(" ORDER BY %s", SQL.identifier("load", order)) if order else SQL(""),
        )
    )
