"""Cash of the next days: many futures, each invoice paid by its client's habits, one pace for all.

A future draws a pace for all clients and one for our own payments (``pace``), and for each item a
day by the habits of its partner, given that it is still open. Nothing is paid today or before. What
is not paid within the horizon stays away from it. The balance of each day is counted for each
future; of these come the median and the 80 % band, the chance to fall below a limit, and when.

With the same seed two calls draw the same chances, so that what a what-if changes is its own doing.
Business that nobody has ordered yet is not in it: beyond the time from order to payment the
forecast shows what is known, unless planned lines stand for the rest.
"""

from dataclasses import dataclass

import numpy as np

from .delays import DAYS, FIRST, LAST
from .items import KINDS
from .pace import Pace

BAND = 0.8
PATHS = 2000
LEAST_PATHS = 200
# Futures times items: beyond this fewer futures do, as many items even out.
MOST_DRAWS = 20_000_000
AT_ONCE = 2_000_000
MARKS = (7, 30, 90)


@dataclass(frozen=True)
class CashForecast:
    """Balance of the next H days, the first one tomorrow.

    day : (H,) int64, days since 1970. low, median, high, mean : (H,) float64, balance at the end
    of each day; low to high hold 80 %. below : (H,) float64, chance of a balance below the limit.
    cross_chance : float, chance that the balance falls below the limit within the horizon;
    cross_day : int or None, the day by which half of these futures have; first_day : int or None,
    the first day with a chance of 10 % or more to be below.
    by_kind : (5, H) float64, expected cash of each of items.KINDS, summed up to each day.
    within : (n, k) float64, expected cash of each item within so many days, ``marks``.
    beyond : float, expected amount of what is not paid within the horizon.
    balance : float, at the start; totals : (paths, H) float64, balances of the futures.
    """

    day: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray
    mean: np.ndarray
    below: np.ndarray
    cross_chance: float
    cross_day: int | None
    first_day: int | None
    by_kind: np.ndarray
    within: np.ndarray
    beyond: float
    balance: float
    totals: np.ndarray

    def change(self, days):
        """(low, median, high, mean) of what comes in less what goes out within so many days; the
        median is that of the totals, which sums of daily medians are not."""
        change = self.totals[:, days - 1] - self.balance
        low, median, high = np.quantile(change, [(1 - BAND) / 2, 0.5, (1 + BAND) / 2])
        return float(low), float(median), float(high), float(change.mean())


def simulate(
    items,
    clients,
    vendors,
    today,
    seed,
    balance=0.0,
    limit=0.0,
    horizon=90,
    paces=(),
    paths=PATHS,
    marks=MARKS,
):
    """Futures of the balance.

    items : Items; clients, vendors : Habits, of invoices and of bills; today : int, days since
    1970; seed : int; balance : float, bank and cash at the end of today (``account_move_line`` of
    accounts of type ``asset_cash``); limit : float; horizon : int days; paces : (Pace of clients,
    Pace of bills), neither unless given; paths : int; marks : days of ``within``. Returns
    CashForecast.
    """
    paths = int(np.clip(MOST_DRAWS // max(len(items), 1), LEAST_PATHS, paths))
    rng = np.random.default_rng(seed)
    theirs, own = (pace.draw(rng, paths) for pace in (paces or (Pace(), Pace())))
    days = np.zeros(paths * (horizon + 1))
    by_kind, within = np.zeros((len(KINDS), horizon)), np.zeros((len(items), len(marks)))
    step = max(1, AT_ONCE // paths)
    for start in range(0, len(items), step):
        rows = np.arange(start, min(start + step, len(items)))
        uniform, happens = rng.random((len(rows), paths)), rng.random((len(rows), paths))
        offset = np.empty((len(rows), paths), np.int64)
        for ours, habits, pace in ((False, clients, theirs), (True, vendors, own)):
            mine = items.ours[rows] == ours
            offset[mine] = _offsets(items, rows[mine], habits, pace, today, uniform[mine])
        paid = happens < items.chance[rows, None]
        offset = np.where(paid, np.minimum(offset, horizon + 1) - 1, horizon)
        for column, mark in enumerate(marks):
            within[rows, column] = (offset < mark).mean(axis=1) * items.amount[rows]
        place = offset + (horizon + 1) * np.arange(paths)
        amount = np.broadcast_to(items.amount[rows, None], offset.shape)
        days += np.bincount(place.ravel(), amount.ravel(), len(days))
        cell = offset + (horizon + 1) * items.kind[rows, None]
        summed = np.bincount(cell.ravel(), amount.ravel(), len(KINDS) * (horizon + 1))
        by_kind += summed.reshape(len(KINDS), -1)[:, :horizon] / paths
    grid = days.reshape(paths, horizon + 1)
    totals = balance + grid[:, :horizon].cumsum(axis=1)
    found = _summary(totals, today, limit)
    return CashForecast(
        **found,
        by_kind=by_kind.cumsum(axis=1),
        within=within,
        beyond=float(grid[:, -1].mean()),
        balance=balance,
        totals=totals,
    )


def _offsets(items, rows, habits, pace, today, uniform):
    """(k, paths) days from today to payment, at least 1."""
    due = items.due[rows]
    fixed = np.broadcast_to((due - today)[:, None], uniform.shape)
    age = today - due
    row = habits.row(items.partner[rows])
    now = habits.longer(row, np.minimum(age, LAST))
    wanted = now[:, None] * uniform ** (1 / pace)
    # Rows of survival one below the other, turned to ascend: one search for all.
    used, place = np.unique(row, return_inverse=True)
    ladder = (1 - habits.survival[used] + 2 * np.arange(len(used))[:, None]).ravel()
    found = np.searchsorted(ladder, 1 - wanted + 2 * place[:, None])
    delay = found - DAYS * place[:, None] + FIRST
    never = delay > LAST
    after = np.maximum(due[:, None] + delay - today, 1)
    after = np.where(never, np.iinfo(np.int32).max, after + items.moved[rows, None])
    return np.maximum(np.where(items.fixed[rows, None], fixed, after), 1)


def _summary(totals, today, limit):
    horizon = totals.shape[1]
    low, median, high = np.quantile(totals, [(1 - BAND) / 2, 0.5, (1 + BAND) / 2], axis=0)
    under = totals < limit
    below, crossing = under.mean(axis=0), under.any(axis=1)
    first = np.sort(under.argmax(axis=1)[crossing])
    likely = np.flatnonzero(below >= (1 - BAND) / 2)
    return {
        "day": today + 1 + np.arange(horizon),
        "low": low,
        "median": median,
        "high": high,
        "mean": totals.mean(axis=0),
        "below": below,
        "cross_chance": float(crossing.mean()),
        "cross_day": today + 1 + int(first[(len(first) - 1) // 2]) if len(first) else None,
        "first_day": today + 1 + int(likely[0]) if len(likely) else None,
    }


@dataclass(frozen=True)
class OpenOutlook:
    """What is expected of each open invoice, as arrays (n,).

    day : int64, by which half of such invoices are paid, at least tomorrow; low_day, high_day :
    80 % range; ``today + 365`` for later or never. late_30, late_60 : float64, chance to be paid
    more than 30, 60 days after its due day; 1 where it is that late already.
    lateness : float64, expected days late, at most 365.
    """

    day: np.ndarray
    low_day: np.ndarray
    high_day: np.ndarray
    late_30: np.ndarray
    late_60: np.ndarray
    lateness: np.ndarray


def outlook(habits, client, due, today, pace=None):
    """OpenOutlook of open invoices. client, due : (n,) int64; pace : Pace, of its median."""
    client, due = np.asarray(client, np.int64), np.asarray(due, np.int64)
    factor = np.exp((pace or Pace()).mean)
    row, age = habits.row(client), np.minimum(today - due, LAST)
    now = np.maximum(habits.longer(row, age), 1e-12)
    still = {}
    for days in (30, 60):
        chance = (habits.longer(row, np.full(len(row), days)) / now) ** factor
        still[days] = np.where(age >= days, 1.0, chance)
    days = np.array(
        [_day_of(habits, row, now, share ** (1 / factor)) for share in (0.9, 0.5, 0.1)]
    ).reshape(3, -1)
    day = np.clip(due + days, today + 1, today + LAST)
    late = _expected_lateness(habits, row, age, now, factor)
    return OpenOutlook(day[1], day[0], day[2], still[30], still[60], late)


def _day_of(habits, row, now, share):
    """(n,) first delay at which the chance to be open is ``share`` of that now, LAST for later."""
    used, place = np.unique(row, return_inverse=True)
    ladder = (1 - habits.survival[used] + 2 * np.arange(len(used))[:, None]).ravel()
    found = np.searchsorted(ladder, 1 - now * share + 2 * place) - DAYS * place
    return np.minimum(found, DAYS - 1) + FIRST


def _expected_lateness(habits, row, age, now, factor):
    used, place = np.unique(row, return_inverse=True)
    # Σ of S^θ beyond a day, of the days after the due day.
    beyond = (habits.survival[used, -FIRST:] ** factor)[:, ::-1].cumsum(axis=1)[:, ::-1]
    late = np.clip(age, 0, LAST)
    return np.minimum(late + beyond[place, late] / now**factor, LAST)
