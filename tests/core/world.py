"""The records that nearly every test class wants, built once for a database of tests.

A company brings a warehouse with its operations, routes and sequences: seconds for each class.
`scripts/inside_template.py` builds the world in the database that the workers' ones are copied
from; a class that does not find it builds it in its own transaction, so that tests run on any
database and leave nothing there. Nothing here imports Odoo's test framework.
"""

from odoo import Command

NAMESPACE = "smart_recommender_world"
SPARE = "Spare Company"
SPARES = 3
PRODUCTS = {
    "fountain": ("Fontaine à eau", 900.0),
    "bottle": ("Bonbonne 19 L", 35.0),
    "cups": ("Gobelets", 12.0),
    "filter": ("Filtre", 60.0),
    "soap": ("Savon", 8.0),
}
USERS = {
    "salesperson": ("sr_sales", "sales_team.group_sale_salesman"),
    "manager": (
        "sr_manager",
        "sales_team.group_sale_manager,smart_recommender.group_manager",
    ),
}
PARTNERS = 6


def company_vals(env, name):
    return {
        "name": name,
        "currency_id": env.ref("base.USD").id,
        # Twenty orders prove nothing; the filters have tests of their own.
        "ai_max_false_rate": 1.0,
        "ai_prune_rules": False,
    }


def product_vals(name, price):
    return {"name": name, "list_price": price, "detailed_type": "consu", "taxes_id": False}


def make_company(env, vals):
    """A company with its warehouse, which Odoo 19 gives to new companies only while a test runs."""
    company = env["res.company"].create(vals)
    warehouses = env["stock.warehouse"]
    if not warehouses.search([("company_id", "=", company.id)], limit=1):
        warehouses.create({"name": company.name, "code": "WH", "company_id": company.id})
    return company


def find(env):
    """{name: record} of the world in this database; None where it was not built."""
    records = env["ir.model.data"].search([("module", "=", NAMESPACE)])
    return {record.name: env[record.model].browse(record.res_id) for record in records} or None


def build(env):
    """Make the world. Returns {name: record}; ``keep`` names them for ``find``."""
    env = env(context={**env.context, "tracking_disable": True, "no_reset_password": True})
    world = {"company": make_company(env, company_vals(env, "Atlas Test"))}
    company = world["company"]
    for name, (title, price) in PRODUCTS.items():
        world[name] = env["product.product"].create(product_vals(title, price))
    for number in range(PARTNERS):
        world[f"partner_{number}"] = env["res.partner"].create(
            {"name": f"Client {number}", "company_id": company.id}
        )
    world["shared_partner"] = env["res.partner"].create({"name": "Client de tous"})
    for name, (login, groups) in USERS.items():
        world[name] = env["res.users"].create(
            {
                "name": f"{login} ({groups})",
                "login": login,
                "password": login,
                "email": f"{login}@example.com",
                "groups_id": [Command.set([env.ref(group).id for group in groups.split(",")])],
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
            }
        )
    return world


def keep(env):
    """Build the world for good, with companies to spare, which are switched off until taken."""
    world = build(env)
    for number in range(SPARES):
        vals = {**company_vals(env, f"{SPARE} {number}"), "ai_enabled": False}
        world[f"spare_{number}"] = make_company(env, vals)
    env["ir.model.data"]._update_xmlids(
        [
            {"xml_id": f"{NAMESPACE}.{name}", "record": record, "noupdate": True}
            for name, record in world.items()
        ]
    )


def take_company(env, name, vals):
    """A company with these values: one to spare where the world has one left, else a new one."""
    vals = {**company_vals(env, name), "ai_enabled": True, **vals}
    spare = env["res.company"].search([("name", "=like", f"{SPARE} %")], limit=1)
    if not spare or "parent_id" in vals:  # branches are made as such
        return env["res.company"].create(vals)
    spare.write(vals)
    return spare
