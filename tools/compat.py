"""The few things that Odoo 17 and 19 ask for in different ways and no rewriting rule can mend."""

import threading

from odoo import fields, modules, release, sql_db
from odoo.tools import SQL, config
from odoo.tools.translate import trans_export

SERIES = release.version_info[0]
VERSION = release.version
# The field of order lines that has their taxes.
LINE_TAXES = "tax_ids" if SERIES >= 19 else "tax_id"


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


def replica_cursor(database):
    """A cursor on the replica that Odoo's own configuration names; None where it names none, as
    series before 18 never do."""
    if SERIES < 19 or not config["db_replica_host"]:
        return None
    return sql_db.db_connect(database, readonly=True).cursor()


def note_progress(env):
    """Tell Odoo's cron, with the next commit, that the job under way has got on.

    Odoo 19 gives a job whose worker dies three times before it got on a rest of its whole interval,
    and forgets who has asked for it meanwhile. Odoo 17 counts no deaths.
    """
    number = env.context.get("ir_cron_progress_id")
    if SERIES >= 19 and number:
        env["ir.cron.progress"].sudo().browse(number).done += 1


def call_as_browser(records, method):
    """Call a public method of records as the web client does for a button; returns its result."""
    return call_over_rpc(records.env[records._name], method, records.ids, {})


def call_over_rpc(model, method, ids, arguments):
    """Call a method of a model as a client of the RPC interface does; returns its result.

    ids : of the records, None for a method of the model alone; arguments : {name: value}.
    """
    if SERIES >= 19:
        from odoo.service.model import call_kw
    else:
        from odoo.api import call_kw
    keywords = {**arguments, "context": dict(model.env.context)}
    # The server looks for what is created among the arguments without a name.
    positional = [keywords.pop("vals_list")] if "vals_list" in keywords else []
    return call_kw(model, method, positional if ids is None else [ids, *positional], keywords)


def takes_ids(method):
    """Whether a client of the RPC interface gives ids to a method of a model's class."""
    if SERIES >= 19:
        return not getattr(method, "_api_model", False)
    return getattr(method, "_api", None) not in ("model", "model_create")


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


def purchase_unit(product, seller):
    """The unit in which orders to a vendor are written."""
    if SERIES >= 19:
        return seller.product_uom_id or product.uom_id
    return product.uom_po_id


def companies_cookie(companies):
    """The cookie in which the browser keeps the active companies."""
    return ("-" if SERIES >= 19 else ",").join(map(str, companies.ids))


def converts_totals():
    """Whether lists convert amounts of several currencies before they add them up."""
    return SERIES >= 19


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
