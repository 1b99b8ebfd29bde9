"""Find keys in keys: what a database would join, for whole arrays."""

import numpy as np


def places(keys, wanted):
    """Where each wanted key stands.

    keys : (n,) int, each once, in any order; wanted : (k,) int.
    Returns (k,) int64, −1 where a key is not among the n.
    """
    keys, wanted = np.asarray(keys), np.asarray(wanted)
    if not len(keys):
        return np.full(len(wanted), -1)
    order = np.argsort(keys)
    at = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)
    return np.where(keys[order[at]] == wanted, order[at], -1)


def taken(values, at, missing=0.0):
    """Values at places, and ``missing`` where a place is −1.

    values : (n,) array or sequence; at : (k,) int. Returns (k,) array.
    """
    values = np.asarray(values)
    if not len(values):
        return np.full(len(at), missing)
    return np.where(at >= 0, values[at], missing)


def pair_key(first, second):
    """(n,) int64, one number for each pair of numbers from 0 to 2³¹ − 1."""
    return (np.asarray(first, np.int64) << 32) + np.asarray(second, np.int64)
