"""One gradient boosting for the whole catalogue: how will the next month compare with the last two?

For a product at a day (an *origin*) the target is its mean demand of the 30 days that follow, over
its weekday factors, divided by its level of the last 56 days. The model sees how the levels of 7,
14, 28, … days compare with that level, how often it sells, when it last did, its age, size, price
against its usual price, and the catalogue's own direction. It thus learns over all products what
follows a rise, a gap or a price cut. Its answer times the level times the weekday factors is the
forecast; beyond 30 days it stays as it is.

Learned with scikit-learn's HistGradientBoostingRegressor under Poisson loss, which suits demand
that is mostly zero, weighted by the square root of the level. Few rounds of small trees: with half
a year there are only some ten origins, whose products share one fate (150 rounds of 15 leaves are
two points worse in April and May 2011 than 60 rounds of 8). One thread: such small trees take three
times as long on two, and cron workers are limited by processor time. The fitted model can be
pickled.

Source: Friedman (2001), Annals of Statistics 29; for one model over all series Januschowski et al.
(2020), International Journal of Forecasting 36.
"""

from dataclasses import dataclass

import numpy as np

from ..core.weekdays import exposure_of
from .means import spread
from .spikes import no_giants

TARGET_DAYS = 30
ORIGIN_STEP = 7
LEAST_BEFORE = 28
LEAST_AGE = 14
LEAST_ROWS = 1_500
MOST_ROWS = 40_000
# A product that slept may multiply its level; the loss should not see it a hundredfold.
HIGHEST_RATIO = 8.0
LEVEL_DAYS = 56
# Days that the catalogue's smallest level counts beside a product's own.
PRIOR_DAYS = 7.0
SMALLEST_LEVEL = 0.02


@dataclass(frozen=True)
class BoostedLevels:
    """A fitted model. rows : int it learned from; model : HistGradientBoostingRegressor."""

    model: object
    rows: int


def fit_boosting(panel, profile, rng):
    """Fit the model of the catalogue.

    panel : DemandPanel; profile : (n, 7) weekday factors; rng : numpy Generator, which takes a
    sample where there are more than 40,000 rows and seeds the trees.
    Returns BoostedLevels, or None where fewer than 1,500 rows can be made.
    """
    origins = range(panel.length - TARGET_DAYS, LEAST_BEFORE - 1, -ORIGIN_STEP)
    if not len(panel) or not len(origins):
        return None
    each = MOST_ROWS // len(origins)
    if len(panel) > each:
        rows = np.sort(rng.choice(len(panel), each, replace=False))
        panel, profile = panel.take(rows), profile[rows]
    parts = [_examples(panel, profile, origin) for origin in origins]
    features, target, level = (np.concatenate(part) for part in zip(*parts, strict=True))
    if len(target) < LEAST_ROWS or not target.any():
        return None
    # Imported here: it takes 345 MB of address space, which an Odoo worker may not have to spare.
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits

    model = HistGradientBoostingRegressor(
        loss="poisson",
        max_iter=60,
        learning_rate=0.05,
        max_leaf_nodes=8,
        min_samples_leaf=50,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=int(rng.integers(2**31)),
    )
    with threadpool_limits(1):
        model.fit(features, target, sample_weight=np.sqrt(no_giants(level)))
    return BoostedLevels(model, len(target))


def boosted(panel, horizon, profile, fitted, direction=None):
    """Forecasts of a fitted model.

    direction : float, ``catalogue_direction`` of the whole catalogue; default that of the panel.
    Returns (n, horizon) float64.
    """
    features, level = _features(panel, profile, direction)
    if not len(panel):
        return np.zeros((0, horizon))
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        ratio = fitted.model.predict(features)
    return spread(level * ratio, panel, profile, horizon)


def catalogue_direction(panel):
    """Demand of the last 28 days over half of that of the last 56: 1 when nothing changes."""
    recent, longer = (panel.sold[:, -days:].sum(axis=1) for days in (28, LEVEL_DAYS))
    sells = longer > 0
    if not sells.any():
        return 1.0
    weight = no_giants(longer[sells])
    return float(2 * (weight @ (recent[sells] / longer[sells])) / weight.sum())


def _examples(panel, profile, origin):
    """Features, targets and levels of the products that sold before an origin."""
    before = panel.until(origin)
    features, level = _features(before, profile)
    after = slice(origin, origin + TARGET_DAYS)
    exposure = np.where(panel.mask[:, after], profile[:, panel.weekday[after]], 0.0).sum(axis=1)
    sold = panel.sold[:, after].sum(axis=1)
    rate = np.divide(sold, exposure, out=np.zeros_like(sold), where=exposure > 0)
    used = (before.first <= origin - LEAST_AGE) & before.sold.any(axis=1) & (exposure > 0)
    return features[used], np.minimum(rate / level, HIGHEST_RATIO)[used], level[used]


def _features(panel, profile, direction=None):
    """(n, f) features and (n,) level at the end of a panel."""
    exposure, sold, length = exposure_of(panel, profile), panel.sold, panel.length

    def level_of(newest, oldest):
        part = slice(max(length - oldest, 0), max(length - newest, 0))
        open_ = exposure[:, part].sum(axis=1)
        sums = sold[:, part].sum(axis=1)
        return np.divide(sums, open_, out=np.full(len(panel), np.nan), where=open_ > 0)

    known = exposure[:, -LEVEL_DAYS:].sum(axis=1)
    level = np.nan_to_num(level_of(0, LEVEL_DAYS)) * known + SMALLEST_LEVEL * PRIOR_DAYS
    level = level / (known + PRIOR_DAYS)
    spans = ((0, 7), (0, 14), (0, 28), (14, 28), (28, 56), (56, 112), (0, 180))
    columns = [level_of(*span) / level for span in spans]
    sale = sold > 0
    since = np.where(sale.any(axis=1), sale[:, ::-1].argmax(axis=1), length)
    if direction is None:
        direction = catalogue_direction(panel)
    columns += [
        sale[:, -28:].mean(axis=1),
        sale[:, -90:].mean(axis=1),
        since,
        np.minimum(length - panel.first, 200),
        np.log(level),
        sold[:, -28:].max(axis=1, initial=0) / level,
        np.full(len(panel), direction),
        *_price_features(panel),
    ]
    return np.column_stack(columns), level


def _price_features(panel):
    """Last price over the mean of 90 days, and its logarithm; NaN where no price is known."""
    if panel.price is None:
        return [np.full(len(panel), np.nan)] * 2
    known = np.isfinite(panel.price) & (panel.price > 0)
    recent = np.where(known, panel.price, 0.0)[:, -90:]
    counts = known[:, -90:].sum(axis=1)
    mean = np.divide(recent.sum(axis=1), counts, out=np.full(len(panel), np.nan), where=counts > 0)
    at = panel.length - 1 - known[:, ::-1].argmax(axis=1)
    last = np.where(known.any(axis=1), panel.price[np.arange(len(panel)), at], np.nan)
    return [last / mean, np.log(last)]
