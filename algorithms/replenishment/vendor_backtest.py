"""Whether what was learned of vendors tells their next orders better than the simple rules do.

The newest third of the lines is told from what was known on the day before the first of them:

    on time    share of the vendor, drawn towards all, beside the vendor's plain past share; Brier
    lead time  receipts of vendor and product, drawn towards the plan, beside the plan; mean error

Intervals draw orders again, that is lines of one vendor and day together, for they come together.
"""

from dataclasses import replace

import numpy as np

from ..core.gain import Gain
from ..core.lookup import pair_key, places
from .lead_times import MOST_DAYS, lead_times
from .vendor_score import OPEN, vendor_scores

LEAST_CASES = 30
HELD_OUT = 1 / 3
DRAWS = 1000
LEVEL = 0.95


def backtest(lines, pairs, planned, today, rng, tolerance=0):
    """(Gain of on time, Gain of lead times), None for below 30 lines.

    lines : PurchaseLines; pairs : (m, 2) int, vendor and product, each once; planned : (m,) float
    >= 0, days; today : int; rng : Generator; tolerance : int, see ``vendor_scores``.
    """
    if len(lines.ordered) < LEAST_CASES:
        return None, None
    cut = int(np.quantile(lines.ordered, 1 - HELD_OUT))
    known, new = known_on(lines, cut), _rows(lines, lines.ordered >= cut)
    if not len(known.ordered):
        return None, None
    return (
        _on_time_gain(known, new, cut, today, rng, tolerance),
        _lead_gain(known, new, np.asarray(pairs, np.int64).reshape(-1, 2), planned, today, rng),
    )


def _rows(lines, rows):
    return replace(lines, **{name: values[rows] for name, values in vars(lines).items()})


def known_on(lines, day):
    """The lines of orders before a day, as they stood on its morning."""
    lines = _rows(lines, lines.ordered < day)
    came = lines.received < day
    return replace(
        lines,
        received=np.where(came, lines.received, OPEN),
        got=np.where(came, lines.got, 0.0),
        returned=np.where(came, lines.returned, 0.0),
    )


def _on_time_gain(known, new, cut, today, rng, tolerance):
    scores = vendor_scores(known, cut - 1, tolerance=tolerance)
    share = scores.on_time
    of_all = (share.count.sum() + 1) / (share.of.sum() + 2)
    new = _rows(new, (new.received <= today) | (new.promised + tolerance < today))
    at = places(scores.vendor, new.vendor)
    plain = np.where(share.of > 0, share.count / np.maximum(share.of, 1), of_all)
    kept = new.received <= np.minimum(new.promised + tolerance, today)
    errors = [(np.where(at >= 0, told[at], of_all) - kept) ** 2 for told in (share.mean, plain)]
    return _gain("brier", *errors, new, rng)


def _lead_gain(known, new, pairs, planned, today, rng):
    days = new.received - new.ordered
    new = _rows(new, (new.received <= today) & (days >= 0) & (days <= MOST_DAYS))
    at = places(pair_key(*pairs.T), pair_key(new.vendor, new.product))
    new, at = _rows(new, at >= 0), at[at >= 0]
    came = known.received < OPEN
    kept = lead_times(
        pairs,
        planned,
        np.stack([known.vendor, known.product], axis=1)[came],
        known.ordered[came].astype("datetime64[D]"),
        known.received[came].astype("datetime64[D]"),
    )
    days = new.received - new.ordered
    told = (kept.mean, np.asarray(planned, np.float64))
    return _gain("mae", *(np.abs(each[at] - days) for each in told), new, rng)


def _gain(measure, model, simple, lines, rng):
    if len(model) < LEAST_CASES:
        return None
    orders, order = np.unique(pair_key(lines.vendor, lines.ordered), return_inverse=True)
    size = len(orders)
    less = np.bincount(order, simple - model, size)
    count = np.bincount(order, minlength=size)
    drawn = rng.multinomial(size, np.full(size, 1 / size), DRAWS)
    gains = (drawn @ less) / (drawn @ count)
    low, high = np.quantile(gains, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    gain = float(simple.mean() - model.mean())
    return Gain(
        measure,
        float(model.mean()),
        float(simple.mean()),
        gain,
        float(low),
        float(high),
        len(model),
    )
