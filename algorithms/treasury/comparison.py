"""What a model gains over the simple rule, with an interval: it is shown only where it gains.

Both are judged on the same cases, in pairs, and the cases are drawn again in blocks of neighbours
(Künsch 1989, circular): errors of neighbouring days or of one client's invoices are alike, and
drawing them one by one would make any gain look sure.
"""

import numpy as np

from ..core.gain import Gain

DRAWS = 1000
LEVEL = 0.95


def replaces(challenger, champion):
    """Whether a newly trained model takes the place of the one in use.

    challenger, champion : Gain of the same measure on the same cases; champion None for none yet.
    It does unless it is worse than the one in use, or than the simple rule.
    """
    if not challenger.better:
        return False
    return champion is None or challenger.gain >= champion.gain


def ratio_gain(model, simple, scale, rng, block=1, measure="wape"):
    """Gain of errors over a scale: Σ simple / Σ scale − Σ model / Σ scale.

    model, simple : (n,) float >= 0, errors of the cases in their order; scale : (n,) float, what
    came in, or ones for a mean; rng : Generator; block : int, neighbours that are drawn together.
    """
    model, simple, scale = (np.asarray(each, np.float64) for each in (model, simple, scale))

    def figures(rows):
        whole = max(scale[rows].sum(), 1e-12)
        return model[rows].sum() / whole, simple[rows].sum() / whole

    return _gain(measure, figures, len(model), rng, block, -1)


def score_gain(score, count, rng, block=1, measure="auc", draws=DRAWS):
    """Gain of a measure of which more is better.

    score : callable, rows (k,) int → (model, simple), NaN where rows do not do; count : int, cases.
    """
    return _gain(measure, score, count, rng, block, 1, draws)


def _gain(measure, figures, count, rng, block, sign, draws=DRAWS):
    model, simple = figures(np.arange(count))
    drawn = []
    for rows in blocks(count, block, rng, draws):
        one, other = figures(rows)
        drawn.append(sign * (one - other))
    drawn = np.array(drawn)
    drawn = drawn[np.isfinite(drawn)]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if len(drawn) else (0.0, 0.0)
    return Gain(
        measure,
        float(model),
        float(simple),
        float(sign * (model - simple)),
        float(low),
        float(high),
        count,
    )


def blocks(count, block, rng, draws=DRAWS):
    """Yield (count,) int rows of each draw, blocks of neighbours in a circle."""
    block = max(1, min(block, count))
    number = -(-count // block)
    for _draw in range(draws):
        starts = rng.integers(0, count, number)
        yield ((starts[:, None] + np.arange(block)).ravel() % count)[:count]
