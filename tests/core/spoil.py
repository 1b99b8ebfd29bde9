"""What Odoo lets into a database although nobody meant it, made at random from a seed.

Each function here takes (rng, data): a ``random.Random`` and a ``Data``. All go through the ORM,
unless what they make comes from an import past it, which the name says.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import UserError

QUANTITIES = (1e12, 1e-9, -1e12, 0.0, -3.0, 0.1 + 0.2, 123456.789)
PRICES = (-50.0, 0.0, 1e-9, 1e12, -0.01)
YEARS = (1900, 1969, 1970, 2999)
NAMES = (
    " ",
    "💧🚰",
    "شركة المياه",
    "水公司",
    "=cmd|' /C calc'!A0",
    "%s %(name)s {0}",
    "<script>alert(1)</script>",
    "O'Hara \"; DROP TABLE sale_order; --",
    "a\u202eb\u0301\ufeff",
    "x" * 2000,
)
PHONES = ("", "+", "0", "++212 6", "☎ 12", "9" * 60, "anonymous")


@dataclass
class Data:
    """Whose records are spoiled. company, other : res.company; many : lines of a long order."""

    env: object
    company: object
    other: object
    products: object
    partners: object
    many: int = 5000

    def orders(self):
        of_company = [("company_id", "=", self.company.id)]
        return self.env["sale.order"].search(of_company, order="id")

    def lines(self):
        return self.orders().order_line.filtered(lambda line: not line.display_type)

    def update(self, table, column, value, records):
        """Write past the ORM, as imports and other programs do."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {table} SET {column} = %s WHERE id = ANY(%s)",  # noqa: S608 — names of ours
            [value, records.ids],
        )
        self.env.invalidate_all()


def some(rng, records, most=4):
    """A few of the records, at least one where there are any."""
    chosen = rng.sample(records.ids, min(len(records), rng.randint(1, most)))
    return records.browse(chosen)


def quantities(rng, data):
    for line in some(rng, data.lines(), 8):
        line.product_uom_qty = rng.choice(QUANTITIES)


def prices(rng, data):
    for line in some(rng, data.lines(), 8):
        line.price_unit = rng.choice(PRICES)
    for product in some(rng, data.products):
        product.write({"list_price": rng.choice(PRICES), "standard_price": rng.choice(PRICES)})


def dates(rng, data):
    for order in some(rng, data.orders(), 6):
        order.date_order = datetime(rng.choice(YEARS), rng.randint(1, 12), 28, 23, 59)


def names(rng, data):
    for record in (*some(rng, data.products, 3), *some(rng, data.partners, 3)):
        record.name = rng.choice(NAMES)
    data.env["res.partner"].create(
        {"name": False, "type": "delivery", "parent_id": some(rng, data.partners, 1).id}
    )


def names_lost_by_sql(rng, data):
    data.update("res_partner", "name", "", some(rng, data.partners, 1))
    data.update("res_partner", "complete_name", "", some(rng, data.partners, 1))


def without_a_category(rng, data):
    """From 19 on a product needs none."""
    templates = some(rng, data.products, 2).product_tmpl_id
    if not templates._fields["categ_id"].required:
        templates.categ_id = False


def merged(rng, data):
    """All lines of one product become another's, as a merge by hand does, and it is archived."""
    one, other = rng.sample(data.products.ids, 2)
    lines = data.lines().filtered(lambda line: line.product_id.id == one)
    data.update("sale_order_line", "product_id", other, lines)
    data.products.browse(one).active = False


def phones(rng, data):
    for partner in some(rng, data.partners):
        partner.write({"phone": rng.choice(PHONES), "email": rng.choice(("", "@", "a@b, c", "é"))})


def units(rng, data):
    unit = data.env.ref(rng.choice(("uom.product_uom_dozen", "uom.product_uom_unit")))
    for product in some(rng, data.products, 2):
        template = product.product_tmpl_id
        names = {"uom_id", "uom_po_id"} & set(template._fields)  # 19 has one
        template.write(dict.fromkeys(names, unit.id))


def units_of_another_kind_by_sql(rng, data):
    kilogram = data.env.ref("uom.product_uom_kgm")
    column = "product_uom" if "product_uom" in data.lines()._fields else "product_uom_id"
    data.update("sale_order_line", column, kilogram.id, some(rng, data.lines()))


def archived(rng, data):
    some(rng, data.products, 2).active = False
    some(rng, data.partners, 2).active = False


def currency_archived(rng, data):
    euro = data.env.ref("base.EUR")
    euro.active = True
    pricelist = data.env["product.pricelist"].create(
        {"name": "Euro", "currency_id": euro.id, "company_id": data.company.id}
    )
    new_order(data, some(rng, data.products), some(rng, data.partners, 1), pricelist)
    pricelist.active = False
    data.update("res_currency", "active", False, euro)


def long_order_by_sql(rng, data):
    """One line of an order many times over, as an import past the ORM makes it."""
    order = new_order(data, some(rng, data.products), some(rng, data.partners, 1))
    data.env.flush_all()
    cr = data.env.cr
    cr.execute(
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
        " WHERE table_name = 'sale_order_line' AND table_schema = current_schema()"
        " AND column_name <> 'id'"
    )
    (columns,) = cr.fetchone()
    cr.execute(
        f"INSERT INTO sale_order_line ({columns}) SELECT {columns} FROM sale_order_line,"  # noqa: S608
        " generate_series(1, %s) WHERE id = %s",
        [data.many, order.order_line[0].id],
    )
    data.env.invalidate_all()


def new_order(data, products, partner, pricelist=None):
    vals = {
        "partner_id": partner.id,
        "company_id": data.company.id,
        "order_line": [Command.create({"product_id": product.id}) for product in products],
        **({"pricelist_id": pricelist.id} if pricelist else {}),
    }
    order = data.env["sale.order"].create(vals)
    yesterday = datetime.now() - timedelta(days=1)
    order.write({"state": "sale", "date_order": yesterday.replace(microsecond=0)})
    return order


def moved_to_another_company_by_sql(rng, data):
    data.update("sale_order", "company_id", data.other.id, some(rng, data.orders(), 2))


def without_a_customer_of_its_own(rng, data):
    """The company's own partner buys, and somebody who belongs to another company."""
    new_order(data, some(rng, data.products), data.company.partner_id)
    partner = some(rng, data.partners, 1)
    data.update("res_partner", "company_id", data.other.id, partner)


def nobodys(rng, data):
    data.update("sale_order", "user_id", None, some(rng, data.orders()))
    data.update("sale_order", "team_id", None, some(rng, data.orders()))


def invoices(rng, data):
    moves = data.env["account.move"].search([("company_id", "=", data.company.id)])
    for column in ("invoice_date", "date", "invoice_date_due"):
        data.update("account_move", column, datetime(rng.choice(YEARS), 1, 1).date(), moves)
    data.update("account_move", "amount_total_signed", rng.choice(PRICES), moves)


def leads(rng, data):
    vals = {"expected_revenue": rng.choice((1e15, -1.0, 0.0)), "probability": 50.0}
    data.env["crm.lead"].create({"name": rng.choice(NAMES[1:]), **vals})


def without_a_price_list_by_sql(rng, data):
    data.update("sale_order", "pricelist_id", None, some(rng, data.orders()))


def another_kind_of_product_by_sql(rng, data):
    templates = some(rng, data.products, 2).product_tmpl_id
    data.update("product_template", "type", rng.choice(("service", "consu")), templates)
    data.update("product_template", "sale_ok", False, some(rng, templates, 1))


def people_left(_rng, data):
    """Who sold has left."""
    data.orders().user_id.filtered(lambda user: user != data.env.user).active = False


def settings_at_their_bounds(rng, data):
    ranges = data.company._ai_setting_ranges()
    for name in rng.sample(sorted(ranges), len(ranges) // 4):
        value = rng.choice((ranges[name].low, ranges[name].high))
        if data.company._fields[name].type == "integer":
            value = int(value)
        with suppress(UserError), data.env.cr.savepoint():
            data.company[name] = value


SPOILERS = (
    without_a_price_list_by_sql,
    another_kind_of_product_by_sql,
    people_left,
    settings_at_their_bounds,
    quantities,
    prices,
    dates,
    names,
    phones,
    units,
    units_of_another_kind_by_sql,
    currency_archived,
    long_order_by_sql,
    names_lost_by_sql,
    without_a_category,
    merged,
    without_a_customer_of_its_own,
    nobodys,
    invoices,
    leads,
    archived,
    moved_to_another_company_by_sql,
)
