"""Warehouses, vendors, costs and purchase units of the demonstration."""

from dataclasses import dataclass

from . import planted
from .catalog import DIRHAMS, GOODS, cost
from .stock_history import STORABLE, WAREHOUSES
from .vendors import VENDORS, supplies

WAREHOUSE_NAMES = {"CASA": "Dépôt Casablanca", "RABAT": "Dépôt Rabat", "LUB": "Dépôt Lubumbashi"}
PO_LEAD = 1  # days until the Moroccan company has written an order


@dataclass(frozen=True)
class StockMasters:
    """warehouses : by code; vendors : partners by key."""

    warehouses: dict
    vendors: dict


def create_stock_masters(env, companies, products):
    """companies, products : records by key and by reference. Returns StockMasters."""
    env["product.product"].union(*(products[p.code] for p in STORABLE)).detailed_type = "product"
    warehouses = {}
    for key, company in companies.items():
        warehouses.update(_create_warehouses(env, company, WAREHOUSES[key]))
        _set_costs(company, products)
    if "po_lead" in env["res.company"]._fields:
        companies["atlas"].po_lead = PO_LEAD
    vendors = _create_vendors(env, companies)
    _set_purchase_units(env, products)
    _create_offers(env, companies, products, vendors)
    return StockMasters(warehouses, vendors)


def _create_warehouses(env, company, codes):
    """Odoo 17 makes the first warehouse of a company by itself."""
    model = env["stock.warehouse"].with_company(company)
    existing = model.search([("company_id", "=", company.id)])
    result = {}
    for position, code in enumerate(codes):
        vals = {"name": WAREHOUSE_NAMES[code], "code": code}
        warehouse = existing[position : position + 1]
        if warehouse:
            warehouse.write(vals)
        else:
            warehouse = model.create({**vals, "company_id": company.id})
        # Odoo names them in the language of the person who installs it.
        warehouse.in_type_id.name = "Réceptions"
        warehouse.out_type_id.name = "Livraisons"
        warehouse.int_type_id.name = "Transferts internes"
        result[code] = warehouse
    return result


def _set_costs(company, products):
    rate = DIRHAMS[company.currency_id.name]
    for product in GOODS:
        record = products[product.code].with_company(company)
        record.standard_price = round(cost(product) / rate, 2)


def _create_vendors(env, companies):
    records = env["res.partner"].create(
        [
            {
                "name": vendor.name,
                "is_company": True,
                "supplier_rank": 1,
                "city": vendor.city,
                "country_id": env.ref(f"base.{vendor.country.lower()}").id,
                "lang": "fr_FR",
            }
            for vendor in VENDORS.values()
        ]
    )
    for record, vendor in zip(records, VENDORS.values(), strict=True):
        for key in vendor.companies:
            partner = record.with_company(companies[key])
            partner.property_purchase_currency_id = env.ref(f"base.{vendor.currency}")
    return dict(zip(VENDORS, records, strict=True))


def _set_purchase_units(env, products):
    """Dozens and packagings on the products, where this Odoo has them there."""
    if "uom_po_id" in env["product.template"]._fields:
        for code in planted.DOZENS:
            products[code].uom_po_id = env.ref("uom.product_uom_dozen")
    if "product.packaging" in env:
        env["product.packaging"].create(
            [
                {"name": name, "qty": size, "product_id": products[code].id, "sales": False}
                for code, (name, size) in planted.PACKAGINGS.items()
            ]
        )


def _create_offers(env, companies, products, vendors):
    model = env["product.supplierinfo"]
    unit_is_own = "uom_po_id" not in env["product.template"]._fields
    units = {1: env.ref("uom.product_uom_unit"), 12: env.ref("uom.product_uom_dozen")}
    rows = []
    for key, company in companies.items():
        for sequence, offer in enumerate(supplies(key), start=1):
            vendor = VENDORS[offer.vendor]
            if vendor.registered:
                rows.append(
                    {
                        "product_tmpl_id": products[offer.code].product_tmpl_id.id,
                        "partner_id": vendors[offer.vendor].id,
                        "company_id": company.id,
                        "currency_id": env.ref(f"base.{vendor.currency}").id,
                        "delay": offer.delay,
                        "price": offer.price,
                        "min_qty": offer.minimum,
                        "sequence": sequence,
                        **({"product_uom": units[offer.unit].id} if unit_is_own else {}),
                    }
                )
    return model.create(rows)
