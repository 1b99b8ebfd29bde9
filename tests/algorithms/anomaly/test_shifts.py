"""Lasting changes: one anomaly with a beginning, until it is over."""

import numpy as np
import pytest

from algorithms.anomaly.search import AnomalySettings, find_anomalies
from algorithms.anomaly.series import series_of
from algorithms.core.demand_panel import DemandPanel
from benchmarks.anomalies_made import (
    WEEKDAYS,
    daily_series,
    level_shift,
    seasonal_sales,
    shifts_seen,
)

# Chance is left out of what a test tells of something else.
SURE = 1e-4
BEGIN = np.datetime64("2024-01-01") + 200


def search(values, chance=0.1):
    series = daily_series(values)
    lines = series.valid.sum(axis=1) * 1.0
    settings = AnomalySettings(chance=chance)
    return find_anomalies(series, series, np.zeros(len(series), int), lines, [], settings)


def lasting(result, product=1):
    return [
        (found.kind, (found.first - BEGIN).astype(int), found.severity)
        for found in result.found
        if found.method == "level" and found.id == product
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [(20, 2), (2, 20), (200, 20), (20, 200), (2, 0.2), (0.2, 2), (20, 8), (1, 0)],
)
def test_a_lasting_change_is_one_anomaly_in_ten_of_ten(before, after):
    seen = [shifts_seen(level_shift(before, after, seed), seed) for seed in range(10)]
    assert seen == [True] * 10


def test_it_is_seen_after_two_weeks_and_stays_as_long_as_it_lasts():
    for lasted in (14, 30, 60, 89):
        (found,) = lasting(search(level_shift(20, 2, 0, lasted)))
        assert found == ("drop", 0, "high")
    result = search(level_shift(20, 2, 0, 120))
    assert not lasting(result)
    assert [change.first for change in result.older] == [BEGIN]


def test_it_ends_when_sales_come_back_and_the_return_is_nothing_unusual():
    values = level_shift(20, 2, 1, 40, back=30)
    found = search(values, SURE).found
    assert [(each.method, each.kind) for each in found] == [("level", "drop")]
    assert (found[0].last - BEGIN).astype(int) == 39


def test_what_was_expected_goes_on_as_before():
    (found,) = [each for each in search(level_shift(20, 2, 0)).found if each.method == "level"]
    assert found.expected / 56 == pytest.approx(20, rel=0.05)
    assert np.mean(found.chart["expected"][-7:]) == pytest.approx(20, rel=0.05)


def test_a_typing_error_during_a_collapse_is_seen():
    values = level_shift(20, 2, 0)
    values[0, -1] = 1e6
    found = search(values).found
    spikes = [each for each in found if each.kind == "spike"]
    assert [(each.value, each.severity) for each in spikes] == [(1e6, "high")]
    assert spikes[0].most < 50
    assert lasting(search(values))


def test_one_large_order_is_no_lasting_change():
    values = np.random.default_rng(0).poisson(0.3, (1, 256)).astype(float)
    values[0, 220] = 500.0
    assert not lasting(search(values))


def test_days_without_stock_are_no_change_of_the_level():
    values = level_shift(20, 0, 0, 30)
    days = np.datetime64("2024-01-01") + np.arange(values.shape[1])
    stocked = np.ones(values.shape, bool)
    stocked[0, 200:] = False
    panel = DemandPanel(np.array([1]), days, values, np.zeros(1, int))
    series = series_of("product", panel, np.array([4000.0]), stocked)
    settings = AnomalySettings(chance=SURE)
    found = find_anomalies(series, series, np.zeros(1, int), np.ones(1), [], settings).found
    assert [(each.kind, each.method) for each in found] == [("drop", "count")]


def test_what_most_products_have_in_common_is_the_company_s():
    values = np.vstack([level_shift(20, 4, seed) for seed in range(12)])
    assert not [each for each in search(values).found if each.method == "level"]


@pytest.mark.parametrize("kind", ["season", "trend", "waves"])
def test_seasons_trends_and_waves_are_no_lasting_changes(kind):
    found = search(seasonal_sales(kind, 200, 365)).found
    assert sum(each.method == "level" for each in found) <= 3


def test_ten_percent_more_is_no_lasting_change():
    rng = np.random.default_rng(2)
    mean = 100 * WEEKDAYS[np.arange(256) % 7] * np.where(np.arange(256) >= 200, 1.1, 1.0)
    assert not lasting(search(rng.poisson(mean)[None]))
