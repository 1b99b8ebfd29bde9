"""Draws the orders: who buys on which day, and what is in the basket."""

from dataclasses import dataclass, field, replace

import numpy as np

from .catalog import (
    DELIVERY,
    GOODS,
    INDEX,
    INSTALLATION,
    MAINTENANCE,
    PRODUCTS,
    TRAINING,
    UOM_FACTOR,
)
from .customers import CUSTOMERS
from .demand import day_weights, product_weights, spike_day
from .planted import ATLAS, KIVU, PLANTED

OPEN_DAYS = 21  # open quotations are at most three weeks old
QUANTITY_FACTORS = np.array([0.5, 1.0, 1.0, 1.0, 1.5, 2.0, 3.0])
BULK_SHARE = 0.4  # of the lines that reach a whole dozen or pack are ordered in it
BIG_BASKET = (15, 22)
RARE_SERVICE_RATE = 0.02
# The shop is open from 8 to 18.
OPENING_MINUTE, OPEN_MINUTES = 8 * 60, 10 * 60


@dataclass(frozen=True)
class DraftLine:
    product: int
    quantity: float
    uom: str


@dataclass(frozen=True, eq=False)
class Draft:
    """An order before it has its place among the others; ``returns`` is the order taken back."""

    company: int
    customer: int
    day: np.datetime64
    minute: int
    state: str
    lines: tuple
    returns: "Draft | None" = field(default=None, repr=False)


def draw_all_orders(draws, today, calendar):
    """Orders and quotations of both companies, in no order of time.

    calendar : (days,) datetime64[D], ending yesterday.
    Returns list of Draft.
    """
    weights = product_weights(calendar)
    drafts = []
    for company in (ATLAS, KIVU):
        shop = _Shop(draws, company, calendar, weights)
        drafts += shop.sales(today) + shop.quotations()
    return drafts


class _Shop:
    """Draws the orders of one company."""

    def __init__(self, draws, company, calendar, weights):
        self.draws = draws
        self.company = company
        self.calendar = calendar
        self.weights = weights
        self.day_weights = day_weights(company, calendar)
        self.customers = customers_of(company)
        # The first of a list buys most; the square root keeps the others from vanishing.
        self.customer_weights = 1 / np.sqrt(np.arange(1, len(self.customers) + 1))
        self._companion_credit = {
            (bundle.name, ref): draws.uniform(1)[0]
            for bundle in PLANTED.bundles
            for ref in bundle.companions
        }

    # Orders

    def sales(self, today):
        spikes = PLANTED.spikes if self.company == ATLAS else ()
        promoted = [order for spike in spikes for order in self._spike_orders(today, spike)]
        count = PLANTED.order_counts[self.company] - len(promoted)
        ordinary = self._orders(self.draws.pick(self.day_weights, count), "sale")
        if self.company == ATLAS:
            ordinary = self._with_parts(ordinary)
        return ordinary + promoted

    def quotations(self):
        cancelled = self._orders(
            self.draws.pick(self.day_weights, PLANTED.cancelled_counts[self.company]), "cancel"
        )
        recent = np.where(
            np.arange(len(self.calendar)) >= len(self.calendar) - OPEN_DAYS, self.day_weights, 0
        )
        days = self.draws.pick(recent, PLANTED.open_counts[self.company])
        half = len(days) // 2
        return (
            [self._with_decoy(order) for order in cancelled]
            + self._orders(days[:half], "draft")
            + self._orders(days[half:], "sent")
        )

    def _orders(self, days, state):
        return [self._order(int(day), state, self._basket(int(day))) for day in days]

    def _order(self, day, state, products, quantity_factor=1):
        """quantity_factor : applied to the first product."""
        lines = [
            self._line(product, quantity_factor if place == 0 else 1)
            for place, product in enumerate(products)
        ]
        return Draft(
            company=self.company,
            customer=self.customers[int(self.draws.pick(self.customer_weights, 1)[0])],
            day=self.calendar[day],
            minute=OPENING_MINUTE + int(self.draws.uniform(1)[0] * OPEN_MINUTES),
            state=state,
            lines=tuple(lines + self._service_lines(products)),
        )

    def _spike_orders(self, today, spike):
        day = int(np.searchsorted(self.calendar, spike_day(today, spike)))
        promoted = INDEX[spike.ref]
        for _number in range(spike.extra_orders):
            others = self._popular(day, self.draws.binomial(2, 0.5), taken=[promoted])
            yield self._order(day, "sale", [promoted, *others], spike.quantity_factor)

    # Baskets

    def _basket(self, day):
        """Distinct goods of one order: at most one bundle, and what else is needed.

        The number of other goods is binomial: with a spread like a geometric one, large baskets
        would make every two popular goods look related.
        """
        bundle = self._bundle()
        if self.draws.chance(PLANTED.big_order_rate):
            low, high = BIG_BASKET
            others = low + int(self.draws.uniform(1)[0] * (high - low + 1)) - len(bundle)
        elif bundle:
            others = self.draws.binomial(4, 0.35)
        else:
            others = 1 + self.draws.binomial(5, 0.3)
        return [*bundle, *self._popular(day, others, taken=bundle)]

    def _bundle(self):
        rates = [bundle.rate for bundle in PLANTED.bundles]
        choice = int(self.draws.pick(np.array([*rates, 1 - sum(rates)]), 1)[0])
        if choice == len(rates):
            return []
        bundle = PLANTED.bundles[choice]
        bought = [ref for ref in bundle.companions if self._takes_companion(bundle, ref)]
        return [INDEX[ref] for ref in (bundle.anchor, *bought)]

    def _takes_companion(self, bundle, ref):
        """Whether a companion is bought: evenly spread, so that even the few orders of the small
        company show the planted chance and not the luck of twenty throws."""
        credit = self._companion_credit[bundle.name, ref] + bundle.companions[ref]
        self._companion_credit[bundle.name, ref] = credit % 1
        return credit >= 1

    def _popular(self, day, count, taken):
        weights = self.weights[day].copy()
        weights[taken] = 0
        return self.draws.pick_distinct(weights, count).tolist()

    # Lines

    def _line(self, position, quantity_factor=1):
        product = PRODUCTS[position]
        spread = QUANTITY_FACTORS[int(self.draws.uniform(1)[0] * len(QUANTITY_FACTORS))]
        quantity = max(1, round(product.usual * spread * quantity_factor))
        if product.bulk_uom and self.draws.chance(BULK_SHARE):
            factor = UOM_FACTOR[product.bulk_uom]
            if quantity >= factor:
                return DraftLine(position, float(round(quantity / factor)), product.bulk_uom)
        return DraftLine(position, float(quantity), product.uom)

    def _service_lines(self, products):
        """Installation, rare services and delivery beside the goods."""
        refs = [PRODUCTS[product].ref for product in products]
        install = max((PLANTED.installation.get(ref, 0) for ref in refs), default=0)
        chances = (
            (INSTALLATION, install),
            (MAINTENANCE, RARE_SERVICE_RATE),
            (TRAINING, RARE_SERVICE_RATE),
            (DELIVERY, PLANTED.delivery_rate),
        )
        return [
            DraftLine(INDEX[service.ref], 1.0, service.uom)
            for service, chance in chances
            if self.draws.chance(chance)
        ]

    # What is planted into orders that exist

    def _with_decoy(self, order):
        """The cancelled quotation, often with a pair that nobody ever bought."""
        if not self.draws.chance(PLANTED.decoy_rate):
            return order
        positions = [INDEX[ref] for ref in PLANTED.decoy]
        kept = [line for line in order.lines if line.product not in positions]
        return replace(order, lines=(*kept, *(self._line(product) for product in positions)))

    def _with_parts(self, orders):
        """Add the spare parts: each has its own memoryless clock, and rides on an order of the
        day on which somebody needs it, or of the next day with an order."""
        order_of_day = {}
        for place, order in enumerate(orders):
            order_of_day.setdefault(order.day, place)
        days = np.array(sorted(order_of_day))
        result = list(orders)
        for ref, mean in PLANTED.part_interval.items():
            for day in np.unique(self._part_days(days, mean)):
                place = order_of_day[day]
                line = self._line(INDEX[ref])
                result[place] = replace(result[place], lines=(*result[place].lines, line))
        return result

    def _part_days(self, days, mean):
        """Days, out of those with orders, on which a part with this mean interval is sold."""
        wanted, offset = [], self.draws.geometric_gap(mean) - 1
        while offset < len(self.calendar):
            place = int(np.searchsorted(days, self.calendar[offset]))
            if place < len(days):
                wanted.append(days[place])
            offset += self.draws.geometric_gap(mean)
        return wanted


def customers_of(company):
    """Positions of a company's customers: Kivu serves the DRC, Atlas the others."""
    return [
        place
        for place, customer in enumerate(CUSTOMERS)
        if (customer.country == "CD") == (company == KIVU)
    ]


def is_good(position):
    """Whether a product is one of the goods, not a service or the delivery."""
    return position < len(GOODS)
