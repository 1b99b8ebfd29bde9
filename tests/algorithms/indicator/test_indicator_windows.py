import numpy as np
import pytest

from algorithms.indicator import windows

FIRST, LAST = 100, 130


@pytest.fixture
def rows():
    random = np.random.default_rng(4)
    day = random.integers(60, 140, 400)
    return random.integers(1, 25, 400), day, random.normal(5.0, 8.0, 400)


@pytest.mark.parametrize("window", [1, 7, 30])
def test_different_ones_are_those_of_a_set(rows, window):
    entity, day, _amount = rows
    found = windows.count_different(entity, day, FIRST, LAST, window)
    for end, count in zip(range(FIRST, LAST + 1), found, strict=True):
        assert count == len(set(entity[(day > end - window) & (day <= end)]))


def test_intervals_that_overlap_count_an_entity_once(rows):
    entity, start, _amount = rows
    end = start + np.random.default_rng(5).integers(-2, 30, len(start))
    found = windows.count_covered(entity, start, end, FIRST, LAST)
    for day, count in zip(range(FIRST, LAST + 1), found, strict=True):
        assert count == len(set(entity[(start <= day) & (day <= end)]))


@pytest.mark.parametrize("window", [1, 7])
def test_medians_are_those_of_the_days_of_a_window(rows, window):
    _entity, day, amount = rows
    found, count = windows.medians(day, amount, FIRST, LAST, window)
    for end, median, cases in zip(range(FIRST, LAST + 1), found, count, strict=True):
        values = amount[(day > end - window) & (day <= end)]
        assert cases == len(values)
        assert median == pytest.approx(np.median(values)) if cases else np.isnan(median)


@pytest.mark.parametrize("window", [1, 7, 30])
def test_the_largest_are_summed_and_refunded_ones_are_none(rows, window):
    entity, day, amount = rows
    top, total = windows.largest(entity, day, amount, FIRST, LAST, window, most=3)
    for number, end in enumerate(range(FIRST, LAST + 1)):
        inside = (day > end - window) & (day <= end)
        sums = np.bincount(entity[inside], amount[inside], minlength=25)
        best = np.sort(sums)[-3:]
        assert top[number] == pytest.approx(best[best > 0].sum())
        assert total[number] == pytest.approx(amount[inside].sum())


def test_nothing_gives_zeros_and_no_median():
    none, amounts = np.array([], np.int64), np.array([])
    assert not windows.count_different(none, none, FIRST, LAST, 7).any()
    assert np.isnan(windows.medians(none, amounts, FIRST, LAST, 7)[0]).all()
    assert not windows.largest(none, none, amounts, FIRST, LAST, 7, 3)[0].any()
    assert not windows.by_day(none, amounts, FIRST, LAST).any()


def test_days_outside_are_left_out_of_sums():
    day = np.array([FIRST - 1, FIRST, FIRST, LAST, LAST + 1])
    sums = windows.by_day(day, np.array([1.0, 2.0, 4.0, 8.0, 16.0]), FIRST, LAST)
    assert (sums[0], sums[-1], sums.sum()) == (6.0, 8.0, 14.0)
