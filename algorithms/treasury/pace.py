"""How much faster or slower than by their habits all clients pay, and how far that moves.

On earlier days the open invoices were forecast; what came in tells the pace θ of that period, which
makes the forecast total right: an invoice's chance to be still open becomes S^θ (proportional
hazards). θ is one factor for all clients, the common shock: without it the totals of many invoices
would look far surer than they are. Of its logarithms in past periods

    mean    level of past periods by how sure each is and by age, drawn towards 0: the bias on
            totals
    sd      how far past periods lay from the level that was known before them, beyond what the
            chance of single invoices and the unsure level explain (moments, as DerSimonian &
            Laird 1986)

A forecast of many invoices is as sure as both together. Vaupel, Manton & Stallard (1979) call θ
frailty.
"""

from dataclasses import dataclass

import numpy as np

# Log pace: e² = 7 times faster or slower is as far as one looks.
FURTHEST = 2.0
PRIOR_SD = 0.25
# A level of 90 days ago counts half; how far periods lay from it is remembered twice as long.
HALF_LIFE, MEMORY = 90.0, 180.0
# So that a few very sure periods do not decide the level alone.
USUAL_SHOCK = 0.1
BISECTIONS = 40


@dataclass(frozen=True)
class Pace:
    """Log θ of the period ahead. mean : float; sd : float, of the shock and of what is not known
    of the mean; shock : float, of the shock alone; periods : int, past ones it comes from."""

    mean: float = 0.0
    sd: float = 0.0
    shock: float = 0.0
    periods: int = 0

    def draw(self, rng, paths):
        """(paths,) float64, θ of simulated futures."""
        return np.exp(self.mean + self.sd * rng.standard_normal(paths))


@dataclass(frozen=True)
class PastPace:
    """A past period's log θ. day : int, its last; value : float; variance : float, what chance
    of single invoices does to it."""

    day: int
    value: float
    variance: float


def past_pace(day, open_still, amount, came):
    """PastPace of one period.

    day : int, its last; open_still : (n,) float in 0..1, forecast chance of each invoice to be open
    at its end; amount : (n,) float64 >= 0; came : float, how much of them came in.
    Returns None where nothing could have come in.
    """
    possible = (open_still < 1) & (amount > 0)
    log_open = np.log(np.maximum(open_still[possible], 1e-12))
    amount = amount[possible]
    if not len(amount):
        return None
    low, high = -FURTHEST, FURTHEST
    for _step in range(BISECTIONS):
        middle = (low + high) / 2
        total = float((amount * -np.expm1(np.exp(middle) * log_open)).sum())
        low, high = (middle, high) if total < came else (low, middle)
    still = np.exp(np.exp(middle) * log_open)
    slope = -float((amount * still * log_open).sum()) * np.exp(middle)
    noise = float((amount**2 * still * (1 - still)).sum())
    largest = float((amount**2).max())
    return PastPace(day, middle, max(noise, 0.1 * largest) / max(slope**2, 1e-12))


def pace_from(periods, today, length):
    """Pace of the period ahead.

    periods : iterable of PastPace; today : int; length : int >= 1, days of a period. Periods that
    overlap count by what they do not share. Returns Pace.
    """
    known = sorted((p for p in periods if p.day <= today), key=lambda each: each.day)
    if not known:
        return Pace()
    day, value, variance = (
        np.array([getattr(p, name) for p in known]) for name in ("day", "value", "variance")
    )
    alone = np.minimum(np.diff(day, prepend=day[0] - length) / length, 1.0)
    level, unsure = _levels(day, value, variance, alone, np.append(day - length, today))
    # How far each period lay from what was known of its level before it began.
    recent = alone * 0.5 ** ((today - day) / MEMORY)
    excess = recent @ ((value - level[:-1]) ** 2 - variance - unsure[:-1] ** 2)
    shock = float(np.sqrt(max(excess / max(recent.sum(), 1e-12), 0.0)))
    return Pace(float(level[-1]), float(np.hypot(shock, unsure[-1])), shock, len(known))


def _levels(day, value, variance, alone, starts):
    """(m,) levels and their standard errors, as known at each start of the periods before it."""
    age = starts[:, None] - day
    weight = np.where(age >= 0, alone * 0.5 ** (np.maximum(age, 0) / HALF_LIFE), 0.0)
    precision = weight / (variance + USUAL_SHOCK**2)
    sureness = precision.sum(axis=1) + 1 / PRIOR_SD**2
    return precision @ value / sureness, sureness**-0.5
