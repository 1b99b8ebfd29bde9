"""Are the service levels that one asks for held, and with how much stock beside the textbook?

A reorder point holds a lead time when no more than it is asked for until what was ordered on that
day arrives: the share of lead times that pass without running out, as a replay has it in which
every evening fills up to the reorder point and clients wait (base stock). What is left when the
goods arrive is the stock that a product needed for it, in days of its demand.

    ours       forecast, its ranges joined by a power law, skew demand
    steps      the same ranges, each for the lead times next to it, and normal demand
    textbook   μ L + z σ √L of the last 60 days; and the same with the factor in the place of z that
               holds exactly what ours holds, for each lead time of its own: with how much stock?
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from algorithms.core.demand_panel import DemandPanel
from algorithms.forecast.catalogue import ForecastSettings, train_forecasts
from algorithms.replenishment.daily_demand import average_daily_demand
from algorithms.replenishment.forecast_error import smoothed_margins, upper_margin
from algorithms.replenishment.reorder_point import reorder_points_by_forecast

from . import demand, online_retail
from .demand_made import WEEKDAYS, made_panel
from .table import gate, row, title

HORIZONS = (7, 30, 90)
LEAD_TIMES = (3, 7, 8, 14, 30, 31)
LEVELS = (0.9, 0.95, 0.98)
LONGEST = max(LEAD_TIMES)
POINTS = 2.0
WIDTHS = (18, 6, 10, 18, 10, 11, 10, 14)


@dataclass(frozen=True)
class Origin:
    """A day on which n products were planned.

    totals, margins : (n, 3) forecasts and what their ranges lie above them; steps : (n, 3) daily
    errors; mean, spread : (n,) of the last 60 days; ahead : (n, 31) units sold on the days after.
    """

    totals: np.ndarray
    margins: np.ndarray
    steps: np.ndarray
    mean: np.ndarray
    spread: np.ndarray
    ahead: np.ndarray


def origin(panel, column):
    """What was known on the morning of a column of a panel, and what came."""
    before = panel.until(column)
    table, _catalogue = train_forecasts(before, ForecastSettings(), np.random.default_rng(0))
    mean, spread = average_daily_demand(before)
    used = (table.state == "ok") & (mean > 0)
    totals, low, high = (each[used] for each in (table.totals, table.totals_low, table.totals_high))
    margins = np.stack([upper_margin(*each) for each in zip(totals.T, low.T, high.T, strict=True)])
    z = np.where(low > 0, NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(0.95))
    return Origin(
        totals,
        smoothed_margins(margins.T, HORIZONS),
        (high - totals) / (z * np.sqrt(HORIZONS)),
        mean[used],
        spread[used],
        panel.sold[used, column : column + LONGEST],
    )


def catalogues(quick):
    """{name: [Origin]} of public and made demand."""
    made = made_panel(400, 391, "negative binomial", seed=7)
    shop = shop_panel()
    found = {
        "negative binomial": [origin(made, each) for each in range(240, 361, 40)],
        "shop with a season": [origin(shop, each) for each in range(550, 731, 90 if quick else 45)],
    }
    if online_retail.FILE.is_file():
        retail = demand.best_sellers(demand.retail_panel(), "2011-03-20", 300)
        columns = range(124, retail.length - LONGEST, 30 if quick else 15)
        found = {"Online Retail": [origin(retail, each) for each in columns], **found}
    return found


def shop_panel(products=200, days=762):
    """Two years of items with a season, weekdays, and levels that drift."""
    rng = np.random.default_rng(3)
    day = np.arange(days)
    level = np.exp(rng.uniform(np.log(2), np.log(80), (products, 1)))
    drift = np.exp(np.cumsum(rng.normal(0, 0.008, (products, days)), axis=1))
    season = 1 + 0.25 * np.sin(2 * np.pi * day / 365 - 1)
    mean = level * drift * season * WEEKDAYS[day % 7] * rng.gamma(8, 1 / 8, (products, days))
    return DemandPanel(
        np.arange(products),
        np.datetime64("2023-01-02") + day,
        rng.poisson(mean).astype(float),
        np.zeros(products, np.int64),
    )


# Reorder points of an origin: (n,) units.


def ours(at, lead, level):
    lead_times = np.full(len(at.mean), float(lead))
    return reorder_points_by_forecast(
        at.totals, at.margins, HORIZONS, lead_times, service_level=level
    ).rop


def steps(at, lead, level):
    column = int(np.searchsorted(HORIZONS, lead))
    middle = reorder_points_by_forecast(
        at.totals, at.margins, HORIZONS, np.full(len(at.mean), float(lead))
    ).lead_time_demand
    return middle + NormalDist().inv_cdf(level) * at.steps[:, column] * np.sqrt(lead)


def textbook(at, lead, factor):
    return at.mean * lead + factor * at.spread * np.sqrt(lead)


def judged(origins, lead, point):
    """Share of lead times held, and days of demand left; point : function of an Origin."""
    held, left, rate = [], 0.0, 0.0
    for at in origins:
        sold = at.ahead[:, :lead].sum(axis=1)
        level = point(at)
        held.append(sold <= level * (1 + 1e-9))
        left += np.maximum(level - sold, 0.0).sum()
        rate += at.mean.sum()
    return float(np.concatenate(held).mean()), left / rate


def equal_service(origins, lead, wanted):
    """Days left by the textbook with the least factor that holds as many lead times."""
    low, high = 0.0, 100.0
    for _turn in range(40):
        middle = (low + high) / 2
        held, _left = judged(origins, lead, lambda at, f=middle: textbook(at, lead, f))
        low, high = (low, middle) if held >= wanted else (middle, high)
    return judged(origins, lead, lambda at: textbook(at, lead, high))[1]


def run(quick=False):
    """Print the table; half a minute."""
    title(f"Service levels over lead times of {', '.join(map(str, LEAD_TIMES))} days")
    row("demand", "asked", "ours held", "by lead time", "days left", "steps held", "textbook",
        "days at equal", widths=WIDTHS)  # fmt: skip
    found = catalogues(quick)
    off, ratios = [], []
    for name, origins in found.items():
        for level in LEVELS:
            held, ratio = _one(name, origins, level)
            off.append(100 * abs(held - level))
            ratios.append(100 * ratio)
    gate("points off what was asked, at most", max(off), POINTS, at_least=False)
    gate("% of the textbook's stock at equal service", max(ratios), 100, at_least=False)
    _jumps(found)


def _one(name, origins, level):
    """Print a line. Returns the share held and the stock beside the textbook's."""
    z = NormalDist().inv_cdf(level)
    own, stepped, plain, equal = [], [], [], []
    for lead in LEAD_TIMES:
        own.append(judged(origins, lead, lambda at, lead=lead: ours(at, lead, level)))
        stepped.append(judged(origins, lead, lambda at, lead=lead: steps(at, lead, level)))
        plain.append(judged(origins, lead, lambda at, lead=lead: textbook(at, lead, z)))
        equal.append(equal_service(origins, lead, own[-1][0]))
    held, left = np.mean(own, axis=0)
    row(
        name,
        f"{level:.0%}",
        f"{100 * held:.1f} %",
        " ".join(f"{100 * each[0]:.0f}" for each in own),
        f"{left:.1f}",
        f"{100 * np.mean(stepped, axis=0)[0]:.1f} %",
        f"{100 * np.mean(plain, axis=0)[0]:.1f} %",
        f"{np.mean(equal):.1f}",
        widths=WIDTHS,
    )
    return held, left / np.mean(equal)


def _jumps(found):
    """One day more of lead time, where horizons meet."""
    for shorter, longer in ((7, 8), (30, 31)):
        grown = [
            np.median(ours(at, longer, 0.95) / ours(at, shorter, 0.95))
            for origins in found.values()
            for at in origins
        ]
        gate(f"times the reorder point from {shorter} to {longer} days", max(grown), 1.25, False)


if __name__ == "__main__":
    run()
