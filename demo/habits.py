"""Who buys what: trades with tastes of their own, and clients who reorder like clockwork.

Only the customers of orders change here, neither their days nor their products, so that what a
product sells is the same with and without habits.
"""

from dataclasses import replace

import numpy as np

from . import planted
from .customers import CUSTOMERS, CUSTOMERS_OF_COMPANY

# An order is near enough to a client's day of reorder.
NEAR_DAYS = 5


def with_habits(orders, company, rng):
    """Orders of a company whose customers have habits.

    orders : list of history.Order; rng : numpy Generator. Returns a list in the same order.
    """
    orders = [_by_taste(order, company, rng) for order in orders]
    orders = _without_leavers(orders, company)
    taken = set()
    for rhythm in planted.RHYTHMS[company]:
        orders = _without_product(orders, rhythm, company, rng)
    for rhythm in planted.RHYTHMS[company]:
        for day in range(rhythm.last_day, rhythm.since_day, rhythm.interval):
            position = _nearest(orders, rhythm.code, day, taken)
            if position is not None:
                taken.add(position)
                orders[position] = replace(orders[position], customer=rhythm.customer)
    return orders


def _by_taste(order, company, rng):
    """Give an order to a customer whose trade likes what is in it, more often than not."""
    lovers = _lovers(company, order.lines[0].code[:3])
    if not lovers or rng.random() > planted.TASTE_SHARE:
        return order
    weights = np.arange(1, len(lovers) + 1) ** -0.6
    return replace(order, customer=int(lovers[rng.choice(len(lovers), p=weights / weights.sum())]))


def _lovers(company, family):
    """Positions of customers whose trade buys a family of products most."""
    trades = planted.TASTES.get(family, ())
    return [
        position
        for position in CUSTOMERS_OF_COMPANY[company]
        if CUSTOMERS[position].name.startswith(trades)
    ]


def _without_leavers(orders, company):
    """Give to others what clients would have bought since they left."""
    left = planted.LEFT[company]
    others = [each for each in CUSTOMERS_OF_COMPANY[company] if each not in left]
    rng = np.random.default_rng(len(left))
    return [
        replace(order, customer=int(rng.choice(others)))
        if order.day < left.get(order.customer, 0)
        else order
        for order in orders
    ]


def _without_product(orders, rhythm, company, rng):
    """Give the client's own orders of the product away: they would break its rhythm."""
    busy = {*_regulars(company), *planted.LEFT[company]}
    others = [p for p in CUSTOMERS_OF_COMPANY[company] if p not in busy]
    return [
        replace(order, customer=int(rng.choice(others)))
        if order.customer == rhythm.customer and _holds(order, rhythm.code)
        else order
        for order in orders
    ]


def _regulars(company):
    return {rhythm.customer for rhythm in planted.RHYTHMS[company]}


def _nearest(orders, code, day, taken):
    """Position of the confirmed order with a product that is nearest to a day, or None."""
    near = [
        (abs(order.day - day), position)
        for position, order in enumerate(orders)
        if order.state == "sale"
        and position not in taken
        and abs(order.day - day) <= NEAR_DAYS
        and _holds(order, code)
    ]
    return min(near)[1] if near else None


def _holds(order, code):
    return any(line.code == code for line in order.lines)
