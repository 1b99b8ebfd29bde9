"""What :mod:`benchmarks.coupons` lets a process of its own do inside Odoo.

Called as `python coupons_in_odoo.py CONFIG DATABASE DEED JSON`; ends with a line of JSON. What it
does is committed, unless it is killed. Without a deed it does those that it reads, a line of JSON
each.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.alerts import owing  # noqa: E402
from benchmarks.in_odoo import environment, registry_of  # noqa: E402

AMOUNT = 100.0
KINDS = ("order", "invoice", "balance")
OPERATORS, CLIENTS = 12, 120


def main(config, database, deed="", given="{}"):
    registry = registry_of(config, database)
    asked = [(deed, json.loads(given))] if deed else map(json.loads, sys.stdin)
    for name, arguments in asked:
        print(json.dumps(done(registry, name, arguments)), flush=True)


def done(registry, deed, given):
    """What a deed tells, in a transaction of its own."""
    with environment(registry) as env:
        return DEEDS[deed](env, **given)


def company_of(env):
    return env["res.company"].search([("name", "=", "Alerts")], order="id desc", limit=1)


def in_company(env):
    company = company_of(env)
    return env(context={**env.context, "allowed_company_ids": company.ids})


# ----------------------------------------------------------------------
# The world
# ----------------------------------------------------------------------


def fill(env, _size):
    """A company whose clients each owe an invoice, and operators with keys of their own."""
    company = owing(env, CLIENTS)
    company.write({"ai_coupon_way": "credit_note", "ai_coupon_rest": "keep"})
    return {
        "database": env.cr.dbname,
        "company": company.id,
        "operators": [operator(env, company, number) for number in range(OPERATORS)],
    }


def operator(env, company, number):
    """{"id", "key"} of an operator who may ask over RPC."""
    from odoo import fields
    from odoo.addons.smart_recommender.tools.compat import generate_api_key

    user = env["res.users"].create(
        {
            "name": f"Operator {number}",
            "login": f"coupons-{number}",
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "groups_id": [(4, env.ref("smart_recommender.group_call_operator").id)],
        }
    )
    later = fields.Datetime.add(fields.Datetime.now(), days=1).date()
    return {
        "id": user.id,
        "key": generate_api_key(user.with_user(user).sudo().env, None, "b", later),
    }


def limits(env, wrong=5, user=20, address=60):
    """Set the limits of wrong tries, and forget those that were counted."""
    company_of(env).write(
        {
            "ai_coupon_wrong_tries": wrong,
            "ai_coupon_user_tries": user,
            "ai_coupon_address_tries": address,
        }
    )
    env["ai.coupon.limit"].search([]).unlink()
    return {}


def coupons(env, count):
    """So many coupons of clients of their own: [{"id", "code", "pin", "client", "partner"}]."""
    env = in_company(env)
    company = company_of(env)
    partners = env["res.partner"].search([("company_id", "=", company.id)], order="id", limit=count)
    batch = env["ai.coupon.batch"]._generate(company, partners, 1, AMOUNT, "Benchmark")
    return [
        {
            "id": coupon.id,
            "code": coupon.code,
            "pin": coupon._pin(),
            "client": coupon.partner_id.name,
            "partner": coupon.partner_id.id,
        }
        for coupon in batch.coupon_ids
    ]


def orders(env, partner, count, price, users):
    """Ids of so many quotations of a client over a price, by operators one after the other."""
    env = in_company(env)
    product = env["product.product"].create({"name": "Water", "list_price": price})
    lines = [(0, 0, {"product_id": product.id, "product_uom_qty": 1, "price_unit": price})]
    values = {"partner_id": partner, "company_id": env.company.id, "order_line": lines}
    made = [{**values, "user_id": users[number % len(users)]} for number in range(count)]
    return env["sale.order"].create(made).ids


def invoice(env, partner):
    """Id of the invoice that a client has not paid."""
    return (
        env["account.move"]
        .search(
            [
                ("partner_id", "=", partner),
                ("move_type", "=", "out_invoice"),
                ("payment_state", "=", "not_paid"),
            ],
            limit=1,
        )
        .id
    )


def state(env, coupon, order_ids=()):
    """What stands in the tables about a coupon, and the totals of orders."""
    coupon = in_company(env)["ai.coupon"].browse(coupon)
    done = coupon.redemption_ids.filtered(lambda each: each.state == "done")
    invoices = env["account.move"].search(
        [
            ("partner_id", "=", coupon.partner_id.id),
            ("move_type", "in", ("out_invoice", "out_refund")),
        ]
    )
    return {
        "state": coupon.state,
        "remaining": coupon.remaining,
        "wrong": coupon.wrong_tries,
        "done": len(done),
        "reduced": sum(done.mapped("amount")),
        "lines": len(done.order_line_ids),
        "totals": env["sale.order"].browse(order_ids).mapped("amount_total"),
        "owed": sum(invoices.mapped("amount_residual_signed")),
        "moves": len(invoices),
    }


# ----------------------------------------------------------------------
# Deeds of two or more at once, and of one that dies
# ----------------------------------------------------------------------


def generate(env, count, narrow=0):
    """Make coupons; told to try again, as when others make the same codes, it does.

    narrow : so many codes alone are drawn from, for others to draw the same.
    """
    from odoo.addons.smart_recommender.models.coupon import ai_coupon_batch

    below = ai_coupon_batch.secrets.randbelow
    drawn = (lambda _limit: below(narrow)) if narrow else below
    started, again = time.perf_counter(), 0
    with patch.object(ai_coupon_batch.secrets, "randbelow", drawn):
        while not made(env, count):
            again += 1
    return {"seconds": time.perf_counter() - started, "again": again}


def made(env, count):
    """Whether so many coupons were made, and not refused."""
    from odoo.exceptions import UserError

    env = in_company(env)
    company = company_of(env)
    partner = env["res.partner"].search([("company_id", "=", company.id)], limit=1)
    try:
        env["ai.coupon.batch"]._generate(company, partner, count, AMOUNT, "Benchmark")
    except UserError:
        env.cr.rollback()
        return False
    env.cr.commit()
    return True


def counted(env):
    """How many coupons there are, and how many codes they have."""
    env.cr.execute("SELECT count(*), count(DISTINCT code), count(DISTINCT name) FROM ai_coupon")
    return dict(zip(("coupons", "codes", "names"), env.cr.fetchone(), strict=True))


def redeem(env, kind, coupon, target, user, point=""):
    """Redeem a coupon as an operator does. point : where the process is killed, or nowhere."""
    user = env["res.users"].browse(user)
    own = in_company(env)["ai.coupon"].with_user(user)
    method = getattr(own, f"redeem_on_{kind}")
    arguments = (coupon["code"], coupon["pin"], coupon["client"], target)
    if point == "before_commit":
        method(*arguments)
        die()
    with dying(env, point):
        answer = method(*arguments)
    return {"ok": answer["ok"], "message": answer["message"]}


def dying(env, point):
    """A block in which the process kills itself when a redemption is about to be marked, or has
    just been."""
    redemptions = type(env["ai.coupon.redemption"])
    create = redemptions.create

    def killed(self, vals_list):
        if point == "before_mark":
            die(self.env)
        found = create(self, vals_list)
        if point == "after_mark":
            die(self.env)
        return found

    return patch.object(redemptions, "create", killed)


def die(env=None):
    """As `kill -9` does it, with all that was written so far in the database."""
    if env is not None:
        env.flush_all()
    os.kill(os.getpid(), signal.SIGKILL)


DEEDS = {
    each.__name__: each
    for each in (limits, coupons, orders, invoice, state, generate, counted, redeem)
}


if __name__ == "__main__":
    main(*sys.argv[1:])
