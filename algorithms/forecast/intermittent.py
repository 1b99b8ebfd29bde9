"""Intermittent demand: many days without a sale, some with.

    Croston/SBA  mean size of a sale over mean days between sales, both smoothed at sales only,
                 times 1 − α/2 against Croston's upward bias (Syntetos & Boylan 2005)
    TSB          mean size times the probability of a sale, smoothed every day, so that the
                 forecast sinks while nothing is sold (Teunter, Syntetos & Babai 2011)

Both say a constant mean per day. Sizes and intervals start at the first observed, as in Croston
(1972); the probability of TSB starts as a running mean, for a history begins with a sale by
definition and would else start at 1.
"""

import numpy as np

ALPHA = 0.1


def sba(panel, horizon, alpha=ALPHA):
    """Syntetos-Boylan approximation.

    panel : DemandPanel. Unknown days neither count as waiting nor as sales.
    Returns (n, horizon) float64, units a day; zero for products that never sold.
    Source: Syntetos & Boylan (2005), International Journal of Forecasting 21.
    """
    size, interval = croston_states(panel.sold, panel.mask, alpha)
    rate = np.divide(size, interval, out=np.zeros_like(size), where=interval > 0)
    return np.repeat(((1 - alpha / 2) * rate)[:, None], horizon, axis=1)


def croston_states(sold, mask, alpha):
    """Smoothed size and interval after the last day, (n,) each; zeros where nothing was sold."""
    size, interval, waited = (np.zeros(len(sold)) for _ in range(3))
    for column in range(sold.shape[1]):
        today = sold[:, column]
        waited += mask[:, column]
        sale = today > 0
        new = sale & (size == 0)
        later = sale & ~new
        size = np.where(new, today, np.where(later, size + alpha * (today - size), size))
        interval = np.where(
            new, waited, np.where(later, interval + alpha * (waited - interval), interval)
        )
        waited[sale] = 0
    return size, interval


def tsb(panel, horizon, alpha=ALPHA, beta=ALPHA):
    """Teunter-Syntetos-Babai: probability of a sale (α) times its size (β).

    Returns (n, horizon) float64, units a day.
    Source: Teunter, Syntetos & Babai (2011), European Journal of Operational Research 214.
    """
    sold, mask = panel.sold, panel.mask
    size, chance, seen = (np.zeros(len(panel)) for _ in range(3))
    for column in range(panel.length):
        today, counts = sold[:, column], mask[:, column]
        sale = today > 0
        seen += counts
        step = np.maximum(alpha, 1 / np.maximum(seen, 1)) * counts
        chance += step * (sale - chance)
        size = np.where(sale, np.where(size == 0, today, size + beta * (today - size)), size)
    return np.repeat((chance * size)[:, None], horizon, axis=1)
