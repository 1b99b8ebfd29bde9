"""Products that have newly arrived: received for the first time, in stock, and never sold yet.

They are no part of the generated history, which stays as it is.
"""

from datetime import timedelta

from . import planted
from .companies import COMPANIES
from .stock_records import RECEIPT_MINUTE
from .timing import past


def load_arrivals(env, company, categories, today):
    """Create the new products of a company with their first receipts.

    categories : {name: product.category}; today : datetime.date, day 0. Returns {code: product}.
    """
    products = {}
    for new in planted.ARRIVALS:
        product = env["product.product"].create(
            {
                "default_code": new.code,
                "name": new.name,
                "categ_id": categories[new.category].id,
                "list_price": new.price,
                "company_id": company.id,
                **_storable(env),
            }
        )
        _receive(env, company, product, new, today)
        products[new.code] = product
    return products


def _storable(env):
    if "is_storable" in env["product.template"]._fields:
        return {"is_storable": True}
    return {"detailed_type": "product"}


def _receive(env, company, product, new, today):
    warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
    _customers, suppliers = env["stock.warehouse"]._get_partner_locations()
    named = {"name": new.name} if "name" in env["stock.move"]._fields else {}
    move = env["stock.move"].with_company(company).create(
        {
            **named,
            "product_id": product.id,
            "product_uom_qty": new.quantity,
            "location_id": suppliers.id,
            "location_dest_id": warehouse.lot_stock_id.id,
            "company_id": company.id,
            "origin": "Nouveauté",
        }
    )  # fmt: skip
    move._action_confirm()
    move.write({"quantity": new.quantity, "picked": True})
    move._action_done()
    day = today - timedelta(days=new.day)
    move.date = past(day, RECEIPT_MINUTE, COMPANIES["atlas"]["tz"])
