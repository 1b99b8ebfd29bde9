"""Whom to call next: what a call may bring at this hour, and how long the client has waited.

    worth  = expected margin of what is due · chance to answer now
    score  = w · place by worth + (1 − w) · place by days since the last call,  w = n / (n + N)

Places run from 0 to 1 among the clients that may be called, with equal ones in the middle of their
places. n is the number of calls that chances were learned from and N = 200: without calls the order
is *longest not called*, the rule that a call center follows by itself, and with a thousand it is
mostly worth. Below LITTLE_HISTORY it is to be said that little is known.
"""

import numpy as np

PRIOR_CALLS = 200.0
LITTLE_HISTORY = 100


def weight_of(call_count):
    """w: how far worth is trusted, 0..1."""
    return call_count / (call_count + PRIOR_CALLS)


def places(values):
    """(n,) float64 in 0..1, the place of each value among all; equal values share one."""
    values = np.asarray(values, np.float64)
    if len(values) < 2:
        return np.full(len(values), 0.5)
    found, place, count = np.unique(values, return_inverse=True, return_counts=True)
    end = np.cumsum(count)
    middle = (end - count + end - 1) / 2
    return middle[place] / (len(values) - 1)


def scores(margin, chance, waited, call_count):
    """What speaks for calling each client now.

    margin : (n,) float64 >= 0; chance : (n,) in 0..1; waited : (n,) days, inf where it was never
    called; call_count : int. Returns (n,) float64 in 0..1.
    """
    weight = weight_of(call_count)
    worth = np.asarray(margin, np.float64) * np.asarray(chance, np.float64)
    return weight * places(worth) + (1 - weight) * places(waited)


def ranked(margin, chance, waited, call_count):
    """(n,) positions of the clients, the best to call first; equal ones by waiting, then order."""
    score = scores(margin, chance, waited, call_count)
    # Rounded, so that a sum in another order does not decide.
    return np.lexsort([-np.asarray(waited, np.float64), -np.round(score, 12)])
