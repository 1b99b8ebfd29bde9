"""A parabola through the 7-day moving average: the regression that the design names.

For each product the moving average s_d of its last seven days (of the days so far in its first
week) is fitted by least squares with s = a + b x + c x² over the day number x, and the parabola is
continued over the days ahead, clipped at zero. It equals scikit-learn's ``PolynomialFeatures(2)``
and ``LinearRegression`` fitted product by product; a test holds that to 1e-9.

Days are equally spaced, so the orthogonal polynomials of the fit are known beforehand (Gram's):

    p0 = 1    p1 = x − x̄    p2 = (x − x̄)² − (m² − 1)/12     over m days

and each coefficient is one sum, Σ p s / Σ p². Averages are sums too: what a day's sale adds to
Σ s, Σ x s and Σ x² s does not depend on the product, but for its first six days, which are put
right afterwards. One product of the days × products with a days × 3 matrix fits them all, whatever
their start dates.

A parabola bends away quickly: on Online Retail its error 30 days ahead is twice that of a mean. It
is here to be compared with, and the weights of the combination nearly switch it off.
"""

import numpy as np

SMOOTH = 7


def polynomial(panel, horizon):
    """Degree 2 on the 7-day moving average since each product's first day.

    panel : DemandPanel; days marked as unknown count as the mean of the known ones.
    Returns (n, horizon) float64 >= 0. Products with fewer than three days get their mean.
    """
    panel = panel.filled()
    # Days before the last, so that the youngest products' sums do not cancel.
    back = np.arange(1 - panel.length, 1, dtype=np.float64)
    powers = np.stack([np.ones(panel.length), back, back**2], axis=1)
    moments = panel.sold @ _share_of_averages(powers) + _first_days(panel, powers)
    count = np.clip(panel.length - panel.first, 1, panel.length)
    return np.maximum(_continue(moments, count.astype(np.float64), horizon), 0.0)


def _share_of_averages(powers):
    """(t, 3): a day's sale is in the averages of the seven days from it on."""
    padded = np.concatenate([powers, np.zeros((SMOOTH - 1, 3))])
    return sum(padded[late : late + len(powers)] for late in range(SMOOTH)) / SMOOTH


def _first_days(panel, powers):
    """(n, 3): the averages of the first six days are over fewer than seven days."""
    columns = panel.first[:, None] + np.arange(SMOOTH - 1)
    inside = columns < panel.length
    columns = np.minimum(columns, panel.length - 1)
    sums = np.cumsum(np.take_along_axis(panel.sold, columns, axis=1) * inside, axis=1) * inside
    lacking = sums * (1 / np.arange(1, SMOOTH) - 1 / SMOOTH)
    return np.einsum("nd,ndk->nk", lacking, powers[columns])


def _continue(moments, count, horizon):
    """Values of the parabolas over the days ahead.

    moments : (n, 3) sums of s, x s, x² s with x = 0 on the last day; count : (n,) days each.
    """
    centre = -(count - 1) / 2
    bend = (count**2 - 1) / 12
    first = moments[:, 1] - centre * moments[:, 0]
    second = moments[:, 2] - 2 * centre * moments[:, 1] + (centre**2 - bend) * moments[:, 0]
    norm1 = count * (count**2 - 1) / 12
    norm2 = norm1 * (count**2 - 4) / 15
    slope = np.divide(first, norm1, out=np.zeros_like(first), where=count > 2)
    curve = np.divide(second, norm2, out=np.zeros_like(second), where=count > 2)
    mean = moments[:, 0] / count
    # mean + slope (x − x̄) + curve ((x − x̄)² − bend), gathered by powers of x
    constant = mean - slope * centre + curve * (centre**2 - bend)
    linear = slope - 2 * curve * centre
    ahead = np.arange(1, horizon + 1, dtype=np.float64)
    powers = np.stack([np.ones(horizon), ahead, ahead**2])
    return np.stack([constant, linear, curve], axis=1) @ powers
