"""Slow sellers: what can still be told of a product that sells too seldom for a daily forecast.

Spikes: a day that sold far more than any day before, three times the record of at least eight
earlier sale days, ten times that of at least three or a hundred times that of any, and unlikely by
its count as well. An ordinary sale never is one.

Drops: fewer days with a sale than there were. Whether a day saw a sale says nothing about how much,
so one large customer does not matter. Their number is compared with that of the eight weeks before.
A product that sold on half of its days and rests for two weeks is a drop, one that sells twice a
month never is.
"""

import numpy as np
from scipy.special import betaln, comb, ndtri

from .runs import RUN_SHARE, Run, stretch_limit
from .tails import MOST
from .windows import LEAST_KNOWN_DAYS, LEVEL_DAYS, ending_sums, expected_before, sums_before

# Sale days before, and how many times their record a spike is.
RECORDS = ((8, 3.0), (3, 10.0), (1, 100.0))
LENGTHS = (7, 14, 28)
# So few of the expected sale days are a drop.
FEW = 0.25
# Below this rate even four weeks without a sale are nothing unusual.
LEAST_RATE = 0.2


def record_spikes(watched, since):
    """Days far beyond the record. Returns list of Run; see find_runs for the arguments."""
    series, scores = watched.series, watched.scores
    before = np.where(series.known, series.values, 0.0)
    record = np.maximum.accumulate(before, axis=1)
    record = np.concatenate([np.zeros((len(series), 1)), record[:, :-1]], axis=1)
    sale_days = np.cumsum(before > 0, axis=1) - (before > 0)
    beyond = np.zeros(record.shape, bool)
    for least, times in RECORDS:
        beyond |= (sale_days >= least) & (series.values >= times * record)
    with np.errstate(invalid="ignore"):
        spike = series.valid & beyond & (scores.z >= watched.limit)
    spike[:, :since] = False
    return [
        Run(
            row,
            day,
            day,
            float(scores.z[row, day]),
            float(series.values[row, day]),
            float(scores.expected[row, day]),
            "record",
        )
        for row, day in np.argwhere(spike).tolist()
    ]


def missing_sales(watched, since):
    """Stretches with far fewer sale days than before; of those that overlap the most unusual one.

    Returns list of Run.
    """
    series, limit = watched.series, stretch_limit(watched.limit, LENGTHS)
    sold = (series.values > 0).astype(np.float64)
    rates = expected_before(sold, series.known, watched.factor, LEVEL_DAYS, LEAST_KNOWN_DAYS)
    known = sums_before(series.known * 1.0, LEVEL_DAYS)
    stretches = [
        stretch
        for length in LENGTHS
        if length <= len(series.days)
        for stretch in _unusual(series, sold, rates, known, length, limit)
    ]
    runs, taken = [], np.zeros(sold.shape, bool)
    for z, row, first, end in sorted(stretches):
        # Sales at the edges are no part of it.
        rest = np.flatnonzero(series.values[row, first:end] == 0)
        first, end = first + int(rest[0]), first + int(rest[-1]) + 1
        expected = float(watched.scores.expected[row, first]) * (end - first)
        value = float(series.values[row, first:end].sum())
        if end > since and not taken[row, first:end].any() and value <= RUN_SHARE * expected:
            runs.append(Run(row, first, end - 1, z, value, expected, "days"))
        taken[row, first:end] = True
    return runs


def _unusual(series, sold, rates, known, length, limit):
    """Stretches of one length: (z, row, first column, column after the last) of each."""
    whole = ending_sums(series.valid * 1.0, length) == length
    count = ending_sums(sold, length)
    # The rate before the stretch began: its own zeros would lower it.
    rate = np.full(rates.shape, np.nan)
    rate[:, length - 1 :] = rates[:, : rates.shape[1] - length + 1]
    with np.errstate(invalid="ignore"):
        few = whole & (rate >= LEAST_RATE) & (count <= FEW * length * np.minimum(rate, 1.0))
    rows, ends = np.nonzero(few)
    z = _sale_days_z(count[few], length, np.minimum(rate[few], 1.0), known[rows, ends - length + 1])
    unusual = z <= -limit
    return [
        (score, row, end - length + 1, end + 1)
        for score, row, end in zip(
            z[unusual].tolist(), rows[unusual].tolist(), ends[unusual].tolist(), strict=True
        )
    ]


def _sale_days_z(count, length, rate, known):
    """z-scores of so few sale days.

    count : (m,) among ``length`` days; rate : (m,) share of sale days among ``known`` earlier ones.
    The rate is itself an estimate: the tail is that of a beta-binomial (Jeffreys prior).
    """
    a, b = rate * known + 0.5, known * (1 - rate) + 0.5
    p = np.zeros(len(count))
    # Few terms: ``scipy.stats.betabinom`` takes a hundred times longer on arrays.
    for k in range(int(count.max(initial=-1)) + 1):
        log = betaln(k + a, length - k + b) - betaln(a, b)
        p += np.where(k <= count, comb(length, k) * np.exp(log), 0.0)
    return np.clip(ndtri(np.clip(p, 1e-300, 1.0)), -MOST, MOST)
