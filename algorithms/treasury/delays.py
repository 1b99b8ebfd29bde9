"""When an invoice that is still open will be paid: delays by client, drawn towards all clients.

A delay counts in days from the due day. Invoices that are still open are no delays, yet they say
that theirs is longer than so far: they are censored, and leaving them out would call everybody
punctual. With e(d) delays of d days and r(d) invoices that were open until then,

    all     S(d) = Π (1 − h(d)),  h(d) = (e(d) + κ·h0) / (r(d) + κ)     Kaplan & Meier (1958)
    own     h(c, d) = (e(c, d) + 10·h(d)) / (r(c, d) + 10), client c    beta process, Hjort (1990)
    habit   a client pays m(c) days from due, give or take what all clients' payments differ from
            their client's m: S(d − m(c)).  m(c) = (Σ delays + k·mean) / (n + k) is drawn towards
            all; k is the variance within clients over that between them (Robbins 1956). Censored
            delays enter with what they are expected to become (three steps of EM).

κ = 1 invoice and h0, the rate of all beyond the due day, speak where nobody was ever so late. Older
invoices count half after every ``half_life`` days, by their due day. An invoice that is open
``a`` days after its due day is paid by day d with chance 1 − S(d) / S(a).

Limits: a client's scatter is that of all clients in ``habit``; weekdays and paydays are not known.
"""

from dataclasses import dataclass

import numpy as np

from ..core.lookup import places

FIRST, LAST = -120, 365
DAYS = LAST - FIRST + 1
OWN_STRENGTH = 10.0
LEAST_STRENGTH = 2.0
EM_STEPS = 3
# Chance a day, once overdue, where nobody was ever late: half within a quarter.
TAIL_RATE = 1 - 0.5 ** (1 / 90)
METHODS = ("all", "own", "habit")


@dataclass(frozen=True)
class Habits:
    """How clients pay.

    method : str; half_life : float, days, inf for none.
    client : (k,) int64 ids, ascending. survival : (k + 1, DAYS) float64, chance that a delay is
    longer than FIRST, …, LAST days; the last row is for every other client.
    """

    method: str
    half_life: float
    client: np.ndarray
    survival: np.ndarray

    def row(self, client):
        """(n,) int64, row of ``survival`` of each client; client : (n,) int64."""
        at = places(self.client, client)
        return np.where(at < 0, len(self.client), at)

    def longer(self, row, days):
        """(n,) float64, chance that a delay is longer than so many days.

        row : (n,) of ``row``; days : (n,) int64.
        """
        found = self.survival[row, np.clip(days - FIRST, 0, DAYS - 1)]
        return np.where(days < FIRST, 1.0, found)


def learn(documents, today, method="habit", half_life=np.inf, clients=None):
    """Learn habits from what was known on a day.

    documents : Documents, of ``Documents.on(today)`` or the whole book; today : int, days since
    1970; method : of METHODS; half_life : float > 0, days; clients : (k,) ids to keep rows of, all
    unless given. Returns Habits; without a document everybody pays around the due day.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method}")
    seen = documents.on(today)
    wanted = np.unique(seen.client if clients is None else clients)
    done = ~seen.is_open
    days = np.clip(np.where(done, seen.late, today - seen.due), FIRST, LAST)
    weight = np.minimum(0.5 ** ((today - seen.due) / half_life), 1.0)
    everybody = _kaplan_meier(days - FIRST, done, weight, DAYS, FIRST)
    if method == "all" or not done.any():
        rows = np.broadcast_to(everybody, (len(wanted) + 1, DAYS))
        return Habits(method, half_life, wanted, rows)
    build = _own if method == "own" else _habit
    rows = build(seen.client, days, done, weight, wanted, everybody)
    return Habits(method, half_life, wanted, np.vstack([rows, everybody]))


def usual(documents, today):
    """Habits of the simple rule: everybody pays the median delay after the due day, whoever is
    later tomorrow. Arguments as for ``learn``."""
    seen = documents.on(today)
    done = ~seen.is_open
    median = int(np.median(seen.late[done])) if done.any() else 0
    days = FIRST + np.arange(DAYS)
    row = (days < np.clip(median, FIRST, LAST)).astype(np.float64)
    return Habits("due", np.inf, np.empty(0, np.int64), row[None])


def _kaplan_meier(place, done, weight, size, first):
    """(size,) survival beyond each day; place : (n,) from 0, first : day of place 0."""
    events, risk = _events(place, done, weight, size)
    late = np.maximum(first + np.arange(size), 0) > 0
    # Half an invoice paid after a quarter: what is said where nobody was ever late.
    rate = (events[late].sum() + TAIL_RATE * 90) / (risk[late].sum() + 90)
    prior = np.where(late, rate, 0.0)
    return np.cumprod(1 - (events + prior) / (risk + 1.0))


def _events(place, done, weight, size):
    events = np.bincount(place[done], weight[done], size)
    total = np.bincount(place, weight, size)
    return events, total[::-1].cumsum()[::-1]


def _own(client, days, done, weight, wanted, everybody):
    hazard = 1 - everybody / np.concatenate([[1.0], everybody[:-1]])
    at = places(wanted, client)
    used = at >= 0
    cell = at[used] * DAYS + days[used] - FIRST
    size, shape = len(wanted) * DAYS, (len(wanted), DAYS)
    events = np.bincount(cell, weight[used] * done[used], size).reshape(shape)
    risk = np.bincount(cell, weight[used], size).reshape(shape)[:, ::-1].cumsum(axis=1)[:, ::-1]
    return np.cumprod(1 - (events + OWN_STRENGTH * hazard) / (risk + OWN_STRENGTH), axis=1)


def _habit(client, days, done, weight, wanted, everybody):
    """(k, DAYS) survival of each wanted client."""
    known, place = np.unique(client, return_inverse=True)
    value = days.astype(np.float64)
    if not done.all():
        value[~done] = _expected(everybody, days[~done], FIRST)
    # Residuals reach as far as one client's delay may lie from another's mean.
    first, size = FIRST - LAST, 2 * DAYS - 1
    for _step in range(EM_STEPS):
        mean, centre, without = _centres(place, value, weight, len(known))
        off = np.where(done, np.rint(without), np.rint(centre)[place]).astype(np.int64)
        residual = np.clip(days - off, first, first + size - 1)
        survival = _kaplan_meier(residual - first, done, weight, size, first)
        if not done.all():
            value[~done] = off[~done] + _expected(survival, residual[~done], first)
    mean, centre, _without = _centres(place, value, weight, len(known))
    at = places(known, wanted)
    moved = np.rint(np.where(at < 0, mean, centre[at])).astype(np.int64)
    index = FIRST + np.arange(DAYS) - moved[:, None] - first
    rows = survival[np.clip(index, 0, size - 1)]
    return np.where((at < 0)[:, None], everybody, rows)


def _expected(survival, days, first):
    """(n,) expected delays of which it is known that they are longer than ``days``."""
    at = np.clip(days - first, 0, len(survival) - 1)
    beyond = survival[::-1].cumsum()[::-1]
    return days + beyond[at] / np.maximum(survival[at], 1e-12)


def _centres(place, value, weight, count):
    """(mean of all, (count,) means of clients, (n,) the client's mean without the row itself)."""
    total = np.bincount(place, weight, count)
    summed = np.bincount(place, weight * value, count)
    mean = summed.sum() / total.sum()
    strength = _strength(place, value, weight, total, summed)
    centre = (summed + strength * mean) / (total + strength)
    rest, others = summed[place] - weight * value, total[place] - weight
    return mean, centre, (rest + strength * mean) / (others + strength)


def _strength(place, value, weight, total, summed):
    """Variance within clients over that between them (moments), at least LEAST_STRENGTH."""
    own = summed / np.maximum(total, 1e-12)
    squared = np.bincount(place, weight**2, len(total))
    # What one mean of a client takes from the sum of its weights.
    freedom = (total - squared / np.maximum(total, 1e-12)).sum()
    within = (weight * (value - own[place]) ** 2).sum() / max(freedom, 1e-12)
    mean = summed.sum() / total.sum()
    spread = (total * (own - mean) ** 2).sum() - within * (len(total) - 1)
    between = spread / max(total.sum() - (total**2).sum() / total.sum(), 1e-12)
    if freedom <= 0 or between <= 0:
        return 1e6
    return min(max(within / between, LEAST_STRENGTH), 1e6)
