"""Company, customers and products of a sales export, made where they are not there yet."""

from collections import Counter, defaultdict
from statistics import median

UNKNOWN_CUSTOMER = "Unknown customer"
BATCH = 1000
# Nobody reads the chatter of an import.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


def find_company(env, name):
    """The company with a name; empty where there is none."""
    return env["res.company"].search([("name", "=", name)], limit=1)


def time_zone(env, company):
    """tzinfo of the days of a company, as training counts them."""
    return env["ai.sales.extract"]._time_zone(company)


def find_or_make_company(env, name, zone=None):
    """The company with a name; a new one has the main company's currency and users, and a time
    zone, None for that of the main company."""
    company = find_company(env, name)
    if company:
        return company
    zone = (zone or time_zone(env, env.company)).zone
    companies = env["res.company"].with_context(tz=zone)
    company = companies.create({"name": name, "currency_id": env.company.currency_id.id})
    company.resource_calendar_id.tz = zone
    _ensure_warehouse(env, company)
    users = env["res.users"].search([("share", "=", False)])
    users.write({"company_ids": [(4, company.id)]})
    return company


def _ensure_warehouse(env, company):
    """Odoo 19 gives a new company its warehouse only where somebody asks for one."""
    warehouses = env["stock.warehouse"]
    if not warehouses.search([("company_id", "=", company.id)], limit=1):
        warehouses.create({"name": company.name, "code": "WH", "company_id": company.id})


def in_company(env, company):
    """The environment of one company, without mails and tracking."""
    return env(context={**env.context, **QUIET, "allowed_company_ids": company.ids})


def customer_of(line):
    """Name of a line's customer; those without one share a customer."""
    return line.customer or UNKNOWN_CUSTOMER


def customer_ids(env, company, lines):
    """{name of the customer, see ``customer_of``: partner id}."""
    wanted = sorted({customer_of(line) for line in lines})
    partners = env["res.partner"].with_context(active_test=False)
    known = _known(partners, company, "ref", wanted)
    new = [name for name in wanted if name not in known]
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        made = partners.create(
            [{"name": name, "ref": name, "company_id": company.id} for name in batch]
        )
        known.update(zip(batch, made.ids, strict=True))
    return known


def _known(records, company, field, wanted):
    """{text of a field: id} of the company's records and shared ones: the oldest active one, else
    the oldest."""
    domain = [("company_id", "in", [False, company.id]), (field, "in", wanted)]
    found = records.search_read(domain, [field, "active"], order="id DESC")
    found.sort(key=lambda record: record["active"])
    return {record[field]: record["id"] for record in found}


def product_ids(env, company, lines):
    """{product of the export: product id}."""
    products = env["product.product"].with_context(active_test=False)
    names, prices = defaultdict(Counter), defaultdict(list)
    for line in lines:
        names[line.product][line.name] += bool(line.name)
        prices[line.product].append(line.price)
    known = _known(products, company, "default_code", list(names))
    new = sorted(set(names) - set(known))
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        made = products.create(
            [_product_vals(company, code, names[code], prices[code]) for code in batch]
        )
        known.update(zip(batch, made.ids, strict=True))
    return known


def _product_vals(company, code, names, prices):
    """A product that can be sold, named as most lines name it, at its median price."""
    return {
        "default_code": code,
        "name": names.most_common(1)[0][0] or code,
        "list_price": median(prices),
        "detailed_type": "consu",
        "company_id": company.id,
        "taxes_id": False,
        "supplier_taxes_id": False,
    }
