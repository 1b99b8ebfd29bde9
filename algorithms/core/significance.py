"""What chance could explain, and how sure a share is.

Fisher's exact test asks how likely so many orders with both products are if the two had nothing to
do with each other: a hypergeometric tail. Of many tests some succeed by chance; the procedure of
Benjamini & Hochberg (1995) bounds the share of false ones among those that are kept.

Fisher takes orders for exchangeable. They are not: a large order holds many products, so that
popular products meet in large orders although nobody wants them together. Where sizes differ much
the test would find hundreds of "rules" in shuffled baskets. ``effective_orders`` is the number of
equal orders in which products drawn by chance would meet as often.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln
from scipy.stats import false_discovery_control, norm

# Terms of a tail below this share of its sum do not change a double.
NEGLIGIBLE = 1e-17


def fisher_p_values(both, left, right, total):
    """One-sided p-values of Fisher's exact test for more co-occurrences than chance.

    both, left, right : (m,) int, orders with both products, with the first, with the second.
    total : int or (m,) int, all orders; where it is too small for the counts, the least possible.
    Returns (m,) float, P(X >= both) for X hypergeometric; relative error below 1e-7.
    Source: Fisher (1935); equals ``scipy.stats.hypergeom.sf(both - 1, total, left, right)``, which
    takes a hundred times longer on arrays.
    """
    both, left, right = (np.asarray(part, np.float64) for part in (both, left, right))
    total = np.maximum(np.asarray(total, np.float64), left + right - both)
    total = np.broadcast_to(total, both.shape)
    # The shorter of the two tails is summed: from its first term by the ratio of neighbours.
    upper = both * total >= left * right
    p = np.empty(both.shape)
    p[upper] = _tail(both[upper], left[upper], right[upper], total[upper])
    lower = ~upper
    # P(X >= both) = 1 − P(X <= both − 1), and X → left − X swaps the direction.
    p[lower] = 1.0 - _tail(
        left[lower] - both[lower] + 1, left[lower], total[lower] - right[lower], total[lower]
    )
    return np.clip(p, 0.0, 1.0)


def _tail(k, left, right, total):
    """Σ over j >= k of the hypergeometric probability of j."""
    possible = k <= np.minimum(left, right)
    first = np.full(k.shape, -np.inf)
    first[possible] = _log_probability(
        k[possible], left[possible], right[possible], total[possible]
    )
    term, result, active = np.ones(k.shape), np.ones(k.shape), np.flatnonzero(possible)
    j = k.copy()
    while len(active):
        at = j[active]
        a, b, n = left[active], right[active], total[active]
        ratio = (a - at) * (b - at) / ((at + 1) * (n - a - b + at + 1))
        term[active] *= ratio
        result[active] += term[active]
        j[active] += 1
        active = active[term[active] > NEGLIGIBLE * result[active]]
    return np.exp(first) * result


def _log_probability(k, left, right, total):
    return _log_choose(left, k) + _log_choose(total - left, right - k) - _log_choose(total, right)


def _log_choose(n, k):
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def adjusted_p_values(p_values, tests):
    """Benjamini-Hochberg: the least false discovery rate at which each p-value is kept.

    p_values : (m,) float, those that were computed; the other ``tests − m`` count as failed.
    tests : int >= m, how many hypotheses could have been tested: it must not depend on the outcome
        of the tests, else chance is counted too low.
    Returns (m,) float in 0..1.
    """
    if not len(p_values):
        return np.empty(0)
    return np.minimum(false_discovery_control(p_values) * (tests / len(p_values)), 1.0)


def effective_orders(sizes, antecedent_size=1):
    """Equal orders in which randomly drawn products would meet as often as in these.

    sizes : (n,) int, distinct products of each order.
    antecedent_size : int, products before the arrow; orders that hold several are larger still.
    Returns int in 1..n; n where all orders have the same size.
    """
    sizes = np.asarray(sizes, np.float64)
    held = np.ones(len(sizes))
    for taken in range(antecedent_size):
        held = held * np.maximum(sizes - taken, 0)
    meetings = (held * np.maximum(sizes - antecedent_size, 0)).sum()
    if not meetings:
        return max(len(sizes), 1)
    return max(1, min(len(sizes), int(sizes.sum() * held.sum() / meetings)))


@dataclass(frozen=True)
class Interval:
    """Bounds of a share in 0..1."""

    low: np.ndarray
    high: np.ndarray


def wilson_interval(successes, trials, level=0.95):
    """Interval of a share that is honest for few trials: 2 of 2 is 34 to 100 %.

    successes, trials : int or (m,) int, 0 <= successes <= trials.
    Returns Interval; 0 to 1 where there was no trial.
    Source: Wilson (1927), score interval.
    """
    successes, trials = np.asarray(successes, np.float64), np.asarray(trials, np.float64)
    z2 = norm.ppf(0.5 + level / 2) ** 2
    tried = np.maximum(trials, 1.0)
    share = successes / tried
    centre = share + z2 / (2 * tried)
    margin = np.sqrt(z2 * (share * (1 - share) / tried + z2 / (4 * tried**2)))
    scale = 1 + z2 / tried
    low = np.where(trials > 0, (centre - margin) / scale, 0.0)
    high = np.where(trials > 0, (centre + margin) / scale, 1.0)
    return Interval(np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0))
