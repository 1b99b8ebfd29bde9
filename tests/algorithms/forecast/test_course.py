"""Where the whole catalogue has gone, and where it may go."""

import numpy as np
import pytest

from algorithms.forecast.course import LEAST_NOISE, NO_COURSE, catalogue_course, course_of
from algorithms.forecast.relative_demand import relative_demand
from benchmarks import situations_made as made


def days_of(path, scatter=0.05, seed=0):
    """Demand of days whose logarithms follow ``path``, weekdays and chance apart."""
    rng = np.random.default_rng(seed)
    return np.exp(path + rng.normal(0, scatter, len(path)))


def sine(days, swing=0.3):
    """A season whose steepest day lies half-way."""
    return swing * np.sin(2 * np.pi * (np.arange(days) - days / 2) / 365)


def test_an_even_catalogue_has_no_course_and_little_risk():
    course = course_of(days_of(np.zeros(182)))
    assert np.abs(np.r_[course.past, course.ahead]).max() < 0.03
    assert course.risk_of_total(90) < 0.06
    assert NO_COURSE.risk_of_total(90) == 0
    np.testing.assert_array_equal(NO_COURSE.of_ahead(90), 1)


def test_growth_goes_on():
    rise = np.log(1.08) / 30
    course = course_of(days_of(rise * np.arange(238)))
    gone = np.log(course.of_ahead(90)[-1] / course.of_past(238)[-1])
    assert 0.6 * 90 * rise < gone < 1.2 * 90 * rise


def test_a_season_seen_once_is_expected_again():
    path = sine(364 + 90)
    course = course_of(days_of(path[:364]))
    ahead = np.log(course.of_ahead(90))
    assert np.corrcoef(ahead, path[364:])[0, 1] > 0.9
    assert np.abs(ahead - ahead.mean() - (path[364:] - path[364:].mean())).max() < 0.15


def test_half_a_year_that_moves_is_feared_and_more_for_the_days_further_ahead():
    moved, even = course_of(days_of(sine(182))), course_of(days_of(np.zeros(182)))
    assert moved.risk_of_total(90) > 2 * even.risk_of_total(90)
    risk = moved.risk_of_days(90)
    assert risk[-1] > 2 * risk[0]
    assert moved.risk_of_total(7) < moved.risk_of_total(30) < moved.risk_of_total(90)


@pytest.mark.parametrize("last", [60, 8, 1])
def test_two_odd_weeks_move_nothing_wherever_they_lie(last):
    rate = days_of(np.zeros(182))
    calm = course_of(rate).of_ahead(30).mean()
    begin = (26 - last - 1 if last < 20 else 12) * 7
    rate[begin : begin + 14] *= 0.4
    assert course_of(rate).of_ahead(30).mean() == pytest.approx(calm, abs=0.05)


def test_the_past_goes_over_into_the_days_ahead():
    course = course_of(days_of(sine(182)))
    whole = np.log(np.r_[course.of_past(182), course.of_ahead(90)])
    assert np.abs(np.diff(whole)).max() < 0.02


def test_histories_that_say_nothing_have_no_course():
    assert course_of(np.zeros(28)) is NO_COURSE
    short = made.young_shop(10, 0).until(10)
    assert catalogue_course(short) is NO_COURSE
    constant = course_of(np.ones(182))
    assert np.isfinite(constant.covariance).all()
    assert constant.risk_of_days(365)[0] < 10 * np.sqrt(LEAST_NOISE)


def test_products_that_begin_with_a_sale_do_not_seem_to_shrink():
    panel = made.growing_wholesaler(240, 3, 150)
    level = np.log(relative_demand(panel.last(238)).reshape(34, 7).mean(axis=1))
    slope = np.polyfit(np.arange(34), level, 1)[0]
    # It was a sixth too low: the first day of a slow seller is a sale by definition.
    assert slope == pytest.approx(np.log(1.08) * 7 / 30, rel=0.12)
