import numpy as np
import pytest
from scipy import stats

from algorithms.anomaly.scores import residual_scores, run_scores, zscores
from algorithms.anomaly.tails import tail_scores
from algorithms.anomaly.windows import capped_values, expected_before, row_quantiles


def known(values):
    return np.ones(np.shape(values), bool)


def test_z_scores_are_those_of_scipy():
    values = np.random.default_rng(0).poisson(9, (5, 60)).astype(float)
    np.testing.assert_allclose(zscores(values, known(values)).z, stats.zscore(values, axis=1))


def test_unknown_days_have_no_z_score_and_teach_none():
    values = np.random.default_rng(0).poisson(9, (1, 60)).astype(float)
    values[0, 3] = 1e6
    usable = known(values)
    usable[0, 3] = False
    scores = zscores(values, usable)
    assert np.isnan(scores.z[0, 3])
    np.testing.assert_allclose(np.delete(scores.z, 3), stats.zscore(np.delete(values, 3)))


@pytest.mark.parametrize("value", [0.0, 5.0, 0.1])
def test_a_sigma_of_zero_gives_no_z_score_and_no_warning(value):
    with np.errstate(all="raise"):
        scores = zscores(np.full((1, 40), value), np.ones((1, 40), bool))
    assert np.isnan(scores.z).all()
    assert np.isnan(scores.scatter).all()


def test_few_days_give_no_z_score():
    values = np.arange(13.0)[None]
    assert np.isnan(zscores(values, known(values)).z).all()


def test_what_is_expected_knows_nothing_of_the_day_itself_or_later():
    values = np.random.default_rng(0).poisson(9, (1, 90)).astype(float)
    ones = np.ones(values.shape)
    before = expected_before(values, known(values), ones, 56, 28)
    assert np.isnan(before[0, :28]).all()
    assert before[0, 60] == pytest.approx(capped_values(values, known(values))[0, 4:60].mean())


def test_what_is_expected_follows_the_weekday():
    weekday = np.tile([2.0, 1, 1, 1, 1, 1, 0], 13)[None]
    values = 10 * weekday
    before = expected_before(values, known(values), weekday, 56, 28)
    np.testing.assert_allclose(before[0, 60:], values[0, 60:])


def test_a_giant_does_not_lift_what_follows():
    values = np.full((1, 90), 10.0)
    values[0, 40] = 10_000
    assert expected_before(values, known(values), np.ones(values.shape), 56, 28)[0, -1] == 10


@pytest.mark.parametrize(
    ("sold", "mean", "expected"),
    [
        (9, 3.0, stats.poisson.sf(8, 3.0)),
        (0, 6.0, stats.poisson.cdf(0, 6.0)),
        (1, 8.0, stats.poisson.cdf(1, 8.0)),
    ],
)
def test_few_counts_have_the_tail_of_a_poisson(sold, mean, expected):
    z = tail_scores(np.array([float(sold)]), np.array([mean]), np.array([1.0]))
    assert stats.norm.sf(abs(z[0])) == pytest.approx(expected)


@pytest.mark.parametrize("sold", [0, 1, 15, 30])
def test_few_counts_that_scatter_have_the_tail_of_a_negative_binomial(sold):
    mean, scatter = 6.0, 1.5
    size = mean / (scatter**2 - 1)
    law = stats.nbinom(size, size / (size + mean))
    expected = law.sf(sold - 1) if sold > mean else law.cdf(sold)
    z = tail_scores(np.array([float(sold)]), np.array([mean]), np.array([scatter]))
    assert stats.norm.sf(abs(z[0])) == pytest.approx(expected)


def test_many_counts_are_judged_alike_in_any_unit():
    values = np.random.default_rng(0).poisson(40, (1, 120)).astype(float)
    expected = expected_before(values, known(values), np.ones(values.shape), 56, 28)
    pieces = residual_scores(values, expected, known(values), np.array([1.0]))
    grams = residual_scores(1000 * values, 1000 * expected, known(values), np.array([1000.0]))
    np.testing.assert_allclose(pieces.z, grams.z)


@pytest.mark.parametrize("mean", [3, 10, 40])
def test_scores_of_chance_are_rarely_beyond_three(mean):
    values = np.random.default_rng(mean).poisson(mean, (600, 180)).astype(float)
    expected = expected_before(values, known(values), np.ones(values.shape), 56, 28)
    z = residual_scores(values, expected, known(values), np.ones(600)).z[:, 56:]
    assert (np.abs(z) >= 3).mean() < 0.0035


def test_the_scatter_of_a_series_is_not_that_of_its_one_giant():
    values = np.random.default_rng(0).poisson(40, (1, 120)).astype(float)
    expected = expected_before(values, known(values), np.ones(values.shape), 56, 28)
    usual = residual_scores(values, expected, known(values), np.ones(1)).scatter
    values[0, -1] = 1e7
    assert residual_scores(values, expected, known(values), np.ones(1)).scatter == pytest.approx(
        usual, rel=0.05
    )


def test_a_week_without_sales_is_rarer_than_a_day():
    values = np.random.default_rng(0).poisson(3, (1, 120)).astype(float)
    values[0, 100:107] = 0
    expected = expected_before(values, known(values), np.ones(values.shape), 56, 28)
    single = residual_scores(values, expected, known(values), np.ones(1))
    week = run_scores(values, single, known(values), np.ones(1), 7)
    assert single.z[0, 100:107].min() > -3
    assert week.z[0, 106] < -4


def test_runs_longer_than_the_history_have_no_score():
    values = np.ones((1, 5))
    single = residual_scores(values, values, known(values), np.ones(1))
    assert np.isnan(run_scores(values, single, known(values), np.ones(1), 7).z).all()


def test_quantiles_of_rows_are_those_of_numpy():
    values = np.random.default_rng(0).normal(size=(40, 30))
    values[np.random.default_rng(1).random(values.shape) < 0.4] = np.nan
    values[3] = np.nan
    count = np.isfinite(values).sum(axis=1)
    ours = row_quantiles(np.sort(values, axis=1), count, 0.9)
    assert np.isnan(ours[3])
    rest = np.arange(40) != 3
    np.testing.assert_allclose(ours[rest], np.nanquantile(values[rest], 0.9, axis=1))


def test_no_products_are_no_error():
    empty = np.empty((0, 60))
    assert zscores(empty, known(empty)).z.shape == (0, 60)
    expected = expected_before(empty, known(empty), empty, 56, 28)
    assert residual_scores(empty, expected, known(empty), np.empty(0)).z.shape == (0, 60)


def test_few_sale_days_have_the_tail_of_a_beta_binomial():
    from algorithms.anomaly.thin import _sale_days_z

    counts, rates = np.array([0.0, 1, 3]), np.array([0.5, 0.4, 0.8])
    z = _sale_days_z(counts, 14, rates, np.full(3, 56.0))
    law = stats.betabinom(14, rates * 56 + 0.5, (1 - rates) * 56 + 0.5)
    np.testing.assert_allclose(stats.norm.cdf(z), law.cdf(counts))
