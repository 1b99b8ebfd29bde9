"""All that a night learns of one company's money, to be measured in a process of its own."""

import time

import numpy as np

from algorithms.treasury.cash import outlook, simulate
from algorithms.treasury.credit_score import score, train_credit
from algorithms.treasury.delay_backtest import run_delay_backtest
from algorithms.treasury.delays import learn
from algorithms.treasury.items import INVOICE, items
from algorithms.treasury.lifetime import train_lifetime
from algorithms.treasury.pace import Pace

from .receivables_made import made_book, made_orders


def nightly(count):
    """Everything that a night does for one company: payments, cash, credit, lifetime value."""
    count = int(count)
    book = made_book(7, clients=count // 20, invoices=count, days=1000, shock=3.0)
    orders = made_orders(7, clients=count // 8, days=800)

    def work():
        took, rng = {}, np.random.default_rng(0)
        documents, today, start = book.documents, book.today, time.perf_counter()

        def done(name):
            nonlocal start
            took[name], start = time.perf_counter() - start, time.perf_counter()

        report = run_delay_backtest(documents, today, rng)
        done("back-test of payments")
        seen = documents.on(today)
        still = seen.take(seen.is_open)
        habits = learn(seen, today, *report.method, clients=still.client)
        kinds = np.full(len(still), INVOICE)
        given = items(np.arange(len(still)), kinds, still.client, still.due, still.amount)
        simulate(given, habits, habits, today, 0, paces=(report.pace, Pace()))
        outlook(habits, still.client, still.due, today, report.pace)
        done(f"cash of 90 days, {len(still):,} open")
        found = train_credit(documents, today, rng)
        clients = np.unique(documents.client)
        score(found.model, seen, clients, today)
        done("who pays late")
        train_lifetime(orders.client, orders.day, orders.amount, orders.today, rng)
        done(f"lifetime value, {len(orders.day):,} orders")
        return took

    return work, 1
