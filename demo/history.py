"""A year of sales that looks like a distributor's, made from a seed.

Orders fall on days by weekday, season and a gentle growth of the business. A basket starts from
products drawn by popularity (a long tail, times season, trend and life cycle of that day), and each
head of a bundle brings its companions with their probabilities. Spikes, the collapse and refunds
are laid over. What was planted is in :mod:`.planted`; nothing else in here is special, so that a
rule, trend or anomaly that is not listed there is chance.

The same day and seed give the same history, on every machine.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from . import planted
from .catalog import DELIVERY, GOODS, SERVICES
from .customers import CUSTOMERS_OF_COMPANY
from .habits import with_habits

DAYS = 365
SALESPEOPLE = 3
# Of the year's orders, where only all that happens with them is wanted.
SMALL = 0.1
CODES = [product.code for product in GOODS]
POSITION = {code: position for position, code in enumerate(CODES)}
# Orders of many products: a hotel that opens, a yearly tender.
LARGE_SHARE, LARGE_SEEDS = 0.004, (15, 22)
# Least weights of what is planted: in a product that is hardly sold nothing can be found.
PROMINENT = {
    **{bundle.head: 0.3 for bundle in planted.BUNDLES_OF_COMPANY["kivu"]},
    **dict.fromkeys(planted.TRENDS, 0.3),
    **dict.fromkeys(planted.NEW, 0.8),
    **dict.fromkeys(planted.DISCONTINUED, 0.25),
    planted.COLLAPSE[0]: 0.8,
}
LAST_SALES = {**planted.DISCONTINUED, **planted.DEAD_STOCK}
# What comes back would be in stock where none, or hardly any, is planted.
NEVER_RETURNED = {
    planted.NEGATIVE_STOCK[1],
    *planted.DEAD_STOCK,
    *(code for code, _first, _last in planted.STOCK_OUTS),
    *(code for codes in planted.LOW.values() for code in codes),
    *(code for codes in planted.UNDER_WAY.values() for code in codes),
}
RETURN_DAYS = 7  # goods come back a week after they were invoiced


@dataclass(frozen=True)
class Line:
    """code : product reference; quantity : in units, or in dozens where in_dozens."""

    code: str
    quantity: float
    in_dozens: bool = False


@dataclass(frozen=True)
class Order:
    """day : days before today; minute : of the local day; customer : position in CUSTOMERS.

    state : "sale", "cancel", "draft" or "sent"; credited : share of the first line that is credited
    after invoicing, 0 for none.
    """

    company: str
    day: int
    minute: int
    customer: int
    salesperson: int
    state: str
    lines: tuple
    credited: float = 0.0


@dataclass(frozen=True)
class History:
    today: object
    orders: tuple

    def date(self, order):
        return self.today - timedelta(days=order.day)


def credited_quantity(quantity, share):
    """How much of a line comes back where a share of it is credited."""
    return max(1.0, round(quantity * share))


def generate_history(today, seed=17, share=1.0):
    """A year of both companies.

    today : datetime.date, the last day; share : of the orders, refunds and credit notes, in which
    less is found the smaller it is. Returns History, orders by company and time.
    """
    rng = np.random.default_rng(seed)
    orders = []
    for company in planted.ORDERS:
        orders += _company_orders(company, today, share, rng)
    return History(today, tuple(orders))


def _company_orders(company, today, share, rng):
    days = _day_shares(today)
    weights = np.stack([_day_weights(today, day) for day in range(DAYS)])
    states = (
        ["sale"] * _part(planted.ORDERS[company], share)
        + ["cancel"] * _part(planted.CANCELLED[company], share)
        + ["draft"] * _part(planted.OPEN_QUOTATIONS[company], share)
    )
    spikes = _spike_orders(company, rng) if company == "atlas" else []
    refunds = _part(planted.NEGATIVE_ORDERS[company], share)
    orders = [
        _order(company, state, days, weights, rng) for state in states[len(spikes) + refunds :]
    ]
    # A generator of its own: what is bought and when stays as it was without habits.
    orders = with_habits(orders, company, np.random.default_rng(len(orders)))
    orders += spikes + _negative_orders([o for o in orders if o.state == "sale"], refunds, rng)
    if company == "atlas":
        orders = _with_credit_notes(orders, _part(planted.CREDIT_NOTES, share), rng)
    return sorted(orders, key=lambda o: (-o.day, o.minute))


def _part(number, share):
    """A share of what there is in a year, and one at least."""
    return max(1, round(number * share))


def _order(company, state, days, weights, rng):
    """days : (DAYS,) share of the orders; weights : (DAYS, goods) of the start of a basket."""
    is_open = state == "draft"
    day = int(rng.integers(0, 7)) if is_open else int(rng.choice(DAYS, p=days))
    codes = _basket(company, weights[day], rng)
    lines = [_line(code, rng) for code in codes]
    if not is_open:
        lines += _extras(codes, rng)
    return Order(
        company=company,
        day=day,
        minute=int(rng.integers(8 * 60, 18 * 60)),
        customer=_customer(company, rng),
        salesperson=int(rng.integers(SALESPEOPLE)),
        state=("sent" if rng.random() < 0.5 else "draft") if is_open else state,
        lines=tuple(lines),
    )


def _day_shares(today):
    """Share of the year's orders on each day: weekday, and a growth by half over the year."""
    days = np.arange(DAYS)
    weekday = np.array([planted.WEEKDAYS[(today - timedelta(days=int(d))).weekday()] for d in days])
    shares = weekday * (1.5 - 0.5 * days / DAYS)
    return shares / shares.sum()


def _day_weights(today, day):
    """Probability of each product as the start of a basket on a day."""
    weights = np.array([_weight(product, today, day) for product in GOODS])
    return weights / weights.sum()


def _weight(product, today, day):
    code = product.code
    if day > planted.NEW.get(code, DAYS) or day <= LAST_SALES.get(code, -1) or _is_out(code, day):
        return 0.0
    # Popularity does not follow the order of the catalogue, so the rank is shuffled by a prime.
    rank = (POSITION[code] * 37 + 56) % len(GOODS) + 1
    weight = max((rank + 1) ** -0.8, PROMINENT.get(code, 0.0))
    if code in planted.INTERMITTENT:
        weight = 0.02
    months, factor = planted.SEASONS.get(product.season, ((), 1.0))
    # A season on top would hide a trend: within one year nobody can tell the two apart.
    if code not in planted.TRENDS and (today - timedelta(days=day)).month in months:
        weight *= factor
    # Around its mean of the year, so that what declines is not rare from the start.
    weight *= planted.TRENDS.get(code, 1.0) ** (0.5 - day / DAYS)
    collapsed, first, last, left = planted.COLLAPSE
    return weight * left if code == collapsed and last <= day <= first else weight


def _is_out(code, day):
    """Whether a product is out of stock on a day."""
    return any(c == code and last <= day <= first for c, first, last in planted.STOCK_OUTS)


def _basket(company, weights, rng):
    """Distinct product codes: seeds by popularity, then the companions of their bundles."""
    if rng.random() < LARGE_SHARE:
        size = int(rng.integers(*LARGE_SEEDS))
    else:
        size = 1 + int(rng.poisson(1.0))
    seeds = rng.choice(
        len(GOODS), size=min(size, np.count_nonzero(weights)), replace=False, p=weights
    )
    codes = {CODES[position]: None for position in seeds}
    for bundle in planted.BUNDLES_OF_COMPANY[company]:
        if bundle.head in codes:
            for companion, probability in bundle.companions.items():
                # A companion follows its own life and collapse too.
                if weights[POSITION[companion]] > 0 and rng.random() < probability:
                    codes[companion] = None
    return list(codes)


def _line(code, rng):
    typical = GOODS[POSITION[code]].typical
    if code in planted.INTERMITTENT:
        return Line(code, float(rng.integers(1, 3)))
    quantity = max(1, round(typical * rng.lognormal(0.0, 0.35)))
    if typical >= 10 and rng.random() < 0.08:
        return Line(code, float(max(1, round(quantity / 12))), in_dozens=True)
    return Line(code, float(quantity))


def _extras(codes, rng):
    """Services and deliveries, which must never appear in a rule."""
    lines = []
    if {"EAU-01", "EAU-09", "BUR-01"} & set(codes) and rng.random() < 0.5:
        lines.append(Line(SERVICES[0].code, 1.0))
    if rng.random() < 0.03:
        lines.append(Line(SERVICES[1].code, 1.0))
    if rng.random() < 0.45:
        lines.append(Line(DELIVERY.code, 1.0))
    return lines


def _customer(company, rng):
    """A few customers buy much, most buy little."""
    positions = CUSTOMERS_OF_COMPANY[company]
    weights = np.arange(1, len(positions) + 1) ** -0.6
    return int(positions[rng.choice(len(positions), p=weights / weights.sum())])


def _spike_orders(company, rng):
    """Single-product orders on one day, with many times the usual quantity."""
    orders = []
    for code, day, factor in planted.SPIKES:
        for _number in range(planted.SPIKE_ORDERS):
            quantity = float(GOODS[POSITION[code]].typical * factor)
            orders.append(
                Order(
                    company=company,
                    day=day,
                    minute=int(rng.integers(8 * 60, 18 * 60)),
                    customer=_customer(company, rng),
                    salesperson=int(rng.integers(SALESPEOPLE)),
                    state="sale",
                    lines=(Line(code, quantity),),
                )
            )
    return orders


def _negative_orders(sold, number, rng):
    """Orders that take back one line of an earlier order of the same customer."""
    candidates = [o for o in sold if o.day > 10 and o.lines[0].code not in NEVER_RETURNED]
    refunds = []
    for position in rng.choice(len(candidates), size=number, replace=False):
        order = candidates[position]
        line = order.lines[0]
        refunds.append(
            Order(
                company=order.company,
                day=order.day - int(rng.integers(3, 10)),
                minute=order.minute,
                customer=order.customer,
                salesperson=order.salesperson,
                state="sale",
                lines=(Line(line.code, -line.quantity, line.in_dozens),),
            )
        )
    return refunds


def _with_credit_notes(orders, number, rng):
    """Mark so many orders to be invoiced and credited, some wholly and some by half."""
    candidates = [
        position
        for position, order in enumerate(orders)
        if order.state == "sale"
        and order.day > 20
        and order.lines[0].quantity > 1
        and order.lines[0].code not in NEVER_RETURNED
    ]
    result = list(orders)
    for position in rng.choice(candidates, size=number, replace=False):
        share = 1.0 if rng.random() < 0.6 else 0.5
        result[position] = Order(**{**vars(orders[position]), "credited": share})
    return result
