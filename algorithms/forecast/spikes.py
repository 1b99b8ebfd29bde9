"""Single huge sales, tempered before the methods look at a history.

A wholesaler's pallet order or a typing error says little about the next 30 days. What a day sold
above the product's own 95 % quantile of its sale days is divided in three: 30 % stay where they
are, 30 % are spread over the whole catalogue in proportion (anybody may get the next large order),
the rest is left out, for a forecast is judged by absolute errors, which the median suits. Histories
without spikes hardly change.

Evidence: with weekday × smoothed level on Online Retail, 200 and 1,000 products, eight origins from
March to August 2011, the error of 30-day totals falls by two to three points (38.9 to 36.9 at the
published origins) while the bias moves from +2 … +7 % to −2 … +1 %. Leaving out everything lowers
the error as much again, but then forecasts are 10 % too low.
"""

from dataclasses import replace

import numpy as np

CAP_QUANTILE = 0.95
OWN_SHARE = 0.3
SPREAD_SHARE = 0.3
# Of a handful of products none can say what happens to the others.
FEW_PRODUCTS = 10.0
# The median alone would cut a hundredth of Online Retail's products, the quantile alone lets two
# giants among 40 products through.
GIANT_QUANTILE, GIANT = 0.99, 30.0


def spike_caps(panel):
    """(n,) 95 % quantile of the quantities of a product's sale days, infinite without a sale."""
    ordered = np.sort(panel.sold, axis=1)
    count = (panel.sold > 0).sum(axis=1)
    position = panel.length - count + CAP_QUANTILE * np.maximum(count - 1, 0)
    low = np.minimum(np.floor(position).astype(np.int64), panel.length - 1)
    high = np.minimum(low + 1, panel.length - 1)
    rows = np.arange(len(panel))
    part = position - low
    cap = ordered[rows, low] * (1 - part) + ordered[rows, high] * part
    return np.where(count > 0, cap, np.inf)


def spread_factor(panel):
    """What the catalogue's spikes add to each product's demand, a factor in 1..1.3.

    A product counts by what it sells, the largest hundredth alike, and its spikes at most as much
    as all the rest of it: one typing error must not lift a thousand forecasts.
    """
    capped = np.minimum(panel.sold, spike_caps(panel)[:, None]).sum(axis=1)
    sells = capped > 0
    if not sells.any():
        return 1.0
    capped, total = capped[sells], panel.sold.sum(axis=1)[sells]
    excess = np.clip(total / capped - 1, 0, 1)
    weight = no_giants(capped)
    share = len(weight) / (len(weight) + FEW_PRODUCTS)
    return float(1 + SPREAD_SHARE * share * (weight @ excess) / weight.sum())


def no_giants(sizes):
    """Sizes, those beyond the 99 % quantile or 30 times the median set to it.

    sizes : (n,) with n >= 1, positive.
    """
    highest = min(np.quantile(sizes, GIANT_QUANTILE, method="lower"), GIANT * np.median(sizes))
    return np.minimum(sizes, highest)


def tempered(panel, factor=None):
    """The panel with spikes tempered.

    factor : float, ``spread_factor`` of the whole catalogue; default that of the panel.
    Returns DemandPanel.
    """
    factor = spread_factor(panel) if factor is None else factor
    capped = np.minimum(panel.sold, spike_caps(panel)[:, None])
    return replace(panel, quantity=(capped + OWN_SHARE * (panel.sold - capped)) * factor)
