"""A model of stars, by one of three methods, from the simple to the rich one.

    mean        the product's shrunk mean, for every client
    baseline    mean, bias of the client, bias of the product
    factors     these and the client's factors times the product's

All three are a mean, biases and factors, some of them 0: a client that a model does not know gets
what it says of the product alone, an unknown product what it says of the client, both unknown the
mean of all.
"""

from dataclasses import dataclass

import numpy as np

from .biases import fit_biases
from .factors import fit_factors
from .ratings import LEAST_STARS, MOST_STARS, numbered
from .shrunk_means import prior_strength, shrunk_means

METHODS = ("mean", "baseline", "factors")
BLOCK_ROWS = 200_000


@dataclass(frozen=True)
class RatingModel:
    """Learned from ratings.

    method : one of METHODS. mean : float, of all stars. clients : (c,) int64 ids, ascending;
    products : (p,) int64 ids, ascending. client_bias : (c,) float32; product_bias : (p,) float32.
    client_factors : (c, k) float32; product_factors : (p, k) float32; k may be 0.
    seen : (n, 2) int64, client and product of each rating it was learned from, in their order.
    """

    method: str
    mean: float
    clients: np.ndarray
    products: np.ndarray
    client_bias: np.ndarray
    product_bias: np.ndarray
    client_factors: np.ndarray
    product_factors: np.ndarray
    seen: np.ndarray

    def predict(self, client, product):
        """Expected stars, (n,) float64 in 1..5.

        client, product : (n,) int ids; unknown ones are no error.
        """
        row, is_client = _places(self.clients, client)
        column, is_product = _places(self.products, product)
        stars = np.full(len(row), self.mean)
        stars[is_client] += self.client_bias[row[is_client]]
        stars[is_product] += self.product_bias[column[is_product]]
        both = np.flatnonzero(is_client & is_product)
        for start in range(0, len(both), BLOCK_ROWS):
            some = both[start : start + BLOCK_ROWS]
            own, others = self.client_factors[row[some]], self.product_factors[column[some]]
            stars[some] += np.einsum("nk,nk->n", own, others)
        return np.clip(stars, LEAST_STARS, MOST_STARS)

    def has_seen(self, client, product):
        """(n,) bool, whether it was learned from a rating of the same client and product."""
        return np.isin(_pairs(client, product), _pairs(*self.seen.T))

    def offers(self, client, product):
        """(n,) bool, which pairs it has something of its own to say of: it knows client and
        product, and the client has not rated this product."""
        known = np.isin(client, self.clients) & np.isin(product, self.products)
        return known & ~self.has_seen(client, product)


def fit(ratings, method, rng):
    """RatingModel of Ratings, at least one. rng : numpy Generator; only factors draw from it."""
    clients, client = numbered(ratings.client)
    products, product = numbered(ratings.product)
    shape = (len(clients), len(products))
    own, others = np.zeros((shape[0], 1)), np.zeros((shape[1], 1))
    if method == "mean":
        mean = float(np.mean(ratings.stars))
        strength = prior_strength(product, ratings.stars)
        others[:, 0] = shrunk_means(product, ratings.stars, shape[1], strength, mean) - mean
    elif method == "baseline":
        mean, own[:, 0], others[:, 0] = fit_biases(client, product, ratings.stars, shape)
    else:
        mean, own, others = fit_factors(client, product, ratings.stars, shape, rng)
    own, others = own.astype(np.float32), others.astype(np.float32)
    return RatingModel(
        method,
        mean,
        clients,
        products,
        own[:, 0],
        others[:, 0],
        own[:, 1:],
        others[:, 1:],
        np.stack([ratings.client, ratings.product], axis=1),
    )


def _pairs(client, product):
    """(n,) int64, one number for each pair of ids below 2³¹."""
    return np.asarray(client, np.int64) << 32 | np.asarray(product, np.int64)


def _places(ids, wanted):
    """(places in ascending ids, whether they are there)."""
    wanted = np.asarray(wanted, np.int64)
    place = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return place, ids[place] == wanted
