"""Figures of stored values, kept in a worker until the values are computed again.

A key holds all that the figures depend on: who asks with which rights, what for, in which language,
and the token of the computation. Names, currencies and time zones are set once in a while, and days
end on a quarter of an hour in every time zone: no key lives longer than that.
"""

import json
import time

from odoo.tools.lru import LRU

SECONDS = 900
_KEPT = LRU(64)


def moment():
    """The quarter of an hour that it is, as a part of a key."""
    return int(time.time()) // SECONDS


def kept(key, compute):
    """What is kept under a key, or is computed now and kept; plain data, free to be changed."""
    try:
        text = _KEPT[key]
    except KeyError:
        text = _KEPT[key] = json.dumps(compute())
    return json.loads(text)
