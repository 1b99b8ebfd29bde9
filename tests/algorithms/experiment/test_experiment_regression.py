"""Every figure beside the textbook's matrices, written out."""

import numpy as np
import pytest

from algorithms.experiment.regression import difference


def small(rng, clients=45):
    """Clusters of 1 to 6 quotations, the arm and what is known the same within each."""
    cluster = np.repeat(np.arange(clients), rng.integers(1, 7, clients))
    treated = (np.arange(clients) % 3 == 0)[cluster]
    known = rng.normal(size=(clients, 2))[cluster]
    outcome = 3 + treated + known @ [2.0, -1.0] + rng.normal(size=clients)[cluster]
    return cluster, treated, outcome + rng.normal(size=len(cluster)), known


def written_out(cluster, treated, outcome, known):
    """Coefficients of (1, treated, known less its mean) and their CR2 covariance."""
    design = np.column_stack([np.ones(len(outcome)), treated, known - known.mean(axis=0)])
    bread = np.linalg.inv(design.T @ design)
    slopes = bread @ design.T @ outcome
    left, meat = outcome - design @ slopes, 0
    for number in np.unique(cluster):
        rows = design[cluster == number]
        values, vectors = np.linalg.eigh(np.eye(len(rows)) - rows @ bread @ rows.T)
        root = vectors / np.sqrt(values) @ vectors.T
        score = rows.T @ root @ left[cluster == number]
        meat = meat + np.outer(score, score)
    return slopes, bread @ meat @ bread


def test_it_is_the_regression_with_cr2_errors():
    data = small(np.random.default_rng(0))
    slopes, covariance = written_out(*data)
    found = difference(*data)
    assert found.treated - found.control == pytest.approx(slopes[1])
    assert found.control == pytest.approx(slopes[0])
    assert found.own == pytest.approx(covariance[1, 1])
    assert found.other == pytest.approx(covariance[0, 0])
    assert found.both == pytest.approx(covariance[0, 1])


def test_without_covariates_the_means_are_ratios_of_sums():
    cluster, treated, outcome, _known = small(np.random.default_rng(1))
    found = difference(cluster, treated, outcome, np.empty((len(outcome), 0)))
    assert found.treated == pytest.approx(outcome[treated].sum() / treated.sum())
    assert found.control == pytest.approx(outcome[~treated].mean())
    # Arms of different clients: what is unsure of the difference holds all that is of the control.
    assert found.both == pytest.approx(-found.other)


def test_single_quotations_have_as_many_degrees_of_freedom_as_welch_and_student_give():
    treated = np.arange(400) < 200
    found = difference(
        np.arange(400),
        treated,
        np.random.default_rng(0).normal(size=400),
        np.empty((400, 0)),
    )
    assert found.freedom == pytest.approx(400)


def test_a_client_with_most_quotations_leaves_few_degrees_of_freedom():
    rng = np.random.default_rng(0)
    cluster = np.concatenate([np.arange(100), np.zeros(300, int)])
    treated = cluster % 2 == 0
    outcome = rng.normal(size=100)[cluster] * 3 + rng.normal(size=400)
    found = difference(cluster, treated, outcome, np.empty((400, 0)))
    assert 1 <= found.freedom < 12


@pytest.mark.parametrize("columns", ["constant", "twice", "of the arm"])
def test_covariates_that_say_nothing_change_nothing(columns):
    cluster, treated, outcome, known = small(np.random.default_rng(2))
    more = {
        "constant": np.full(len(outcome), 7.1),
        "twice": 5 * known[:, 0],
        "of the arm": treated.astype(float),
    }[columns]
    plain = difference(cluster, treated, outcome, known)
    found = difference(cluster, treated, outcome, np.column_stack([known, more]))
    assert found.treated == pytest.approx(plain.treated)
    assert found.own == pytest.approx(plain.own, rel=1e-6)


def test_a_client_with_all_quotations_of_an_arm_has_a_finite_error():
    cluster = np.concatenate([np.zeros(30, int), np.arange(1, 31)])
    found = difference(
        cluster, cluster == 0, np.random.default_rng(0).normal(size=60), np.empty((60, 0))
    )
    assert np.isfinite([found.own, found.freedom]).all()
