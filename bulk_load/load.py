"""Load checked lines into a company of an Odoo database, and train it."""

import time
from dataclasses import dataclass
from datetime import datetime

from odoo.exceptions import UserError

from . import masters, orders

MOST_DAYS = 36_500


@dataclass(frozen=True)
class Loaded:
    """What a load did."""

    company: object
    orders: int
    lines: int
    skipped_orders: int
    products: int
    customers: int
    seconds: float


def load(env, company_name, lines, progress):
    """Load lines as confirmed orders; orders that are there already are left alone.

    env : Environment of the superuser; lines : list of parse.Line; progress : called with what
    there is to load, in words. Does not commit. Returns Loaded.
    """
    started = time.monotonic()
    company = masters.find_or_make_company(env, company_name)
    env = masters.in_company(env, company)
    company = company.with_env(env)
    known = orders.known_references(env, company)
    new = [line for line in lines if line.order not in known]
    progress(f"{len({line.order for line in new})} new orders for {company.name}")
    partners = masters.customer_ids(env, company, new)
    progress(f"{len(partners)} customers")
    products = masters.product_ids(env, company, new)
    progress(f"{len(products)} products")
    count = orders.write_orders(env, company, new, partners, products)
    _widen_history(company, lines)
    return Loaded(
        company=company,
        orders=count,
        lines=len(new),
        skipped_orders=len({line.order for line in lines} & known),
        products=len(products),
        customers=len(partners),
        seconds=time.monotonic() - started,
    )


def _widen_history(company, lines):
    """Let training see the oldest of the sales."""
    if lines:
        days = (datetime.now() - min(line.date for line in lines)).days + 2
        company.ai_history_days = min(MOST_DAYS, max(company.ai_history_days, days))


def train(env, company):
    """Train the company. Returns its run, or the reason why there is none."""
    runs = masters.in_company(env, company)["ai.training.run"].with_company(company)
    try:
        return runs._train_now(company, "rules"), ""
    except UserError as error:
        return runs, str(error)
