"""What clients are worth: purchases ahead times their amounts, where that beats purchases a day.

On a day in the past the models foresee what each client buys until today; the simple rule lets
each go on at its own repeat purchases a day and its own mean amount. Judged is the mean squared
distance of the square roots of what clients brought, so that a few large ones do not decide alone,
drawn by client. Where the models are not better the simple rule is shown.
"""

from dataclasses import dataclass

import numpy as np

from ..core.gain import Gain
from ..core.lookup import places, taken
from .comparison import ratio_gain
from .purchase_value import ValueModel, expected_amounts, fit_values
from .purchases import (
    PRIOR_SD,
    PurchaseModel,
    alive,
    buying_from,
    expected_purchases,
    fit_purchases,
)

MOST_HOLDOUT = 365


@dataclass(frozen=True)
class Worth:
    """Of clients, as parallel arrays (n,): client int64; alive float64 in 0..1, 1 by the simple
    rule; purchases, amount, value : float64, expected in the time ahead, a purchase, in all."""

    client: np.ndarray
    alive: np.ndarray
    purchases: np.ndarray
    amount: np.ndarray
    value: np.ndarray


@dataclass(frozen=True)
class LifetimeReport:
    """Outcome. purchases : PurchaseModel and values : ValueModel of all data; gain : Gain of the
    value, count_gain : Gain of the purchases; holdout : int, days; total, foreseen, simple : float,
    value of the hold-out, and by model and simple rule; shown : bool, whether the model is."""

    purchases: PurchaseModel
    values: ValueModel
    gain: Gain
    count_gain: Gain
    holdout: int
    total: float
    foreseen: float
    simple: float

    @property
    def shown(self):
        return self.gain.better and self.count_gain.better


def train_lifetime(client, day, amount, today, rng, holdout=None, prior_sd=PRIOR_SD):
    """Learn and judge.

    client, day, amount : as in ``purchases.buying_from``; today : int; rng : Generator; holdout :
    int, days, a third of the history and at most a year unless given; prior_sd : float.
    Returns LifetimeReport. Raises InsufficientDataError where there are too few clients.
    """
    client, day = np.asarray(client, np.int64), np.asarray(day, np.int64)
    amount = np.asarray(amount, np.float64)
    now = buying_from(client, day, amount, today)
    if holdout is None:
        whole = int(now.age.max()) if len(now.age) else 0
        holdout = max(1, min(MOST_HOLDOUT, whole // 3))
    before = buying_from(client, day, amount, today - holdout)
    past = fit_purchases(before, prior_sd), fit_values(before, prior_sd)
    ours, simple = worth(*past, before, holdout), simple_worth(before, holdout)
    bought, brought = held_out(client, day, amount, today - holdout, today, before.client)
    return LifetimeReport(
        purchases=fit_purchases(now, prior_sd),
        values=fit_values(now, prior_sd),
        gain=_gain(ours.value, simple.value, brought, rng),
        count_gain=_gain(ours.purchases, simple.purchases, bought, rng),
        holdout=holdout,
        total=float(brought.sum()),
        foreseen=float(ours.value.sum()),
        simple=float(simple.value.sum()),
    )


def worth(purchases, values, buying, ahead):
    """Worth by the models. ahead : float, in the unit of ``buying``."""
    count = expected_purchases(purchases, buying, ahead)
    amount = expected_amounts(values, buying)
    return Worth(buying.client, alive(purchases, buying), count, amount, count * amount)


def simple_worth(buying, ahead):
    """Worth by repeat purchases a day and the own mean amount, that of all without repeats."""
    count = buying.repeats / np.maximum(buying.age, 1.0) * ahead
    some = buying.repeats > 0
    usual = float(np.mean(buying.amount[some])) if some.any() else 0.0
    amount = np.where(some, buying.amount, usual)
    return Worth(buying.client, np.ones(len(count)), count, amount, count * amount)


def held_out(client, day, amount, after, until, clients):
    """((n,) purchases, (n,) value) of clients in (after, until]."""
    used = (day > after) & (day <= until)
    pairs, place = np.unique(
        np.stack([client[used], day[used]], axis=1), axis=0, return_inverse=True
    )
    total = np.bincount(place.ravel(), amount[used], len(pairs))
    pairs, total = pairs[total > 0], total[total > 0]
    at = places(clients, pairs[:, 0])
    known = at >= 0
    size = len(clients)
    return (
        np.bincount(at[known], minlength=size).astype(np.float64),
        np.bincount(at[known], total[known], size),
    )


def _gain(ours, simple, truth, rng):
    errors = ((np.sqrt(each) - np.sqrt(truth)) ** 2 for each in (ours, simple))
    return ratio_gain(*errors, np.ones(len(truth)), rng, measure="squared roots")


def worth_of(worths, client):
    """(m,) float64, value of clients, 0 of those unknown."""
    return taken(worths.value, places(worths.client, client))
