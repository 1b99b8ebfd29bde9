"""Made books of a company: invoices with planted habits, quotations, orders, and what is true.

Each client has its own delay and scatter; periods of four weeks move all clients together, and a
slow drift makes everybody pay earlier or later. Some clients get into trouble and pay later and
later.
"""

from dataclasses import dataclass

import numpy as np

from algorithms.treasury.documents import OPEN, Documents
from algorithms.treasury.win_chance import Quotations

FIRST_DAY = 19_000
TERM = 30
PERIOD = 28


@dataclass(frozen=True)
class Book:
    """documents : Documents, everything paid in the end; today : int; mean : (clients,) float64,
    days from due of each client."""

    documents: Documents
    today: int
    mean: np.ndarray


def made_book(seed, clients=100, invoices=2500, days=700, shock=0.0, drift=0.0, spread=10.0):
    """Book. shock : float, days, deviation of what a period adds to all delays; drift : float, days
    a year that all delays change; spread : float, deviation between clients' delays, days."""
    rng = np.random.default_rng(seed)
    mean = rng.normal(2, spread, clients)
    scatter = rng.uniform(3, 9, clients)
    trouble = rng.random(clients) < 0.1
    usual = rng.normal(6, 1, clients)
    client = rng.integers(0, clients, invoices)
    issued = FIRST_DAY + rng.integers(0, days, invoices)
    age = issued - FIRST_DAY
    common = rng.normal(0, shock, days // PERIOD + 1)[age // PERIOD] if shock else 0.0
    delay = mean[client] + common + drift * age / 365 + rng.normal(0, scatter[client])
    delay += np.where(trouble[client], 40 * (age / days) ** 2, 0)
    paid = issued + np.maximum(TERM + np.rint(delay).astype(np.int64), 1)
    amount = np.exp(usual[client] + rng.normal(0, 0.4, invoices))
    return Book(Documents(client, issued, issued + TERM, paid, amount), FIRST_DAY + days, mean)


def made_quotations(seed, count=2000, clients=150, days=700, matters=True):
    """((Quotations as known today), today, (n,) true chances). matters : whether clients differ and
    discounts and amounts count; else all have one chance."""
    rng = np.random.default_rng(seed)
    client = rng.integers(0, clients, count)
    amount = np.exp(rng.normal(6, 1, count))
    discount = rng.choice([0.0, 0.05, 0.1, 0.15], count)
    sent = np.sort(FIRST_DAY + rng.integers(0, days, count))
    own = rng.normal(0, 1, clients)[client]
    logit = -0.3 + (own - 0.5 * (np.log(amount) - 6) + 5 * (discount - 0.07)) * matters
    chance = 1 / (1 + np.exp(-logit))
    won = rng.random(count) < chance
    took = np.where(won, rng.exponential(8, count), rng.exponential(40, count)).astype(np.int64)
    decided = np.where(won | (rng.random(count) < 0.5), sent + took, OPEN)
    today = FIRST_DAY + days
    known = decided <= today
    found = Quotations(
        client,
        sent,
        np.where(known, decided, OPEN),
        won & known,
        amount,
        rng.integers(1, 6, count),
        discount,
    )
    return found, today, chance


@dataclass(frozen=True)
class Orders:
    """client, day : (k,) int64; amount : (k,) float64; today : int; alive : (clients,) bool, who
    still is a client today."""

    client: np.ndarray
    day: np.ndarray
    amount: np.ndarray
    today: int
    alive: np.ndarray


def made_orders(
    seed, clients=3000, days=500, r=0.8, alpha=30.0, a=0.9, b=3.0, p=6.0, q=4.0, v=50.0
):
    """Orders as BG/NBD and Gamma-Gamma have them; alpha in days."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(r, 1 / alpha, clients)
    leaves = rng.beta(a, b, clients)
    price = rng.gamma(q, 1 / v, clients)
    start = FIRST_DAY + rng.integers(0, days // 3, clients)
    rows, alive = [], np.zeros(clients, bool)
    for client in range(clients):
        day, here = float(start[client]), True
        while here and day < FIRST_DAY + days:
            rows.append((client, int(day), rng.gamma(p, 1 / price[client])))
            gone = len(rows) > 1 and rows[-2][0] == client and rng.random() < leaves[client]
            here = not gone
            day += rng.exponential(1 / rate[client]) if here else 0.0
        alive[client] = here
    client, day, amount = map(np.array, zip(*rows, strict=True))
    return Orders(client, day, amount, FIRST_DAY + days, alive)
