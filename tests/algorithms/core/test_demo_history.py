from collections import Counter
from datetime import date

import pytest
from demonstration import DAYS_TO_BE_TODAY, TODAY, history_of

from demo import planted
from demo.catalog import CATEGORIES, GOODS
from demo.customers import CUSTOMERS
from demo.history import CODES, SMALL, generate_history
from demo.stock_history import generate_stock


@pytest.fixture(scope="module", params=DAYS_TO_BE_TODAY, ids=str)
def history(request):
    return history_of(request.param)


def sold(history, company="atlas"):
    return [o for o in history.orders if o.state == "sale" and o.company == company]


def test_the_same_seed_gives_the_same_history(history):
    assert generate_history(history.today) == history
    assert generate_history(history.today, seed=18) != history


def test_sizes_are_those_promised(history):
    assert (len(GOODS), len(set(CODES)), len(CATEGORIES) - 1) == (80, 80, 6)
    assert len({customer.name for customer in CUSTOMERS}) == 150
    confirmed = [order for order in history.orders if order.state == "sale"]
    assert len(confirmed) == sum(planted.ORDERS.values()) == 2000
    baskets = [len(o.lines) for o in confirmed]
    assert 2 < sum(baskets) / len(baskets) < 4
    assert max(baskets) >= 15


def test_a_small_history_has_all_that_happens_in_a_year(history):
    def happens(orders):
        decided = [order for order in orders if order.state in ("sale", "cancel")]
        return {(o.company, o.state, o.credited > 0, o.lines[0].quantity < 0) for o in decided}

    small = generate_history(history.today, share=SMALL)
    assert len(small.orders) < 1.5 * SMALL * len(history.orders)
    assert happens(small.orders) == happens(history.orders)
    assert any(order.state in ("draft", "sent") for order in small.orders)
    assert generate_stock(small).purchases


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2027, 1, 1), TODAY])
def test_any_day_can_be_today(today):
    history = history_of(today)
    assert all(0 <= order.day < 365 for order in history.orders)
    assert all(order.lines for order in history.orders)


@pytest.mark.parametrize("company", ["atlas", "kivu"])
def test_bundles_are_there_with_their_probabilities(history, company):
    baskets = [{line.code for line in order.lines} for order in sold(history, company)]
    for bundle in planted.BUNDLES_OF_COMPANY[company]:
        heads = [basket for basket in baskets if bundle.head in basket]
        assert len(heads) >= 8, bundle
        for companion, probability in bundle.companions.items():
            share = sum(companion in basket for basket in heads) / len(heads)
            margin = 4 * (probability * (1 - probability) / len(heads)) ** 0.5
            assert abs(share - probability) < margin + 0.05, (bundle.head, companion)


def quantity_by_day(history, code):
    days = Counter()
    for order in sold(history):
        for line in order.lines:
            if line.code == code and line.quantity > 0:
                days[order.day] += line.quantity * (12 if line.in_dozens else 1)
    return days


@pytest.mark.parametrize(("code", "day", "_factor"), planted.SPIKES)
def test_spikes_stand_out(history, code, day, _factor):
    days = quantity_by_day(history, code)
    assert days[day] > 3 * max(value for other, value in days.items() if other != day)


def test_the_collapse_is_one(history):
    code, first, last, _left = planted.COLLAPSE
    days = quantity_by_day(history, code)
    inside = sum(days[d] for d in range(last, first + 1)) / (first - last + 1)
    outside = sum(days[d] for d in range(first + 1, first + 120)) / 119
    assert inside < 0.2 * outside


def test_life_cycles_hold(history):
    for code, first in planted.NEW.items():
        assert max(quantity_by_day(history, code)) <= first
    for code, last in planted.DISCONTINUED.items():
        assert min(quantity_by_day(history, code)) > last
    for code, factor in planted.TRENDS.items():
        days = quantity_by_day(history, code)
        late, early = (sum(days[d] for d in r) for r in (range(90), range(275, 365)))
        assert (late > early) == (factor > 1), code


def test_refunds_take_back_what_was_bought(history):
    for refund in (o for o in history.orders if o.lines[0].quantity < 0):
        line = refund.lines[0]
        assert any(
            other.customer == refund.customer
            and other.day > refund.day
            and any(x.code == line.code and x.quantity == -line.quantity for x in other.lines)
            for other in history.orders
        )
    assert sum(order.credited > 0 for order in history.orders) == planted.CREDIT_NOTES


def test_hardly_anything_is_sold_on_sundays(history):
    weekdays = Counter(history.date(order).weekday() for order in sold(history))
    assert weekdays[6] < 0.03 * weekdays.total()


def test_clients_with_a_rhythm_reorder_by_it(history):
    for rhythm in planted.RHYTHMS["atlas"]:
        days = sorted(
            order.day
            for order in sold(history)
            if order.customer == rhythm.customer
            and any(line.code == rhythm.code for line in order.lines)
        )
        assert len(days) >= 3, rhythm
        steps = [later - earlier for earlier, later in zip(days[:-1], days[1:], strict=True)]
        assert abs(sorted(steps)[len(steps) // 2] - rhythm.interval) <= 7, rhythm
