"""Quantiles of skew demand: how far above its mean a service level lies.

Demand of a lead time is never negative and skew, as a gamma distribution of its mean and deviation
is; far above zero that is a normal one. In terms of the coefficient of variation c

    f(c) = (q − mean) / mean,  q the quantile of a service level;  f(c) / c stands for z

Where nearly all days are zero the quantile of a gamma distribution falls as its scatter grows, for
then its mean is made by rare days beyond the quantile. More scatter never needs less stock, so that
the largest f of any smaller c counts. With that safety stock grows with the lead time wherever
deviations grow at least as its root: f(c) / c² falls.

Source: Burgin (1975), The gamma distribution and inventory control, Operational Research
Quarterly 26.
"""

from functools import cache

import numpy as np

# Coefficients of variation that quantiles are tabled for, ascending; below f / c is constant, above
# f is.
VARIATION = np.exp(-0.5 * np.linspace(12.0, -8.0, 801))


@cache
def _table(service_level):
    """f of VARIATION, never falling and never below zero."""
    from scipy.special import gammaincinv

    shape = VARIATION**-2
    above = gammaincinv(shape, service_level) / shape - 1.0
    return np.maximum.accumulate(np.maximum(above, 0.0))


def gamma_factor(mean, deviation, service_level):
    """(q − mean) / deviation >= 0 of gamma demand; the counterpart of z, exact to 0.001.

    mean, deviation : float >= 0 of shapes that go together, NaN passes through.
    """
    mean, deviation = np.broadcast_arrays(np.asarray(mean, np.float64), deviation)
    scatters = (deviation > 0) & (mean > 0)
    variation = np.divide(deviation, mean, out=np.ones(mean.shape), where=scatters)
    above = np.interp(np.log(variation), np.log(VARIATION), _table(service_level))
    return above / np.maximum(variation, VARIATION[0])


def margin_at(margin, mean, known_level, service_level):
    """What lies between mean and quantile of one level, from what does for another one.

    margin, mean : (n,) float >= 0, units; margin is q − mean at ``known_level``, at least 0.9.
    Returns (n,) float64 >= 0. A margin beyond every gamma distribution of this mean keeps the ratio
    of the most scattered one, and one without a mean that of the normal.
    """
    margin = np.asarray(margin, np.float64)
    known, wanted = _table(known_level), _table(service_level)
    most = known.argmax()
    ratio = np.divide(margin, mean, out=np.zeros(margin.shape), where=np.asarray(mean) > 0)
    # Where f no longer grows its inverse is the least scatter that reaches it.
    log = np.log(VARIATION)
    place = np.interp(ratio, known[: most + 1], log[: most + 1])
    factors = np.interp(place, log, wanted / known)
    return margin * factors
