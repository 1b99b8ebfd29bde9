"""Priors of vendors give way unless the new ones are surely worse on lines decided since."""

import numpy as np
import pytest

from algorithms.replenishment.vendor_duel import KeptVendors, duel
from algorithms.replenishment.vendor_score import Prior, PurchaseLines, vendor_scores

TODAY = 20_000
BACK = 100


@pytest.fixture(scope="module")
def lines():
    """40 vendors, each punctual by its own chance around 0.8, of some 20 lines in 400 days."""
    rng = np.random.default_rng(2)
    vendor = np.repeat(np.arange(1, 41), 20)
    count = len(vendor)
    chance = np.repeat(rng.beta(8, 2, 40), 20)
    ordered = TODAY - 20 - rng.integers(0, 400, count)
    late = np.where(rng.random(count) < chance, 0, 6)
    one, none = np.ones(count), np.zeros(count)
    return PurchaseLines(
        vendor, vendor, ordered, ordered + 9, ordered + 9 + late, one, one, none, one
    )


def learned(rate=0.8, strength=8.0):
    return KeptVendors({"on_time": Prior(rate, strength)}, TODAY - BACK)


def test_priors_that_were_well_learned_are_no_reason_to_keep_them(lines):
    found = duel(learned(), lines, TODAY)
    assert found.unseen > 100
    assert not found.is_worse
    assert abs(found.new - found.old) < 0.01


def test_bad_priors_give_way(lines):
    found = duel(learned(0.05, 500.0), lines, TODAY)
    assert found.new < found.old
    assert not found.is_worse


def test_worse_ones_do_not_replace(lines, monkeypatch):
    monkeypatch.setattr(
        "algorithms.replenishment.vendor_duel.prior_of", lambda _count, _of: Prior(0.05, 500.0)
    )
    found = duel(learned(), lines, TODAY)
    assert found.new > found.old
    assert found.is_worse


def test_few_lines_since_then_say_nothing(lines):
    late = KeptVendors(learned().priors, TODAY - 1)
    found = duel(late, lines, TODAY)
    assert found.unseen < 30
    assert not found.is_worse


def test_scores_go_by_the_priors_that_are_given(lines):
    own = vendor_scores(lines, TODAY)
    given = vendor_scores(lines, TODAY, priors={"on_time": Prior(0.5, 1e6)})
    assert given.on_time.mean == pytest.approx(np.full(40, 0.5), abs=1e-3)
    assert (given.complete.mean == own.complete.mean).all()
    again = vendor_scores(lines, TODAY, priors={"on_time": own.on_time.prior})
    assert (again.on_time.mean == own.on_time.mean).all()
