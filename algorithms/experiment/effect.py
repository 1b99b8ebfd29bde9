"""What the treatment of quotations is worth, with its interval, or that nobody can tell."""

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import ndtri

from . import looks as kinds
from .exposures import covariates, pooled_cap, winsorised
from .regression import difference
from .sample_ratio import SUSPICIOUS, sample_ratio_p

FEWEST_CLIENTS = 20
POWER = 0.8
# Relative to the cap: below this, differences are those of rounding.
ROUNDING = 1e-9
NAN = math.nan


@dataclass(frozen=True)
class Arm:
    """One arm. Means are of a quotation, in the unit of the outcome, NaN without quotations.

    raw_mean : as it is; mean : winsorised; adjusted_mean : winsorised, and as it would be with the
    clients of both arms (CUPED), NaN where no effect could be computed.
    """

    quotations: int
    clients: int
    raw_mean: float = NAN
    mean: float = NAN
    adjusted_mean: float = NAN


@dataclass(frozen=True)
class Effect:
    """Treated less control, by quotation.

    absolute, standard_error, low, high : in the unit of the outcome.
    relative, relative_low, relative_high : over the control's adjusted mean, 0.1 for 10 %; NaN
        where that is not clearly above 0. Both intervals leave 0 out, or neither does.
    total, total_low, total_high : absolute × treated quotations.
    p_value : float; of a sequence, valid at whichever look.
    smallest_visible : relative effect that would be seen with a power of 80 % with these data.
    cap : outcomes were cut at ± cap; pass it to later evaluations of the experiment.
    sample_ratio_p, hidden : χ² of the clients by arm; below 0.001 no figure is to be shown.
    enough : whether there were 20 clients in each arm and outcomes that vary. Else figures are NaN.
    can_tell : the interval leaves 0 out, there was enough, and nothing is to be hidden.
    """

    treated: Arm
    control: Arm
    cap: float
    sample_ratio_p: float
    looks: str
    level: float
    enough: bool = False
    absolute: float = NAN
    standard_error: float = NAN
    low: float = NAN
    high: float = NAN
    relative: float = NAN
    relative_low: float = NAN
    relative_high: float = NAN
    p_value: float = NAN
    smallest_visible: float = NAN

    @property
    def quotations(self):
        return self.treated.quotations + self.control.quotations

    @property
    def hidden(self):
        return self.sample_ratio_p < SUSPICIOUS

    @property
    def can_tell(self):
        return self.enough and not self.hidden and not self.low <= 0 <= self.high

    @property
    def total(self):
        return self.absolute * self.treated.quotations

    @property
    def total_low(self):
        return self.low * self.treated.quotations

    @property
    def total_high(self):
        return self.high * self.treated.quotations


def evaluate(exposures, share, looks="fixed", level=0.95, planned=None, cap=None):
    """Effect of an experiment.

    exposures : Exposures, of any outcome; share : float in (0, 1), of the clients meant to be
    treated; looks : "fixed" for one look at an end fixed beforehand, "sequence" for looks at any
    time; level : float, of the interval; planned : int, quotations that a sequence is tuned for,
    the same at all looks (5,000 unless given); cap : float, where outcomes are cut, infinite for
    nowhere; unless given the pooled 99th percentile of their absolute values.
    Little data is no error: see ``Effect.enough``. ValueError names an argument that does not fit.
    """
    kinds.check(looks, level, planned)
    check_share(share)
    cap = pooled_cap(exposures.outcome) if cap is None else float(cap)
    return effect_of(Prepared.of(exposures, cap), share, looks, level, planned)


@dataclass(frozen=True)
class Prepared:
    """What every look at the exposures needs: clients from 0, cut outcomes, covariates."""

    cluster: np.ndarray
    treated: np.ndarray
    raw: np.ndarray
    outcome: np.ndarray
    known: np.ndarray
    cap: float

    @classmethod
    def of(cls, exposures, cap):
        cluster, _clients = pd.factorize(exposures.client)
        outcome = winsorised(exposures.outcome, cap)
        known = covariates(exposures.before)
        return cls(cluster, exposures.treated, exposures.outcome, outcome, known, cap)

    def first(self, count):
        """The first of them."""
        columns = (self.cluster, self.treated, self.raw, self.outcome, self.known)
        return Prepared(*(column[:count] for column in columns), self.cap)

    def ordered(self, order):
        columns = (self.cluster, self.treated, self.raw, self.outcome, self.known)
        return Prepared(*(column[order] for column in columns), self.cap)


def effect_of(data, share, looks, level, planned):
    """Effect of Prepared data."""
    treated, control = _arm(data, data.treated), _arm(data, ~data.treated)
    nothing = Effect(
        treated=treated,
        control=control,
        cap=data.cap,
        sample_ratio_p=sample_ratio_p(treated.clients, control.clients, share),
        looks=looks,
        level=level,
    )
    if min(treated.clients, control.clients) < FEWEST_CLIENTS:
        return nothing
    found = difference(data.cluster, data.treated, data.outcome, data.known)
    error = math.sqrt(found.own)
    if error <= ROUNDING * max(abs(treated.mean), abs(control.mean)):
        return nothing
    return _told(nothing, found, error, planned)


def _told(nothing, found, error, planned):
    """The effect with all of its figures."""
    looks, level, done = nothing.looks, nothing.level, nothing.quotations
    limit = kinds.limit(looks, level, found.freedom, done, planned)
    absolute = found.treated - found.control
    low, high = _relative_interval(absolute, found, limit)
    base = found.control if math.isfinite(low) else NAN
    return replace(
        nothing,
        enough=True,
        treated=replace(nothing.treated, adjusted_mean=found.treated),
        control=replace(nothing.control, adjusted_mean=found.control),
        absolute=absolute,
        standard_error=error,
        low=absolute - limit * error,
        high=absolute + limit * error,
        relative=absolute / base,
        relative_low=low,
        relative_high=high,
        p_value=kinds.p_value(looks, level, absolute / error, found.freedom, done, planned),
        smallest_visible=(limit + float(ndtri(POWER))) * error / base,
    )


def _arm(data, arm):
    outcome = data.outcome[arm]
    if not len(outcome):
        return Arm(0, 0)
    clients = int(np.count_nonzero(np.bincount(data.cluster[arm])))
    return Arm(len(outcome), clients, float(data.raw[arm].mean()), float(outcome.mean()))


def _relative_interval(absolute, found, limit):
    """Of the ratio of the effect to the control's mean (Fieller 1954); NaN where it has no end."""
    base, square = found.control, limit**2
    lead = base**2 - square * found.other
    if base <= 0 or lead <= 0:
        return NAN, NAN
    middle = absolute * base - square * found.both
    reach = math.sqrt(max(middle**2 - lead * (absolute**2 - square * found.own), 0.0))
    return (middle - reach) / lead, (middle + reach) / lead


def check_share(share):
    """ValueError where nobody, or everybody, is meant to be treated."""
    if not 0 < share < 1:
        raise ValueError(f"share: must lie between 0 and 1, not {share}.")
