"""What the rest of the year may bring, while less than a year and a half of it is known.

A season that nobody has seen yet cannot be forecast, but half a year shows how much the catalogue
moves: of a sine it shows at least half its swing. With R, the range of the catalogue's 28-day
levels (logarithms, the last year, what chance alone does taken out), a total whose middle lies d
days after the middle of what its level was learned from may be off by

    τ = 0.0088 · R · d      (a sine of swing R moves by π R / 365 a day where it is steepest)

up to 0.4 R, as a standard deviation relative to the forecast. With a days of history, fewer than
300, R counts 300 / a times. The risk falls as the season is known: τ times (1 − trust), see
:mod:`.season`.
"""

from dataclasses import dataclass

import numpy as np

from .relative_demand import relative_demand

WINDOW_DAYS, YEAR = 28, 365
A_DAY = 0.0088
MOST = 0.4
# Days after which the year has shown most of its swing; of fewer days the rest is added.
ENOUGH_DAYS = 300
MOST_SWING = 1.1
# Days from the middle of the recent level to today.
LEVEL_LAG = 20.0
# Mean range of so many standard normal numbers (Tippett 1925), from two on.
RANGES = (1.13, 1.69, 2.06, 2.33, 2.53, 2.70, 2.85, 2.97, 3.08, 3.17, 3.26, 3.34)


@dataclass(frozen=True)
class YearlyRisk:
    """swing : R >= 0, what of it is not explained by a season."""

    swing: float = 0.0

    def of_total(self, days):
        """τ of a sum of the next ``days`` days."""
        return min(A_DAY * (LEVEL_LAG + days / 2), MOST) * self.swing

    def of_days(self, horizon):
        """(horizon,) τ of each day ahead."""
        return np.minimum(A_DAY * (LEVEL_LAG + np.arange(1, horizon + 1)), MOST) * self.swing


def yearly_risk(panel, trust=0.0):
    """YearlyRisk of a catalogue.

    panel : DemandPanel of the whole catalogue or a large sample; trust : float in 0..1, how far its
    season of the year is known.
    """
    missed = max(ENOUGH_DAYS / max(panel.length, 1), 1.0)
    swing = min(swing_of(panel) * missed, MOST_SWING) if trust < 1 else 0.0
    return YearlyRisk(swing * (1 - trust))


def swing_of(panel):
    """R of the catalogue: range of its levels of 28 days beyond what chance explains."""
    count = min(panel.length, YEAR) // WINDOW_DAYS
    if count < 2:
        return 0.0
    rate = relative_demand(panel.last(count * WINDOW_DAYS))
    if rate is None:
        return 0.0
    weeks = rate.reshape(count, WINDOW_DAYS // 7, 7).mean(axis=2)
    level = weeks.mean(axis=1)
    if not (level > 0).all():
        return 0.0
    # Differences of neighbouring weeks: a level that rises within its window is no chance.
    steps = np.diff(weeks, axis=1)
    noise = np.sqrt((steps**2).mean() / 2 / weeks.shape[1]) / level.mean()
    found = np.ptp(np.log(level))
    return float(np.sqrt(max(found**2 - (1.5 * RANGES[count - 2] * noise) ** 2, 0.0)))
