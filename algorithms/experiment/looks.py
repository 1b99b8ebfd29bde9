"""How wide an interval must be: for one look at a day fixed beforehand, or for any number of looks.

The *sequence* is an asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas,
Time-uniform central limit theory and asymptotic confidence sequences, Annals of Statistics 2024,
theorem 2.2): an interval after each quotation, all of which hold the truth together in 95 % of the
experiments. It is narrowest at the number of quotations that it was planned for; with a tenth of
them it is a quarter wider in standard errors, with ten times as many a fifteenth.

Both start from the normal distribution. The *t* of the same tail takes its place, for what is known
of the standard error is itself an estimate.
"""

import math

from scipy.special import ndtr, ndtri, stdtr, stdtrit

FIXED, SEQUENCE = "fixed", "sequence"
# Quotations that a sequence is tuned for where none are named.
PLANNED = 5_000


def normal_limit(looks, level, done, planned=None):
    """Standard errors on either side, were the standard error known.

    looks : "fixed" or "sequence"; level : float, 0 < level < 1; done : int, quotations so far, at
    least 1; planned : int, quotations that the sequence is tuned for. Returns float.
    """
    if looks == FIXED:
        return float(ndtri((1 + level) / 2))
    reach = _reach(level, done, planned)
    inner = math.log(math.sqrt(reach + 1) / (1 - level))
    return math.sqrt(2 * (reach + 1) / reach * inner)


def limit(looks, level, freedom, done, planned=None):
    """Standard errors on either side of the estimate. freedom : float, degrees of freedom."""
    tail = ndtr(-normal_limit(looks, level, done, planned))
    return float(-stdtrit(freedom, tail))


def p_value(looks, level, ratio, freedom, done, planned=None):
    """Chance of such a result without any effect; of a sequence, at whichever look.

    ratio : float, estimate over its standard error. It is below 1 − level where the interval of
    that level leaves 0 out. Returns float in [0, 1].
    """
    tail = float(stdtr(freedom, -abs(ratio)))
    if looks == FIXED:
        return 2 * tail
    reach, score = _reach(level, done, planned), float(ndtri(tail))
    return min(1.0, math.sqrt(reach + 1) * math.exp(-(score**2) * reach / (2 * (reach + 1))))


def check(looks, level, planned):
    """ValueError where one of them is not understood."""
    if looks not in (FIXED, SEQUENCE):
        raise ValueError(f'looks: "{FIXED}" or "{SEQUENCE}" is needed, not {looks!r}.')
    if not 0 < level < 1:
        raise ValueError(f"level: must lie between 0 and 1, not {level}.")
    if planned is not None and not planned > 0:
        raise ValueError(f"planned: a number of quotations above 0 is needed, not {planned}.")


def _reach(level, done, planned):
    """t ρ² of the paper, with ρ for the least width at the planned size (its equation 11)."""
    surprise = -2 * math.log(1 - level)
    return (surprise + math.log(surprise + 1)) * done / (planned or PLANNED)
