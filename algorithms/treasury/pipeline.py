"""What may be won of open quotations or leads. numpy alone: pages compute it for each reader."""

from dataclasses import dataclass

import numpy as np

DRAWS = 2000


@dataclass(frozen=True)
class Pipeline:
    """Open quotations: mean, Σ p · amount; low, median, high : of what may be won, 80 %."""

    mean: float
    low: float
    median: float
    high: float


def miss_of(chance, share, cases):
    """By how much chances were off together, a standard deviation of log odds.

    chance, share, cases : (b,) float, groups of past quotations: mean chance, share that was won,
    number. What chance alone explains is deducted; 0 without cases.
    """
    cases, usual = np.asarray(cases, np.float64), np.clip(chance, 0.02, 0.98)
    if not cases.sum():
        return 0.0
    odds = usual * (1 - usual)
    off = (np.asarray(share, np.float64) - usual) ** 2 - odds / np.maximum(cases, 1.0)
    return float(np.sqrt(max(np.average(off / odds**2, weights=cases), 0.0)))


def totals(chance, amount, rng, miss=0.0, draws=DRAWS):
    """Pipeline of quotations or leads.

    chance : (m,) float64 in 0..1; amount : (m,) float64; rng : Generator; miss : float, see
    ``miss_of``, moves all chances together; draws : int.
    """
    chance, amount = np.asarray(chance, np.float64), np.asarray(amount, np.float64)
    if not len(chance):
        return Pipeline(0.0, 0.0, 0.0, 0.0)
    odds = np.log(np.clip(chance, 1e-6, 1 - 1e-6) / np.clip(1 - chance, 1e-6, 1))
    sums = np.empty(draws)
    for number in range(draws):
        moved = 1 / (1 + np.exp(-odds - miss * rng.standard_normal()))
        sums[number] = amount[rng.random(len(chance)) < moved].sum()
    low, median, high = np.quantile(sums, [0.1, 0.5, 0.9])
    return Pipeline(float(chance @ amount), float(low), float(median), float(high))
