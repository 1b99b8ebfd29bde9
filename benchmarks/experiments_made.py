"""A made shop for experiments: clients of very different size, who come back."""

import numpy as np

from algorithms.experiment.exposures import Exposures


def made_shop(rng, clients, often=4.0, won=0.6, new=0.3):
    """Quotations before anybody is treated.

    often : float, mean quotations of a client, half of whom have one or two; won : chance that one
    is confirmed; new : share of clients without an order before.
    Returns (client, outcome, before), each (n,).
    """
    count = 1 + rng.negative_binomial(0.7, 0.7 / (0.7 + often - 1), clients)
    level = rng.lognormal(5, 0.8, clients)
    known = level * rng.lognormal(0, 0.3, clients)
    known[rng.random(clients) < new] = np.nan
    client = np.repeat(np.arange(clients), count)
    value = level[client] * rng.lognormal(0, 0.5, len(client))
    return client, value * (rng.random(len(client)) < won), known[client]


def exposed(shop, treated, planted=0.0):
    """Exposures of a shop.

    treated : (clients,) bool; planted : float, treated outcomes are so much more, 0.1 for 10 %.
    """
    client, outcome, before = shop
    arm = treated[client]
    return Exposures(client, arm, outcome * (1 + planted * arm), before)
