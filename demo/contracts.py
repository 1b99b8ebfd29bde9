"""Contracts of the demonstration: some that are due or over, one of a client who has stopped."""

from datetime import datetime, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from . import planted
from .companies import COMPANIES, find_company
from .deposits import customers_of


def is_loaded(env):
    return bool(env["ai.client.contract"].search([], limit=1))


def load(env, progress):
    """Add them to the first company of a demonstration that is loaded; commits."""
    progress("contracts")
    atlas = find_company(env, "atlas")
    today = datetime.now(pytz.timezone(COMPANIES["atlas"]["tz"])).date()
    load_contracts(env, atlas, customers_of(env), today)
    env.cr.commit()


def load_contracts(env, company, customers, today):
    """The planted contracts. Returns them in their order."""
    rows = []
    for contract in planted.CONTRACTS:
        product = env["product.product"].search([("default_code", "=", contract.code)], limit=1)
        after = today + timedelta(days=contract.ends_in + 1)
        rows.append(
            {
                "company_id": company.id,
                "partner_id": customers[contract.customer].id,
                "product_id": product.id,
                "quantity": contract.a_month,
                "start_date": after - relativedelta(months=contract.months),
                "months": contract.months,
                "renewal": contract.renewal,
            }
        )
    return env["ai.client.contract"].with_company(company).create(rows)
