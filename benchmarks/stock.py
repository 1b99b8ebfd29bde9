"""ABC/XYZ, reorder points and advice beside a loop over products; the replay of a year."""

import math

import numpy as np

from algorithms.classification.abc_xyz import DESIGN, XYZ_LIMITS, class_matrix, classify
from algorithms.core.stock_outs import without_stock_outs
from algorithms.replenishment.advice import replenish
from algorithms.replenishment.daily_demand import average_daily_demand
from algorithms.replenishment.lead_times import lead_times
from algorithms.replenishment.policy_comparison import PolicySettings, Supply, compare_policies
from algorithms.replenishment.reorder_point import reorder_points_by_days, reorder_points_by_service

from .demand_made import made_panel
from .measure import compared, measured
from .table import gate, row, seconds, title
from .turns import times

SELF = "benchmarks.stock"
PRODUCTS, DAYS, PERIOD = 10_000, 365, 60
CLASSES = ("A", "B", "C", "N"), ("X", "Y", "Z", "U", "N")


def made_stock(products=PRODUCTS):
    """(panel, revenue, dictionary of what planning needs) of a made catalogue."""
    panel = made_panel(products, DAYS, "negative binomial")
    rng = np.random.default_rng(1)
    revenue = panel.sold[:, -PERIOD:].sum(axis=1) * np.exp(rng.normal(3, 1, products)).round(2)
    lead = np.where(rng.random(products) < 0.1, np.nan, rng.integers(0, 40, products))
    mean = panel.sold.mean(axis=1)
    return (
        panel,
        revenue,
        {
            "lead_time": lead,
            "available": (mean * rng.uniform(-2, 60, products)).round(),
            "minimum": rng.integers(0, 20, products).astype(float),
            "multiple": rng.choice([0.0, 1.0, 6.0, 12.0], products),
        },
    )


def summary(abc, xyz, rop, quantity, action):
    """What both ways must agree on."""
    pairs = [f"{first}{second}" for first, second in zip(abc, xyz, strict=True)]
    return {
        **{f"{a}{x}": pairs.count(f"{a}{x}") for a in CLASSES[0] for x in CLASSES[1]},
        **{name: list(action).count(name) for name in ("order_now", "watch", "ok", "unknown")},
        "rop": round(float(np.nansum(rop)), 4),
        "quantity": round(float(np.sum(quantity)), 4),
    }


# What is measured: each returns (callable, times).


def our_classes():
    panel, revenue, _plan = made_stock()
    return lambda: len(classify(panel, revenue, PERIOD)), 15


def our_pass():
    panel, revenue, plan = made_stock()

    def work():
        recent = panel.last(PERIOD)
        table = classify(recent, revenue, PERIOD)
        demand = average_daily_demand(recent, PERIOD)[0]
        points = reorder_points_by_days(demand, plan["lead_time"])
        made = replenish(points, plan["available"], plan["minimum"], plan["multiple"])
        return table, points, made

    return _kept(work, lambda t, p, m: summary(t.abc, t.xyz, p.rop, m.quantity, m.action)), 15


def _kept(work, tell):
    """Measure the work alone: telling what it found costs more than the work."""
    told = tell(*work())

    def timed():
        work()
        return told

    return timed


def loop_pass():
    """The same product by product, with numpy for the days of each."""
    panel, revenue, plan = made_stock()
    sold = [values[first:] for values, first in zip(panel.quantity, panel.first, strict=True)]
    arguments = [plan[name].tolist() for name in ("lead_time", "available", "minimum", "multiple")]

    def work():
        abc = loop_abc(revenue.tolist(), [days[-PERIOD:].any() for days in sold])
        rows = [loop_product(*each) for each in zip(sold, *arguments, strict=True)]
        return abc, *zip(*rows, strict=True)

    return _kept(work, summary), 3


def loop_abc(revenue, sold):
    """Classes of products, the first of equals deciding."""
    total = sum(max(each, 0.0) for each in revenue)
    classes, running, before, last = ["N"] * len(revenue), 0.0, 0.0, None
    for place in sorted(range(len(revenue)), key=lambda place: -revenue[place]):
        own = max(revenue[place], 0.0)
        before = before if own == last else running
        running, last = running + own / total, own
        if sold[place]:
            better = "A" if round(before, 10) < DESIGN[0] else "B"
            classes[place] = better if own > 0 and round(before, 10) < DESIGN[1] else "C"
    return classes


def loop_product(days, lead, available, minimum, multiple):
    """(xyz, rop, quantity, action) of one product."""
    recent = days[-PERIOD:]
    whole = len(recent) // 7
    weeks = recent[len(recent) - 7 * whole :].reshape(whole, 7).sum(axis=1)
    if not recent.any():
        xyz = "N"
    elif whole < 4 or not weeks.any():
        xyz = "U"
    else:
        cv = round(float(weeks.std(ddof=1) / weeks.mean()), 10)
        xyz = "X" if cv < XYZ_LIMITS[0] else "Y" if cv < XYZ_LIMITS[1] else "Z"
    if not len(days):
        demand = 0.0
    elif len(recent) < 14:
        return xyz, math.nan, 0.0, "unknown"
    else:
        demand = float(recent.mean())
    rop = demand * ((7.0 if math.isnan(lead) else lead) + 3.0)
    if rop - available > 1e-9 * max(rop, 1.0):
        quantity = max(rop - available, minimum)
        if multiple:
            packages = quantity / multiple
            quantity = math.ceil(packages - 1e-9 * max(packages, 1.0)) * multiple
        return xyz, rop, quantity, "order_now"
    cover = max(available, 0.0) / demand if demand else math.inf
    return xyz, rop, 0.0, "watch" if cover < 14 else "ok"


def whole_pass():
    """As a manager with every choice on: stock-outs, service level, receipts, matrix."""
    panel, revenue, plan = made_stock()
    rng = np.random.default_rng(2)
    on_hand = rng.integers(0, 8, panel.quantity.shape) * (rng.random(panel.quantity.shape) < 0.9)
    pairs = np.stack([np.arange(PRODUCTS) % 50, np.arange(PRODUCTS)], axis=1)
    receipt = rng.integers(0, PRODUCTS, 5 * PRODUCTS)
    ordered = np.datetime64("2024-01-01") + rng.integers(0, 300, len(receipt))
    received = ordered + rng.integers(1, 40, len(receipt))
    planned = np.nan_to_num(plan["lead_time"], nan=7.0)

    def work():
        cleaned = without_stock_outs(panel, on_hand)[0]
        recent = cleaned.last(PERIOD)
        table = classify(recent, revenue, PERIOD)
        matrix = class_matrix(table, revenue)
        mean, spread = average_daily_demand(recent, PERIOD)
        kept = lead_times(pairs, planned, pairs[receipt], ordered, received)
        points = reorder_points_by_service(mean, spread, kept.mean, kept.sd)
        made = replenish(points, plan["available"], plan["minimum"], plan["multiple"])
        return int(matrix.count.sum() + (made.quantity > 0).sum())

    return work, 5


def year_replay(distribution):
    """Fill rate in %, units in stock and orders under both reorder points."""
    panel, _revenue, plan = made_stock()

    def work():
        rng = np.random.default_rng(3)
        parts = []
        for start in range(0, PRODUCTS, 1_000):
            rows = slice(start, start + 1_000)
            made = compare_policies(
                panel.take(rows),
                Supply(plan["lead_time"][rows], lead_time_sd=2.0, multiple=1.0),
                PolicySettings(distribution=distribution),
                rng,
            )
            parts.append((made.by_days, made.by_service))
        found = []
        for replays in zip(*parts, strict=True):
            demanded = sum(each.demanded.sum() for each in replays)
            served = sum(each.served.sum() for each in replays)
            stock = sum(np.nansum(each.mean_stock) for each in replays)
            orders = sum(int(each.orders.sum()) for each in replays)
            found.append([100 * served / demanded, stock, orders])
        return found

    return work, 3


# Tables.


def run(quick=False):  # noqa: ARG001
    """Print the tables; all of it takes a minute."""
    title(f"ABC/XYZ and replenishment in one pass, {PRODUCTS:,} products × {DAYS} days")
    ways = ("our_pass", "loop_pass", "whole_pass", "our_classes")
    ours, loop, whole, classes = compared(SELF, {way: (way,) for way in ways}).values()
    if ours.result != loop.result or ours.failure:
        raise AssertionError(f"the loop finds {loop}, we {ours}")
    row("way", "time", "our time ×")
    ratio = times(loop.turns, ours.turns)
    row("classes and advice, ours", seconds(ours.seconds), "1")
    row("the same in a loop", seconds(loop.seconds), f"{ratio.value:.0f}")
    row("classes alone, ours", seconds(classes.seconds))
    row("every choice on, ours", seconds(whole.seconds))
    gate("times faster than the loop", ratio, 30)
    gate("seconds with every choice on", whole.turns.spread, 1, at_least=False)
    _replay()


def _replay():
    title(f"Both reorder points replayed, {PRODUCTS:,} products × {DAYS} days, negative binomial")
    found, skew = measured(SELF, "year_replay", "normal"), measured(SELF, "year_replay", "gamma")
    row("reorder point", "fill rate", "mean stock", "orders")
    names = ("by days", "by service level 95 %", "the same, gamma")
    for name, figures in zip(names, [*found.result, skew.result[1]], strict=True):
        row(name, f"{figures[0]:.1f} %", f"{figures[1]:,.0f}", f"{figures[2]:,}")
    print(f"  {seconds(found.seconds)}, {found.megabytes:.0f} MB")
    gate("seconds for both", found.turns.spread, 10, at_least=False)
    gate("MB of memory", found.megabytes, 500, at_least=False)


if __name__ == "__main__":
    run()
