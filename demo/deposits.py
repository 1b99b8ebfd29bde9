"""Returnable bottles of the demonstration: who has some, who brought none back, and what they cost.

Made once the history is there and trained on, of products and transfers of their own: no order and
no sale of the history changes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pytz

from odoo import Command

from . import planted
from .companies import COMPANIES, find_company
from .customers import CUSTOMERS
from .stock_ledger import create_done, create_pickings, create_quants
from .timing import past

CONTENTS = {"CON-01": "EAU-02", "CON-02": "CUI-12"}
NAMES = {"CON-01": "Bonbonne 19 L consignée", "CON-02": "Bouteille de gaz 12 kg consignée"}
OWNED = 600  # of each, when the demonstration begins
MINUTE = 600


@dataclass(frozen=True)
class Flow:
    """day : days before today; customer : position in CUSTOMERS; quantity : below zero, back."""

    day: int
    customer: int
    code: str
    quantity: int


def flows(seed=20):
    """All that went to clients and came back, the oldest first."""
    rng = np.random.default_rng(seed)
    found = []
    for customer, code in planted.EXCHANGES:
        day, held = int(rng.integers(4, planted.DAYS_TO_RETURN - 10)), None
        deliveries = []
        while day < planted.EXCHANGE_DAYS:
            deliveries.append((day, int(rng.integers(4, 13))))
            day += int(rng.integers(14, 22))
        for day, quantity in reversed(deliveries):
            if held:
                found.append(Flow(day, customer, code, -held))
            found.append(Flow(day, customer, code, quantity))
            held = quantity
    for late in planted.LATE_CONTAINERS:
        found += [Flow(day, late.customer, late.code, n) for day, n in late.deliveries]
        found += [Flow(day, late.customer, late.code, -n) for day, n in late.returns]
    return sorted(found, key=lambda flow: (-flow.day, flow.customer))


def is_loaded(env):
    codes = list(NAMES)
    return bool(env["product.product"].search([("default_code", "in", codes)], limit=1))


def load(env, progress):
    """Add them to the first company of a demonstration that is loaded; commits."""
    progress("returnable bottles")
    atlas = find_company(env, "atlas")
    env = env(context={**env.context, "allowed_company_ids": atlas.ids})
    warehouse = env["stock.warehouse"].search([("company_id", "=", atlas.id)], limit=1)
    today = datetime.now(pytz.timezone(COMPANIES["atlas"]["tz"])).date()
    load_containers(env, warehouse, customers_of(env), today)
    env.cr.commit()


def customers_of(env):
    """The records of CUSTOMERS, in their order."""
    names = [customer.name for customer in CUSTOMERS]
    found = env["res.partner"].search([("name", "in", names), ("is_company", "=", True)])
    by_name = {partner.name: partner for partner in found}
    return [by_name[name] for name in names]


def load_containers(env, warehouse, customers, today):
    """Containers with their contents, and their transfers up to today."""
    containers = _create_containers(env, warehouse.company_id)
    products = {code: container.product_id for code, container in containers.items()}
    moves = _open(env, warehouse, products, today)
    moves += _transfer(env, warehouse, products, customers, today)
    create_quants(moves, env["product.product"].union(*products.values()))


def _create_containers(env, company):
    containers = {}
    for code, name in NAMES.items():
        product = env["product.product"].create(
            {
                "name": name,
                "default_code": code,
                "list_price": planted.DEPOSITS[code],
                "sale_ok": True,
                "purchase_ok": False,
                "taxes_id": False,
            }
        )
        product.detailed_type = "product"
        content = env["product.product"].search([("default_code", "=", CONTENTS[code])], limit=1)
        containers[code] = env["ai.deposit.container"].create(
            {
                "company_id": company.id,
                "product_id": product.id,
                "value": planted.DEPOSITS[code],
                "days": planted.DAYS_TO_RETURN,
                "content_ids": [
                    Command.create({"product_tmpl_id": template.id})
                    for template in content.product_tmpl_id
                ],
            }
        )
    return containers


def _move(env, product, quantity, stamp, source, target):
    return {
        **({"name": product.name} if "name" in env["stock.move"]._fields else {}),
        "company_id": env.company.id,
        "product_id": product.id,
        "product_uom_qty": quantity,
        "date": stamp,
        "state": "done",
        "location_id": source.id,
        "location_dest_id": target.id,
    }


def _stamp(day, today):
    return past(today - timedelta(days=day), MINUTE, COMPANIES["atlas"]["tz"])


def _open(env, warehouse, products, today):
    """What the company owned before the first delivery."""
    stamp, stock = _stamp(planted.EXCHANGE_DAYS + 30, today), warehouse.lot_stock_id
    return create_done(
        env,
        [
            {
                **_move(env, p, OWNED, stamp, p.property_stock_inventory, stock),
                "is_inventory": True,
            }
            for p in products.values()
        ],
    )


def _transfer(env, warehouse, products, customers, today):
    clients, _vendors = env["stock.warehouse"]._get_partner_locations()
    operations = {False: warehouse.out_type_id, True: warehouse._ai_empties_operation()}
    places = {
        False: (warehouse.lot_stock_id, clients),
        True: (clients, warehouse.lot_stock_id),
    }
    found = flows()
    pickings = create_pickings(
        env,
        [
            {
                "picking_type_id": operations[flow.quantity < 0].id,
                "partner_id": customers[flow.customer].id,
                "company_id": warehouse.company_id.id,
                "location_id": places[flow.quantity < 0][0].id,
                "location_dest_id": places[flow.quantity < 0][1].id,
                "date_done": _stamp(flow.day, today),
            }
            for flow in found
        ],
    )
    rows = [
        {
            **_move(
                env,
                products[flow.code],
                abs(flow.quantity),
                _stamp(flow.day, today),
                *places[flow.quantity < 0],
            ),
            "picking_id": picking.id,
            "partner_id": picking.partner_id.id,
        }
        for flow, picking in zip(found, pickings, strict=True)
    ]
    return create_done(env, rows)
