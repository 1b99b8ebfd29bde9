"""Money of the demonstration: a bank balance, invoices that clients paid by their habits, bills,
and payments that come again and again.

Invoices come from the orders, so that nothing counts twice. What was paid is an entry of the bank,
matched with its invoice, as a bank statement leaves it.
"""

from collections import defaultdict
from datetime import timedelta

import numpy as np

from odoo import Command

from . import planted
from .history import DAYS

SEED = 23


def load_treasury(env, context, history, share, progress):
    """Add the money of both companies; commits.

    context : Masters; history : History; share : of the year's orders that there are. Clients of
    the first company have habits, and its purchases bills.
    """
    for key, company in context.companies.items():
        progress(f"money of {company.name}")
        inside = env(context={**env.context, "allowed_company_ids": company.ids})
        create_balance(inside, company, key, history.today, share)
        create_planned(inside, company, key, history.today, share)
    atlas = context.companies["atlas"]
    inside = env(context={**env.context, "allowed_company_ids": atlas.ids})
    rng = np.random.default_rng(SEED)
    place = {client.id: number for number, client in enumerate(context.customers)}
    orders = to_invoice(inside, atlas, place, history.today)
    months = by_month(orders)
    for number, batch in enumerate(months):
        progress("invoices and their payments", number, len(months))
        create_invoices(batch, place, history.today, rng)
        env.cr.commit()
    progress("invoices and their payments", len(months), len(months))
    create_bills(inside, atlas, history.today, rng)
    env.cr.commit()


def create_balance(env, company, key, today, share):
    """What is in the bank, as the entry that opens the books has it, and the least there may be."""
    journal = _journal(env, company, "bank")
    amount = planted.BALANCE[key] * share
    entry = env["account.move"].create(
        {
            "move_type": "entry",
            "journal_id": _journal(env, company, "general").id,
            "date": today - timedelta(days=DAYS),
            "ref": "Solde à nouveau",
            "line_ids": [
                Command.create({"account_id": journal.default_account_id.id, "debit": amount}),
                Command.create({"account_id": _equity(env, company).id, "credit": amount}),
            ],
        }
    )
    entry._post(soft=False)
    company.ai_cash_limit = planted.LEAST_CASH[key] * share


def create_planned(env, company, key, today, share):
    """Payments that nobody invoices. Returns ai.cash.line."""
    return env["ai.cash.line"].create(
        [
            {
                "name": each.name,
                "company_id": company.id,
                "direction": each.direction,
                "amount": each.amount * share,
                "first_date": today + timedelta(days=each.first),
                "unit": each.unit,
                "every": each.every,
            }
            for each in planted.PLANNED[key]
        ]
    )


def to_invoice(env, company, place, today):
    """Delivered orders that nobody has invoiced: the newer ones, all of who pays late, and some.

    place : {partner id: position}.
    """
    orders = env["sale.order"].search(
        [
            ("company_id", "=", company.id),
            ("state", "=", "sale"),
            ("invoice_status", "=", "to invoice"),
            ("amount_total", ">", 0),
            ("date_order", "<", today - timedelta(days=3)),
        ],
        order="date_order, id",
    )
    since = today - timedelta(days=planted.INVOICED_DAYS)
    return orders.filtered(
        lambda order: (
            order.date_order.date() >= since
            or place.get(order.partner_id.commercial_partner_id.id) in planted.LATE_PAYERS
            or not order.id % planted.ONE_IN
        )
    )


def by_month(orders):
    """Orders of each month, the oldest first."""
    months = defaultdict(orders.browse)
    for order in orders:
        months[order.date_order.year, order.date_order.month] |= order
    return list(months.values())


def create_invoices(orders, place, today, rng):
    """Invoice a month, one invoice a client, on the day of its last order, and pay what the client
    would have paid by now.

    place : {partner id: position}. Returns the account.move, those that are open among them.
    """
    invoices = orders._create_invoices()
    for invoice in invoices:
        day = max(invoice.line_ids.sale_line_ids.order_id.mapped("date_order")).date()
        invoice.write(
            {"invoice_date": day, "invoice_date_due": day + timedelta(days=planted.DUE_DAYS)}
        )
    invoices._post(soft=False)
    paid = []
    for invoice in invoices:
        position = place.get(invoice.partner_id.commercial_partner_id.id)
        day = invoice.invoice_date_due + timedelta(days=days_late(position, rng))
        if day < today:
            paid.append((invoice, max(day, invoice.invoice_date)))
    _pay(paid)
    return invoices


def days_late(position, rng):
    """Days from the due day to the payment of a client, by its position."""
    habit = planted.LATE_PAYERS.get(position)
    return round(rng.normal(-3, 4) if habit is None else rng.normal(habit, habit / 6))


def create_bills(env, company, today, rng):
    """Bills of the newest purchases that came in, paid a few days after their due day."""
    orders = env["purchase.order"].search(
        [
            ("company_id", "=", company.id),
            ("state", "=", "purchase"),
            ("invoice_status", "=", "to invoice"),
            ("date_approve", "<", today - timedelta(days=3)),
        ],
        order="date_approve desc, id",
        limit=planted.BILLS,
    )
    bills = env["account.move"]
    for order in orders:
        order.action_create_invoice()
        bill = order.invoice_ids
        day = min((order.effective_date or order.date_planned).date(), today - timedelta(days=1))
        bill.write(
            {"invoice_date": day, "invoice_date_due": day + timedelta(days=planted.DUE_DAYS)}
        )
        bills |= bill
    bills._post(soft=False)
    due = [
        (bill, bill.invoice_date_due + timedelta(days=int(rng.integers(0, 9)))) for bill in bills
    ]
    _pay([(bill, day) for bill, day in due if day < today])
    return bills


def _pay(paid):
    """One entry of the bank a day. paid : [(account.move, day)]."""
    if not paid:
        return
    env, company = paid[0][0].env, paid[0][0].company_id
    journal = _journal(env, company, "bank")
    days = defaultdict(list)
    for move, day in paid:
        days[day].append(_open_line(move))
    entries = env["account.move"].create(
        [
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": day,
                "line_ids": [
                    Command.create(vals)
                    for line in lines
                    for vals in _payment_lines(line, journal.default_account_id)
                ],
            }
            for day, lines in days.items()
        ]
    )
    entries._post(soft=False)
    place = {line.name: line for line in entries.line_ids if line.account_id.reconcile}
    open_lines = [line for lines in days.values() for line in lines]
    entries.line_ids._reconcile_plan([line | place[line.move_id.name] for line in open_lines])


def _payment_lines(line, bank):
    """Values of the two lines that settle one: at the partner and at the bank."""
    shared = {"name": line.move_id.name, "currency_id": line.currency_id.id}
    amounts = line.amount_residual_currency, line.amount_residual
    yield {
        **shared,
        "account_id": line.account_id.id,
        "partner_id": line.partner_id.id,
        "amount_currency": -amounts[0],
        "balance": -amounts[1],
    }
    yield {
        **shared,
        "account_id": bank.id,
        "amount_currency": amounts[0],
        "balance": amounts[1],
    }


def _open_line(move):
    kinds = ("asset_receivable", "liability_payable")
    return move.line_ids.filtered(lambda line: line.account_type in kinds)


def _journal(env, company, kind):
    return env["account.journal"].search(
        [("company_id", "=", company.id), ("type", "=", kind)], limit=1
    )


def _equity(env, company):
    accounts = env["account.account"].with_company(company)
    domain = accounts._check_company_domain(company)
    return accounts.search([*domain, ("account_type", "=", "equity")], limit=1)
