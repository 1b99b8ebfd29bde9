"""Who answers when: the chance that a client answers a call at an hour, from the calls so far.

A client has a handful of calls, so that its own rates are drawn towards those of all clients, the
more the fewer calls there are (empirical Bayes on the beta-binomial distribution: Skellam 1948;
Casella 1985). Hours are in seven bands, because a client that is reached at nine is reached at ten.
With p for the share of all calls that were answered:

    band b       p(b)    = (k(b) + M·p) / (n(b) + M), over all clients
    weekday w    r(w)    = that of the weekday, over p
    cell         p(b, w) = p(b) · r(w)
    client c     r(c)    = (k' + m·p) / (E' + m·p), where k' calls were answered and E' would have
                           been at the rates of the cells (indirect standardisation; Breslow & Day
                           1987), over the client's other bands, so that no call counts twice
    chance       (k(c, b) + m·q) / (n(c, b) + m) with q = p(b, w) · r(c)

m, how many calls of its own a client's prior is worth, is the one that makes the calls of all
clients most likely. Numpy alone: requests use it.
"""

from dataclasses import dataclass, replace

import numpy as np

# Each band begins at its hour; the first before, the last after.
BAND_STARTS = np.array([9, 11, 13, 15, 17, 19])
BANDS = len(BAND_STARTS) + 1
WEEKDAYS = 7
# Calls that a band's or a weekday's difference from the whole must be worth.
PRIOR_CALLS = 20.0
STRENGTHS = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
LOWEST, HIGHEST = 0.01, 0.99


def band_of(hour):
    """Band of local hours; hour : int or (n,) of 0..23. Returns int or (n,) of 0..6."""
    return np.searchsorted(BAND_STARTS, hour, side="right")


@dataclass(frozen=True)
class AnswerChances:
    """What was learned of the calls.

    cell : (7, 7) float64, chance by band and weekday; strength : float, m.
    client : (n,) int64 ids, ascending; answered, made, expected : (n, 7) float64 by band: calls
    that were answered, calls, and how many would have been at the rates of the cells.
    call_count : int; rate : float, share of all calls that were answered.
    """

    cell: np.ndarray
    strength: float
    client: np.ndarray
    answered: np.ndarray
    made: np.ndarray
    expected: np.ndarray
    call_count: int
    rate: float

    def chance(self, clients, band, weekday):
        """(n,) float64 in 0..1, the chance that clients answer.

        clients : (n,) ids, known or not; band : 0..6; weekday : 0..6, Monday first.
        """
        clients = np.asarray(clients, np.int64)
        cell = self.cell[band, weekday]
        if not len(self.client):
            return np.full(len(clients), cell)
        place = np.searchsorted(self.client, clients)
        place[place == len(self.client)] = 0
        known = self.client[place] == clients
        prior = _priors(self, self.strength, np.full(self.expected.shape, cell))[place, band]
        own = _posterior(self.answered[place, band], self.made[place, band], prior, self.strength)
        return np.where(known, own, cell)


def learn(client, band, weekday, answered, made):
    """Learn from calls, counted by client, band and weekday.

    client, band, weekday : (r,) int64; answered, made : (r,) int, made >= answered >= 0.
    Returns AnswerChances; without a call every chance is one half.
    """
    client, band, weekday = (np.asarray(each, np.int64) for each in (client, band, weekday))
    answered, made = (np.asarray(each, np.float64) for each in (answered, made))
    cell, rate = _cells(band, weekday, answered, made)
    clients, row = np.unique(client, return_inverse=True)
    shape = (len(clients), BANDS)
    sums = []
    for values in (answered, made, made * cell[band, weekday]):
        total = np.zeros(shape)
        np.add.at(total, (row, band), values)
        sums.append(total)
    found = AnswerChances(cell, STRENGTHS[-1], clients, *sums, int(made.sum()), rate)
    likeliest = max(STRENGTHS, key=lambda strength: _log_likelihood(found, strength))
    return replace(found, strength=likeliest)


def _cells(band, weekday, answered, made):
    """((7, 7) chances of bands and weekdays, the rate of all)."""
    rate = (answered.sum() + 1.0) / (made.sum() + 2.0)
    by_band, by_weekday = (
        _posterior(
            np.bincount(place, answered, minlength=size),
            np.bincount(place, made, minlength=size),
            rate,
            PRIOR_CALLS,
        )
        for place, size in ((band, BANDS), (weekday, WEEKDAYS))
    )
    return _chance(by_band[:, None] * by_weekday[None, :] / rate), rate


def _posterior(answered, made, prior, strength):
    return (answered + strength * prior) / (made + strength)


def _chance(value):
    return np.clip(value, LOWEST, HIGHEST)


def _priors(found, strength, cell):
    """(n, 7) chances of clients by band before the calls of that band are looked at."""
    others, expected = (
        each.sum(axis=1, keepdims=True) - each for each in (found.answered, found.expected)
    )
    weight = strength * found.rate
    return _chance(cell * (others + weight) / (expected + weight))


def _log_likelihood(found, strength):
    """Of the answered calls of each client and band, beta-binomial, but for a constant."""
    used = found.made > 0
    answered, made = found.answered[used], found.made[used]
    mean_cell = found.expected[used] / made
    cell = np.zeros(found.made.shape)
    cell[used] = mean_cell
    prior = _priors(found, strength, cell)[used]
    return (
        _log_rising(strength * prior, answered)
        + _log_rising(strength * (1 - prior), made - answered)
        - _log_rising(np.full(len(made), strength), made)
    )


def _log_rising(start, count):
    """Sum of log(start · (start + 1) · … · (start + count − 1)) over all rows."""
    total = 0.0
    for step in range(int(count.max(initial=0))):
        total += float(np.log(start[count > step] + step).sum())
    return total
