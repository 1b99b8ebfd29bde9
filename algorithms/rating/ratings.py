"""Ratings: how many stars clients gave to products."""

from dataclasses import dataclass

import numpy as np

LEAST_STARS, MOST_STARS = 1.0, 5.0
# A table of so many ids is quicker than sorting them.
MOST_TABLE = 10_000_000


@dataclass(frozen=True)
class Ratings:
    """One rating of each client and product, by client, then product.

    client, product : (n,) int64 ids. stars : (n,) float64 in 1..5.
    """

    client: np.ndarray
    product: np.ndarray
    stars: np.ndarray

    def __len__(self):
        return len(self.stars)

    def take(self, rows):
        """Some of the ratings. rows : (n,) bool, or ascending positions."""
        return Ratings(self.client[rows], self.product[rows], self.stars[rows])


def build_ratings(client, product, stars):
    """Ratings of equally long arrays.

    client, product : int ids above 0; stars : float. Several of one client and product, as those of
    several contacts of a firm, count as their mean.
    Raises ValueError where stars are not within 1..5.
    """
    client, product = np.asarray(client, np.int64), np.asarray(product, np.int64)
    stars = np.asarray(stars, np.float64)
    if not np.all((stars >= LEAST_STARS) & (stars <= MOST_STARS)):
        raise ValueError(f"stars are {stars.min()} to {stars.max()}, not within 1..5")
    pairs, number = np.unique(np.stack([client, product], axis=1), axis=0, return_inverse=True)
    number = number.reshape(-1)
    count = np.bincount(number, minlength=len(pairs))
    total = np.bincount(number, stars, len(pairs))
    return Ratings(pairs[:, 0], pairs[:, 1], total / np.maximum(count, 1))


def numbered(ids):
    """(the different ids, ascending; the number among them of each). ids : (n,) int64, from 0."""
    most = int(ids.max(initial=0))
    if most > MOST_TABLE:
        return np.unique(ids, return_inverse=True)
    there = np.zeros(most + 1, bool)
    there[ids] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[ids]
