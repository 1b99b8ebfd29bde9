"""How far sales scatter around a forecast, known beforehand: the prior of the intervals.

    mean       F, the forecast of a day (h = 1) or of a sum of h days
    scale      s² = φ F (1 + 1.1 h / min(a, 80)) (1 + 2.5/a)² + (F τ)², a the product's known days:
               what chance does to the sum itself, to the level that was estimated from a days, to φ
               itself, and what the whole catalogue may do (τ, see :mod:`.course`)
    φ          variance over mean of a day: 1 for single units at random, larger in lots. Measured
               as Σ (y − m)² / Σ m over the last half year, m the mean by weekday, and drawn towards
               what products of its size have in this catalogue: as if a week had been seen of it
    shape      gamma of mean F and variance s², so k = κ² with κ = F / s: nearly normal for busy
               products, most of its mass at zero for slow ones. It is the negative binomial for
               quantities that need not be whole; half of φ on either side stands for one sale

With two weeks of history this is all that is known, and it is told as such; with every month the
errors of the back-test take over (:mod:`.intervals`).

Sources: Syntetos, Babai & Altay (2012), On the demand distributions of spare parts, International
Journal of Production Research 50; for φ that follows the size of sales Taylor (1961), Nature 189.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

DISPERSION_DAYS = 182
# The methods' levels rest on 28 to 90 days.
LEVEL_DAYS = 80
# Methods that weigh recent days more know less of the level than all days together would.
LEVEL_SHARE = 1.1
# Quantiles of a scale estimated from a days are those of Student's t, and weekdays were fitted too.
YOUNG = 2.5
# Days that the catalogue's φ counts beside a product's own.
PRIOR_DAYS = 7.0
# Products that the law φ ∝ size counts beside those of the catalogue.
PRIOR_PRODUCTS = 10.0
LEAST_PHI = 0.2
# Share of the mean forecast that a day's scale holds at least: weekdays without sales have errors.
FLOOR_SHARE = 0.05
RELATIVE_FLOOR = 0.02
TINY = 1e-9
# Logarithms of k that quantiles are tabled for; beyond them they are constant.
SHAPES = np.linspace(-9.0, 16.0, 1_001)
FARTHEST = 8.0


@dataclass(frozen=True)
class ScatterLaw:
    """log φ = level + slope · log size, size the mean quantity of a day with sales.

    count : int, products it was learned from; with none, φ is a product's own.
    """

    level: float
    slope: float
    count: int


@dataclass(frozen=True)
class Spread:
    """What is known of how n products scatter.

    phi : (n,) float64 > 0; age : (n,) int, known days.
    """

    phi: np.ndarray
    age: np.ndarray

    def take(self, rows):
        return Spread(self.phi[rows], self.age[rows])


def dispersion(panel, profile):
    """(n,) φ as measured of each product at the end of a panel.

    profile : (n, 7) weekday factors. Returns float64 >= 0; zero for constant demand.
    """
    part = slice(max(panel.length - DISPERSION_DAYS, 0), None)
    sold, mask = panel.sold[:, part], panel.mask[:, part]
    factors = np.where(mask, profile[:, panel.weekday[part]], 0.0)
    total = factors.sum(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        level = sold.sum(axis=1, keepdims=True) / np.where(total > 0, total, 1.0)
        spread = ((sold - level * factors) ** 2 * mask).sum(axis=1)
        return np.nan_to_num(spread / sold.sum(axis=1), nan=0.0, posinf=1e300)


def sale_size(panel):
    """(n,) mean quantity of a day with sales of the last half year; zero without one."""
    sold = panel.sold[:, -DISPERSION_DAYS:]
    return sold.sum(axis=1) / np.maximum((sold > 0).sum(axis=1), 1)


def learn_scatter(panel, profile):
    """ScatterLaw of a catalogue. panel : DemandPanel; profile : (n, 7)."""
    phi, size = dispersion(panel, profile), sale_size(panel)
    used = (phi > 0) & (size > 0) & np.isfinite(phi) & (phi < 1e300)
    if not used.any():
        return ScatterLaw(0.0, 1.0, 0)
    x, y = np.log(size[used]), np.log(phi[used])
    # Medians, of two the lower: one absurd order moves none of them.
    apart, rise = (np.clip(values - _middle(values), -3, 3) for values in (x, y))
    slope = (PRIOR_PRODUCTS + apart @ rise) / (PRIOR_PRODUCTS + apart @ apart)
    return ScatterLaw(_middle(y - slope * x), float(slope), int(used.sum()))


def _middle(values):
    return float(np.quantile(values, 0.5, method="lower"))


def spread_of(panel, profile, law):
    """Spread of products at the end of a panel. law : ScatterLaw of their catalogue."""
    own, size = dispersion(panel, profile), sale_size(panel)
    if law.count:
        with np.errstate(all="ignore"):
            common = np.exp(law.level + law.slope * np.log(np.maximum(size, 1e-300)))
    else:
        common = own
    common = np.maximum(common, LEAST_PHI * size)
    age = panel.mask.sum(axis=1)
    seen = np.minimum(age, DISPERSION_DAYS)
    return Spread((PRIOR_DAYS * common + seen * own) / (PRIOR_DAYS + seen), age)


def scale_of(forecast, spread, days, risk=0.0):
    """Mean, scale s and κ of forecasts.

    forecast : (n, h) daily forecasts or (n, 1) totals; spread : Spread; days : int, days that one
    column stands for; risk : τ, float or (h,), relative error that the year may bring.
    Returns three (n, h).
    """
    phi, age = spread.phi[:, None], spread.age[:, None]
    mean = forecast.mean(axis=1, keepdims=True)
    # Half a sale in the half year is the least that a product is thought to sell.
    least = 0.5 * days * phi / DISPERSION_DAYS
    base = np.maximum((1 - FLOOR_SHARE) * forecast + FLOOR_SHARE * mean, least)
    young = 1 + YOUNG / np.maximum(age, 1)
    level = np.sqrt(1 + LEVEL_SHARE * days / np.clip(age, 1, LEVEL_DAYS)) * young
    scale = np.sqrt(phi) * np.sqrt(base) * level
    scale = np.maximum(scale, RELATIVE_FLOOR * forecast)
    scale = np.hypot(scale, base * np.asarray(risk)) + TINY
    return base, scale, base / scale


def scores(outcome, base, kappa, phi):
    """z-scores of outcomes: the normal's where the gamma has as much below it.

    outcome, base, kappa : (n, h); phi : (n,). An outcome of q stands for what lies between half a
    sale below and above it, by the middle of the two probabilities. Returns (n, h), within ±8.
    """
    shape = _shape(kappa)
    half = 0.5 * phi[:, None]
    with np.errstate(all="ignore"):
        ends = [np.maximum(outcome + side * half, 0.0) / base * shape for side in (-1.0, 1.0)]
        below = sum(special.gammainc(shape, end) for end in ends) / 2
        above = sum(special.gammaincc(shape, end) for end in ends) / 2
        z = np.where(below < 0.5, special.ndtri(below), -special.ndtri(above))
    return np.clip(np.where(np.isfinite(outcome), z, np.nan), -FARTHEST, FARTHEST)


def quantile(z, base, kappa):
    """Outcome at a z-score: the inverse of ``scores`` but for the half sale.

    z : float; base, kappa : of one shape, that of the result.
    """
    table = _factors(float(z))
    return base * (1 + np.interp(2 * np.log(kappa), SHAPES, table) / kappa)


@lru_cache(maxsize=256)
def _factors(z):
    """(s,) (quantile − mean) / deviation of gammas of all SHAPES at one score."""
    shapes = np.exp(SHAPES)
    if z < 0:
        inverse = special.gammaincinv(shapes, special.ndtr(z))
    else:
        inverse = special.gammainccinv(shapes, special.ndtr(-z))
    return (inverse - shapes) / np.sqrt(shapes)


def chance_of_nothing(base, kappa, phi):
    """(n, h) probability that less than half a sale comes."""
    shape = _shape(kappa)
    with np.errstate(all="ignore"):
        return special.gammainc(shape, 0.5 * phi[:, None] / base * shape)


def _shape(kappa):
    return np.exp(np.clip(2 * np.log(kappa), SHAPES[0], SHAPES[-1]))
