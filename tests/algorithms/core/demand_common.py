"""Small panels for the tests of demand forecasts."""

import numpy as np

from algorithms.core.demand_panel import DemandPanel


def panel_of(*rows, first=None, known=None, start="2025-01-06"):
    """DemandPanel of lists of equal length; the first day is a Monday unless told otherwise."""
    quantity = np.array(rows, float)
    sold = quantity > 0
    if first is None:
        first = np.where(sold.any(axis=1), sold.argmax(axis=1), quantity.shape[1])
    days = np.datetime64(start) + np.arange(quantity.shape[1])
    return DemandPanel(np.arange(1, len(rows) + 1), days, quantity, np.array(first), None, known)
