"""Sums over what one party did before a day, for many parties and days at once."""

import numpy as np

from ..core.lookup import pair_key, places


class Before:
    """Rows of parties by day, ready to be summed up to a day.

    party : (n,) int64 ids; day : (n,) int64 from 0 to 2³¹ − 1; values : {name: (n,) float}.
    """

    def __init__(self, party, day, **values):
        self.party = np.unique(party)
        key = pair_key(places(self.party, party), day)
        order = np.argsort(key, kind="stable")
        self.key = key[order]
        self._added = {
            name: np.concatenate([[0.0], np.cumsum(np.asarray(value, np.float64)[order])])
            for name, value in values.items()
        }
        self._order = order

    def _range(self, party, day):
        """(first, end) rows of each party before a day; nobody's are empty."""
        rank = places(self.party, party)
        known = np.maximum(rank, 0)
        first = np.searchsorted(self.key, pair_key(known, 0))
        end = np.searchsorted(self.key, pair_key(known, np.maximum(day, 0)))
        return first, np.where(rank < 0, first, end)

    def count(self, party, day):
        """(m,) int64, rows of each party before its day."""
        first, end = self._range(party, day)
        return end - first

    def sum(self, name, party, day, last=None):
        """(m,) float64, sum of a value over them; last : int, over the last so many only."""
        first, end = self._range(party, day)
        if last is not None:
            first = np.maximum(first, end - last)
        return self._added[name][end] - self._added[name][first]
