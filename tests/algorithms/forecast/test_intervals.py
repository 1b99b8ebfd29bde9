import numpy as np
import pytest
from demand_common import panel_of

from algorithms.forecast.catalogue import ForecastSettings, train_forecasts
from algorithms.forecast.course import NO_COURSE
from algorithms.forecast.intervals import (
    INNER,
    OUTER,
    Outcome,
    bounds,
    learn_intervals,
    learn_pool,
)
from algorithms.forecast.scatter import Spread, learn_scatter, quantile, scores, spread_of
from benchmarks.demand import covered
from benchmarks.demand_made import made_panel


def scores_of(products, each=9, seed=0):
    """(k,) standard normal scores and (k,) products."""
    score = np.random.default_rng(seed).standard_normal(products * each)
    return score, np.repeat(np.arange(products), each)


def test_an_empty_pool_is_the_normal_s_and_told_as_untested():
    nothing = np.empty(0)
    pool = learn_pool(nothing, nothing, nothing.astype(int))
    np.testing.assert_allclose(pool.limits[OUTER][:, 0], [-1.96, 1.96, 1.645], atol=0.001)
    np.testing.assert_allclose(pool.limits[INNER][:, 0], [-1.2816, 1.2816, 0.8416], atol=0.001)
    model = learn_intervals([], np.random.default_rng(0))
    assert model.tested == 0


def test_a_large_catalogue_takes_the_quantiles_of_its_own_errors():
    score, product = scores_of(1_000)
    pool = learn_pool(2 * score + 0.5, np.ones(len(score)), product)
    np.testing.assert_allclose(pool.limits[OUTER][:, 0], [-3.42, 4.42, 3.79], atol=0.2)


@pytest.mark.parametrize("products", [5, 10, 40, 80, 1_000])
def test_one_product_s_errors_move_no_limit_by_a_tenth(products):
    score, product = scores_of(products)
    calm = learn_pool(score, np.ones(len(score)), product).limits[OUTER]
    for absurd in (8.0, -8.0):
        score[product == 0] = absurd
        moved = learn_pool(score, np.ones(len(score)), product).limits[OUTER]
        np.testing.assert_allclose(moved, calm, rtol=0.1)


def test_ends_pass_gradually_from_one_size_of_products_to_the_next():
    score, product = scores_of(400)
    kappa = np.exp(np.repeat(np.linspace(-1, 3, 400), 9))
    pool = learn_pool(score * np.where(kappa > np.e, 2, 1), kappa, product)
    assert len(pool.centres) == 2
    forecast = np.exp(np.linspace(-2, 6, 200))[:, None]
    spread = Spread(np.ones(200), np.full(200, 500))
    high = bounds(forecast, spread, pool, 1)[1][:, 0]
    assert (np.diff(np.log(high)) > 0).all()
    assert np.diff(np.log(high)).max() < 0.25


def test_scores_are_standard_normal_where_demand_is_as_thought():
    rng = np.random.default_rng(0)
    for mean in (3.0, 40.0):
        base = np.full((4_000, 1), mean)
        outcome = rng.poisson(mean, base.shape)
        score = scores(outcome, base, np.sqrt(base), np.ones(4_000))
        assert score.mean() == pytest.approx(0, abs=0.2)
        assert score.std() == pytest.approx(1, abs=0.2)


def test_a_quantile_is_the_inverse_of_a_score():
    base, kappa = np.array([[2.0, 9.0, 400.0]]), np.array([[0.7, 3.0, 20.0]])
    for z in (-1.0, 0.0, 2.5):
        outcome = quantile(z, base, kappa)
        np.testing.assert_allclose(scores(outcome, base, kappa, np.zeros(1)), z, atol=0.01)


def test_scatter_is_drawn_towards_that_of_products_of_its_size():
    rng = np.random.default_rng(0)
    lots = 10 * rng.poisson(0.5, (40, 150))
    young = np.zeros((1, 150))
    young[0, -14:] = 10
    panel = panel_of(*lots, young[0])
    profile = np.ones((41, 7))
    law = learn_scatter(panel, profile)
    phi = spread_of(panel, profile, law).phi
    assert phi[:40].mean() == pytest.approx(10, rel=0.1)
    # Fourteen times the same is no proof that it never scatters.
    assert phi[40] == pytest.approx(10 * 7 / 21, rel=0.4)


def test_where_nothing_is_likely_the_lower_bound_is_zero():
    pool = learn_pool(np.empty(0), np.empty(0), np.empty(0, int))
    low, high = bounds(np.array([[0.5], [60.0]]), Spread(np.ones(2), np.full(2, 180)), pool, 1)
    assert low[0, 0] == 0
    assert 2 <= high[0, 0] < 3
    assert 40 < low[1, 0] < 60 < high[1, 0] < 80


def test_the_longest_total_that_was_not_tested_drifts_as_the_shorter_one_did():
    rng = np.random.default_rng(0)
    outcome = Outcome(
        product=np.arange(500),
        forecast=np.full((500, 40), 20.0),
        actual=rng.poisson(20 * np.exp(rng.normal(0, 0.2, (500, 1))), (500, 40)).astype(float),
        spread=Spread(np.ones(500), np.full(500, 180)),
        course=NO_COURSE,
    )
    model = learn_intervals([outcome], rng)
    assert model.borrowed == (90,)
    near, far = (model.totals[days].limits[OUTER][1, 0] for days in (30, 90))
    assert near > 3
    # The same share of the forecast: scores grow with the root of the days.
    assert far == pytest.approx(near * np.sqrt(3), rel=0.1)


@pytest.mark.parametrize("kind", ["poisson", "negative binomial"])
def test_95_percent_of_later_days_and_totals_lie_within_the_intervals(kind):
    panel = made_panel(500, 270, kind, seed=11)
    table, _catalogue = train_forecasts(
        panel.until(180), ForecastSettings(), np.random.default_rng(0)
    )
    days, totals = covered(panel, table, 180, 90)
    assert 0.93 <= days.mean() <= 0.97
    for span, inside in totals.items():
        assert 0.93 <= inside.mean() <= 0.975, span
