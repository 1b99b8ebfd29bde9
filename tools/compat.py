"""The few things that Odoo 17 and 19 ask for in different ways and no rewriting rule can mend."""

import threading

from odoo import fields, modules, release
from odoo.tools import SQL
from odoo.tools.translate import trans_export

SERIES = release.version_info[0]
VERSION = release.version


def in_test():
    """Whether a test runs, whose one transaction must neither be committed nor rolled back."""
    if SERIES >= 19:
        return bool(modules.module.current_test)
    return getattr(threading.current_thread(), "testing", False)


def check_access(records, operation):
    """Raise an AccessError where the user may not do this, by model or by record."""
    if SERIES >= 19:
        records.check_access(operation)
    else:
        records.check_access_rights(operation)
        records.check_access_rule(operation)


def may_read(records):
    """Whether the user may read the model at all."""
    if SERIES >= 19:
        return records.browse().has_access("read")
    return records.check_access_rights("read", raise_exception=False)


def permitted(records, operation):
    """Those of some records with which the user may do this, by model and by record."""
    if SERIES >= 19:
        return records._filtered_access(operation)
    if not records.check_access_rights(operation, raise_exception=False):
        return records.browse()
    return records._filter_access_rules(operation)


def call_as_browser(records, method):
    """Call a public method of records as the web client does for a button; returns its result."""
    if SERIES >= 19:
        from odoo.service.model import call_kw
    else:
        from odoo.api import call_kw
    model = records.env[records._name]
    return call_kw(model, method, [records.ids], {"context": dict(records.env.context)})


def read_write(method):
    """Let a method that usually only reads write too. From 18 on, Odoo runs such a one on a cursor
    that cannot, and once more, with a warning, where it has to."""
    method._readonly = False
    return method


def users_of(groups):
    """The users of groups, those who have them through another group included."""
    return groups.all_user_ids if SERIES >= 19 else groups.users


def export_terms(env, module, file):
    """Write the terms of a module as a PO template into a binary file."""
    trans_export(False, [module], file, "po", env if SERIES >= 19 else env.cr)


def price_under_fiscal_position(product, price, currency, taxes, fiscal_position):
    """A price that may include taxes, with those that a fiscal position puts in their place."""
    positional = [price] if SERIES >= 19 else [price, currency]
    return product._get_tax_included_unit_price_from_price(
        *positional, product_taxes=taxes, fiscal_position=fiscal_position
    )


def is_blocked_for_sale(product):
    """Whether a warning forbids to sell a product; from 18 on warnings only warn."""
    return SERIES < 19 and product.sale_line_warn == "block"


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


def orderpoint_multiple_vals(multiple):
    """Values of a reordering rule that orders in multiples; newer series take the vendor's unit."""
    return {} if SERIES >= 19 else {"qty_multiple": multiple}


def set_quantity_to_order(orderpoint, quantity):
    """Tell a reordering rule what its next order is, whatever it would have computed."""
    orderpoint["qty_to_order_manual" if SERIES >= 19 else "qty_to_order"] = quantity


def manual_quantities(orderpoints):
    """{id as text: quantity} that somebody typed for the next order of reordering rules.

    Series before 19 forget it with the next move of the product, so that there is none to keep.
    """
    if SERIES < 19:
        return {}
    return {str(rule.id): rule.qty_to_order_manual for rule in orderpoints}


def restore_manual_quantities(orderpoints, quantities):
    """Put back what ``manual_quantities`` returned."""
    if SERIES < 19:
        return
    for rule in orderpoints:
        if str(rule.id) in quantities:
            rule.qty_to_order_manual = quantities[str(rule.id)]


def final_location_sql():
    """Where the goods of a stock_move as move go to in the end; earlier series move step by step
    from the start, newer ones make each step when the one before is done."""
    if SERIES >= 19:
        return SQL("COALESCE(move.location_final_id, move.location_dest_id)")
    return SQL("move.location_dest_id")


def is_counted(unit):
    """Whether a unit counts pieces, as units and dozens do, and does not measure."""
    # ``env.ref`` asks the database each time whether the record is still there.
    piece = unit.browse(unit.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_unit"))
    if SERIES >= 19:
        return unit._has_common_reference(piece)
    return unit.category_id == piece.category_id


def is_convertible(unit, other):
    """Whether quantities of one unit can be told in another one."""
    if SERIES >= 19:
        return unit._has_common_reference(other)
    return unit.category_id == other.category_id


def convertible_sql(unit, other):
    """Condition that two tables over uom_uom, by their names, hold units that convert."""
    name = "parent_path" if SERIES >= 19 else "category_id"
    columns = [SQL.identifier(table, name) for table in (unit, other)]
    if SERIES >= 19:
        return SQL("split_part(%s, '/', 1) = split_part(%s, '/', 1)", *columns)
    return SQL("%s = %s", *columns)


def purchase_unit(product, seller):
    """The unit in which orders to a vendor are written."""
    if SERIES >= 19:
        return seller.product_uom_id or product.uom_id
    return product.uom_po_id


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


def companies_cookie(companies):
    """The cookie in which the browser keeps the active companies."""
    return ("-" if SERIES >= 19 else ",").join(map(str, companies.ids))


def converts_totals():
    """Whether lists convert amounts of several currencies before they add them up."""
    return SERIES >= 19


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
                   (CASE WHEN move.is_in THEN move.value WHEN move.is_out THEN -move.value
                         ELSE 0 END)::float8 AS value,
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
               layer.value::float8 AS value,
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


def stock_value(env, company):
    """Value of a company's stock now, in its currency."""
    if SERIES < 19:
        env.cr.execute(
            SQL(
                "SELECT COALESCE(sum(value), 0)::float8 FROM stock_valuation_layer"
                " WHERE company_id = %s",
                company.id,
            )
        )
        return env.cr.fetchone()[0]
    env.cr.execute(
        SQL("SELECT DISTINCT product_id FROM stock_quant WHERE company_id = %s", company.id)
    )
    products = env["product.product"].sudo().with_company(company)
    products = products.with_context(allowed_company_ids=company.ids)
    return sum(products.browse(row[0] for row in env.cr.fetchall()).mapped("total_value"))


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


def untaxed(line, price_unit):
    """Untaxed amount of an order line at another price for a unit, before discounts."""
    taxes = line.tax_ids if SERIES >= 19 else line.tax_id
    quantity = line.product_uom_qty
    result = taxes.compute_all(price_unit, line.currency_id, quantity, line.product_id)
    return result["total_excluded"]


def longest_api_key_days(env):
    """How many days a new key of the user may live; None where keys live until they are deleted."""
    if SERIES < 19:
        return None
    return int(max(env.user.all_group_ids.mapped("api_key_duration"), default=0) or 1)


def generate_api_key(env, scope, name, expires_on):
    """A new key of Odoo's for the user, as text. expires_on : date, of series where keys expire."""
    keys = env["res.users.apikeys"]
    if SERIES < 19:
        return keys._generate(scope, name)
    return keys._generate(scope, name, expires_on and fields.Datetime.to_datetime(expires_on))


def workbook(headers, rows):
    """A table as an XLSX file by Odoo's own writer, which keeps formulas from running.

    rows : lists of texts, numbers and dates. Returns (bytes, MIME type). Only within a request.
    """
    from odoo.addons.web.controllers.export import ExcelExport

    writer = ExcelExport()
    fields = [{"name": header, "label": header, "type": "char"} for header in headers]
    given = (fields, headers) if SERIES >= 19 else (headers,)
    return writer.from_data(*given, rows), writer.content_type


def team_of(partner):
    """The sales team that a partner names; from 18 on none does."""
    return partner.team_id if "team_id" in partner._fields else partner.env["crm.team"]
