"""A call center at work: contacts, categories, calls, unpaid invoices, a suspended client."""

from datetime import timedelta

import numpy as np

from . import planted
from .companies import COMPANIES
from .customers import CUSTOMERS, as_written
from .timing import local_to_utc, past

OPERATORS = ("operatrice", "superviseur")
LANDMARKS = (
    "En face de la mosquée Al Kawtar",
    "Derrière la station-service Afriquia",
    "À côté de la pharmacie de garde",
    "Portail bleu, après le marché central",
)
WORDS = {
    "answered": (
        "Demande la date de la prochaine livraison.",
        "Satisfait de la fontaine, veut un devis pour une deuxième.",
        "Préfère être appelé le matin.",
    ),
    "order": ("Commande passée par téléphone.", "Renouvelle comme le mois dernier."),
    "refused": ("Trop cher, achète ailleurs en ce moment.",),
    "no_answer": ("",),
    "busy": ("",),
}
RESULTS = ("answered", "order", "refused", "no_answer", "busy")
SHARES = (0.4, 0.25, 0.1, 0.2, 0.05)


def load_call_center(env, context, history, progress):
    """Add what a call center knows to the customers of the history; commits."""
    progress("call center")
    atlas = context.companies["atlas"]
    operators = env["res.users"].search([("login", "in", OPERATORS)], order="id")
    _describe_customers(env, context, operators)
    _create_contact(env, context)
    _create_calls(env, context, history, atlas, operators)
    _create_invoices(env, context, atlas)
    _pay_the_rest(env, context, atlas)
    _suspend(env, context, atlas)
    env.cr.commit()


def _describe_customers(env, context, operators):
    """Categories by trade, landmarks, second numbers, and who is in charge."""
    trades = {}
    for number, (customer, record) in enumerate(zip(CUSTOMERS, context.customers, strict=True)):
        trade = customer.name.split()[0]
        if trade not in trades:
            trades[trade] = env["res.partner.category"].create({"name": trade})
        vals = {"category_id": [(4, trades[trade].id)]}
        if number % 3 == 0:
            vals["landmark"] = LANDMARKS[number // 3 % len(LANDMARKS)]
            vals["mobile"] = as_written(customer.phone[:-2] + "07")
        if number % 2 == 0:
            vals["ai_operator_id"] = operators[number // 2 % len(operators)].id
        record.write(vals)


def _create_contact(env, context):
    """One number of two people, and one that a house shares with its buyer."""
    house = context.customers[2]
    env["res.partner"].create(
        [
            {
                "name": "Rachid (achats)",
                "parent_id": house.id,
                "phone": house.phone,
                "email": "achats@example.com",
            },
            {
                "name": "Salma Bennani",
                "country_id": house.country_id.id,
                "city": "Casablanca",
                "phone": context.customers[5].phone,
            },
        ]
    )


def _create_calls(env, context, history, atlas, operators):
    """Calls of the last weeks, more of them with those who buy much."""
    rng = np.random.default_rng(8)
    zone = COMPANIES["atlas"]["tz"]
    weights = np.arange(1, 61) ** -0.5
    vals_list = []
    for day in range(planted.CALL_DAYS):
        for _number in range(planted.CALLS_PER_DAY):
            position = int(rng.choice(60, p=weights / weights.sum()))
            partner = context.customers[position]
            result = RESULTS[int(rng.choice(len(RESULTS), p=SHARES))]
            words = WORDS[result]
            reached = result in ("answered", "order", "refused")
            vals_list.append(
                {
                    "company_id": atlas.id,
                    "partner_id": partner.id,
                    "number": partner.phone,
                    "direction": "in" if rng.random() < 0.4 and reached else "out",
                    "user_id": operators[int(rng.integers(len(operators)))].id,
                    "start": past(
                        history.today - timedelta(days=day), int(rng.integers(540, 1050)), zone
                    ),
                    "duration": round(float(rng.lognormal(1.0, 0.6)), 2) if reached else 0.0,
                    "result": result,
                    "description": words[int(rng.integers(len(words)))],
                }
            )
    for vals in vals_list:
        if vals["result"] == "order":
            _place_at_order(env, vals)
    calls = env["ai.call"].with_company(atlas).create(vals_list)
    for number, call in enumerate(calls.filtered(lambda call: call.result == "no_answer")[:4]):
        call.callback_at = local_to_utc(history.today + timedelta(days=1), 600 + 45 * number, zone)


def _place_at_order(env, vals):
    """A call that brought an order ends with the last one that the client placed before it."""
    order = env["sale.order"].search(
        [
            ("company_id", "=", vals["company_id"]),
            ("partner_id", "=", vals["partner_id"]),
            ("state", "=", "sale"),
            ("date_order", "<=", vals["start"]),
        ],
        order="date_order desc, id desc",
        limit=1,
    )
    if order:
        vals["order_id"] = order.id
        vals["start"] = order.date_order - timedelta(minutes=vals["duration"])


def _create_invoices(env, context, atlas):
    """Invoices of newer orders, past due for some clients and paid by others; credit limits."""
    atlas.account_use_credit_limit = True
    for position, limit in planted.CREDIT_LIMITS.items():
        context.customers[position].with_company(atlas).credit_limit = limit
    for position in (*planted.OVERDUE_CLIENTS, *planted.PAID_CLIENTS):
        orders = (
            env["sale.order"]
            .with_context(allowed_company_ids=atlas.ids)
            .search(
                [
                    ("partner_id", "=", context.customers[position].id),
                    ("company_id", "=", atlas.id),
                    ("state", "=", "sale"),
                    ("invoice_status", "=", "to invoice"),
                    ("amount_total", ">", 0),
                ],
                limit=2,
            )
        )
        for order in orders:
            invoice = order._create_invoices()
            day = order.date_order.date()
            invoice.write({"invoice_date": day, "invoice_date_due": day})
            invoice.action_post()
            if position in planted.PAID_CLIENTS:
                _pay(env, invoice)


def _pay_the_rest(env, context, atlas):
    """All other invoices are paid: those of the credit notes."""
    unpaid = env["account.move"].search(
        [
            ("company_id", "=", atlas.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("amount_residual", ">", 0),
            (
                "partner_id",
                "not in",
                [context.customers[position].id for position in planted.OVERDUE_CLIENTS],
            ),
        ]
    )
    for invoice in unpaid:
        _pay(env, invoice)


def _pay(env, invoice):
    env["account.payment.register"].with_context(
        active_model="account.move",
        active_ids=invoice.ids,
        allowed_company_ids=invoice.company_id.ids,
    ).create({"payment_date": invoice.invoice_date + timedelta(days=5)})._create_payments()


def _suspend(env, context, atlas):
    supervisor = env["res.users"].search([("login", "=", "superviseur")])
    clients = env["ai.client"].with_user(supervisor).with_company(atlas)
    for position, reason in planted.SUSPENDED.items():
        clients._suspend(atlas, context.customers[position], reason)
