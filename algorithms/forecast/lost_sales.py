"""What was not sold because there was none: an estimate.

On a day without stock a product is taken to have been wanted as much as on its latest known days
before it, at the mean price that was paid for it. Products without a known day before are left
out: nobody can tell. Days are taken to vary independently of each other for the range, which is
that of the sum and knows nothing of clients who came back later or took something else.
"""

import numpy as np

# Known days that say how much is wanted, and the fewest of them.
DAYS = 56
FEWEST = 7


def lost_sales(panel, days=DAYS):
    """Revenue that each day lost for want of stock.

    panel : DemandPanel with price, of which the days without stock are unknown.
    Returns ((t,) float64 revenue in the currency of the price, (t,) float64 its variance).
    """
    offered = np.arange(panel.length) >= panel.first[:, None]
    missing = offered & ~panel.mask
    price = _mean_price(panel)
    rows = missing.any(axis=1) & (price > 0)
    count = _before(panel.mask[rows].astype(np.float64), days)
    total = _before(panel.sold[rows], days)
    squares = _before(panel.sold[rows] ** 2, days)
    counted = missing[rows] & (count >= FEWEST)
    count = np.maximum(count, 1.0)
    mean = total / count
    spread = np.maximum(squares / count - mean**2, 0.0)
    price = price[rows][:, None]
    lost = np.where(counted, price * mean, 0.0).sum(axis=0)
    return lost, np.where(counted, price**2 * spread, 0.0).sum(axis=0)


def _mean_price(panel):
    """(n,) mean price of what was sold, 0 where none is known."""
    priced = panel.mask & np.isfinite(panel.price) & (panel.quantity > 0)
    units = np.where(priced, panel.quantity, 0.0)
    paid = (units * np.where(priced, panel.price, 0.0)).sum(axis=1)
    return paid / np.maximum(units.sum(axis=1), 1e-12)


def _before(values, days):
    """(n, t) sums of the ``days`` days before each one."""
    sums = np.cumsum(values, axis=1)
    before = np.zeros_like(sums)
    before[:, 1:] = sums[:, :-1]
    before[:, days + 1 :] -= sums[:, : -days - 1]
    return before
