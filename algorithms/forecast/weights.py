"""Weights of the combination: the better a method was on this product, the more it counts.

At each origin of the back-test every method forecasts the product's total of the next 30 days. The
weight of a method is the inverse of its mean squared error over the origins (Bates & Granger 1969),
drawn towards the weights of the whole catalogue: with o origins the product's own count
o / (o + 6).
Choosing one method per product by its own back-test is measurably worse, a handful of origins is
mostly chance.

Errors are compared with the median method's error of the same product, so that products count
alike. Over the catalogue, methods more than 10 % worse (root mean square) than the best are left
out: inverse squares alone would give a method that is half as bad again still 45 % of the best's
weight. On Online Retail those are always the 7-day mean, the parabola and SBA, at some origins also
TSB, the long mean and boosting. Bounds from 5 to
25 % differ by 0.4 points of WAPE there and by six on spare parts, in favour of the narrow ones.

As long as little could be tested, the catalogue's weights are drawn towards a prior in which the
level decides (``methods.prior_weights``): with o origins and c products at all of them together
they count o / (o + 1) · c / (c + 8).

A bias that the origins agree on is taken out, as it is in a growing catalogue, where every mean of
the past lags: with b the mean over the origins of the logarithms of sold over forecast and v their
variance, exp(b (1 − 1.5 (2 v / o + 0.04²) / b²)), months overlapping by half (James & Stein 1961).
Where origins contradict each other nothing remains of it, and of a handful of products little, for
one of them may be absurd: with c products c² / (c² + 5²). What goes on changing beyond the month
that was tested is the course's (:mod:`.course`); the correction is that of the level.
"""

from dataclasses import dataclass

import numpy as np

OWN_ORIGINS = 6.0
MUCH_WORSE = 1.1
# One lucky month must not take all the weight.
LEAST_RELATIVE = 0.05
# Products at origins after which what was tested weighs as much as the prior.
ENOUGH_TESTED = 8.0
# Logarithm of the most that is taken out, and the standard error that it has anyway.
MOST_CORRECTED, LEAST_ERROR = 0.4, 0.04
# Squared standard errors that a bias must exceed to be believed at all.
AGREEMENT = 1.5
HIGHEST_RATIO, LARGEST = 3.0, 5.0
# With this many products half of a common bias is believed.
FEW_PRODUCTS = 5.0


@dataclass(frozen=True)
class CatalogueWeights:
    """weight : (m,) float64, sum 1, zero for methods left out; relative : (m,) mean squared error
    over the median method's, NaN for methods without a forecast; count : int, products tested."""

    weight: np.ndarray
    relative: np.ndarray
    count: int


def relative_errors(totals, actual, usable):
    """Squared errors of 30-day totals over the product's median method.

    totals : (o, m, n) forecasts, NaN where there is none; actual : (o, n); usable : (o, n) bool.
    Returns ((o, m, n) float64, zero where unusable, and (n,) number of usable origins). Missing
    forecasts count as the median method's error.
    """
    with np.errstate(all="ignore"):
        errors = (totals - actual[:, None]) ** 2
    errors[~np.isfinite(errors)] = np.nan
    middle = _nanmedian(errors)[:, None]
    errors = np.where(np.isnan(errors), middle, errors) * usable[:, None]
    counts = usable.sum(axis=0)
    mean = errors.sum(axis=0) / np.maximum(counts, 1)
    scale = np.median(mean, axis=0)
    ones = np.broadcast_to(usable[:, None], errors.shape).astype(np.float64)
    with np.errstate(all="ignore"):
        relative = np.where(scale > 0, errors / scale, ones)
    return np.where(np.isfinite(relative), relative, ones), counts


def _nanmedian(errors):
    """Median over the methods, zero where none answers."""
    ordered = np.sort(errors, axis=1)  # NaN last
    count = np.isfinite(errors).sum(axis=1)
    at = np.maximum(count - 1, 0)[:, None] // 2
    return np.nan_to_num(np.take_along_axis(ordered, at, axis=1)[:, 0])


def catalogue_weights(totals, actual, usable, prior):
    """CatalogueWeights of a back-test.

    totals, actual, usable : as in ``relative_errors``; prior : (m,) weights of sum 1.
    """
    relative, counts = relative_errors(totals, actual, usable)
    answers = np.isfinite(totals).any(axis=(0, 2))
    if not counts.sum() or not answers.any():
        return CatalogueWeights(prior, np.full(len(prior), np.nan), 0)
    # A product is worth its origins; no method's blunder on one product may decide.
    per_product = np.minimum(relative.sum(axis=0) / np.maximum(counts, 1), 25.0)
    mean = (per_product * counts).sum(axis=1) / counts.sum()
    good = answers & (mean <= MUCH_WORSE**2 * mean[answers].min())
    weight = np.where(good, 1 / np.maximum(mean, LEAST_RELATIVE), 0.0)
    origins = usable.any(axis=1).sum()
    share = origins / (origins + 1) * counts.sum() / (counts.sum() + ENOUGH_TESTED)
    weight = share * weight / weight.sum() + (1 - share) * prior
    return CatalogueWeights(weight, np.where(answers, mean, np.nan), int((counts > 0).sum()))


def product_weights(relative, counts, catalogue):
    """Weights of each product.

    relative : (m, n) mean relative error; counts : (n,) origins; catalogue : (m,) weights.
    Returns (n, m) float64, rows of sum 1.
    """
    good = catalogue > 0
    inverse = np.where(good[:, None], 1 / np.maximum(relative, LEAST_RELATIVE), 0.0)
    inverse /= inverse.sum(axis=0)
    own = counts / (counts + OWN_ORIGINS)
    return (own * inverse + (1 - own) * catalogue[:, None]).T


def weights_of(totals, actual, usable, catalogue):
    """Weights to forecast with, and those with which each origin is judged.

    Returns ((n, m), (o, n, m)): the latter leave the origin's own errors out, so that the measured
    error of the combination is not one it was fitted to.
    """
    relative, counts = relative_errors(totals, actual, usable)
    sums = relative.sum(axis=0)
    final = product_weights(sums / np.maximum(counts, 1), counts, catalogue)
    tested = []
    for origin in range(len(relative)):
        others = counts - usable[origin]
        rest = (sums - relative[origin]) / np.maximum(others, 1)
        tested.append(product_weights(np.where(others > 0, rest, 1.0), others, catalogue))
    shape = (0, *final.shape)
    return final, np.stack(tested) if tested else np.empty(shape)


def combine(forecasts, weights):
    """Weighted mean of the methods that answered.

    forecasts : (m, n, h), NaN where a method failed; weights : (n, m).
    Returns ((n, h), NaN where no weighted method answered, and (n, m) weights that were used).
    """
    answered = np.isfinite(forecasts).all(axis=2).T
    used = np.where(answered, weights, 0.0)
    total = used.sum(axis=1, keepdims=True)
    used = np.divide(used, total, out=np.zeros_like(used), where=total > 0)
    mean = np.einsum("nm,mnh->nh", used, np.nan_to_num(forecasts, nan=0.0, posinf=0.0))
    return np.where(total > 0, mean, np.nan), used


def corrections(forecast, actual, usable):
    """Factors against the catalogue's bias.

    forecast, actual : (o, n) 30-day totals of the combination, NaN where there is none; usable :
    (o, n) bool. Returns (factor, (o,) factors that leave one origin out).
    """
    used = usable & np.isfinite(forecast)
    found = [_bias(forecast[row, used[row]], actual[row, used[row]]) for row in range(len(used))]
    bias, products = np.array(found).reshape(-1, 2).T
    apart = [
        _correction(np.delete(bias, origin), np.delete(products, origin))
        for origin in range(len(bias))
    ]
    return _correction(bias, products), np.array(apart)


def _bias(expected, sold):
    """Logarithm of sold over forecast at an origin, and the number of products that say so.

    Products count by their forecasts, at most five times as much as the middle one.
    """
    rows = expected > 0
    if not rows.any():
        return 0.0, 0.0
    # Of two the lower one: the other may be absurd.
    middle = np.quantile(expected[rows], 0.5, method="lower")
    weight = np.minimum(expected[rows], LARGEST * middle)
    ratio = np.minimum(sold[rows] / expected[rows], HIGHEST_RATIO)
    bias = np.log(max(weight @ ratio / weight.sum(), 1e-9))
    return bias, weight.sum() ** 2 / (weight @ weight)


def _correction(bias, products):
    """One factor of the biases (o,) of some origins and the products behind each."""
    told = products > 0
    if not told.any():
        return 1.0
    bias, products = bias[told], products[told].mean()
    mean, count = bias.mean(), max(told.sum() / 2, 1.0)
    variance = bias.var(ddof=1) if len(bias) > 1 else mean**2
    error = variance / count + LEAST_ERROR**2
    believed = max(1 - AGREEMENT * error / mean**2, 0.0) if mean else 0.0
    believed *= products**2 / (products**2 + FEW_PRODUCTS**2)
    return float(np.exp(np.clip(mean, -MOST_CORRECTED, MOST_CORRECTED) * believed))
