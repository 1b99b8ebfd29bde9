"""A year of purchases, receipts, deliveries and returns that fits the sales of :mod:`.history`.

Each order is delivered an hour after it was made, from the warehouse of its customer's city, and
what is refunded comes back there. Vendors are asked in turns of their own; what they bring follows
from :mod:`.stock_levels`, so that today's stock is what :mod:`.planted` says. The same history and
seed give the same movements.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from . import planted
from .catalog import GOODS
from .customers import CUSTOMERS
from .history import DAYS, RETURN_DAYS, credited_quantity
from .stock_levels import Flow, Slot, least_level, plan
from .vendors import VENDORS, supplies, turns_of

# Warehouse codes by company; the first has what its customers' cities do not decide.
WAREHOUSES = {"atlas": ("CASA", "RABAT"), "kivu": ("LUB",)}
NORTH = ("Rabat", "Fès", "Tanger", "Oujda")
ORDER_MINUTE, RECEIPT_MINUTE = 7 * 60, 7 * 60 + 30  # of the day, for purchases
DELIVERY_MINUTES = 60  # after the order
CONSUMABLES = set(planted.CONSUMABLES)
STORABLE = [product for product in GOODS if product.code not in CONSUMABLES]
CODES = {product.code for product in GOODS}
RECENT = 90  # days that today's stock is measured by
SAFETY_DAYS = 4  # of a sensible reorder point: three, and one until the order is written
UNDER_WAY_DAYS = 40  # of sales that an order under way is for


@dataclass(frozen=True)
class Movement:
    """order : position in History.orders; line : position in its lines; quantity : pieces, above
    zero; is_return : from the customer instead of to him."""

    company: str
    warehouse: str
    code: str
    day: int
    minute: int
    quantity: float
    order: int
    line: int
    is_return: bool = False


@dataclass(frozen=True)
class Purchase:
    """ordered, received : days before today, received None where it is under way; lines : (code,
    pieces)."""

    company: str
    warehouse: str
    vendor: str
    ordered: int
    received: object
    lines: tuple

    @property
    def promised(self):
        return self.ordered - VENDORS[self.vendor].delay


@dataclass(frozen=True)
class StockHistory:
    """movements : deliveries and returns by time; purchases : by day of order; openings :
    {(company, warehouse, code): pieces} at the start; undelivered : positions of orders; on_hand :
    as openings, today."""

    movements: tuple
    purchases: tuple
    openings: dict
    undelivered: tuple
    on_hand: dict


@dataclass
class _Place:
    """One product in one warehouse."""

    company: str
    warehouse: str
    code: str
    flows: list
    waiting: float = 0.0

    @property
    def key(self):
        return self.company, self.warehouse, self.code

    @property
    def is_first(self):
        return self.warehouse == WAREHOUSES[self.company][0]


def warehouse_of(order):
    """Code of the warehouse that an order is delivered from."""
    first, *others = WAREHOUSES[order.company]
    return others[0] if others and CUSTOMERS[order.customer].city in NORTH else first


def generate_stock(history, seed=29):
    """history : History. Returns StockHistory."""
    rng = np.random.default_rng(seed)
    undelivered = _undelivered(history)
    movements = sorted(_movements(history, undelivered), key=lambda m: (-m.day, m.minute))
    places = _places(history, movements, undelivered)
    received, openings, on_hand = defaultdict(list), {}, {}
    for company, warehouses in WAREHOUSES.items():
        offers = supplies(company)
        for warehouse in warehouses:
            turns = {
                key: turns_of(key, history.today, DAYS, rng)
                for key, vendor in VENDORS.items()
                if company in vendor.companies
            }
            for product in STORABLE:
                place = places[company, warehouse, product.code]
                own = [offer for offer in offers if offer.code == product.code]
                level, opening, receipts = _fill(place, product, own, turns, rng)
                openings[place.key], on_hand[place.key] = opening, level
                for turn, quantity in receipts:
                    received[(company, warehouse, *turn)].append((product.code, quantity))
    purchases = [Purchase(*key, tuple(lines)) for key, lines in received.items()]
    purchases += _under_way(places)
    purchases.sort(key=lambda p: (p.company, -p.ordered, p.warehouse, p.vendor, p.received or 0))
    return StockHistory(
        tuple(movements), tuple(purchases), openings, tuple(undelivered), on_hand
    )  # fmt: skip


def _undelivered(history):
    """The newest orders of each company, which nobody has delivered yet."""
    result = []
    for company, count in planted.UNDELIVERED.items():
        result += [
            position
            for position, order in enumerate(history.orders)
            if order.company == company and order.state == "sale" and order.lines[0].quantity > 0
        ][-count:]
    return result


def _pieces(line):
    return abs(line.quantity) * (12 if line.in_dozens else 1)


def _movements(history, undelivered):
    left_out = set(undelivered)
    for position, order in enumerate(history.orders):
        if order.state != "sale" or position in left_out:
            continue
        place = order.company, warehouse_of(order)
        minute = order.minute + DELIVERY_MINUTES
        for number, line in enumerate(order.lines):
            if line.code in CODES:
                yield Movement(
                    *place, line.code, order.day, minute, _pieces(line), position, number,
                    is_return=line.quantity < 0,
                )  # fmt: skip
        if order.credited:
            line = order.lines[0]
            back = credited_quantity(line.quantity, order.credited) * (12 if line.in_dozens else 1)
            yield Movement(
                *place, line.code, order.day - RETURN_DAYS, minute, back, position, 0,
                is_return=True,
            )  # fmt: skip


def _at(day, minute):
    """Minutes since the start."""
    return (DAYS - day) * 24 * 60 + minute


def _places(history, movements, undelivered):
    places = {
        (company, warehouse, product.code): _Place(company, warehouse, product.code, [])
        for company, warehouses in WAREHOUSES.items()
        for warehouse in warehouses
        for product in STORABLE
    }
    for movement in movements:
        if movement.code not in CONSUMABLES:
            quantity = movement.quantity if movement.is_return else -movement.quantity
            place = places[movement.company, movement.warehouse, movement.code]
            place.flows.append(Flow(_at(movement.day, movement.minute), quantity))
    for order in (history.orders[position] for position in undelivered):
        for line in order.lines:
            key = order.company, warehouse_of(order), line.code
            if key in places:
                places[key].waiting += _pieces(line)
    return places


def daily_sales(flows, days):
    """Pieces a day over the last days."""
    since = _at(days, 0)
    return max(0.0, -sum(flow.quantity for flow in flows if flow.at >= since)) / days


def _fill(place, product, offers, turns, rng):
    """(level today, level at the start, [(turn, pieces)]) of a product in a warehouse."""
    main = offers[0]
    level = _level_today(place, product, main, rng)
    own = sorted((turn for offer in offers for turn in turns[offer.vendor]), key=lambda t: -t[2])
    slots = [Slot(_at(turn[2], RECEIPT_MINUTE)) for turn in own]
    slots, own = _with_planted_slots(place.code, main, slots, own)
    pace = daily_sales(place.flows, DAYS)
    # Less than ten days of sales are not worth an order.
    least = max(main.minimum * main.unit, 10 * pace)
    kept = [pace * main.delay * rng.uniform(0.3, 0.9) + pace * rng.uniform(1, 5) for _slot in slots]
    made = plan(
        place.flows, slots, level, lambda position: round(kept[position]), least, main.multiple
    )  # fmt: skip
    receipts = [(turn, pieces) for turn, pieces in zip(own, made.receipts, strict=True) if pieces]
    return level, made.opening, receipts


def _with_planted_slots(code, main, slots, turns):
    """Slots without those of days out of stock, and with those that end them or start a product."""
    starts = [last - 1 for c, _first, last in planted.STOCK_OUTS if c == code]
    starts += [first + 1 for c, first in planted.NEW.items() if c == code]
    closed = [(last, first) for c, first, last in planted.STOCK_OUTS if c == code]
    closed += [(first + 1, DAYS) for c, first in planted.NEW.items() if c == code]
    pairs = [
        (slot, turn)
        for slot, turn in zip(slots, turns, strict=True)
        if not any(last <= turn[2] <= first for last, first in closed)
        and turn[2] not in starts
    ]  # fmt: skip
    for day in starts:
        slot = Slot(_at(day, RECEIPT_MINUTE), empties=True)
        pairs.append((slot, (main.vendor, day + max(main.delay, 0), day)))
    pairs.sort(key=lambda pair: pair[0].at)
    return [slot for slot, _turn in pairs], [turn for _slot, turn in pairs]


def reorder_point(flows, delay):
    """Pieces that should be there when an order is written, by the sales of the last months."""
    return max(daily_sales(flows, RECENT), daily_sales(flows, 28)) * (delay + SAFETY_DAYS)


def _level_today(place, product, offer, rng):
    company, code = place.company, place.code
    point = reorder_point(place.flows, offer.delay)
    least = least_level(place.flows)
    if (company, code) == planted.NEGATIVE_STOCK[:2]:
        return float(planted.NEGATIVE_STOCK[2]) if place.is_first else least
    share = rng.uniform(0.1, 0.3)
    if code in {*planted.LOW[company], *planted.UNDER_WAY[company]}:
        usual = daily_sales(place.flows, RECENT) * (offer.delay + SAFETY_DAYS)
        return max(least, float(round(usual * share)))
    if code in planted.DISCONTINUED:
        return least
    if code in planted.DEAD_STOCK:
        return least + product.typical * int(rng.integers(12, 20))
    if code in planted.WATCH[company]:
        return max(least, float(round(daily_sales(place.flows, RECENT) * 10) + place.waiting))
    if not place.flows and not place.is_first:
        return place.waiting
    comfort = point * rng.uniform(1.6, 2.4) + 15 * daily_sales(place.flows, RECENT)
    return max(least, float(round(comfort) + place.waiting + product.typical))


def _under_way(places):
    """Orders that were not received yet, one for each vendor; the late one's is overdue."""
    lines = defaultdict(list)
    for company, codes in planted.UNDER_WAY.items():
        main = {}
        for offer in supplies(company):
            main.setdefault(offer.code, offer)
        for code in codes:
            offer, place = main[code], places[company, WAREHOUSES[company][0], code]
            days = UNDER_WAY_DAYS + 2 * offer.delay
            wanted = days * max(daily_sales(place.flows, RECENT), 0.1)
            pieces = max(wanted, offer.minimum * offer.unit)
            packages = -(-pieces // offer.multiple)
            lines[company, offer.vendor].append((code, float(packages * offer.multiple)))
    return [
        Purchase(company, WAREHOUSES[company][0], vendor, _ordered(vendor), None, tuple(rows))
        for (company, vendor), rows in lines.items()
    ]


def _ordered(vendor):
    delay = VENDORS[vendor].delay
    return delay + 3 if vendor == planted.LATE_VENDOR else max(1, delay // 2)
