"""Ratings of clients with planted tastes."""

import numpy as np

from algorithms.rating.ratings import build_ratings


def made_ratings(clients, products, each, tastes=0.8, seed=0, noise=0.6):
    """Ratings of clients 1, 2, … and products 1001, 1002, …; each : products that a client draws;
    tastes : stars by which tastes scatter, 0 for none."""
    rng = np.random.default_rng(seed)
    likes, has = rng.standard_normal((clients, 3)), rng.standard_normal((products, 3))
    client = np.repeat(np.arange(clients), each)
    product = rng.integers(products, size=len(client))
    pair = np.unique(client * products + product)
    client, product = pair // products, pair % products
    stars = 3.6 + rng.normal(0, 0.4, clients)[client] + rng.normal(0, 0.5, products)[product]
    stars += tastes * (likes[client] * has[product]).sum(axis=1) / np.sqrt(3)
    stars += rng.normal(0, noise, len(pair))
    return build_ratings(client + 1, product + 1001, np.clip(np.round(stars), 1, 5))
