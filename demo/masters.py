"""Users, products, customers and pricelists of the demonstration, and its companies."""

from dataclasses import dataclass

from odoo import Command

from . import planted
from .catalog import CATEGORIES, DIRHAMS, PRODUCTS
from .companies import COMPANIES, create_companies, tax_of
from .customers import CONTACTS, CUSTOMERS, REGIONS
from .pictures import picture
from .stock_masters import create_stock_masters

DEMO_QUOTATION = "DEMO: fontaine à eau"
SALES = "sales_team.group_sale_salesman"
USERS = [
    ("commercial", "Nadia Commerciale", [SALES, "smart_recommender.group_user"], ["atlas"]),
    (
        "responsable",
        "Karim Responsable",
        [
            "sales_team.group_sale_manager",
            "smart_recommender.group_manager",
            "smart_recommender.group_call_manager",
        ],
        ["atlas", "kivu"],
    ),
    ("commercial2", "Samir Commercial", [SALES], ["atlas", "kivu"]),
    (
        "magasinier",
        "Hassan Magasinier",
        [
            "stock.group_stock_manager",
            "purchase.group_purchase_user",
            "smart_recommender.group_user",
        ],
        ["atlas"],
    ),
    ("operatrice", "Salma Opératrice", ["smart_recommender.group_call_operator"], ["atlas"]),
    ("superviseur", "Youssef Superviseur", ["smart_recommender.group_call_supervisor"], ["atlas"]),
    (
        "comptable",
        "Fatima Comptable",
        ["account.group_account_manager"],
        ["atlas"],
    ),
]
# Where each of them works: the action or the menu that Odoo opens after the login.
HOMES = {
    "commercial": "sale.action_quotations_with_onboarding",
    "commercial2": "sale.action_quotations_with_onboarding",
    "responsable": "smart_recommender.dashboard_action",
    "magasinier": "smart_recommender.menu_replenishment",
    "operatrice": "smart_recommender.client_sheet_action",
    "superviseur": "smart_recommender.client_sheet_action",
    "comptable": "smart_recommender.menu_cash_page",
    "admin": "smart_recommender.dashboard_action",
}
# What Odoo gives to every user whom somebody invites.
USUAL = "base.group_allow_export"
STOCKS = "magasinier"
SELLS = "sales_team."  # who has a group of this module makes the orders of the history


@dataclass(frozen=True)
class Masters:
    companies: dict
    products: dict
    customers: list
    salespeople: list
    dozen: object
    stock: object


def create_masters(env):
    # Dozens and discounts on lines, customers' pricelists, vendors' packagings: let everybody see
    # them.
    for name in (
        "uom.group_uom",
        "product.group_product_pricelist",
        "product.group_stock_packaging",
        "product.group_discount_per_so_line",
        "sale.group_discount_per_so_line",
    ):
        group = env.ref(name, raise_if_not_found=False)  # each series has its own
        env.ref("base.group_user").implied_ids |= group or env["res.groups"]
    companies = create_companies(env)
    env = env(
        context={
            **env.context,
            "allowed_company_ids": [company.id for company in companies.values()],
        }
    )
    users = _create_users(env, companies)
    products = _create_products(env, companies)
    stock = create_stock_masters(env, companies, products)
    _set_responsible(env, companies, products)
    pricelists = _create_pricelists(env, companies, products)
    customers = _create_customers(env, companies, pricelists)
    env.cr.commit()
    dozen = env.ref("uom.product_uom_dozen")
    return Masters(companies, products, customers, users, dozen, stock)


def _create_users(env, companies):
    """The demo logins, who work in French as admin does in English; returns the salespeople."""
    users = env["res.users"].with_context(no_reset_password=True)
    created = [
        users.create(
            {
                "login": login,
                "password": login,
                "name": name,
                "email": f"{login}@example.com",
                "lang": "fr_FR",
                "tz": COMPANIES["atlas"]["tz"],
                "action_id": _home(env, login).id,
                "company_id": companies["atlas"].id,
                "company_ids": [Command.set([companies[key].id for key in company_keys])],
                "groups_id": [Command.link(env.ref(group).id) for group in (USUAL, *groups)],
                # Managers find a task with what sold unusually.
                "ai_anomaly_alerts": "smart_recommender.group_manager" in groups,
            }
        )
        for login, name, groups, company_keys in USERS
    ]
    env.ref("base.user_admin").write(
        {
            "company_ids": [Command.link(company.id) for company in companies.values()],
            "company_id": companies["atlas"].id,
            "lang": "en_US",
            "action_id": _home(env, "admin").id,
        }
    )
    return [
        user
        for user, (_login, _name, groups, _companies) in zip(created, USERS, strict=True)
        if any(group.startswith(SELLS) for group in groups)
    ]


def _home(env, login):
    """The action that a user starts with. That of a menu is opened by the menu itself."""
    target = env.ref(HOMES[login])
    if target._name != "ir.ui.menu":
        return target
    return env["ir.actions.client"].create(
        {
            "name": target.name,
            "tag": "smart_recommender.open_menu",
            "params": {"menu": HOMES[login]},
        }
    )


def _create_products(env, companies):
    categories = {
        name: env["product.category"].create({"name": name}) for name in CATEGORIES
    }  # fmt: skip
    records = env["product.product"].create(
        [
            {
                "default_code": product.code,
                "name": product.name,
                "categ_id": categories[product.category].id,
                # In the currency of the database's first company.
                "list_price": product.price,
                "detailed_type": product.kind,
                "invoice_policy": "order",
                "taxes_id": [
                    Command.link(tax_of(env, company, product.code).id)
                    for company in companies.values()
                ],
            }
            for product in PRODUCTS
        ]
    )
    for product, record in zip(PRODUCTS, records, strict=True):
        # Odoo 19 loses a picture that comes with a new variant.
        record.product_tmpl_id.image_1920 = picture(product)
    products = dict(zip((product.code for product in PRODUCTS), records, strict=True))
    for code in planted.DISCONTINUED:
        products[code].active = False
    return products


def _set_responsible(env, companies, products):
    """Alerts of a product go to whoever is responsible for it."""
    user = env["res.users"].search([("login", "=", STOCKS)])
    for company in user.company_ids & env["res.company"].union(*companies.values()):
        for product in products.values():
            product.product_tmpl_id.with_company(company).responsible_id = user


def _create_pricelists(env, companies, products):
    """Each company's own with fixed prices, a reseller's discount and one in euro on them."""
    atlas, kivu = companies["atlas"], companies["kivu"]
    model = env["product.pricelist"]

    def create(name, company, currency, items):
        return model.create(
            {
                "name": name,
                "company_id": company.id,
                "currency_id": env.ref(currency).id,
                "item_ids": [Command.create(item) for item in items],
            }
        )

    def fixed(factor):
        return [
            {
                "applied_on": "0_product_variant",
                "product_id": products[product.code].id,
                "compute_price": "fixed",
                "fixed_price": round(product.price * factor, 2),
            }
            for product in PRODUCTS
        ]

    public = create("Tarif public", atlas, "base.MAD", fixed(1))
    on_public = {"compute_price": "formula", "base": "pricelist", "base_pricelist_id": public.id}
    return {
        "atlas": public,
        "reseller": create(
            "Revendeurs -10 %", atlas, "base.MAD", [{**on_public, "price_discount": 10}]
        ),
        "euro": create("Export euro", atlas, "base.EUR", [on_public]),
        "kivu": create("Tarif dollars", kivu, "base.USD", fixed(1.15 / DIRHAMS["USD"])),
    }


def _create_customers(env, companies, pricelists):
    countries = {
        code: env["res.country"].search([("code", "=", code)]) for code in ("MA", "DZ", "CD")
    }
    states = _create_states(env, countries)
    customers = env["res.partner"].create(
        [
            {
                "name": customer.name,
                "is_company": True,
                "street": customer.street,
                "zip": customer.zip,
                "city": customer.city,
                "state_id": states[customer.city].id,
                "country_id": countries[customer.country].id,
                "phone": customer.phone,
                "lang": "fr_FR",
            }
            for customer in CUSTOMERS
        ]
    )
    for number, (customer, record) in enumerate(zip(CUSTOMERS, customers, strict=True)):
        for key, pricelist in _pricelists_of(number, customer, pricelists).items():
            record.with_company(companies[key]).property_product_pricelist = pricelist
    _create_contacts(env, customers)
    return list(customers)


def _create_contacts(env, customers):
    model = env["res.partner"]
    model.create(
        [
            {
                "parent_id": customers[contact.customer].id,
                "name": contact.name,
                "function": contact.function,
                "lang": "fr_FR",
                # Odoo 19 has no titles.
                **(
                    {"title": env.ref(f"base.res_partner_title_{contact.title}").id}
                    if "title" in model._fields
                    else {}
                ),
            }
            for contact in CONTACTS
        ]
    )


def _create_states(env, countries):
    """{city: res.country.state}."""
    country_of = {customer.city: countries[customer.country] for customer in CUSTOMERS}
    states = env["res.country.state"].create(
        [
            {"code": REGIONS[city][0], "name": REGIONS[city][1], "country_id": country.id}
            for city, country in country_of.items()
        ]
    )
    return dict(zip(country_of, states, strict=True))


def _pricelists_of(number, customer, pricelists):
    if customer.country == "CD":
        return {"kivu": pricelists["kivu"]}
    if customer.country == "DZ":
        return {"atlas": pricelists["euro"]}
    return {"atlas": pricelists["reseller" if number % 4 == 0 else "atlas"]}
