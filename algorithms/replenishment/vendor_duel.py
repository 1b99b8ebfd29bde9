"""Whether the priors of vendors' shares that were newly learned take the place of those in use.

What is counted of a vendor is always that of today; what is learned is how far few lines are drawn
towards all vendors. Both tell the lines that were decided since the old priors were learned, by
what was counted then. The new ones are learned for it from the other vendors.
"""

from dataclasses import dataclass

import numpy as np

from ..core.champion import is_worse
from ..core.lookup import pair_key
from .vendor_backtest import known_on
from .vendor_score import counted, outcomes, prior_of

LEAST_UNSEEN = 30
PARTS = 5


@dataclass(frozen=True)
class KeptVendors:
    """priors : {name: Prior}, as in ``vendor_scores``; today : int, day on which they were
    learned."""

    priors: dict
    today: int


@dataclass(frozen=True)
class VendorDuel:
    """unseen : int, lines that were decided since; old, new : float, Brier scores of being on time,
    NaN for too few; is_worse : bool, whether the new priors are."""

    unseen: int
    old: float
    new: float
    is_worse: bool


def duel(old, lines, today, tolerance=0):
    """VendorDuel of KeptVendors and what is learned today of PurchaseLines."""
    kept, judged = outcomes(lines, today, tolerance)["on_time"]
    decided = np.minimum(lines.received, lines.promised + tolerance + 1)
    unseen = judged & (decided >= old.today)
    count = int(unseen.sum())
    vendors, place = np.unique(lines.vendor, return_inverse=True)
    if count < LEAST_UNSEEN or len(vendors) < 2:
        return VendorDuel(count, np.nan, np.nan, False)
    size = len(vendors)
    then = known_on(lines, old.today)
    at = np.searchsorted(vendors, then.vendor)
    had, of = counted(at, *outcomes(then, old.today - 1, tolerance)["on_time"], size)
    told = old.priors["on_time"].mean(had, of)
    anew = _without_own(place, kept, judged, size, had, of)
    who, truth = place[unseen], kept[unseen]
    losses = [(each[who] - truth) ** 2 for each in (told, anew)]
    order = pair_key(lines.vendor[unseen], lines.ordered[unseen])
    return VendorDuel(
        count, float(losses[0].mean()), float(losses[1].mean()), is_worse(*losses, order)
    )


def _without_own(place, kept, judged, size, had, of):
    """(size,) shares by priors that were learned from other vendors."""
    part = np.arange(size) % PARTS
    told = np.zeros(size)
    now, now_of = counted(place, kept, judged, size)
    for number in range(min(PARTS, size)):
        mine = part == number
        told[mine] = prior_of(now[~mine], now_of[~mine]).mean(had, of)[mine]
    return told
