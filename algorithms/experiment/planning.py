"""How many quotations it takes until an effect can be seen.

The usual two-sample formula (Kohavi, Tang & Xu 2020, chapter 15) with the variance that clients
make of their quotations. It takes for granted that clients return as often as in the data.
"""

import math

import numpy as np
import pandas as pd
from scipy.special import ndtri

from . import looks as kinds
from .effect import POWER, Effect, check_share
from .exposures import Exposures, covariates, pooled_cap, winsorised


def quotation_variance(exposures, cap=None):
    """Variance that one more quotation stands for, relative to the squared mean.

    exposures : Exposures, of an experiment or of quotations before it (then of one arm); cap :
    float, as in ``evaluate``. What is left after winsorising and CUPED, by client. Returns float;
    NaN without quotations or where the mean is not above 0.
    """
    if not len(exposures):
        return math.nan
    cap = pooled_cap(exposures.outcome) if cap is None else cap
    outcome = winsorised(exposures.outcome, cap)
    mean = float(outcome.mean())
    if mean <= 0:
        return math.nan
    treated = exposures.treated
    columns = [np.ones(len(outcome)), treated, covariates(exposures.before)]
    design = np.column_stack(columns).astype(float)
    size = np.sqrt((design**2).sum(axis=0))
    design /= np.where(size > 0, size, 1.0)
    left = outcome - design @ np.linalg.lstsq(design, outcome, rcond=1e-9)[0]
    cluster, _clients = pd.factorize(exposures.client)
    sums = np.bincount(cluster, left)
    return float(sums @ sums / len(outcome) / mean**2)


def quotations_needed(
    effect, exposures_or_variance, power=POWER, share=0.5, looks="fixed", level=0.95
):
    """Quotations of both arms until an effect is seen with the given power.

    effect : float, relative, 0.1 for 10 %, of either sign; exposures_or_variance : Exposures, what
    ``quotation_variance`` returns, or an Effect found so far; share : float, of treated clients;
    the others as in ``evaluate``, a sequence being planned for that number.
    Returns int; None where the variance cannot be told. ValueError where the effect is 0 or a share
    or power is not between 0 and 1.
    """
    kinds.check(looks, level, None)
    check_share(share)
    if not effect or not math.isfinite(effect):
        raise ValueError(f"effect: a relative effect other than 0 is needed, not {effect}.")
    if not 0 < power < 1:
        raise ValueError(f"power: must lie between 0 and 1, not {power}.")
    variance = _variance_of(exposures_or_variance)
    if not math.isfinite(variance):
        return None
    limit = kinds.normal_limit(looks, level, 1, 1)
    reach = (limit + float(ndtri(power))) / effect
    return math.ceil(reach**2 * variance / (share * (1 - share)))


def days_until_visible(
    effect,
    per_day,
    exposures_or_variance,
    done=None,
    power=POWER,
    share=0.5,
    looks="fixed",
    level=0.95,
):
    """Days from today until an effect can be seen.

    per_day : float, quotations a day of both arms; done : int, those so far, unless given those of
    the Effect, else 0. Other arguments and errors as of ``quotations_needed``.
    Returns int, 0 where there are enough already; None where it will never be seen or not be told.
    """
    needed = quotations_needed(effect, exposures_or_variance, power, share, looks, level)
    if needed is None:
        return None
    if done is None:
        known = isinstance(exposures_or_variance, Effect)
        done = exposures_or_variance.quotations if known else 0
    if needed <= done:
        return 0
    return math.ceil((needed - done) / per_day) if per_day > 0 else None


def _variance_of(source):
    if isinstance(source, Exposures):
        return quotation_variance(source)
    if not isinstance(source, Effect):
        return float(source)
    if not source.enough or not source.control.adjusted_mean > 0:
        return math.nan
    halves = source.treated.quotations * source.control.quotations / source.quotations
    return source.standard_error**2 * halves / source.control.adjusted_mean**2
