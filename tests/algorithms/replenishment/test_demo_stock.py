from collections import defaultdict
from statistics import mean, pstdev

import pytest
from demonstration import DAYS_TO_BE_TODAY, history_of, stock_of

from demo import planted
from demo.catalog import GOODS
from demo.history import CODES, DAYS
from demo.stock_history import (
    CONSUMABLES,
    RECEIPT_MINUTE,
    WAREHOUSES,
    daily_sales,
    generate_stock,
    warehouse_of,
)
from demo.stock_levels import Flow, Slot, least_level, plan
from demo.vendors import VENDORS, supplies

DAY = 24 * 60


@pytest.fixture(scope="module", params=DAYS_TO_BE_TODAY, ids=str)
def year(request):
    return history_of(request.param), stock_of(request.param)


def flows(stock):
    """{(company, warehouse, product): [(minutes since the start, pieces)]} by time."""
    result = defaultdict(list)
    for key, quantity in stock.openings.items():
        result[key].append((-1, quantity))
    for m in stock.movements:
        if m.code not in CONSUMABLES:
            at = (DAYS - m.day) * DAY + m.minute
            pieces = m.quantity if m.is_return else -m.quantity
            result[m.company, m.warehouse, m.code].append((at, pieces))
    for p in stock.purchases:
        if p.received is not None:
            at = (DAYS - p.received) * DAY + RECEIPT_MINUTE
            for code, pieces in p.lines:
                result[p.company, p.warehouse, code].append((at, pieces))
    return {key: sorted(rows) for key, rows in result.items()}


def main_offers(company):
    offers = {}
    for offer in supplies(company):
        offers.setdefault(offer.code, offer)
    return offers


def total(stock, company, code):
    return sum(stock.on_hand[company, w, code] for w in WAREHOUSES[company])


def pace(stock, company, code, days=90):
    """Pieces a day that the company sold of late."""
    pieces = sum(
        -m.quantity if m.is_return else m.quantity
        for m in stock.movements
        if (m.company, m.code) == (company, code) and m.day <= days
    )
    return max(0.0, pieces) / days


def incoming(stock, company):
    open_purchases = [p for p in stock.purchases if p.company == company and p.received is None]
    return {code: pieces for p in open_purchases for code, pieces in p.lines}


def test_the_same_seed_gives_the_same_stock(year):
    history, stock = year
    assert generate_stock(history) == stock
    assert generate_stock(history, seed=30) != stock


def test_the_level_is_below_zero_only_where_that_is_planted(year):
    _history, stock = year
    company, code, quantity = planted.NEGATIVE_STOCK
    below = set()
    for key, rows in flows(stock).items():
        level, least = 0.0, 0.0
        for _at, pieces in rows:
            level += pieces
            least = min(least, level)
        assert level == stock.on_hand[key], key
        if least < 0:
            below.add(key)
    first = company, WAREHOUSES[company][0], code
    assert below == {first}
    assert stock.on_hand[first] == total(stock, company, code) == quantity


def test_what_is_sold_is_delivered_and_what_is_refunded_comes_back(year):
    history, stock = year
    delivered, waiting = defaultdict(float), set(stock.undelivered)
    for m in stock.movements:
        delivered[m.order, m.line] += -m.quantity if m.is_return else m.quantity
        assert m.warehouse == warehouse_of(history.orders[m.order])
        assert m.day >= 0
    for position, order in enumerate(history.orders):
        for number, line in enumerate(order.lines):
            pieces = line.quantity * (12 if line.in_dozens else 1)
            came = delivered.get((position, number), 0.0)
            if order.state != "sale" or position in waiting or line.code not in CODES:
                assert came == 0
            elif number or not order.credited:
                assert came == pieces
            else:
                assert 0 <= came < pieces


def test_the_newest_orders_are_not_delivered(year):
    history, stock = year
    for company, count in planted.UNDELIVERED.items():
        orders = [history.orders[p] for p in stock.undelivered]
        days = [order.day for order in orders if order.company == company]
        assert len(days) == count
        assert max(days) <= 14


def test_some_products_are_out_of_stock_and_not_sold(year):
    history, stock = year
    movements = flows(stock)
    for code, first, last in planted.STOCK_OUTS:
        assert first - last == 20
        sold = [o.day for o in history.orders for line in o.lines if line.code == code]
        assert not [day for day in sold if last <= day <= first]
        assert [day for day in sold if day > first]
        assert [day for day in sold if day < last]
        for company, warehouses in WAREHOUSES.items():
            for warehouse in warehouses:
                rows = movements[company, warehouse, code]
                begin, end = (DAYS - first) * DAY, (DAYS - last + 1) * DAY
                assert sum(pieces for at, pieces in rows if at < begin) == 0
                assert not [at for at, _pieces in rows if begin <= at < end]


def test_some_products_are_low_and_nothing_is_on_order(year):
    _history, stock = year
    for company, codes in planted.LOW.items():
        offers = main_offers(company)
        for code in codes:
            assert code not in incoming(stock, company)
            needed = pace(stock, company, code) * (offers[code].delay + 3)
            assert total(stock, company, code) < 0.6 * needed, code


def test_orders_under_way_are_what_brings_some_products_back(year):
    _history, stock = year
    for company, codes in planted.UNDER_WAY.items():
        assert set(incoming(stock, company)) == set(codes)
        offers = main_offers(company)
        for code in codes:
            needed = pace(stock, company, code) * (offers[code].delay + 3)
            assert total(stock, company, code) < needed
            assert total(stock, company, code) + incoming(stock, company)[code] > needed


def test_the_others_are_comfortable(year):
    _history, stock = year
    for company in WAREHOUSES:
        special = {
            *planted.LOW[company],
            *planted.UNDER_WAY[company],
            *planted.WATCH[company],
            *planted.DISCONTINUED,
            planted.NEGATIVE_STOCK[1],
        }
        for code, offer in main_offers(company).items():
            if code not in special and code not in CONSUMABLES:
                needed = pace(stock, company, code) * (offer.delay + 3)
                assert total(stock, company, code) > needed, (company, code)


def test_some_have_stock_for_ten_days_from_a_near_vendor(year):
    _history, stock = year
    for company, codes in planted.WATCH.items():
        for code in codes:
            offer = main_offers(company)[code]
            assert offer.delay <= 3
            assert total(stock, company, code) >= 7 * pace(stock, company, code)


def test_dead_stock_is_plenty_and_has_no_sale_for_four_months(year):
    history, stock = year
    for code, last in planted.DEAD_STOCK.items():
        days = [o.day for o in history.orders for line in o.lines if line.code == code]
        assert days
        assert min(days) > last >= 120
        assert total(stock, "atlas", code) >= 24


def test_receipts_come_from_vendors_as_they_sell(year):
    _history, stock = year
    for p in stock.purchases:
        offers = {o.code: o for o in supplies(p.company) if o.vendor == p.vendor}
        assert p.company in VENDORS[p.vendor].companies
        assert p.received is None or 0 < p.received <= p.ordered
        for code, pieces in p.lines:
            assert pieces > 0
            assert code in offers
            if code not in planted.NEW:  # their first receipt is what was sold until the next
                assert pieces % offers[code].unit == 0


def test_lead_times_vary_around_what_vendors_promise_and_one_is_late_by_half(year):
    _history, stock = year
    for key, vendor in VENDORS.items():
        leads = [
            p.ordered - p.received
            for p in stock.purchases
            if p.vendor == key and p.received is not None
        ]
        if vendor.delay >= 5:
            assert len(leads) >= 5, key
            promised = vendor.delay * (planted.LATENESS if key == planted.LATE_VENDOR else 1)
            assert abs(mean(leads) - promised) < 0.12 * promised + 0.6, key
            assert pstdev(leads) > 0.04 * promised


def test_vendors_are_of_every_kind():
    vendors = [vendor for vendor in VENDORS.values() if vendor.registered]
    assert 5 <= len(vendors) <= 8
    assert {vendor.currency for vendor in vendors} == {"MAD", "EUR", "USD"}
    assert (min(v.delay for v in vendors), max(v.delay for v in vendors)) == (0, 35)
    offers = main_offers("atlas")
    assert {c for c, o in offers.items() if not VENDORS[o.vendor].registered} == set(
        planted.NO_VENDOR
    )
    assert {c for c, o in offers.items() if VENDORS[o.vendor].registered and not o.delay} == set(
        planted.ZERO_DELAY
    )
    assert [c for c, o in offers.items() if not o.price] == planted.NO_PRICE
    for code in planted.SECOND_VENDOR:
        first, second = (o for o in supplies("atlas") if o.code == code)
        assert second.delay < first.delay


def test_what_is_planted_names_goods_once():
    stored = {product.code for product in GOODS} - CONSUMABLES
    for company in WAREHOUSES:
        codes = [*planted.LOW[company], *planted.UNDER_WAY[company], *planted.WATCH[company]]
        codes += [*planted.DEAD_STOCK, *planted.DISCONTINUED, planted.NEGATIVE_STOCK[1]]
        assert len(codes) == len(set(codes))
        assert set(codes) <= stored


def test_a_plan_ends_at_the_level_with_receipts_that_vendors_sell():
    sold = [Flow(day * DAY, -3.0) for day in range(1, 30)]
    slots = [Slot(5 * DAY - 1), Slot(15 * DAY - 1), Slot(25 * DAY - 1)]
    made = plan(sold, slots, 10, lambda _position: 4, minimum=10, multiple=5)
    level, levels = made.opening, []
    for _at, quantity in sorted(
        [(flow.at, flow.quantity) for flow in sold]
        + [(slot.at, quantity) for slot, quantity in zip(slots, made.receipts, strict=True)]
    ):
        level += quantity
        levels.append(level)
    assert level == 10
    assert min(levels) >= 0
    assert all(quantity == 0 or quantity >= 10 for quantity in made.receipts)
    assert all(quantity % 5 == 0 for quantity in made.receipts)


def test_a_plan_does_not_deliver_returns_before_they_came():
    back_and_gone = [Flow(DAY, 8.0), Flow(2 * DAY, -8.0)]
    made = plan(back_and_gone, [Slot(3 * DAY)], 20, lambda _position: 0)
    assert made.receipts == (20.0,)
    made = plan([Flow(DAY, 8.0)], [Slot(3 * DAY)], 20, lambda _position: 0)
    assert (made.opening, made.receipts) == (0.0, (12.0,))
    assert least_level([Flow(DAY, 8.0)]) == 8
    assert least_level(back_and_gone) == 0


def test_nothing_is_left_before_a_slot_that_empties():
    sold = [Flow(DAY, -2.0), Flow(9 * DAY, -4.0)]
    made = plan(sold, [Slot(5 * DAY, empties=True)], 3, lambda _position: 6, minimum=99)
    assert (made.opening, made.receipts) == (2.0, (7.0,))


def test_daily_sales_never_are_below_zero():
    assert daily_sales([Flow((DAYS - 5) * DAY, 9.0)], 30) == 0
    assert daily_sales([Flow((DAYS - 5) * DAY, -9.0)], 30) == 0.3
