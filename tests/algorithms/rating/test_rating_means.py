import numpy as np
import pytest

from algorithms.rating.biases import fit_biases
from algorithms.rating.ratings import build_ratings
from algorithms.rating.shrunk_means import prior_strength, shrunk_means


def test_several_ratings_of_one_client_and_product_count_as_their_mean():
    ratings = build_ratings([7, 3, 7, 7], [2, 1, 2, 1], [5, 3, 2, 4])
    assert ratings.client.tolist() == [3, 7, 7]
    assert ratings.product.tolist() == [1, 1, 2]
    assert ratings.stars.tolist() == [3, 4, 3.5]
    assert len(build_ratings([], [], [])) == 0


@pytest.mark.parametrize("stars", [0, 6, float("nan")])
def test_stars_beyond_one_to_five_are_refused(stars):
    with pytest.raises(ValueError, match="stars"):
        build_ratings([1, 1], [1, 2], [3, stars])


def test_one_five_is_no_five():
    means = shrunk_means(np.array([0, 1, 1, 1]), np.array([5.0, 5, 5, 5]), 3, 5.0, 3.5)
    assert means == pytest.approx([(5 * 3.5 + 5) / 6, (5 * 3.5 + 15) / 8, 3.5])


def test_strength_is_the_planted_one():
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(2_000), rng.integers(1, 9, 2_000))
    value = rng.normal(0, 0.5, 2_000)[group] + rng.normal(0, 1.2, len(group))
    assert prior_strength(group, value) == pytest.approx(1.2**2 / 0.5**2, rel=0.2)


def test_strength_stays_within_bounds_and_is_five_where_nothing_tells():
    rng = np.random.default_rng(2)
    group = np.repeat(np.arange(200), 5)
    assert prior_strength(group, rng.normal(0, 1, 1_000)) >= 20
    assert prior_strength(group, np.tile([1.0, 2, 3, 4, 5], 200)) == 50
    assert prior_strength(group, group + rng.normal(0, 0.1, 1_000)) == 2
    assert prior_strength(group, np.full(1_000, 4.0)) == 5
    assert prior_strength(np.arange(200), rng.normal(0, 1, 200)) == 5
    assert prior_strength(np.repeat(np.arange(9), 5), rng.normal(0, 1, 45)) == 5
    assert prior_strength(np.empty(0, int), np.empty(0)) == 5


def test_biases_tell_who_is_strict_from_what_is_bad():
    rng = np.random.default_rng(3)
    # Strict clients rate the odd products more often: plain means of these would be too low.
    strict = rng.normal(0, 0.6, 300)
    quality = rng.normal(0, 0.6, 60)
    client, product = rng.integers(300, size=9_000), rng.integers(60, size=9_000)
    kept = (strict[client] < 0) == (product % 2 == 1)
    kept |= rng.random(9_000) < 0.2
    client, product = client[kept], product[kept]
    stars = 3.5 + strict[client] + quality[product] + rng.normal(0, 0.5, len(client))
    mean, of_client, of_product = fit_biases(client, product, stars, (300, 60))
    plain = np.bincount(product, stars, 60) / np.bincount(product, minlength=60) - mean
    known = quality - quality.mean()
    errors = [np.abs(each - each.mean() - known).mean() for each in (of_product, plain)]
    assert errors[0] < 0.5 * errors[1]
    assert np.corrcoef(of_client, strict)[0, 1] > 0.9
