"""Would the order of calls have brought more? The calls of the newest days, in another order.

Only clients that were called tell what a call brings. So the calls of a day are ordered anew, each
by what was known that morning, and it is counted how much of what they brought together its first
half brought:

    best       ``next_call``: expected margin · chance at the hour of the call, with waiting
    waiting    longest not called first

An order by lot reaches one half. Chances are learned from the days before each day. The difference
of the two has a standard error over days (jackknife of the ratio; Efron & Tibshirani 1993).
"""

from dataclasses import dataclass

import numpy as np

from ..core.exceptions import InsufficientDataError
from .answer_chance import band_of, learn
from .next_call import scores

TEST_SHARE = 0.2
LEAST_CALLS_A_DAY = 4
LEAST_DAYS = 10


@dataclass(frozen=True)
class Calls:
    """Outgoing calls, as parallel arrays (n,).

    client : int64; day : int64, local days since 1970; hour : int64, local; answered : bool.
    brought : float64, margin of what was ordered; margin : float64, what was expected of the client
    that morning; waited : float64, days since its last call, inf for none.
    """

    client: np.ndarray
    day: np.ndarray
    hour: np.ndarray
    answered: np.ndarray
    brought: np.ndarray
    margin: np.ndarray
    waited: np.ndarray

    def take(self, rows):
        return Calls(*(getattr(self, name)[rows] for name in self.__annotations__))

    @property
    def weekday(self):
        """(n,) int64, 0 for Monday."""
        return (self.day + 3) % 7

    def chances(self):
        """AnswerChances of all these calls."""
        ones = np.ones(len(self.client))
        return learn(self.client, band_of(self.hour), self.weekday, self.answered, ones)


@dataclass(frozen=True)
class RankingReport:
    """Outcome: share of what a day's calls brought that the first half of them brought.

    best, waiting : float in 0..1; difference, error : float, of best − waiting and its standard
    error; days, calls : int.
    """

    best: float
    waiting: float
    difference: float
    error: float
    days: int
    calls: int

    @property
    def beaten(self):
        """Whether *longest not called* brings more."""
        return self.difference < 0


def run_ranking_backtest(calls):
    """Compare the orders on the newest fifth of the days with calls.

    calls : Calls. Returns RankingReport. Raises InsufficientDataError below ten such days.
    """
    days = np.unique(calls.day)
    tested = [
        day
        for day in days[int((1 - TEST_SHARE) * len(days)) :].tolist()
        if (calls.day == day).sum() >= LEAST_CALLS_A_DAY and calls.brought[calls.day == day].any()
    ]
    if len(tested) < LEAST_DAYS:
        raise InsufficientDataError(len(tested), LEAST_DAYS)
    rows = [_day(calls, day) for day in tested]
    best, waiting, whole = np.array([each[:3] for each in rows]).T
    difference = (best.sum() - waiting.sum()) / whole.sum()
    left_out = (best.sum() - best - waiting.sum() + waiting) / (whole.sum() - whole)
    count = len(tested)
    error = np.sqrt((count - 1) / count * ((left_out - left_out.mean()) ** 2).sum())
    return RankingReport(
        best=float(best.sum() / whole.sum()),
        waiting=float(waiting.sum() / whole.sum()),
        difference=float(difference),
        error=float(error),
        days=count,
        calls=sum(each[3] for each in rows),
    )


def _day(calls, day):
    """(brought by the first half in the best order, in that of waiting, by all, calls)."""
    known = calls.take(calls.day < day).chances()
    mine = calls.take(calls.day == day)
    chance = np.array(
        [
            known.chance([client], band, weekday)[0]
            for client, band, weekday in zip(
                mine.client, band_of(mine.hour), mine.weekday, strict=True
            )
        ]
    )
    best = scores(mine.margin, chance, mine.waited, known.call_count)
    count = len(mine.client)
    return (
        _first_half(best, mine.brought),
        _first_half(mine.waited, mine.brought),
        float(mine.brought.sum()),
        count,
    )


def _first_half(score, brought):
    """What the half with the highest scores brought; equal scores share a place by lot."""
    half = len(score) / 2
    total, taken = 0.0, 0.0
    for value in np.unique(score)[::-1]:
        group = score == value
        size = int(group.sum())
        part = min(1.0, (half - taken) / size)
        total += part * float(brought[group].sum())
        taken += part * size
        if taken >= half:
            break
    return total
