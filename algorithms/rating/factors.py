"""Clients and products with factors: biased matrix factorisation that knows how sure it is.

    stars(client, product) = mean + client's bias + product's bias + p(client) · q(product)

Biases and factors are normally distributed around 0. Least squares for all clients, then for all
products, alternate; each keeps the covariance of what it found, and the other side counts it: what
is known of a product with two ratings is little, and is taken for little (variational Bayes, Lim &
Teh 2007). Variances of biases and of the clients' factors are learned with them. That of the noise
is what :mod:`.biases` leave, and stays: learned, it would be too low, as each side takes the other
for independent.

One pass is two products of a sparse matrix with a table of (k + 1)(k + 2) / 2 columns and as many
small systems as there are clients and products. Six factors, eight passes (more gain little, and
take their time) and the noise were chosen on one division of MovieLens-100k into folds and on made
tastes; `make bench` divides it otherwise.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from .biases import fit_biases

FACTORS = 6
# As many factors as there are products would give back what was rated, and nothing new.
LEAST_PER_FACTOR = 4
PASSES = 8
START = 0.1
LEAST_VARIANCE = 1e-4
# What one side knows of the other at the start; the first pass corrects it.
FACTOR_VARIANCE, BIAS_VARIANCE = 0.1, 0.2
FLOAT = np.float32


@dataclass(frozen=True)
class _Side:
    """Clients or products: what is known of each.

    mean : (m, k + 1) float32, the bias, then the factors; covariance : (m, k + 1, k + 1) float32.
    """

    mean: np.ndarray
    covariance: np.ndarray

    def variances(self):
        """(k + 1,) float32, those around 0 that make what is known most likely."""
        own = np.diagonal(self.covariance, axis1=1, axis2=2)
        return np.maximum((self.mean**2 + own).mean(axis=0), LEAST_VARIANCE)


def fit_factors(client, product, stars, shape, rng, factors=FACTORS):
    """(mean, (c, k + 1) of clients, (p, k + 1) of products), a bias and k factors each.

    client, product : (n,) int, rows in 0..c-1 and 0..p-1; stars : (n,) float; shape : (c, p).
    rng : numpy Generator, of where the products' factors start; factors : int, at most.
    Returns float and float32 arrays. The same for the same ratings and state of rng.
    """
    wanted = max(min(factors, min(shape) // LEAST_PER_FACTOR), 1)
    mean, of_client, of_product = fit_biases(client, product, stars, shape)
    left = stars - mean
    noise = max(float(np.mean((left - of_client[client] - of_product[product]) ** 2)), 1e-2)
    ones = np.ones(len(left), FLOAT)
    rated = sparse.csr_matrix((ones, (client, product)), shape=shape)
    given = sparse.csr_matrix((left.astype(FLOAT), (client, product)), shape=shape)
    back = rated.T.tocsr(), given.T.tocsr()
    products = _start(of_product, wanted, rng)
    variance_of_client = np.full(wanted + 1, FACTOR_VARIANCE, FLOAT)
    variance_of_client[0] = BIAS_VARIANCE
    # The scale of the factors is free: those of products have 1.
    variance_of_product = np.ones(wanted + 1, FLOAT)
    variance_of_product[0] = BIAS_VARIANCE
    for _pass in range(PASSES):
        clients = _solved((rated, given), products, variance_of_client, noise)
        variance_of_client = clients.variances()
        products = _solved(back, clients, variance_of_product, noise)
        variance_of_product[0] = products.variances()[0]
    return mean, clients.mean, products.mean


def _start(of_product, factors, rng):
    mean = np.empty((len(of_product), factors + 1), FLOAT)
    mean[:, 0] = of_product
    mean[:, 1:] = rng.normal(0, START, (len(of_product), factors))
    covariance = np.zeros((len(mean), factors + 1, factors + 1), FLOAT)
    covariance[:, 1:, 1:] = START**2 * np.eye(factors, dtype=FLOAT)
    return _Side(mean, covariance)


def _solved(matrices, other, variances, noise):
    """A side from the other one: the posterior of linear regressions, one for each row.

    matrices : csr of ones and csr of stars less the mean, rows of this side × rows of the other.
    """
    rated, given = matrices
    width = other.mean.shape[1]
    # What this side's bias and factors are multiplied with: 1 and the other's factors.
    inputs = other.mean.copy()
    inputs[:, 0] = 1
    squares = other.covariance + inputs[:, :, None] * inputs[:, None, :]
    squares[:, 0, :] = squares[:, :, 0] = inputs
    # What the other's bias explains, with how it goes together with the factors.
    explained = other.mean[:, :1] * inputs
    explained[:, 1:] += other.covariance[:, 0, 1:]
    # Squares are symmetric: half of each is summed.
    upper, lower = np.triu_indices(width)
    summed = rated @ squares[:, upper, lower] / FLOAT(noise)
    precision = np.empty((len(summed), width, width), FLOAT)
    precision[:, upper, lower] = precision[:, lower, upper] = summed
    diagonal = np.arange(width)
    precision[:, diagonal, diagonal] += 1 / variances
    covariance = np.linalg.inv(precision)
    target = (given @ inputs - rated @ explained) / FLOAT(noise)
    return _Side((covariance @ target[:, :, None])[:, :, 0], covariance)
