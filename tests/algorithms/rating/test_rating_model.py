from dataclasses import replace

import numpy as np
import pytest
from made_ratings import made_ratings

from algorithms.core.exceptions import InsufficientDataError
from algorithms.rating import training
from algorithms.rating.factors import fit_factors
from algorithms.rating.model import METHODS, fit
from algorithms.rating.ratings import build_ratings
from algorithms.rating.training import check_enough, cross_validate, deal, duel, train


def test_tastes_are_found_where_there_are_any_and_only_there():
    report = cross_validate(made_ratings(300, 80, 30))
    assert report.method == "factors"
    assert report.errors["factors"].rmse < 0.9 * report.errors["baseline"].rmse
    assert report.errors["baseline"].rmse < report.errors["mean"].rmse
    assert cross_validate(made_ratings(300, 80, 30, tastes=0)).method == "baseline"


def test_the_mean_of_the_product_is_kept_where_clients_do_not_differ():
    rng = np.random.default_rng(0)
    product = np.tile(np.arange(1, 21), 40)
    stars = np.clip(np.round(1.5 + product / 8 + rng.normal(0, 0.7, 800)), 1, 5)
    report = cross_validate(build_ratings(np.repeat(np.arange(1, 41), 20), product, stars))
    assert report.method == "mean"
    assert not report.beats_mean


def test_errors_are_those_of_ratings_that_were_not_seen():
    ratings = made_ratings(60, 30, 12)
    report = cross_validate(ratings, seed=4)
    folds = deal(len(ratings), 4)
    rmse = []
    for fold in range(5):
        hidden = folds == fold
        model = fit(ratings.take(~hidden), report.method, np.random.default_rng(4))
        told = model.predict(ratings.client[hidden], ratings.product[hidden])
        assert (told == report.predicted[hidden]).all()
        rmse.append(np.sqrt(np.mean((told - ratings.stars[hidden]) ** 2)))
    assert report.errors[report.method].rmse == pytest.approx(np.mean(rmse))
    assert np.ptp(np.bincount(folds)) <= 1


def test_one_standard_error_goes_to_the_simpler_method():
    good, near, bad = np.array([[1.0, 1.1, 0.9, 1.0, 1.0], [1.02, 1.09, 0.93, 1.0, 1.0], [2] * 5])
    assert training._simplest({"mean": bad, "baseline": near, "factors": good}) == "factors"
    noisy = good + [0.3, -0.2, 0.2, -0.1, -0.1]
    assert training._simplest({"mean": bad, "baseline": noisy, "factors": good}) == "baseline"
    assert training._simplest({"mean": good, "baseline": good, "factors": good}) == "mean"


@pytest.mark.parametrize("method", METHODS)
def test_unknown_clients_and_products_get_what_is_known(method):
    ratings = made_ratings(60, 30, 12)
    model = fit(ratings, method, np.random.default_rng(0))
    client, product = ratings.client[0], ratings.product[0]
    stars = model.predict([999, client, 999], [product, 9999, 9999])
    bias_of_client, bias_of_product = model.client_bias[0], model.product_bias
    column = np.searchsorted(model.products, product)
    expected = model.mean + np.array([bias_of_product[column], bias_of_client, 0])
    assert stars == pytest.approx(expected, abs=1e-5)
    assert model.predict([], []).shape == (0,)


def test_predictions_stay_within_one_and_five():
    ratings = made_ratings(60, 30, 12)
    model = fit(ratings, "baseline", np.random.default_rng(0))
    high = replace(model, client_bias=model.client_bias + np.float32(9))
    low = replace(model, client_bias=model.client_bias - np.float32(9))
    assert set(high.predict(ratings.client, ratings.product)) == {5.0}
    assert set(low.predict(ratings.client, ratings.product)) == {1.0}


def test_training_twice_gives_the_same():
    ratings = made_ratings(100, 40, 20)
    first, second = (train(ratings, seed=5) for _turn in range(2))
    assert first[1] == second[1]
    told = [model.predict(ratings.client, ratings.product) for model, _report in (first, second)]
    assert (told[0] == told[1]).all()


def test_blocks_do_not_change_predictions(monkeypatch):
    ratings = made_ratings(60, 30, 12)
    model = fit(ratings, "factors", np.random.default_rng(0))
    whole = model.predict(ratings.client, ratings.product)
    monkeypatch.setattr("algorithms.rating.model.BLOCK_ROWS", 7)
    assert (model.predict(ratings.client, ratings.product) == whole).all()


def test_a_pass_is_the_regression_of_each_client():
    """With products that are known for sure, a client is a ridge regression."""
    from scipy import sparse

    from algorithms.rating import factors

    rng = np.random.default_rng(0)
    products = rng.standard_normal((6, 3)).astype(np.float32)
    stars = rng.standard_normal(6).astype(np.float32)
    other = factors._Side(products, np.zeros((6, 3, 3), np.float32))
    ones = sparse.csr_matrix(np.ones((1, 6), np.float32))
    variances = np.array([0.5, 0.2, 0.3], np.float32)
    side = factors._solved((ones, sparse.csr_matrix(stars[None])), other, variances, 0.8)
    inputs = np.hstack([np.ones((6, 1)), products[:, 1:]])
    precision = inputs.T @ inputs / 0.8 + np.diag(1 / variances)
    expected = np.linalg.solve(precision, inputs.T @ (stars - products[:, 0]) / 0.8)
    assert side.mean[0] == pytest.approx(expected, abs=1e-4)
    assert side.covariance[0] == pytest.approx(np.linalg.inv(precision), abs=1e-4)


def test_few_clients_get_few_factors():
    mean, clients, products = fit_factors(
        np.array([0, 1, 2, 0]), np.array([0, 0, 1, 1]), np.array([5.0, 4, 2, 3]), (3, 2),
        np.random.default_rng(0),
    )  # fmt: skip
    assert mean == 3.5
    assert clients.shape == (3, 2)
    assert np.isfinite(clients).all()
    assert np.isfinite(products).all()


@pytest.mark.parametrize(
    "ratings",
    [made_ratings(12, 12, 4), made_ratings(9, 40, 30), made_ratings(40, 9, 30)],
)
def test_below_the_minimum_nothing_is_learned(ratings):
    with pytest.raises(InsufficientDataError):
        train(ratings)


def test_the_minimum_is_enough():
    ratings = made_ratings(10, 10, 40).take(np.arange(50))
    ratings = build_ratings(np.arange(50) % 10 + 1, np.arange(50) // 5 + 1, ratings.stars)
    check_enough(ratings)
    model, report = train(ratings)
    assert np.isfinite(model.predict(ratings.client, ratings.product)).all()
    assert set(report.errors) == set(METHODS)


def test_equal_stars_are_told_without_error():
    model, report = train(build_ratings(np.arange(100) % 10, np.arange(100) // 10, np.full(100, 4)))
    assert report.method == "mean"
    assert model.predict([1], [1]) == pytest.approx([4], abs=1e-4)


def _later(ratings, share=0.6, seed=0):
    kept = np.random.default_rng(seed).random(len(ratings)) < share
    return ratings.take(kept)


def test_a_new_model_of_more_ratings_replaces_the_old_one():
    ratings = made_ratings(200, 60, 30)
    old, _report = train(_later(ratings))
    outcome = duel(old, ratings, cross_validate(ratings))
    assert outcome.unseen == len(ratings) - len(old.seen)
    assert not outcome.is_worse
    assert outcome.new < outcome.old


def test_a_worse_model_does_not():
    ratings = made_ratings(200, 60, 30)
    old, _report = train(_later(ratings))
    report = cross_validate(ratings, methods=("mean",))
    outcome = duel(old, ratings, report)
    assert outcome.is_worse
    assert outcome.new > outcome.old


def test_few_unseen_ratings_say_nothing_against_the_new_model():
    ratings = made_ratings(60, 30, 12)
    old, _report = train(ratings.take(np.arange(len(ratings) - 9)))
    outcome = duel(old, ratings, cross_validate(ratings, methods=("mean",)))
    assert outcome.unseen == 9
    assert not outcome.is_worse
    assert np.isnan(outcome.old)


def test_seen_are_pairs_whatever_their_stars():
    ratings = made_ratings(60, 30, 12)
    old, _report = train(ratings.take(np.arange(100)))
    changed = build_ratings(ratings.client, ratings.product, 6 - ratings.stars)
    assert old.has_seen(changed.client, changed.product).tolist() == [True] * 100 + [False] * (
        len(ratings) - 100
    )


def test_a_model_of_ratings_that_were_taken_back_is_no_champion():
    ratings = made_ratings(200, 60, 30)
    old, _report = train(_later(ratings))
    kept = ratings.take(
        np.arange(len(ratings)) != np.flatnonzero(old.has_seen(ratings.client, ratings.product))[0]
    )
    outcome = duel(old, kept, cross_validate(kept, methods=("mean",)))
    assert (outcome.gone, outcome.is_worse) == (1, False)


def test_what_clients_have_rated_is_not_told_to_them():
    ratings = made_ratings(60, 30, 12)
    model, _report = train(ratings)
    client, product = ratings.client[0], ratings.product
    others = np.setdiff1d(product, product[ratings.client == client])[:2].tolist()
    asked = [product[0], *others, 9999]
    assert model.offers([client] * 4, asked).tolist() == [False, True, True, False]
    assert model.offers([999], [others[0]]).tolist() == [False]
