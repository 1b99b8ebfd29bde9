"""Confirmed orders in bulk: a COPY and two INSERTs instead of a hundred thousand ``create`` calls.

Which columns an order has depends on the modules that are installed. So one order is made by Odoo
itself and serves as the pattern: every column that the export does not decide is copied from it.
"""

from functools import lru_cache, partial

import pytz

from odoo.addons.smart_recommender.tools import binary_copy
from odoo.tools import SQL

from .masters import customer_of
from .parse import order_key

ORDER_COLUMNS = {
    "id": "load.order_id",
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
    "order_id": "load.order_id",
    "order_partner_id": "load.partner_id",
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


class KnownOrders:
    """The company's orders that are there already, by reference, local day and customer.

    zone : tzinfo of the company.
    """

    def __init__(self, env, company, zone):
        # Earlier versions wrote local times as if they were UTC: the same moment to the second.
        self.by_day, self.by_time = {}, {}
        env.flush_all()
        env.cr.execute(
            """
            SELECT orders.client_order_ref, partner.ref, orders.date_order,
                   (SELECT count(*) FROM sale_order_line line WHERE line.order_id = orders.id)
              FROM sale_order orders JOIN res_partner partner ON partner.id = orders.partner_id
             WHERE orders.company_id = %s AND orders.client_order_ref IS NOT NULL
            """,
            [company.id],
        )
        for reference, customer, moment, count in env.cr.fetchall():
            day = pytz.utc.localize(moment).astimezone(zone).date()
            self.by_day[reference, day, customer] = count
            self.by_time[reference, moment, customer] = count

    def line_count(self, line):
        """Lines of the order that a parse.Line belongs to; None where it is not there."""
        customer, moment = customer_of(line), line.date.replace(microsecond=0)
        count = self.by_day.get((line.order, line.date.date(), customer))
        return self.by_time.get((line.order, moment, customer)) if count is None else count


def write_orders(env, company, lines, partners, products, zone=pytz.utc):
    """Write lines as confirmed orders, in the caller's transaction.

    lines : list of parse.Line whose orders are not there yet, in local time of ``zone``.
    partners, products : {text of the export: id}. Returns the number of orders.
    """
    if not lines:
        return 0
    pattern = _pattern_order(env, company, partners, products, lines[0])
    env.flush_all()
    _copy_lines(env.cr, lines, partners, products, zone)
    _sum_lines(env.cr, company.currency_id.decimal_places)
    _insert(env.cr, "sale_order", ORDER_COLUMNS, pattern.id, _orders_source(), "order_id")
    count = env.cr.rowcount
    source = _lines_source()
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


def _order_ids(cr, lines):
    """{order_key: id that its order will have}, ascending by the file."""
    keys = dict.fromkeys(map(order_key, lines))
    cr.execute(
        "SELECT nextval(pg_get_serial_sequence('sale_order', 'id')) FROM generate_series(1, %s)",
        [len(keys)],
    )
    return dict(zip(keys, sorted(number for (number,) in cr.fetchall()), strict=True))


def _copy_lines(cr, lines, partners, products, zone):
    """Bring the lines into a temporary table, each with the id that its order will have."""
    cr.execute("DROP TABLE IF EXISTS ai_load_line")
    cr.execute(
        """
        CREATE TEMPORARY TABLE ai_load_line (
            number int4, order_id int4, reference text, date_order timestamp, partner_id int4,
            product_id int4, quantity numeric, price numeric
        ) ON COMMIT DROP
        """
    )
    columns = ["number", "order_id", "reference", "date_order", "partner_id", "product_id"]
    order_ids = _order_ids(cr, lines)
    # The lines of an order follow one another.
    in_utc = lru_cache(partial(_in_utc, zone))
    binary_copy.write_rows(
        cr,
        "ai_load_line",
        [*columns, "quantity", "price"],
        (
            (
                str(line.number),
                str(order_ids[order_key(line)]),
                binary_copy.escaped(line.order),
                in_utc(line.date),
                str(partners[customer_of(line)]),
                str(products[line.product]),
                repr(line.quantity),
                repr(line.price),
            )
            for line in lines
        ),
    )


def _in_utc(zone, moment):
    """Local time as PostgreSQL's text in UTC; the hour that exists twice is that of winter."""
    return zone.localize(moment).astimezone(pytz.utc).strftime("%Y-%m-%d %H:%M:%S")


def _sum_lines(cr, decimals):
    cr.execute("ALTER TABLE ai_load_line ADD COLUMN subtotal numeric")
    cr.execute("UPDATE ai_load_line SET subtotal = round(quantity * price, %s)", [decimals])


def _orders_source():
    """One row an order: its first line says at which time."""
    return SQL(
        """
        (SELECT DISTINCT ON (order_id) order_id, reference, date_order, partner_id,
                sum(subtotal) OVER (PARTITION BY order_id) AS amount
           FROM ai_load_line
       ORDER BY order_id, number) AS load
        """
    )


def _lines_source():
    return SQL(
        """
        (SELECT line.*, template.uom_id,
                '[' || product.default_code || '] ' || (template.name->>'en_US') AS name
           FROM ai_load_line line
           JOIN product_product product ON product.id = line.product_id
           JOIN product_template template ON template.id = product.product_tmpl_id) AS load
        """
    )


def _insert(cr, table, values, pattern_id, source, order=None):
    """Insert rows like the pattern, but for some columns.

    values : {column: SQL of its value}; those that the table does not have are left out.
    order : str, column of ``load`` by which rows get their ids, as a join keeps no order by itself;
    None where it does not matter.
    """
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = %s",
        [table],
    )
    columns = [name for (name,) in cr.fetchall() if name != "id" or "id" in values]
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
