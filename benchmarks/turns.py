"""Times that were taken in turns, and how sure a figure of them is.

What else runs on a machine comes and goes in seconds. Ways that are compared therefore take turns,
and of each turn the ratio is taken: both had the same neighbours. A figure is the median over the
turns, with the interval of order statistics that holds the true median nine times of ten (David &
Nagaraja, Order Statistics, 2003, section 7.1); of fewer than five turns it is all of them, which
hold it less often.
"""

import math
import statistics
import time
from dataclasses import dataclass
from itertools import accumulate

SURE = 0.9
TURNS = 5


@dataclass(frozen=True)
class Spread:
    """A figure, and from where to where it would lie if it were taken again."""

    value: float
    low: float
    high: float

    def __mul__(self, factor):
        return Spread(*(factor * each for each in (self.value, self.low, self.high)))

    __rmul__ = __mul__


def spread(values):
    """Spread of some measurements of one thing. values : float, at least one."""
    values = sorted(values)
    left_out = _left_out(len(values))
    return Spread(statistics.median(values), values[left_out], values[-1 - left_out])


def _left_out(count):
    """How many of the least, and of the most, of so many measurements the interval leaves out."""
    # The chance that the true median lies beyond the least, the second least, … on either side.
    beyond = accumulate(2 * math.comb(count, number) / 2**count for number in range(count // 2))
    return max(sum(chance <= 1 - SURE for chance in beyond) - 1, 0)


def share(inside):
    """Spread of a share of outcomes, twice its standard error (Agresti & Coull 1998).

    inside : bool, one for each outcome, at least one; other outcomes would give another share.
    """
    count, found = len(inside), sum(map(bool, inside))
    middle = (found + 2) / (count + 4)
    error = 2 * math.sqrt(middle * (1 - middle) / (count + 4))
    value = found / count
    return Spread(value, max(0.0, min(value, middle - error)), min(1.0, max(value, middle + error)))


@dataclass(frozen=True)
class Turns:
    """Seconds of one way. rounds : the round of each run; a slow way is not in all of them."""

    rounds: tuple
    seconds: tuple

    def __add__(self, other):
        """Both, one after the other, of the same rounds."""
        pairs = zip(self.seconds, other.seconds, strict=True)
        return Turns(self.rounds, tuple(map(sum, pairs)))

    @property
    def median(self):
        return statistics.median(self.seconds)

    @property
    def spread(self):
        return spread(self.seconds)

    def at(self, number):
        """Seconds of the latest run at the end of a round."""
        return [s for r, s in zip(self.rounds, self.seconds, strict=True) if r <= number][-1]


def times(slower, faster, factor=1.0):
    """How many times one way takes the time of another, Spread over the rounds of both.

    slower, faster : Turns of the same rounds; factor : how much less the slower one had to do.
    """
    rounds = max(slower.rounds, faster.rounds, key=len)
    return spread([factor * slower.at(each) / faster.at(each) for each in rounds])


def is_due(number, runs, rounds):
    """Whether a way with so many runs has one of them in a round; it has in the first."""
    return not number or number * runs // rounds > (number - 1) * runs // rounds


def in_turns(ways, turns=TURNS):
    """Run functions in turns. ways : {name: function}. Returns {name: Turns}."""
    seconds = {name: [] for name in ways}
    for _round in range(turns):
        for name, work in ways.items():
            started = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - started)
    return {name: Turns(tuple(range(turns)), tuple(each)) for name, each in seconds.items()}
