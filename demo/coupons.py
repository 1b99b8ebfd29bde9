"""Coupons of the demonstration: to be used, used, about to expire, expired."""

# pylint: disable=print-used

from datetime import datetime, timedelta

import pytz

from . import planted
from .companies import COMPANIES, find_company
from .deposits import customers_of


def is_loaded(env):
    return bool(env["ai.coupon.batch"].search([], limit=1))


def load(env, progress):
    """Add them to the first company of a demonstration that is loaded; commits."""
    progress("coupons")
    atlas = find_company(env, "atlas")
    env = env(context={**env.context, "allowed_company_ids": atlas.ids})
    today = datetime.now(pytz.timezone(COMPANIES["atlas"]["tz"])).date()
    operator = env["res.users"].search([("login", "=", "operatrice")], limit=1)
    load_coupons(env, atlas, customers_of(env), operator, today)
    env.cr.commit()


def load_coupons(env, company, customers, operator, today):
    """The planted coupons, as their batches; the used one on an order of its client."""
    batches = env["ai.coupon.batch"]
    manager = env.ref("base.user_admin")
    for planned in planted.COUPONS:
        client = customers[planned.customer]
        last_day = today + timedelta(days=planned.last_day)
        asked = (planned.number, planned.amount, planned.reason, max(last_day, today))
        batch = batches.with_user(manager)._generate(company, client, *asked).with_env(env)
        if planned.used:
            _use(env, batch.coupon_ids[:1], _order_of(env, company, client, operator), operator)
        if last_day < today:
            _date_back(batch, last_day)
        batches |= batch
    return batches


def _order_of(env, company, client, operator):
    """A quotation of the client for what is dearer than any of the coupons."""
    product = env["product.product"].search(
        [("list_price", ">", 500), ("sale_ok", "=", True)], order="default_code, id", limit=1
    )
    return env["sale.order"].create(
        {
            "partner_id": client.id,
            "company_id": company.id,
            "user_id": operator.id,
            "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 1})],
        }
    )


def _use(env, coupon, order, operator):
    answer = env["ai.coupon"].with_user(operator).redeem_on_order(
        coupon.code, coupon._pin(), coupon.partner_id.name, order.id
    )  # fmt: skip
    if not answer["ok"]:
        raise RuntimeError(f"The coupon of the demonstration was refused: {answer['message']}")


def _date_back(batch, last_day):
    """Let coupons have expired at the end of a day."""
    batch.expiry_date = last_day
    batch.coupon_ids.write(
        {
            "expiry_date": last_day,
            "expires_at": batch._end_of(batch.company_id, last_day),
        }
    )


def show(env):
    """Print a coupon to try, which a manager would print on paper."""
    coupon = env["ai.coupon"].search([("state", "=", "valid")], order="id", limit=1)
    print(f"{coupon.name}: ID {coupon.code}, PIN {coupon._pin()}, of {coupon.partner_id.name}")
