"""What to order today: from reorder points and stock to quantities, actions and urgency.

    quantity   max(0, ROP − available), at least the vendor's minimum, rounded up to whole packages
    cover      days that the stock lasts at average demand, zero where there is none; infinite where
               nothing is demanded, with stock or without
    order_now  available below ROP: ROP − available > 0
    watch      not below, but cover below 14 days; also below 7, where lead time and safety days are
               shorter than that: it is nearer to its ROP than what has 10 days
    ok         neither. unknown: demand or stock is not known, and nothing is advised
    order in   (available − ROP) / d days from now stock falls below ROP; zero or less: overdue by
    gap        days of the lead time without stock even if ordered today: L − cover, at least zero
    without    days without stock within a horizon (30 days) if nothing is ordered: horizon − cover,
               within 0 and the horizon
    urgency    0..100, one number to sort and colour by: order_now 50 + 50 × the missing share of
               the ROP (100 where nothing is left), watch 50 × (1 − cover / 14), else 0

Available may be negative: what is owed to customers is part of the quantity, and where demand has
ended it is all of it. Demand is taken as even, so figures in days are expectations, no promises.
"""

from dataclasses import dataclass

import numpy as np

ORDER_NOW, WATCH, OK, UNKNOWN = "order_now", "watch", "ok", "unknown"
WATCH_DAYS = 14.0
HORIZON_DAYS = 30.0
# Quantities within this share of a package or of the ROP are the same but for rounding.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Replenishment:
    """Advice for n products.

    quantity : (n,) float64 >= 0, units to order. missing : (n,) float64 >= 0, before rounding up.
    cover : (n,) float64 >= 0, days, inf without demand; NaN where unknown.
    action : (n,) str of "order_now", "watch", "ok", "unknown". urgency : (n,) float64 in 0..100.
    order_in : (n,) float64, days until an order is due, negative when overdue; ±inf without demand;
        NaN where unknown.
    gap : (n,) float64 >= 0, days without stock until goods ordered today arrive; NaN where unknown.
    days_without : (n,) float64, days without stock within the horizon if nothing is ordered.
    """

    quantity: np.ndarray
    missing: np.ndarray
    cover: np.ndarray
    action: np.ndarray
    urgency: np.ndarray
    order_in: np.ndarray
    gap: np.ndarray
    days_without: np.ndarray

    def __len__(self):
        return len(self.quantity)


def replenish(
    points,
    available,
    minimum=0.0,
    multiple=0.0,
    order_up_to=None,
    watch_days=WATCH_DAYS,
    horizon=HORIZON_DAYS,
):
    """Advice of reorder points and stock.

    points : ReorderPoints, or any object with ``rop``, ``daily_demand`` and ``lead_time``, (n,).
    available : (n,) float, on hand plus incoming minus reserved, or on hand only, may be negative;
        NaN where unknown.
    minimum : (n,) or float, least order of the vendor; multiple : (n,) or float, units of a package
        or the unit's rounding. Zero, negative and NaN stand for none.
    order_up_to : (n,) float or None, the level that an order fills up to; default, and where it is
        lower, the ROP.
    Returns Replenishment.
    """
    available = np.asarray(available, np.float64)
    rop, demand = points.rop, points.daily_demand
    unknown = np.isnan(rop) | np.isnan(demand) | np.isnan(available)
    fill_to = rop if order_up_to is None else np.fmax(rop, order_up_to)
    below = rop - available > TOLERANCE * np.maximum(np.abs(rop), 1.0)
    missing = np.where(below, fill_to - available, 0.0)
    quantity = order_quantity(missing, minimum, multiple)
    cover = days_of_cover(available, demand)
    watch = cover < watch_days
    action = np.select([unknown, below, watch], [UNKNOWN, ORDER_NOW, WATCH], default=OK)
    gap = np.maximum(points.lead_time - cover, 0.0)
    days_without = np.clip(horizon - cover, 0.0, horizon)
    return Replenishment(
        quantity=quantity,
        missing=missing,
        cover=cover,
        action=action,
        urgency=_urgency(action, rop, available, cover, watch_days),
        order_in=_order_in(rop, available, demand),
        gap=gap,
        days_without=days_without,
    )


def order_quantity(missing, minimum=0.0, multiple=0.0):
    """Units to order: nothing where nothing is missing, else whole packages of the least order.

    missing, minimum, multiple : as in ``replenish``, of shapes that go together. Returns float64.
    """
    missing = np.asarray(missing, np.float64)
    quantity = np.fmax(missing, np.maximum(np.nan_to_num(minimum, nan=0.0), 0.0))
    multiple = np.broadcast_to(np.nan_to_num(multiple, nan=0.0), quantity.shape)
    packed = multiple > 0
    size = np.where(packed, multiple, 1.0)
    packages = quantity / size
    packages = np.maximum(np.ceil(packages - TOLERANCE * np.maximum(packages, 1.0)), 1.0)
    return np.where(missing > 0, np.where(packed, packages * size, quantity), 0.0)


def days_of_cover(available, daily_demand):
    """(n,) float64 >= 0 days; inf where nothing is demanded, NaN where either is unknown."""
    stock = np.maximum(available, 0.0)
    endless = np.where(np.isnan(stock), np.nan, np.inf)
    with np.errstate(over="ignore"):
        return np.divide(stock, daily_demand, out=endless, where=daily_demand != 0)


def _order_in(rop, available, demand):
    """Days until stock falls below the ROP; without demand never, or at once if it is below."""
    spare = available - rop
    never = np.where(np.isnan(spare), np.nan, np.where(spare < 0, -np.inf, np.inf))
    with np.errstate(over="ignore"):
        return np.divide(spare, demand, out=never, where=demand != 0)


def _urgency(action, rop, available, cover, watch_days):
    """0..100, see the module."""
    below = (action == ORDER_NOW) & (rop > 0)
    left = np.divide(np.maximum(available, 0.0), rop, out=np.zeros(len(rop)), where=below)
    missing = 100.0 - 50.0 * left
    soon = 50.0 * (1.0 - np.minimum(cover, watch_days) / watch_days)
    return np.select([action == ORDER_NOW, action == WATCH], [missing, soon], default=0.0)
