"""Parts of statements that differ between the tables of Odoo 17 and 19; see :mod:`.compat`."""

from odoo.tools import SQL

from .compat import SERIES


def stored_product_sql():
    """Condition over product_template as template: the product is kept in stock."""
    return SQL("template.is_storable") if SERIES >= 19 else SQL("template.type = 'product'")


def seller_unit_sql():
    """Unit of a vendor's price and minimum, over product_supplierinfo as seller."""
    if SERIES >= 19:
        return SQL("COALESCE(seller.product_uom_id, template.uom_id)")
    return SQL("template.uom_po_id")


def cost_sql(company, product_ids=None):
    """Query of product_id and cost of what has one in a company; of all products, or of some."""
    if SERIES >= 19:
        only = SQL("TRUE") if product_ids is None else SQL("id = ANY(%s)", list(product_ids))
        return SQL(
            """
            SELECT id, (standard_price ->> %(company)s)::float8
              FROM product_product
             WHERE standard_price ->> %(company)s IS NOT NULL
               AND %(only)s
            """,
            company=str(company.id),
            only=only,
        )
    only = SQL("split_part(res_id, ',', 1) = 'product.product'")
    if product_ids is not None:
        only = SQL("res_id = ANY(%s)", [f"product.product,{product}" for product in product_ids])
    return SQL(
        """
        SELECT split_part(res_id, ',', 2)::int, value_float
          FROM ir_property
         WHERE name = 'standard_price'
           AND company_id = %(company)s
           AND %(only)s
           AND value_float IS NOT NULL
        """,
        company=company.id,
        only=only,
    )


def final_location_sql():
    """Where the goods of a stock_move as move go to in the end; earlier series move step by step
    from the start, newer ones make each step when the one before is done."""
    if SERIES >= 19:
        return SQL("COALESCE(move.location_final_id, move.location_dest_id)")
    return SQL("move.location_dest_id")


def convertible_sql(unit, other):
    """Condition that two tables over uom_uom, by their names, hold units that convert."""
    name = "parent_path" if SERIES >= 19 else "category_id"
    columns = [SQL.identifier(table, name) for table in (unit, other)]
    if SERIES >= 19:
        return SQL("split_part(%s, '/', 1) = split_part(%s, '/', 1)", *columns)
    return SQL("%s = %s", *columns)


def is_packaging_sql():
    """Whether seller_uom is a package of the product, over product_template as template; series
    before 19 keep packages apart from units."""
    if SERIES < 19:
        return SQL("FALSE")
    return SQL(
        "EXISTS (SELECT FROM product_template_uom_uom_rel package"
        " WHERE package.product_template_id = template.id"
        " AND package.uom_uom_id = seller_uom.id)"
    )


def valuation_flows_sql(company):
    """Query of what changed the value of a company's stock: moment (UTC), value (what came in above
    zero), cost and quantity (product's own unit) of what went to clients, below zero where it came
    back, product_id and sale_line_id.

    Series before 19 keep a layer for each change; newer ones a value on each move, and work out
    the value of the stock from them.
    """
    leaves = SQL(
        "CASE WHEN target.usage = 'customer' THEN 1 WHEN source.usage = 'customer' THEN -1 END"
    )
    locations = SQL(
        """
        LEFT JOIN stock_location source ON source.id = move.location_id
        LEFT JOIN stock_location target ON target.id = move.location_dest_id
        """
    )
    if SERIES >= 19:
        return SQL(
            """
            SELECT move.date AS moment, move.product_id, move.sale_line_id,
                   COALESCE(CASE WHEN move.is_in THEN move.value
                                 WHEN move.is_out THEN -move.value END, 0)::float8 AS value,
                   (move.value * %(leaves)s)::float8 AS cost,
                   (move.product_qty * %(leaves)s)::float8 AS quantity
              FROM stock_move move
                   %(locations)s
             WHERE move.company_id = %(company)s
               AND move.state = 'done'
               AND (move.is_in OR move.is_out OR move.is_dropship)
            """,
            leaves=leaves,
            locations=locations,
            company=company.id,
        )
    return SQL(
        """
        SELECT layer.create_date AS moment, layer.product_id, move.sale_line_id,
               COALESCE(layer.value, 0)::float8 AS value,
               CASE WHEN %(leaves)s IS NOT NULL THEN -layer.value END::float8 AS cost,
               CASE WHEN %(leaves)s IS NOT NULL THEN -layer.quantity END::float8 AS quantity
          FROM stock_valuation_layer layer
     LEFT JOIN stock_move move ON move.id = layer.stock_move_id
               %(locations)s
         WHERE layer.company_id = %(company)s
        """,
        leaves=leaves,
        locations=locations,
        company=company.id,
    )


def client_payments_sql():
    """Query of the payments of clients that were made and not taken back: id, date, company_id,
    partner_id, create_uid, name and amount (company currency, below zero where paid back).

    Series before 18 keep most of it on the payment's journal entry.
    """
    if SERIES >= 19:
        return SQL(
            """
            SELECT id, date, company_id, partner_id, create_uid, name,
                   amount_company_currency_signed AS amount
              FROM account_payment
             WHERE partner_type = 'customer'
               AND state IN ('in_process', 'paid')
            """
        )
    return SQL(
        """
        SELECT payment.id, move.date, move.company_id, payment.partner_id, payment.create_uid,
               move.name, payment.amount_company_currency_signed AS amount
          FROM account_payment payment
          JOIN account_move move ON move.id = payment.move_id
         WHERE payment.partner_type = 'customer'
           AND move.state = 'posted'
        """
    )
