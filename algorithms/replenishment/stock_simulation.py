"""Replay: what would a reorder point have meant on the demand of the past?

Each day, for every product: in the morning what is due arrives; the day's demand is served as far
as stock goes, and what cannot be served is lost (lost sales), nothing is owed; in the evening an
order is placed where on hand plus on order is below the reorder point.

    order up to S   S − (on hand + on order)
    fixed Q         as many Q as bring on hand plus on order to the reorder point
    both            at least the minimum, rounded up to whole packages (see replenishment)
    lead time L     goods are there on the morning of the L-th day after the order, so stock and
                    orders of an evening meet L days of demand, as the formulas have it. L = 0 is
                    there on the next morning as L = 1 is. Parts of a day are rounded up
    fill rate       units served over units demanded, NaN where nothing was demanded
    days short      days on which demand was lost; days out: days that end without stock, which
                    loses nothing where goods arrive the next morning

Demand of the past is what was sold, and what was sold had been in stock: real demand of days
without stock is not in it, so a replay that takes them as zero flatters every policy. Fill such
days first (``filled_demand``); what a half-empty shelf lost cannot be had back. A replay is no
forecast: it says what a policy would have done, and levels computed from the same days flatter it
too, so give levels of each day from what was known before it (:mod:`.policy_comparison` does).
"""

from dataclasses import dataclass

import numpy as np

from .advice import TOLERANCE, order_quantity


@dataclass(frozen=True)
class Policy:
    """When and how much to order. Levels are (n,), or (n, t) where they change by day.

    rop : units; NaN orders nothing. order_up_to : units, or None to order by ``fixed``, or up to
    the ROP where that is None too. fixed : (n,) units > 0 or None. minimum, multiple : (n,) or
    float, as in ``order_quantity``; without the unit's rounding as multiple, parts of a unit are
    ordered and served.
    """

    rop: np.ndarray
    order_up_to: np.ndarray | None = None
    fixed: np.ndarray | None = None
    minimum: np.ndarray | float = 0.0
    multiple: np.ndarray | float = 0.0


@dataclass(frozen=True)
class Replay:
    """What a policy would have done for n products.

    fill_rate : (n,) float64 in 0..1, NaN without demand. demanded, served : (n,) float64, units.
    mean_stock : (n,) float64, units at the end of a day; NaN without a day that counts.
    orders : (n,) int64; ordered : (n,) float64, units.
    days : (n,) int64, that count; days_out, days_short : (n,) int64 of them.
    """

    fill_rate: np.ndarray
    demanded: np.ndarray
    served: np.ndarray
    mean_stock: np.ndarray
    orders: np.ndarray
    ordered: np.ndarray
    days: np.ndarray
    days_out: np.ndarray
    days_short: np.ndarray

    @property
    def overall(self):
        """Units served over units demanded of all products together; NaN without demand."""
        demanded = self.demanded.sum()
        return float(self.served.sum() / demanded) if demanded > 0 else float("nan")


def replay(demand, lead_time, policy, initial, start=None):
    """Run a policy over the days of the past.

    demand : (n, t) float >= 0, units a day.
    lead_time : (n,) float >= 0, days, or (n, t) for orders placed on each day.
    policy : Policy. initial : (n,) float, units on hand at the start; negative counts as none.
    start : (n,) int, columns of the days that the products start on, t for none; None for the first
        day. Days before are neither run nor counted.
    Returns Replay. Raises ValueError for demand or lead times that are negative or no numbers.
    """
    # Days in rows: each turn reads memory that lies together.
    demand = np.ascontiguousarray(np.asarray(demand, np.float64).T)
    length, count = demand.shape
    lead = np.ceil(np.asarray(lead_time, np.float64) - TOLERANCE)
    if not (demand >= 0).all() or not (lead >= 0).all() or np.isinf(lead).any():
        raise ValueError("demand or a lead time is negative or no number")
    lead = _by_day(np.maximum(lead, 1.0).astype(np.int64), length)
    levels = [None if part is None else _by_day(part, length) for part in (
        policy.rop, policy.rop if policy.order_up_to is None else policy.order_up_to
    )]  # fmt: skip
    start = np.zeros(count, np.int64) if start is None else np.asarray(start)
    initial = np.maximum(np.asarray(initial, np.float64), 0.0)
    ring = int(lead.max(initial=1)) + 1
    arriving, on_order, on_hand = np.zeros((ring, count)), np.zeros(count), np.zeros(count)
    sums = {name: np.zeros(count) for name in ("served", "stock", "ordered")}
    turns = {name: np.zeros(count, np.int64) for name in ("orders", "out", "short")}
    everyone = np.arange(count)
    for day in range(length):
        active = start <= day
        arrival = arriving[day % ring]
        on_hand += arrival + np.where(start == day, initial, 0.0)
        on_order -= arrival
        arrival[:] = 0.0
        wanted = np.where(active, demand[day], 0.0)
        served = np.minimum(on_hand, wanted)
        on_hand -= served
        rop, fill_to = (level[day] for level in levels)
        quantity = _ordered(policy, rop, fill_to, on_hand + on_order, active)
        arriving[(day + lead[day]) % ring, everyone] += quantity
        on_order += quantity
        sums["served"] += served
        sums["stock"] += on_hand
        sums["ordered"] += quantity
        turns["orders"] += quantity > 0
        turns["out"] += active & (on_hand <= 0)
        turns["short"] += wanted > served
    days = np.clip(length - start, 0, length)
    counted = np.arange(length)[:, None] >= start
    demanded = np.where(counted, demand, 0.0).sum(axis=0)
    nothing = np.full(count, np.nan)
    return Replay(
        fill_rate=np.divide(sums["served"], demanded, out=nothing.copy(), where=demanded > 0),
        demanded=demanded,
        served=sums["served"],
        mean_stock=np.divide(sums["stock"], days, out=nothing, where=days > 0),
        orders=turns["orders"],
        ordered=sums["ordered"],
        days=days,
        days_out=turns["out"],
        days_short=turns["short"],
    )


def _by_day(values, length):
    """(t, n), a level of each day; read-only where it never changes."""
    values = np.asarray(values)
    if values.ndim == 2:
        return np.ascontiguousarray(values.T)
    return np.broadcast_to(values, (length, len(values)))


def _ordered(policy, rop, fill_to, position, active):
    """(n,) units ordered in an evening."""
    below = active & (rop - position > TOLERANCE * np.fmax(rop, 1.0))
    if policy.fixed is None or policy.order_up_to is not None:
        return order_quantity(
            np.where(below, np.fmax(fill_to, rop) - position, 0.0), policy.minimum, policy.multiple
        )
    lots = np.ceil((rop - position) / policy.fixed - TOLERANCE) * policy.fixed
    return order_quantity(np.where(below, lots, 0.0), policy.minimum, policy.multiple)


def filled_demand(panel, rng):
    """Demand of the past with the unknown days filled in.

    Each unknown day since the first sale gets the demand of one of the product's known days, drawn
    at random: their mean would be right and their ups and downs missing.
    panel : DemandPanel; rng : numpy Generator. Returns (n, t) float64 >= 0, zero before the first
    sale and for products without a known day.
    """
    if panel.known is None:
        return panel.sold
    known = panel.mask
    unknown = ~known & (np.arange(panel.length) >= panel.first[:, None])
    row, column = np.nonzero(unknown & known.any(axis=1)[:, None])
    order = np.argsort(~known, axis=1, kind="stable")
    drawn = (rng.random(len(row)) * known.sum(axis=1)[row]).astype(np.int64)
    result = panel.sold.copy()
    result[row, column] = panel.sold[row, order[row, drawn]]
    return result
