"""A made call center: clients with rhythms, margins, and hours at which they answer.

Who is called is drawn by lot, at an hour drawn by lot, so that any order of the calls can be judged
by what they brought. A client that answers orders each product that it has run out of with
ORDER_SHARE, and buys by itself once it is a week late.
"""

from dataclasses import dataclass

import numpy as np

from algorithms.call.next_call_backtest import Calls
from algorithms.core.baskets import Baskets
from algorithms.suggestion.reorder_due import reorder_table

FIRST_DAY = 20_000
HOURS = np.arange(9, 19)
ORDER_SHARE = 0.6
LATE_DAYS = 7
# Log of the margin of a usual quantity, in the company's currency.
MARGIN = (4.0, 1.0)


@dataclass(frozen=True)
class CallCenter:
    """calls : Calls; chance : (n,) float64, the true chance that each call was answered."""

    calls: Calls
    chance: np.ndarray


def made_call_center(seed, clients=150, days=300, calls_a_day=30, products=3, hours_matter=True):
    """CallCenter of the last two thirds of the days; the first third only buys.

    hours_matter : whether clients have hours at which they answer; else all answer alike.
    """
    rng = np.random.default_rng(seed)
    interval = rng.integers(10, 50, (clients, products))
    margin = np.exp(rng.normal(*MARGIN, (clients, products)))
    answers = _answers(rng, clients, hours_matter)
    last = FIRST_DAY - rng.integers(0, interval)
    bought, rows, truth = [], [], []
    called = np.full(clients, -np.inf)
    for day in range(FIRST_DAY, FIRST_DAY + days):
        begun = day >= FIRST_DAY + days // 3
        expected = _expected(bought, margin, day) if begun else None
        chosen = rng.choice(clients, calls_a_day, replace=False) if begun else ()
        for client in chosen:
            hour = int(rng.choice(HOURS))
            chance = answers[client, int(hour >= 13)]
            answered = rng.random() < chance
            out = (day - last[client] >= interval[client]) & answered
            orders = np.flatnonzero(out & (rng.random(products) < ORDER_SHARE))
            brought = float(margin[client, orders].sum())
            rows.append(
                (client, day, hour, answered, brought, expected[client], day - called[client])
            )
            truth.append(chance)
            called[client] = day
            _buy(bought, last, client, orders, day)
        for client, product in zip(*np.nonzero(day - last >= interval + LATE_DAYS), strict=True):
            _buy(bought, last, client, [product], day)
    client, day, hour, answered, brought, expected, waited = map(np.array, zip(*rows, strict=True))
    calls = Calls(client, day, hour, answered, brought, expected, waited)
    return CallCenter(calls, np.array(truth))


def _answers(rng, clients, hours_matter):
    """(clients, 2) chances to answer before and after 13 o'clock."""
    if not hours_matter:
        return np.full((clients, 2), 0.5)
    morning = rng.random(clients) < 0.5
    chance = np.where(morning[:, None], (0.8, 0.25), (0.25, 0.8))
    return np.clip(chance + rng.normal(0, 0.08, chance.shape), 0.05, 0.95)


def _buy(bought, last, client, products, day):
    for product in products:
        last[client, product] = day
        bought.append((client, product, day))


def _expected(bought, margin, day):
    """(clients,) margin of what is due that morning, by the rhythms of what was bought before."""
    client, product, when = np.array(bought).T
    order = np.arange(len(bought))
    baskets = Baskets(order, product, np.ones(len(order)), client + 1, when.astype(float))
    table = reorder_table(baskets)
    due = table.take(table.is_due(day))
    expected = np.zeros(len(margin))
    np.add.at(expected, due.customer - 1, margin[due.customer - 1, due.product])
    return expected
