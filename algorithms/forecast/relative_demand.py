"""The demand of a whole catalogue from day to day, each product relative to its own mean."""

import numpy as np

from .spikes import FEW_PRODUCTS, spike_caps

MOST_OF_A_DAY = 3.0
# Part of the history after which a product comes too late; days without a sale that end one.
LATE, ALIVE_DAYS = 4, 90
TURNS = 3


def without_errors(panel):
    """(n, t) units; days of more than three times the 95 % quantile count as that.

    Of a handful of products less: one of two is half of what the catalogue is thought to do.
    """
    times = 1 + (MOST_OF_A_DAY - 1) * len(panel) / (len(panel) + FEW_PRODUCTS)
    return np.minimum(panel.sold, times * spike_caps(panel)[:, None])


def relative_demand(panel):
    """(t,) demand of the catalogue, mean about 1, of the products that were there nearly all along.

    A product's day is thought to bring its mean times the catalogue's level of that day; the means
    of products that were not there all days are taken over the level of those that they were. The
    first day of a product is left out: it begins with a sale, and a catalogue whose products all
    do seems to shrink. Many sale days tell more.

    panel : DemandPanel. Returns float64, or None where no such product sold.
    """
    sold_lately = (panel.sold[:, -ALIVE_DAYS:] > 0).any(axis=1)
    used = (panel.first <= panel.length / LATE) & sold_lately
    if not used.any():
        return None
    part = panel.take(used)
    mask = part.mask & (np.arange(part.length) > part.first[:, None])
    sold = np.where(mask, without_errors(part), 0.0)
    sale_days = (sold > 0).sum(axis=1)
    rate = np.ones(part.length)
    for _turn in range(TURNS):
        mean = sold.sum(axis=1) / np.maximum(mask @ rate, 1e-9)
        weight = np.divide(sale_days, mean, out=np.zeros(len(sold)), where=mean > 0)
        expected = (weight * mean) @ mask
        # A day that no product tells anything about is like the others.
        rate = np.divide(weight @ sold, expected, out=np.ones(part.length), where=expected > 0)
    return rate if sale_days.any() else None


def product_weights(sold, mask):
    """(n,) weight of a unit of each product: many sale days tell more, no product counts twice."""
    mean = sold.sum(axis=1) / np.maximum(mask.sum(axis=1), 1)
    return np.divide(np.sqrt((sold > 0).sum(axis=1)), mean, out=np.zeros(len(sold)), where=mean > 0)
