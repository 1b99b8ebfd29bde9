"""Made demand for speed and coverage: weekdays, levels from one in 20 days to 20 a day."""

import numpy as np

from algorithms.core.demand_panel import DemandPanel

WEEKDAYS = np.array([1.2, 1.1, 1.0, 1.0, 1.3, 0.9, 0.5])
KINDS = ("poisson", "negative binomial", "lots of five")


def made_panel(products, length, kind="poisson", seed=0):
    """DemandPanel of ``products`` rows; a third of them start some time later."""
    rng = np.random.default_rng(seed)
    days = np.datetime64("2024-01-01") + np.arange(length)
    level = np.exp(rng.uniform(np.log(0.05), np.log(20), products))[:, None]
    mean = level * WEEKDAYS[np.arange(length) % 7]
    if kind == "poisson":
        quantity = rng.poisson(mean)
    elif kind == "negative binomial":
        quantity = rng.poisson(mean * rng.gamma(0.5, 2, mean.shape))
    else:
        quantity = 5 * rng.poisson(mean / 5)
    latest = max(length - 120, 1)
    start = np.where(rng.random(products) < 0.3, rng.integers(0, latest, products), 0)
    quantity = np.where(np.arange(length) >= start[:, None], quantity, 0).astype(np.float64)
    sold = quantity > 0
    first = np.where(sold.any(axis=1), sold.argmax(axis=1), length)
    return DemandPanel(np.arange(products), days, quantity, first)
