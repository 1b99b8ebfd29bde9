"""Groups of like chances, in which it is counted how many came true."""

import numpy as np
import pytest

from algorithms.treasury.calibration import bins


def test_equal_chances_are_in_one_bin():
    # Of those told 40 %, the first half came true and the second did not.
    found = bins(np.full(60, 0.4), np.arange(60) < 30)
    assert found.cases.tolist() == [60]
    assert found.error == pytest.approx(0.1)


def test_different_chances_are_in_bins_of_equal_counts():
    chance = np.linspace(0, 1, 95)
    found = bins(chance, chance > 0.5)
    assert found.cases.tolist() == [10] * 5 + [9] * 5
    assert found.chance[0] == pytest.approx(chance[:10].mean())


def test_ties_end_a_bin_and_nothing_is_lost():
    chance = np.concatenate([np.full(50, 0.2), np.linspace(0.3, 0.9, 50)])
    found = bins(chance, np.zeros(100))
    assert found.cases.sum() == 100
    assert found.cases[0] == 50
    assert len(bins([], []).cases) == 0
