"""The few things that Odoo 17 and 19 ask for in different ways and no rewriting rule can mend."""

import threading

from odoo import modules, release
from odoo.tools.translate import trans_export

SERIES = release.version_info[0]


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
