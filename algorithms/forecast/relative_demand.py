"""The demand of a whole catalogue from day to day, each product relative to its own mean."""

import numpy as np

from .spikes import spike_caps

MOST_OF_A_DAY = 3.0


def without_errors(panel):
    """(n, t) units; days of more than three times the 95 % quantile count as that."""
    return np.minimum(panel.sold, MOST_OF_A_DAY * spike_caps(panel)[:, None])


def product_weights(sold, mask):
    """(n,) weight of a unit of each product: many sale days tell more, no product counts twice."""
    mean = sold.sum(axis=1) / np.maximum(mask.sum(axis=1), 1)
    return np.divide(np.sqrt((sold > 0).sum(axis=1)), mean, out=np.zeros(len(sold)), where=mean > 0)


def relative_demand(panel):
    """(t,) demand of the catalogue, mean about 1, of the products that were there all the time.

    panel : DemandPanel. Returns float64, or None where no such product sold.
    """
    old = panel.first == 0
    if not old.any():
        return None
    part = panel.take(old)
    sold = without_errors(part)
    weight = product_weights(sold, part.mask)
    mean = sold.sum(axis=1) / np.maximum(part.mask.sum(axis=1), 1)
    expected = (weight * mean) @ part.mask
    rate = np.divide(weight @ sold, expected, out=np.zeros(part.length), where=expected > 0)
    # A day that no product tells anything about is like the others.
    return np.where(expected > 0, rate, 1.0) if (expected > 0).any() else None
