"""Receipts of one product in one warehouse that fit its deliveries, worked out backwards.

Today's level is given, and so are the days on which a vendor could deliver. From the newest of
these days back, each receipt takes the level down to what a careful buyer keeps back, in whole
packages and not below the vendor's minimum. So today's level is exact, receipts are what vendors
sell, and the level is never below zero, unless it is to be below zero today.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Flow:
    """at : minutes since the start; quantity : into the warehouse, below zero out of it."""

    at: int
    quantity: float


@dataclass(frozen=True)
class Slot:
    """A receipt that may be: at, in minutes; empties : whether nothing was left before it."""

    at: int
    empties: bool = False


@dataclass(frozen=True)
class Plan:
    """opening : level at the start; receipts : quantity of each slot, 0 where there was none."""

    opening: float
    receipts: tuple


def least_level(flows):
    """The least level today for which the level was never below zero without any receipt."""
    level = least = 0.0
    for flow in sorted(flows, key=lambda flow: -flow.at):
        level -= flow.quantity
        least = min(least, level)
    return -least


def plan(flows, slots, level, reserve, minimum=0, multiple=1):
    """Receipts at the slots that lead to a level.

    flows : list of Flow, deliveries and returns; slots : list of Slot, oldest first; level :
    today's; reserve : function of the slot's position that gives what is kept in reserve; minimum,
    multiple : of a receipt, in pieces. Returns Plan.
    """
    flows = sorted(flows, key=lambda flow: flow.at)
    times = np.array([flow.at for flow in flows], dtype=float)
    sums = np.concatenate([[0.0], np.cumsum([flow.quantity for flow in flows])])
    receipts = [0.0] * len(slots)
    after = len(flows)
    for position in range(len(slots) - 1, -1, -1):
        slot = slots[position]
        before = int(np.searchsorted(times, slot.at))
        level -= sums[after] - sums[before]
        after = before
        # Earlier returns are not there to be delivered before they came.
        needed = max(0.0, sums[before] - sums[: before + 1].min())
        taken = level - (0.0 if slot.empties else max(reserve(position), needed))
        if not slot.empties:
            taken = taken // multiple * multiple
            taken = taken if taken >= max(minimum, 1) else 0.0
        receipts[position] = float(taken)
        level -= taken
    return Plan(float(level - sums[after]), tuple(receipts))
