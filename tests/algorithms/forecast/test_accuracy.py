import numpy as np
import pytest
from demand_common import panel_of

from algorithms.forecast.accuracy import score_forecasts

START = np.datetime64("2025-01-09")


def test_scores_are_those_of_the_definitions():
    panel = panel_of([1, 0, 0, 4, 0, 2])  # from the 6th of January on
    result = score_forecasts([1], START, np.array([[2.0, 0.0, 3.0, 9.0]]), panel)
    # compared: forecast 2, 0, 3 with sold 4, 0, 2
    assert result.days.tolist() == [3]
    assert (result.sold[0], result.forecast[0]) == (6, 5)
    assert result.smape[0] == pytest.approx((2 * 2 / 6 + 0 + 2 * 1 / 5) / 3)
    assert result.wape[0] == pytest.approx(3 / 6)
    assert result.bias[0] == pytest.approx(-1 / 6)
    assert result.overall_wape_total == pytest.approx(1 / 6)


def test_products_without_forecast_or_no_longer_there_are_not_compared():
    panel = panel_of([1, 0, 0, 4, 0, 2], [1, 1, 1, 1, 1, 1])
    daily = np.array([[1.0] * 3, [np.nan] * 3, [1.0] * 3])
    result = score_forecasts([2, 1, 99], START, daily, panel)
    assert result.days.tolist() == [3, 0, 0]
    assert result.wape[0] == 0
    assert np.isnan(result.wape[1:]).all()
    assert result.overall_bias == 0


def test_a_forecast_whose_days_have_not_come_has_no_score():
    panel = panel_of([1, 0, 0, 4, 0, 2])
    result = score_forecasts([1], np.datetime64("2026-01-01"), np.ones((1, 5)), panel)
    assert result.days.tolist() == [0]
    assert np.isnan(result.overall_smape)


def test_overall_totals_do_not_let_products_make_up_for_each_other():
    panel = panel_of([1, 0, 0, 4, 4], [1, 0, 0, 2, 2])
    result = score_forecasts([1, 2], START, np.array([[3.0, 3], [3, 3]]), panel)
    assert result.overall_bias == 0
    assert result.overall_wape_total == pytest.approx(4 / 12)


def test_days_without_stock_and_an_empty_panel_are_left_out():
    known = np.array([[True, True, True, False, True]])
    panel = panel_of([1, 0, 0, 4, 4], known=known)
    result = score_forecasts([1], START, np.array([[3.0, 3.0]]), panel)
    assert result.days.tolist() == [1]
    nothing = score_forecasts([1], START, np.array([[3.0]]), panel.take(slice(0, 0)))
    assert nothing.days.tolist() == [0]
