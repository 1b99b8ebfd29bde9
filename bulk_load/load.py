"""Load checked lines into a company of an Odoo database, and train it."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from odoo.exceptions import UserError

from . import masters, orders
from .parse import order_key

MOST_DAYS = 36_500


@dataclass(frozen=True)
class Loaded:
    """What a load did.

    different : (reference, lines there, lines in the file) of orders that were there with another
    number of lines.
    """

    company: object
    orders: int
    lines: int
    skipped_orders: int
    different: list
    products: int
    customers: int
    seconds: float


def load(env, company_name, lines, progress, zone=None):
    """Load lines as confirmed orders; orders that are there already are left alone.

    env : Environment of the superuser; lines : list of parse.Line, in local time;
    progress : called with what there is to load, in words; zone : pytz time zone of the lines,
    None for that of the company. Does not commit. Returns Loaded.
    """
    started = time.monotonic()
    company = masters.find_or_make_company(env, company_name, zone)
    env = masters.in_company(env, company)
    company = company.with_env(env)
    zone = zone or masters.time_zone(env, company)
    here = Counter(map(order_key, lines))
    there = _lines_there(orders.KnownOrders(env, company, zone), lines)
    new = [line for line in lines if order_key(line) not in there]
    progress(f"{len(here) - len(there)} new orders for {company.name}")
    partners = masters.customer_ids(env, company, new)
    progress(f"{len(partners)} customers")
    products = masters.product_ids(env, company, new)
    progress(f"{len(products)} products")
    count = orders.write_orders(env, company, new, partners, products, zone)
    _widen_history(company, lines)
    return Loaded(
        company=company,
        orders=count,
        lines=len(new),
        skipped_orders=len(there),
        different=[
            (key[0], count, here[key]) for key, count in there.items() if count != here[key]
        ],
        products=len(products),
        customers=len(partners),
        seconds=time.monotonic() - started,
    )


def _lines_there(known, lines):
    """{order_key: its lines in the database} of the orders that are there already."""
    there, seen = {}, set()
    for line in lines:
        key = order_key(line)
        if key not in seen:
            seen.add(key)
            count = known.line_count(line)
            if count is not None:
                there[key] = count
    return there


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
