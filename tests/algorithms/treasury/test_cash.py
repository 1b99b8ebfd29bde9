"""Cash: nothing in the past, nothing twice, one pace for all, what-ifs that change only theirs."""

import numpy as np
import pytest

from algorithms.treasury.cash import outlook, simulate
from algorithms.treasury.delay_backtest import run_delay_backtest
from algorithms.treasury.delays import FIRST, LAST, learn
from algorithms.treasury.documents import Documents
from algorithms.treasury.items import (
    BILL,
    INVOICE,
    ORDER,
    PLANNED,
    collected_earlier,
    items,
    paying_later,
    without,
)
from algorithms.treasury.pace import Pace
from algorithms.treasury.recurring import occurrences
from benchmarks.receivables_made import made_book

TODAY = 20_000


def day(text):
    return int(np.datetime64(text).astype(int))


@pytest.fixture(scope="module")
def habits():
    rng = np.random.default_rng(0)
    due = TODAY - rng.integers(60, 500, 800)
    client = rng.integers(0, 8, 800)
    delay = rng.normal(5 * client - 10, 4).astype(int)
    return learn(Documents(client, due - 30, due, due + delay, np.ones(800)), TODAY, "habit")


def forecast(habits, given, **options):
    return simulate(given, habits, habits, TODAY, 1, **options)


def test_planned_lines_are_paid_on_their_day_and_past_ones_tomorrow(habits):
    given = items(
        [1, 2, 3], [PLANNED] * 3, [0] * 3, [TODAY + 5, TODAY - 9, TODAY + 200], [-50.0, -7, -1]
    )
    found = forecast(habits, given, balance=100.0)
    assert found.median[[0, 3, 4, 89]].tolist() == [93, 93, 43, 43]
    assert found.low.tolist() == found.high.tolist()
    assert found.beyond == -1
    assert found.within.tolist() == [[-50, -50, -50], [-7, -7, -7], [0, 0, 0]]


def test_nothing_is_paid_today_or_before(habits):
    late = items(range(50), [INVOICE] * 50, np.arange(50) % 8, TODAY - np.arange(50), np.ones(50))
    found = forecast(habits, late, balance=0.0)
    assert found.day[0] == TODAY + 1
    assert (found.totals[:, -1] <= 50).all()
    assert found.by_kind[INVOICE, -1] + found.beyond == pytest.approx(50)


def test_open_invoices_follow_the_conditional_chance(habits):
    given = items([1], [INVOICE], [4], [TODAY - 8], [1.0])
    found = forecast(habits, given, paths=20_000)
    row = habits.row(np.array([4]))
    chance = 1 - habits.longer(row, np.array([8 + 7])) / habits.longer(row, np.array([8]))
    assert found.mean[6] == pytest.approx(float(chance[0]), abs=0.01)


def test_orders_come_with_their_chance(habits):
    given = items([1], [ORDER], [0], [TODAY + 20], [100.0], chance=[0.3])
    assert forecast(habits, given, paths=20_000).mean[-1] == pytest.approx(30, abs=1.5)


def test_bills_follow_our_own_habits(habits):
    ours = learn(Documents([9] * 30, [0] * 30, [0] * 30, [0] * 30, np.ones(30)), TODAY, "all")
    given = items([1], [BILL], [3], [TODAY + 10], [-100.0])
    found = simulate(given, habits, ours, TODAY, 1)
    assert found.mean[8] > -5
    assert found.mean[9] < -90


def test_a_document_given_twice_is_an_error():
    with pytest.raises(ValueError, match="item 7 is given twice"):
        items([7, 7], [0, 2], [1, 1], [TODAY, TODAY], [1.0, 1.0])
    with pytest.raises(ValueError, match="no number"):
        items([7], [0], [1], [TODAY], [np.inf])
    with pytest.raises(ValueError, match="above 1"):
        items([7], [0], [1], [TODAY], [1.0], chance=[1.2])


def test_a_common_shock_widens_the_band_of_many_invoices(habits):
    number = 600
    given = items(
        range(number), [INVOICE] * number, np.arange(number) % 8, [TODAY] * number, np.ones(number)
    )
    width = []
    for sd in (0.0, 0.3):
        low, _median, high, _mean = forecast(habits, given, paces=(Pace(sd=sd), Pace())).change(7)
        width.append(high - low)
    assert width[1] > 2 * width[0]


def test_a_faster_pace_brings_more_and_sooner(habits):
    given = items(range(100), [INVOICE] * 100, np.arange(100) % 8, [TODAY] * 100, np.ones(100))
    slow, fast = (
        forecast(habits, given, paces=(Pace(mean=mean), Pace())).mean[6] for mean in (-0.5, 0.5)
    )
    assert fast > slow + 5


def test_the_day_below_the_limit_is_told_with_its_chance(habits):
    salaries = items([1], [PLANNED], [0], [TODAY + 12], [-100.0])
    sure = forecast(habits, salaries, balance=80.0, limit=0.0)
    assert (sure.cross_chance, sure.cross_day, sure.first_day) == (1.0, TODAY + 12, TODAY + 12)
    never = forecast(habits, salaries, balance=100.0, limit=0.0)
    assert (never.cross_chance, never.cross_day, never.first_day) == (0.0, None, None)
    both = items([1, 2], [PLANNED, INVOICE], [0, 7], [TODAY + 12, TODAY - 12], [-100.0, 60.0])
    maybe = forecast(habits, both, balance=80.0, limit=0.0)
    assert 0 < maybe.cross_chance < 1
    assert maybe.cross_chance >= maybe.below.max() - 1e-12


def test_what_ifs_change_only_what_they_say(habits):
    given = items(range(80), [INVOICE] * 80, np.arange(80) % 8, TODAY + np.arange(80), np.ones(80))
    before = forecast(habits, given)
    later = forecast(habits, paying_later(given, 3, 30))
    others = given.partner != 3
    assert (later.within[others] == before.within[others]).all()
    assert (later.within[~others, 1] <= before.within[~others, 1]).all()
    gone = forecast(habits, without(given, [5]))
    rest = given.key != 5
    assert (gone.within[rest] == before.within[rest]).all()
    assert gone.within[5].tolist() == [0, 0, 0]
    sooner = forecast(habits, collected_earlier(given, 10))
    assert (sooner.mean >= before.mean - 1e-9).all()
    assert sooner.mean[29] > before.mean[29] + 3


def test_the_same_seed_draws_the_same(habits):
    given = items(range(9), [INVOICE] * 9, range(9), [TODAY] * 9, np.ones(9))
    assert (forecast(habits, given).totals == forecast(habits, given).totals).all()


def test_without_items_the_balance_stays(habits):
    found = forecast(habits, items([], [], [], [], []), balance=12.0)
    assert set(found.median) == {12.0}
    assert found.within.shape == (0, 3)


def test_the_band_holds_what_planted_shocks_bring():
    inside = []
    for seed in range(3):
        book = made_book(seed, shock=4.0)
        report = run_delay_backtest(book.documents, book.today, np.random.default_rng(0), 14)
        for origin in report.origins[-report.judged :]:
            still = book.documents.on(origin.day)
            still = still.take(still.is_open)
            known = learn(book.documents, origin.day, *report.method, clients=still.client)
            given = items(
                range(len(still)), [0] * len(still), still.client, still.due, still.amount
            )
            paces = (origin.pace[report.method], Pace())
            found = simulate(given, known, known, origin.day, 0, horizon=14, paces=paces, paths=400)
            low, _median, high, _mean = found.change(14)
            inside.append(low <= origin.came <= high)
    assert 0.65 <= np.mean(inside) <= 0.92


def test_the_outlook_of_open_invoices_agrees_with_the_futures(habits):
    client = np.array([0, 4, 7, 99])
    due = np.array([TODAY + 10, TODAY - 8, TODAY - 40, TODAY - 400])
    found = outlook(habits, client, due, TODAY)
    assert (found.day > TODAY).all()
    assert (found.low_day <= found.day).all()
    assert (found.day <= found.high_day).all()
    assert found.late_30[2:].tolist() == [1, 1]
    assert found.late_60[3] == 1
    given = items(range(4), [INVOICE] * 4, client, due, np.ones(4))
    paths = forecast(habits, given, horizon=365, paths=20_000, marks=(38,))
    row = habits.row(client[1:2])
    assert found.late_30[1] == pytest.approx(1 - paths.within[1, 0], abs=0.01)
    middle = int(found.day[1] - TODAY)
    assert habits.longer(row, np.array([8 + middle])) <= 0.5 * habits.longer(row, np.array([8]))
    assert 0 <= found.lateness[0] <= found.lateness[2] <= found.lateness[3] <= LAST - FIRST


def test_recurring_payments_know_the_ends_of_months():
    first = day("2026-01-31")
    found = occurrences(first, "month", 1, first, day("2026-05-31"))
    assert found.tolist() == [day(f"2026-{end}") for end in ("02-28", "03-31", "04-30", "05-31")]
    assert occurrences(first, "month", 3, first - 1, day("2026-12-31")).tolist() == [
        first,
        day("2026-04-30"),
        day("2026-07-31"),
        day("2026-10-31"),
    ]
    assert occurrences(
        day("2024-02-29"), "year", 1, day("2025-01-01"), day("2026-12-31")
    ).tolist() == [
        day("2025-02-28"),
        day("2026-02-28"),
    ]
    assert occurrences(100, "week", 2, 110, 150).tolist() == [114, 128, 142]
    assert occurrences(100, "day", 7, 99, 150, last=110).tolist() == [100, 107]
    assert occurrences(100, "month", 1, 20, 90).tolist() == []
    with pytest.raises(ValueError, match="cannot come"):
        occurrences(100, "moon", 1, 0, 200)


def test_a_company_that_begins_today_has_a_forecast():
    none = learn(Documents(*[np.zeros(0)] * 5), TODAY)
    given = items([1, 2], [INVOICE, BILL], [5, 6], [TODAY + 20, TODAY + 20], [100.0, -40.0])
    found = simulate(given, none, none, TODAY, 1)
    assert found.median[17] == 0
    assert 0 < found.mean[-1] < 60
    assert outlook(none, [5], [TODAY + 20], TODAY).day[0] >= TODAY + 20
