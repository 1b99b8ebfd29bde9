"""Made situations that shops are in: a young shop, a season, growth, a large order, a closure.

Each returns a DemandPanel that is longer than the history by ``AHEAD`` days; the forecast sees
``panel.until(panel.length - AHEAD)``.
"""

import numpy as np

from algorithms.core.demand_panel import DemandPanel

from .demand_made import WEEKDAYS

AHEAD = 90
START = np.datetime64("2023-01-01")
# Relative demand of the months of a year; "stores" as in public daily sales of stores and items.
SHAPES = {
    "stores": np.array([0.68, 0.75, 0.93, 1.1, 1.18, 1.23, 1.33, 1.15, 1.05, 1.0, 1.06, 0.72]),
    "gifts": np.array([0.75, 0.8, 0.9, 0.92, 0.95, 0.95, 0.85, 0.8, 0.95, 1.05, 1.35, 1.75]),
    "summer": np.array([0.6, 0.65, 0.8, 1.0, 1.25, 1.45, 1.5, 1.35, 1.1, 0.9, 0.75, 0.65]),
    "two": np.array([1.1, 1.24, 1.19, 0.99, 0.85, 0.85, 0.9, 1.01, 1.01, 0.81, 0.95, 1.1]),
}


def panel_of(quantity, start=START):
    """DemandPanel of (n, t) units; every product is known from its first sale on."""
    sold = quantity > 0
    first = np.where(sold.any(axis=1), sold.argmax(axis=1), quantity.shape[1])
    days = start + np.arange(quantity.shape[1])
    return DemandPanel(np.arange(len(quantity)), days, quantity.astype(np.float64), first)


def young_shop(days, seed, products=40, level=5.0):
    """Poisson of one level, no weekdays, ``days`` of history."""
    rng = np.random.default_rng(seed)
    return panel_of(rng.poisson(level, (products, days + AHEAD)))


def mixed_young_shop(days, seed, products=40):
    """Levels of 0.3 to 20 a day, weekdays, lots that scatter more than Poisson."""
    rng = np.random.default_rng(seed)
    level = np.exp(rng.uniform(np.log(0.3), np.log(20), products))[:, None]
    mean = level * WEEKDAYS[np.arange(days + AHEAD) % 7]
    return panel_of(rng.poisson(mean * rng.gamma(2, 0.5, mean.shape)))


def yearly_season(days, seed, products=50, growth=0.08, end="2026-11-27", shape="stores"):
    """Daily sales of stores and items: a year's season, weekdays, a little growth."""
    rng = np.random.default_rng(seed)
    length = days + AHEAD
    start = np.datetime64(end) - days + 1
    calendar = start + np.arange(length)
    year = calendar.astype("datetime64[Y]")
    part = (calendar - year.astype("datetime64[D]")).astype(float) / 365.25 * 12 - 0.5
    months = SHAPES[shape]
    season = np.interp(part % 12, np.arange(-1, 13), np.r_[months[-1], months, months[0]])
    level = np.exp(rng.uniform(np.log(10), np.log(80), products))[:, None]
    trend = np.exp(growth * (np.arange(length) - days) / 365)
    weekday = (0.7 + 0.1 * np.arange(7))[(calendar.astype(int) + 3) % 7]
    return panel_of(rng.poisson(level * season * trend * weekday), start)


def growing_wholesaler(days, seed, products=100, a_month=0.08):
    """A catalogue that grows by ``a_month`` each 30 days, sells in lots and scatters."""
    rng = np.random.default_rng(seed)
    length = days + AHEAD
    level = np.exp(rng.uniform(np.log(0.5), np.log(20), products))[:, None]
    trend = (1 + a_month) ** ((np.arange(length) - days) / 30)
    mean = level * trend * WEEKDAYS[np.arange(length) % 7]
    return panel_of(6 * rng.poisson(mean / 6 * rng.gamma(0.5, 2, mean.shape)))


def closed_shop(days, seed, closed=25, ago=5, products=40):
    """Poisson at 5 a day; the company sold nothing on ``closed`` days, ``ago`` days back."""
    rng = np.random.default_rng(seed)
    quantity = rng.poisson(5.0, (products, days + AHEAD))
    quantity[:, days - ago - closed : days - ago] = 0
    return panel_of(quantity)


def catalogue(products, seed, days=180):
    """Negative binomial demand for the large order; the levels are those of a small wholesaler."""
    rng = np.random.default_rng(seed)
    level = np.exp(rng.uniform(np.log(0.5), np.log(8), products))[:, None]
    mean = level * WEEKDAYS[np.arange(days + AHEAD) % 7]
    return panel_of(rng.poisson(mean * rng.gamma(2, 0.5, mean.shape)))
