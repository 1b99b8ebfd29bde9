"""When and what is bought: weights by day and by product, without chance.

Days are positions 0..days-1 from the first day of the history.
"""

import numpy as np

from .catalog import GOODS, INDEX
from .planted import ATLAS, PLANTED, POPULARITY

# Monday to Sunday. Friday is short in Morocco, Saturday half a day, on Sunday the shop is closed
# but for a rare urgent order.
WEEKDAY = np.array([1.20, 1.15, 1.10, 1.10, 0.85, 0.50, 0.03])
# January to December: all orders, then the factors of single products.
MONTH = np.array([0.95, 0.95, 1.00, 1.00, 1.05, 1.05, 1.00, 0.85, 1.20, 1.10, 1.05, 1.00])
SUMMER = np.array([0.60, 0.65, 0.80, 0.95, 1.20, 1.60, 2.00, 1.90, 1.30, 0.90, 0.70, 0.60])
SEPTEMBER = np.array([1.20, 0.95, 0.90, 0.90, 0.85, 0.80, 0.60, 1.20, 2.30, 1.40, 0.95, 0.85])
COLD_DRINKS = (
    "EAU-019", "EAU-015", "EAU-050", "EAU-033", "EAU-500", "EAU-205", "EAU-206", "EAU-230",
)  # fmt: skip
OFFICE = tuple(ref for ref in POPULARITY if ref.startswith("BUR"))
SEASONS = ((COLD_DRINKS, SUMMER), (OFFICE, SEPTEMBER))
# Zipf-Mandelbrot: weight 1 / (rank + offset), a head that is not overwhelming and a long tail.
RANK_OFFSET = 2.0
# An anchor is rarely bought by itself, or the chances of its companions would not show.
ANCHOR_SHARE = 0.3
# New products are promoted: without it those of the last weeks would hardly be seen.
LAUNCH_BOOST = 3.0


def day_range(today, days):
    """The (days,) datetime64[D] before ``today``, oldest first."""
    return np.datetime64(today, "D") - np.arange(days, 0, -1)


def weekday(day):
    """Monday 0 to Sunday 6 of datetime64[D]; 1970-01-01 was a Thursday."""
    return (day.astype("datetime64[D]").astype(np.int64) + 3) % 7


def month(day):
    """January 0 to December 11 of datetime64[D]."""
    return day.astype("datetime64[M]").astype(np.int64) % 12


def spike_day(today, spike):
    """The Wednesday of a promotion as datetime64[D]."""
    day = np.datetime64(today, "D") - spike.days_ago
    return day - (int(weekday(day)) - 2) % 7


def trend(days, factor):
    """(days,) geometric growth from 1 to ``factor``."""
    return factor ** np.linspace(0, 1, days)


def day_weights(company, calendar):
    """(days,) relative number of orders a day of a company, spikes apart.

    calendar : (days,) datetime64[D], ending yesterday.
    """
    weights = WEEKDAY[weekday(calendar)] * MONTH[month(calendar)]
    weights = weights * trend(len(calendar), PLANTED.company_growth[company])
    if company == ATLAS:
        collapse = PLANTED.collapse
        ago = np.arange(len(calendar), 0, -1)
        in_collapse = (ago <= collapse.first_days_ago) & (ago >= collapse.last_days_ago)
        weights = np.where(in_collapse, weights * collapse.share, weights)
    return weights


def product_weights(calendar):
    """(days, goods) relative chance of each good to be bought for its own sake."""
    days = len(calendar)
    weights = np.zeros((days, len(GOODS)))
    for rank, ref in enumerate(POPULARITY, start=1):
        weights[:, INDEX[ref]] = 1 / (rank + RANK_OFFSET)
    weights[:, [INDEX[bundle.anchor] for bundle in PLANTED.bundles]] *= ANCHOR_SHARE
    for refs, factors in SEASONS:
        weights[:, [INDEX[ref] for ref in refs]] *= factors[month(calendar)][:, None]
    for ref, factor in PLANTED.growth.items():
        # Around its geometric mean, so that growing and declining products keep their rank.
        weights[:, INDEX[ref]] *= trend(days, factor) / factor**0.5
    ago = np.arange(days, 0, -1)
    for ref, first in PLANTED.launched.items():
        weights[:, INDEX[ref]] *= np.where(ago <= first, LAUNCH_BOOST, 0)
    for ref, last in PLANTED.discontinued.items():
        weights[ago < last, INDEX[ref]] = 0
    return weights
