import numpy as np

from algorithms.forecast.steps import block_range, sums_of


def test_whole_weeks_are_summed_from_either_end():
    assert sums_of(np.ones(15), 7).tolist() == [7, 7]
    assert sums_of(np.arange(8), 7, from_end=True).tolist() == [28]
    assert sums_of([1.0, 2.0], 7).tolist() == []


def test_the_first_block_has_the_range_of_the_total_and_the_others_follow_it():
    daily = np.full(21, 2.0)
    low, high = daily - 1, daily + np.repeat([2.0, 2.0, 4.0], 7)
    ends = block_range(daily, low, high, 7, (9.0, 14.0, 26.0))
    np.testing.assert_allclose(ends[0], [9, 9, 9])
    np.testing.assert_allclose(ends[1], [26, 26, 38])


def test_no_range_falls_below_zero_and_a_short_forecast_has_none():
    daily = np.full(14, 1.0)
    low, high = np.array([1.0] * 7 + [0.0] * 7), daily + 1
    assert block_range(daily, low, high, 7, (6.0, 7.0, 9.0))[0].min() >= 0
    assert len(block_range(daily[:3], low[:3], high[:3], 7, (0, 0, 0))[0]) == 0
