"""Logistic regression, calibration and comparison, beside scikit-learn and by definition."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from algorithms.core.gain import Gain
from algorithms.treasury.calibration import Platt, auc, bins, brier, platt
from algorithms.treasury.comparison import blocks, ratio_gain, replaces, score_gain
from algorithms.treasury.logistic import fit


def made(seed, count=800):
    rng = np.random.default_rng(seed)
    features = np.column_stack([rng.normal(5, 2, count), rng.normal(0, 0.1, count)])
    truth = expit(-3 + 0.6 * features[:, 0] + 5 * features[:, 1])
    return features, rng.random(count) < truth, truth


def test_slopes_are_those_of_scikit_learn():
    features, outcome, _truth = made(1)
    weight = np.random.default_rng(2).random(len(outcome))
    found = fit(features, outcome, weight, penalty=2.0)
    scaled = (features - found.mean) / found.scale
    peer = LogisticRegression(C=0.5, tol=1e-10, max_iter=1000).fit(
        scaled, outcome, sample_weight=weight
    )
    assert found.slope == pytest.approx(peer.coef_[0], abs=1e-4)
    assert found.base == pytest.approx(peer.intercept_[0], abs=1e-4)
    assert found.chance(features) == pytest.approx(peer.predict_proba(scaled)[:, 1], abs=1e-5)


def test_reasons_add_up_to_the_logit():
    features, outcome, _truth = made(3)
    found = fit(features, outcome)
    assert found.base + found.parts(features).sum(axis=1) == pytest.approx(found.logit(features))


def test_what_does_not_vary_or_separates_does_no_harm():
    outcome = np.arange(40) >= 20
    same = fit(np.ones((40, 1)), outcome)
    assert same.slope.tolist() == [0]
    parted = fit(np.arange(40.0)[:, None], outcome)
    assert np.isfinite(parted.slope).all()
    alone = fit(np.arange(40.0)[:, None], np.ones(40, bool))
    assert alone.chance(np.zeros((1, 1)))[0] == pytest.approx(40.5 / 41)


def test_platt_mends_chances_that_were_too_sure_and_leaves_good_ones():
    rng = np.random.default_rng(4)
    logits = rng.normal(0, 1.5, 4000)
    outcome = rng.random(4000) < expit(logits)
    good, mended = platt(logits, outcome), platt(2 * logits + 1, outcome)
    assert good.slope == pytest.approx(1, abs=0.1)
    assert mended.slope == pytest.approx(0.5, abs=0.05)
    assert mended.chance(2 * logits + 1) == pytest.approx(expit(logits), abs=0.05)
    assert platt(np.zeros(0), np.zeros(0)) == Platt()


def test_auc_and_brier_are_those_of_scikit_learn_with_ties():
    rng = np.random.default_rng(5)
    score, outcome = rng.integers(0, 6, 300) / 6, rng.random(300) < 0.3
    assert auc(score, outcome) == pytest.approx(roc_auc_score(outcome, score))
    assert brier(score, outcome) == pytest.approx(brier_score_loss(outcome, score))
    assert np.isnan(auc(score, np.ones(300, bool)))


def test_the_calibration_error_is_that_of_equal_counts():
    chance = np.array([0.1] * 10 + [0.9] * 10)
    outcome = np.array([1, 0] * 5 + [1] * 10)
    found = bins(chance, outcome, 2)
    assert found.cases.tolist() == [10, 10]
    assert found.error == pytest.approx((0.4 + 0.1) / 2)
    assert bins(np.array([0.5, 0.5, 0.5]), np.ones(3), 10).cases.sum() == 3


def test_a_gain_is_what_the_errors_differ_by_and_its_interval_holds_it():
    rng = np.random.default_rng(6)
    model, simple = rng.gamma(2, 1, 200), rng.gamma(2, 1.5, 200)
    found = ratio_gain(model, simple, np.full(200, 10.0), rng)
    assert found.gain == pytest.approx((simple.sum() - model.sum()) / 2000)
    assert found.low < found.gain < found.high
    assert found.better
    assert found.row()["sure"] == found.sure


def test_neighbours_that_are_alike_make_a_gain_less_sure():
    rng = np.random.default_rng(7)
    simple = np.repeat(rng.gamma(2, 1, 20), 10)
    alone, together = (
        ratio_gain(np.ones(200), simple, np.ones(200), np.random.default_rng(1), block)
        for block in (1, 10)
    )
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_blocks_are_neighbours_in_a_circle():
    for rows in blocks(7, 3, np.random.default_rng(0), draws=20):
        assert len(rows) == 7
        assert ((np.diff(rows[:3]) % 7) == 1).all()


def test_a_score_without_both_outcomes_is_left_out_of_the_interval():
    truth = np.array([True] + [False] * 9)

    def figures(rows):
        return auc(np.arange(10)[rows], truth[rows]), 0.0

    found = score_gain(figures, 10, np.random.default_rng(0))
    assert np.isfinite([found.low, found.high]).all()


def test_a_model_is_replaced_only_by_one_that_is_not_worse():
    def gain(value):
        return Gain("auc", 0.8 + value, 0.8, value, value - 0.01, value + 0.01, 100)

    assert replaces(gain(0.02), None)
    assert not replaces(gain(-0.02), None)
    assert not replaces(gain(0.02), gain(0.03))
    assert replaces(gain(0.03), gain(0.03))
