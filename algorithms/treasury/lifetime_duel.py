"""Whether newly learned figures of clients' worth take the place of those in use.

Both foresee what each client brings from the day on which the old ones were learned until today,
which those could not know. The new ones are learned again for it without the client that is
judged: from the other half of the clients.
"""

from dataclasses import dataclass

import numpy as np

from ..core.champion import is_worse
from ..core.exceptions import InsufficientDataError
from .lifetime import held_out, worth
from .purchase_value import ValueModel, fit_values
from .purchases import PRIOR_SD, PurchaseModel, buying_from, fit_purchases


@dataclass(frozen=True)
class Lifetime:
    """What is kept. purchases : PurchaseModel; values : ValueModel; today : int, day on which they
    were learned."""

    purchases: PurchaseModel
    values: ValueModel
    today: int


@dataclass(frozen=True)
class LifetimeDuel:
    """clients : int, that were judged, 0 for no duel; old, new : float, mean squared distance of
    the square roots of value, NaN for no duel; is_worse : bool, whether the new ones are."""

    clients: int
    old: float
    new: float
    is_worse: bool


def duel(old, client, day, amount, today, prior_sd=PRIOR_SD):
    """LifetimeDuel of what is in use and of what is learned today.

    old : Lifetime; client, day, amount : as in ``purchases.buying_from``; today : int.
    """
    none = LifetimeDuel(0, np.nan, np.nan, False)
    ahead = today - old.today
    before = buying_from(client, day, amount, old.today)
    if ahead < 1 or not len(before.client):
        return none
    now = buying_from(client, day, amount, today)
    _bought, brought = held_out(client, day, amount, old.today, today, before.client)
    foreseen = np.zeros(len(before.client))
    for half in (0, 1):
        mine = before.client % 2 == half
        try:
            others = now.take(now.client % 2 != half)
            learned = fit_purchases(others, prior_sd), fit_values(others, prior_sd)
        except InsufficientDataError:
            return none
        foreseen[mine] = worth(*learned, before.take(mine), ahead).value
    of_old = worth(old.purchases, old.values, before, ahead).value
    losses = [(np.sqrt(each) - np.sqrt(brought)) ** 2 for each in (of_old, foreseen)]
    return LifetimeDuel(
        len(brought), float(losses[0].mean()), float(losses[1].mean()), is_worse(*losses)
    )
