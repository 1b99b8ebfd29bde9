"""Random draws of the generator.

Everything comes from ``Generator.random``: the stream of the bit generator is stable across numpy
versions while that of the distributions (``choice``, ``poisson``…) may change, and the history
must be the same on every machine.
"""

import numpy as np


class Draws:
    def __init__(self, seed):
        self._random = np.random.Generator(np.random.PCG64(seed)).random

    def uniform(self, size):
        """(size,) float64 in [0, 1)."""
        return self._random(size)

    def chance(self, probability):
        """One bool, true with the probability."""
        return bool(self._random() < probability)

    def pick(self, weights, size):
        """(size,) int64 positions in ``weights`` (n,), with replacement."""
        edges = np.cumsum(weights, dtype=np.float64)
        return np.searchsorted(edges, self._random(size) * edges[-1], side="right")

    def pick_distinct(self, weights, count):
        """(count,) int64 positions in ``weights`` (n,) without replacement; fewer where fewer
        weights are above zero. Source: Efraimidis & Spirakis (2006), Inf. Process. Lett. 97."""
        candidates = np.flatnonzero(weights > 0)
        keys = -np.log1p(-self._random(len(candidates))) / weights[candidates]
        return candidates[np.argsort(keys, kind="stable")[:count]]

    def binomial(self, trials, probability):
        """One int in 0..trials."""
        return int((self._random(trials) < probability).sum())

    def geometric_gap(self, mean):
        """One int of at least 1: days to the next event of a memoryless process."""
        return 1 + int(np.log1p(-self._random()) / np.log1p(-1 / mean))
