"""A limit on how often something may happen: token buckets (Turner, IEEE Communications, 1986).

A bucket holds as many tokens as may be taken a minute, fills evenly, and each request takes one:
short bursts pass, and nobody gets more than the rate for long. Buckets are kept in this process, so
that each worker of a server counts for itself.
"""

import threading
import time

MINUTE = 60.0
# Full buckets are forgotten when there are more than this.
MOST_BUCKETS = 10_000


class Buckets:
    """Buckets by their keys; threads of a server without workers share them."""

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._levels = {}

    def take(self, key, per_minute):
        """Take a token. Returns 0 where there was one, else the seconds until there will be.

        key : hashable; per_minute : number of tokens, above 0.
        """
        with self._lock:
            now = self._clock()
            level, since, _rate = self._levels.get(key, (per_minute, now, per_minute))
            level = min(per_minute, level + (now - since) * per_minute / MINUTE)
            taken = level >= 1
            self._levels[key] = (level - taken, now, per_minute)
            if len(self._levels) > MOST_BUCKETS:
                self._forget(now)
            return 0.0 if taken else (1 - level) * MINUTE / per_minute

    def _forget(self, now):
        self._levels = {
            key: (level, since, rate)
            for key, (level, since, rate) in self._levels.items()
            if level + (now - since) * rate / MINUTE < rate
        }
