"""Which way of foreseeing payments foresees **totals** best: on earlier days, by what was known.

From each of many earlier days the cash of the days that followed, out of the invoices that were
open, is foreseen by each method and compared with what came in. The best for single invoices is not
the best for the sum: errors that go one way add up. Each method's totals are corrected by its pace
as known that day (``pace``), so that what wins is the corrected one.

    due         paid on the due day plus the median delay of all; overdue ones tomorrow: simple rule
    all, own, habit     ``delays``, with a half-life of 90 days or none

The method is chosen on the earlier half of the days and judged on the later half, so that choosing
does not flatter it. Error: WAPE, absolute errors of the totals over what came in.
"""

from dataclasses import dataclass

import numpy as np

from ..core import parallel
from ..core.exceptions import InsufficientDataError
from .comparison import ratio_gain
from .delays import FIRST, LAST, learn
from .pace import Pace, pace_from, past_pace

CANDIDATES = tuple(
    (method, half_life) for method in ("all", "own", "habit") for half_life in (90.0, np.inf)
)
SIMPLE = ("due", np.inf)
LEAST_ORIGINS = 8
LEAST_PAID = 30
LEAST_TRIED, MOST_ORIGINS = 24, 60
# Documents times origins: of more documents fewer origins tell as much.
MOST_WORK = 1_200_000


@dataclass(frozen=True)
class Origin:
    """One earlier day. day : int; came : float, cash of the days that followed; foreseen :
    {(method, half_life): float} after correction; pace : {…: Pace} as known that day."""

    day: int
    came: float
    foreseen: dict
    pace: dict


@dataclass(frozen=True)
class DelayReport:
    """Outcome.

    method : (str, float), chosen way; pace : Pace, for today; wape, bias : {way: float} over the
    days that were judged, bias = (foreseen − came) / came; gain : core.gain.Gain over the simple
    rule; origins : tuple of Origin, judged ones last; judged : int, how many of them.
    """

    method: tuple
    pace: Pace
    wape: dict
    bias: dict
    gain: object
    origins: tuple
    judged: int

    @property
    def beaten(self):
        """Whether the simple rule foresees totals as well or better."""
        return not self.gain.better


def run_delay_backtest(documents, today, rng, horizon=30, step=7, ways=CANDIDATES):
    """Choose how delays are foreseen, for invoices or for bills.

    documents : Documents; today : int, days since 1970; rng : numpy Generator, of the bootstrap;
    horizon : int, days whose total is foreseen; step : int, days between origins, more where that
    makes more than 60, or than 24 of many documents. Returns DelayReport. Raises
    InsufficientDataError below 8 origins.
    """
    days = origin_days(documents, today, horizon, step)
    origins, past = [], {way: [] for way in (SIMPLE, *ways)}
    tasks = ((documents, day, horizon, ways) for day in days)
    for seen in parallel.each(_seen_on, tasks):
        origins.append(_origin(seen, horizon, past))
    judged = len(origins) - len(origins) // 2
    earlier, later = origins[:-judged], origins[-judged:]
    chosen = min(ways, key=lambda way: _wape(earlier, way))
    blocks = max(1, int(np.ceil(horizon / _spacing(days))))
    return DelayReport(
        method=chosen,
        pace=pace_from(past[chosen], today, horizon),
        wape={way: _wape(later, way) for way in (SIMPLE, *ways)},
        bias={way: _bias(later, way) for way in (SIMPLE, *ways)},
        gain=ratio_gain(
            np.array([abs(each.foreseen[chosen] - each.came) for each in later]),
            np.array([abs(each.foreseen[SIMPLE] - each.came) for each in later]),
            np.array([each.came for each in later]),
            rng,
            block=blocks,
        ),
        origins=tuple(origins),
        judged=judged,
    )


def origin_days(documents, today, horizon, step):
    """Earlier days to foresee from, oldest first, at most 60; those without 30 payments before are
    left out. Raises InsufficientDataError below 8."""
    paid = np.sort(documents.paid[documents.paid <= today])
    if len(paid) <= LEAST_PAID:
        raise InsufficientDataError(len(paid), LEAST_PAID + 1)
    first, last = int(paid[LEAST_PAID]), today - horizon
    most = int(np.clip(MOST_WORK // len(documents), LEAST_TRIED, MOST_ORIGINS))
    step = max(step, int(np.ceil((last - first + 1) / most)))
    days = list(range(last, first - 1, -step))[::-1]
    if len(days) < LEAST_ORIGINS:
        raise InsufficientDataError(len(days), LEAST_ORIGINS)
    return days


def _spacing(days):
    return days[1] - days[0]


@dataclass(frozen=True)
class _Seen:
    """What an earlier day alone tells, before its paces: came, simple : float, as it turned out and
    by the simple rule; amount : (n,), of what was open; chance : {way: (n,)}, see open_after."""

    day: int
    came: float
    simple: float
    amount: np.ndarray
    chance: dict


def _seen_on(documents, day, horizon, ways):
    seen = documents.on(day)
    truth = documents.paid[documents.issued <= day]
    still = seen.take(seen.is_open)
    chance = {}
    for way in ways:
        habits = learn(seen, day, *way, clients=still.client)
        chance[way] = open_after(habits, still, day, horizon)
    return _Seen(
        day=day,
        came=float(still.amount[truth[seen.is_open] <= day + horizon].sum()),
        simple=simple_total(seen, still, day, horizon),
        amount=still.amount,
        chance=chance,
    )


def _origin(seen, horizon, past):
    """Origin of a day with the paces of the days before it, to which its own are added."""
    day, foreseen, known = seen.day, {SIMPLE: seen.simple}, {SIMPLE: Pace()}
    for way, chance in seen.chance.items():
        known[way] = pace_from(past[way], day, horizon)
        foreseen[way] = expected_total(chance, seen.amount, known[way])
        found = past_pace(day + horizon, chance, seen.amount, seen.came)
        past[way] += [found] if found else []
    return Origin(day, seen.came, foreseen, known)


def open_after(habits, still, day, horizon):
    """(n,) chance of open Documents to be open after ``horizon`` days more."""
    row, age = habits.row(still.client), np.minimum(day - still.due, LAST)
    now = habits.longer(row, np.maximum(age, FIRST - 1))
    return habits.longer(row, age + horizon) / np.maximum(now, 1e-12)


def expected_total(open_still, amount, pace):
    """Expected cash of a period, over the pace's distribution (five points, Gauss–Hermite)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(5)
    factors = np.exp(pace.mean + pace.sd * nodes)
    logs = np.log(np.maximum(open_still, 1e-12))
    totals = [float((amount * -np.expm1(factor * logs)).sum()) for factor in factors]
    return float(np.dot(weights / weights.sum(), totals))


def simple_total(seen, still, day, horizon):
    """Cash of a period by the simple rule."""
    delays = seen.late[~seen.is_open]
    median = int(np.median(delays)) if len(delays) else 0
    return float(still.amount[np.maximum(still.due + median, day + 1) <= day + horizon].sum())


def _wape(origins, way):
    error = sum(abs(each.foreseen[way] - each.came) for each in origins)
    return error / max(sum(each.came for each in origins), 1e-12)


def _bias(origins, way):
    came = sum(each.came for each in origins)
    return (sum(each.foreseen[way] for each in origins) - came) / max(came, 1e-12)
