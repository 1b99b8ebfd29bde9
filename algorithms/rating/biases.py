"""Clients who give more stars than others, and products that get more: for few ratings.

    stars(client, product) = mean + client's bias + product's bias

Biases are means of what the others leave, in turns, drawn towards 0 as :mod:`.shrunk_means` draws
them; how far is told from the ratings themselves (baseline estimates of Koren 2010, by alternating
least squares).
"""

import numpy as np

from .shrunk_means import prior_strength, shrunk_means

TURNS = 5


def fit_biases(client, product, stars, shape):
    """(mean, (c,) biases of clients, (p,) biases of products), float64.

    client, product : (n,) int, rows in 0..c-1 and 0..p-1; stars : (n,) float; shape : (c, p).
    """
    mean = float(np.mean(stars))
    left = stars - mean
    of_client, of_product = np.zeros(shape[0]), np.zeros(shape[1])
    product_strength = prior_strength(product, left)
    client_strength = None
    for _turn in range(TURNS):
        of_product = shrunk_means(product, left - of_client[client], shape[1], product_strength)
        rest = left - of_product[product]
        client_strength = client_strength or prior_strength(client, rest)
        of_client = shrunk_means(client, rest, shape[0], client_strength)
    return mean, of_client, of_product
