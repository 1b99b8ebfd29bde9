import warnings

import numpy as np
import pandas as pd
import pytest

from algorithms.anomaly.found import severity
from algorithms.anomaly.search import AnomalySettings, chance_limit, find_anomalies
from algorithms.anomaly.series import series_of, summed, typical_sale
from algorithms.core.demand_panel import demand_panel
from benchmarks.anomalies_made import (
    TAXI,
    daily_series,
    found_events,
    injected_sales,
    marked_days,
    precision_recall,
    taxi_rides,
)

AUTO, PLAIN = AnomalySettings(), AnomalySettings(method="zscore")
# Chance is left out of what a test tells of something else.
SURE = AnomalySettings(chance=1e-4)


def search(series, settings=AUTO, revenue=None, categories=None, lines=None, totals=()):
    """find_anomalies of one Series; each product is a category and each bucket one order line."""
    revenue = series if revenue is None else revenue
    categories = np.zeros(len(series), int) if categories is None else np.asarray(categories)
    lines = series.valid.sum(axis=1) * 1.0 if lines is None else lines
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return find_anomalies(series, revenue, categories, lines, list(totals), settings)


def poisson(mean, days=180, rows=1, seed=0):
    return np.random.default_rng(seed).poisson(mean, (rows, days)).astype(float)


def test_injected_anomalies_are_found_far_better_than_by_plain_z_scores():
    series, injected = injected_sales(300, 180)
    settings = AnomalySettings(days=124)
    plain = AnomalySettings(method="zscore", days=124)
    ours = precision_recall(marked_days(search(series, settings).found, series), injected)
    design = precision_recall(marked_days(search(series, plain).found, series), injected)
    assert ours[0] >= 0.92
    assert design[0] < ours[0] - 0.1


@pytest.mark.skipif(not TAXI.is_dir(), reason="../shared/data is not there")
@pytest.mark.parametrize(("method", "events"), [("auto", 5), ("zscore", 2)])
def test_taxi_demand_shows_its_five_events(method, events):
    series, windows = taxi_rides()
    found = search(series, AnomalySettings(method=method, days=365)).found
    seen, hits, alarms = found_events(marked_days(found, series), series, windows)
    assert seen == events
    assert hits == alarms, "alarms beyond the events"


def test_a_slow_seller_does_not_alarm_on_one_sale():
    values = np.zeros((1, 180))
    values[0, 10::13] = 1.0
    assert not search(daily_series(values)).found


def test_a_slow_seller_alarms_far_beyond_its_record():
    values = np.zeros((1, 180))
    values[0, 10::9] = 2.0
    values[0, 150] = 40.0
    found = search(daily_series(values, unit=2.0)).found
    assert [(a.kind, a.method, a.value) for a in found] == [("spike", "record", 40.0)]


def test_a_drop_is_seen_over_several_days():
    values = poisson(3.0)
    values[0, 160:167] = 0.0
    found = search(daily_series(values)).found
    assert [anomaly.kind for anomaly in found] == ["drop"]
    assert found[0].value == 0
    assert found[0].first == np.datetime64("2024-01-01") + 160
    assert found[0].last == np.datetime64("2024-01-01") + 166


def test_a_product_that_used_to_sell_on_every_other_day_and_rests_is_a_drop():
    values = np.zeros((1, 180))
    values[0, ::2] = np.random.default_rng(0).integers(1, 30, 90)
    values[0, 155:] = 0.0
    found = search(daily_series(values, unit=15.0)).found
    assert [(anomaly.kind, anomaly.method) for anomaly in found] == [("drop", "level")]


def test_a_product_that_used_to_sell_on_every_other_day_and_rests_for_a_fortnight_is_a_drop():
    values = np.zeros((1, 180))
    values[0, ::2] = np.random.default_rng(0).integers(1, 30, 90)
    values[0, 166:] = 0.0
    found = search(daily_series(values, unit=15.0)).found
    assert [(anomaly.kind, anomaly.method) for anomaly in found] == [("drop", "days")]


def test_days_without_stock_teach_nothing_and_are_seen():
    values = poisson(8.0)
    values[0, 100:130] = 0.0
    series = daily_series(values)
    stocked = np.ones((1, 180), bool)
    stocked[0, 100:130] = False
    panel = demand_panel(
        pd.DataFrame({"product_id": 1, "date": series.days, "quantity": values[0]}),
        series.days[-1].item(),
        180,
    )
    learned = series_of("product", panel, np.array([1400.0]), stocked)
    found = search(learned).found
    assert [anomaly.kind for anomaly in found] == ["drop"]
    assert np.mean(found[0].chart["expected"][-7:]) == pytest.approx(8.0, rel=0.15)


def test_left_out_days_are_not_judged():
    values = poisson(8.0)
    values[0, 150] = 90.0
    series = daily_series(values)
    assert search(series).found
    panel = demand_panel(
        pd.DataFrame({"product_id": 1, "date": series.days, "quantity": values[0]}),
        series.days[-1].item(),
        180,
    )
    left_out = np.zeros((1, 180), bool)
    left_out[0, 150] = True
    assert not search(series_of("product", panel, np.array([1400.0]), None, left_out)).found


def test_thin_products_are_seen_together_and_no_sale_twice():
    values = np.zeros((14, 180))
    for row in range(14):
        values[row, row::14] = 1.0
    values[:, 170] = 1.0
    series = daily_series(values)
    found = search(series, categories=[7] * 14).found
    assert [(a.level, a.id, a.kind, a.value) for a in found] == [
        ("slow_category", 7, "spike", 14.0)
    ]


def test_categories_that_are_too_thin_are_seen_in_the_company():
    values = np.zeros((14, 180))
    for row in range(14):
        values[row, row::14] = 1.0
    values[:, 170] = 1.0
    found = search(daily_series(values), categories=range(14)).found
    assert [(a.level, a.kind) for a in found] == [("slow_company", "spike")]


def test_thin_days_are_seen_by_weeks():
    values = np.zeros((1, 364))
    rng = np.random.default_rng(3)
    for week in range(52):
        values[0, 7 * week + rng.choice(7, 3, replace=False)] = 1.0
    values[0, 343:348] = 3.0
    found = search(daily_series(values), AnomalySettings(days=30)).found
    assert [(a.step, a.kind) for a in found] == [(7, "spike")]
    assert found[0].first == np.datetime64("2024-01-01") + 343


def test_a_day_that_everything_rests_is_no_anomaly_of_each_product():
    values = poisson(20.0, rows=30)
    values[:, 160] = 0.0
    values[4, 160] = 60.0
    series = daily_series(values)
    total = summed(series, np.zeros(30, int), "company", np.full(30, 3600.0))
    result = search(series, SURE, totals=[total])
    assert result.broad.tolist() == [(np.datetime64("2024-01-01") + 160).item()]
    assert sorted((a.level, a.id, a.kind) for a in result.found) == [
        ("company", 0, "drop"),
        ("product", 5, "spike"),
    ]


def test_a_spike_of_the_company_that_its_products_tell_is_not_told_again():
    values = poisson(20.0, rows=10)
    values[4, 160] = 2000.0
    series = daily_series(values)
    total = summed(series, np.zeros(10, int), "company", np.full(10, 3600.0))
    assert [a.level for a in search(series, SURE, totals=[total]).found] == ["product"]


def test_a_young_product_is_compared_with_its_last_days():
    values = np.zeros((1, 180))
    values[0, 140:] = 10.0 + np.arange(40) % 3
    values[0, 170] = 60.0
    series = daily_series(values, first=140)
    found = search(series).found
    assert [(a.method, a.kind, a.value) for a in found] == [("recent", "spike", 60.0)]


@pytest.mark.parametrize("method", ["auto", "zscore"])
@pytest.mark.parametrize(
    "values",
    [
        np.zeros((3, 180)),
        np.full((3, 180), 7.0),
        np.zeros((3, 5)),
        np.full((2, 13), 4.0),
        np.empty((0, 60)),
        np.full((1, 28), 1e9),
    ],
    ids=["zeros", "constant", "five days", "thirteen days", "no products", "huge"],
)
def test_odd_histories_have_defined_results(values, method):
    result = search(daily_series(values), AnomalySettings(method=method))
    assert result.found == []


def test_one_huge_day_is_shown_and_the_rest_stays_as_it_was():
    values = poisson(20.0)
    usual = search(daily_series(values)).found
    values[0, 150] = 1e8
    found = search(daily_series(values)).found
    assert [anomaly.value for anomaly in found if anomaly not in usual] == [1e8]


def test_only_the_last_days_are_searched():
    values = poisson(20.0)
    values[0, 100] = values[0, 170] = 90.0
    assert len(search(daily_series(values), AnomalySettings(days=30)).found) == 1
    assert len(search(daily_series(values), AnomalySettings(days=90)).found) == 2


def test_neighbouring_days_are_one_anomaly():
    values = poisson(20.0)
    values[0, 160:163] = 80.0
    (found,) = search(daily_series(values)).found
    assert (found.last - found.first).astype(int) == 2
    assert found.value == 240
    chart = found.chart
    assert chart["to"] - chart["from"] == 2
    assert chart["actual"][chart["from"]] == 80
    assert len(chart["actual"]) == len(chart["low"]) == len(chart["high"])


def test_a_small_difference_of_a_steady_product_is_nothing_to_act_on():
    values = np.full((1, 180), 1000.0)
    values[0, 160] = 1150.0
    assert not search(daily_series(values)).found


def test_the_limit_rises_with_the_number_of_series():
    assert chance_limit(1, AUTO) == 3.0
    assert 4.3 < chance_limit(10_000, AUTO) < 4.5
    assert chance_limit(10_000, AnomalySettings(chance=0)) == 3.0
    assert chance_limit(10_000, PLAIN) == 3.0


def test_chance_gives_few_alarms():
    values = poisson(15.0, rows=400)
    # A tenth of an alarm a day, by both tails and with runs of days: a few in ninety days.
    assert len(search(daily_series(values)).found) <= 12


def test_severities_follow_the_settings():
    assert [severity(z, AUTO) for z in (2.9, -3.0, 3.9, -4.0)] == [
        "low",
        "medium",
        "medium",
        "high",
    ]


def test_typical_sales_are_not_those_of_a_giant():
    values = np.full((1, 60), 12.0)
    values[0, 9] = 9000.0
    assert typical_sale(values, np.array([60.0])).tolist() == [12.0]
    assert typical_sale(np.zeros((1, 5)), np.zeros(1)).tolist() == [1.0]


def test_portions_do_not_change_the_result(monkeypatch):
    series, _injected = injected_sales(40, 180)
    whole = search(series).found
    monkeypatch.setattr("algorithms.anomaly.watch.PORTION", 7)
    parts = search(series).found
    key = [(a.id, a.first, a.z) for a in sorted(whole, key=lambda a: (a.id, a.first))]
    assert key == [(a.id, a.first, a.z) for a in sorted(parts, key=lambda a: (a.id, a.first))]


@pytest.mark.parametrize("method", ["auto", "zscore"])
@pytest.mark.parametrize(("days", "most"), [(20, 100), (120, 40)])
def test_the_most_that_was_usual_is_not_lifted_by_the_giant_itself(method, days, most):
    values = 10.0 + np.arange(days)[None] % 4
    values[0, -1] = 1e6
    (found,) = search(daily_series(values), AnomalySettings(method=method)).found
    assert 10 < found.most < most
