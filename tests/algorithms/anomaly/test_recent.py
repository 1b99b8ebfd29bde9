"""Days against the thirty before them."""

import numpy as np
import pytest
from scipy import stats

from algorithms.anomaly.recent import recent_scores
from algorithms.anomaly.search import AnomalySettings, find_anomalies
from benchmarks.anomalies_made import daily_series, found_events, marked_days
from benchmarks.labelled_days import labelled_series, rolling_z_alarms


def scores_of(values, least=7, limit=3.0):
    series = daily_series(values)
    return recent_scores(series, np.ones(series.values.shape), least, limit)


def test_scores_are_those_of_student_s_prediction():
    values = np.random.default_rng(0).normal(1000, 50, (1, 60))
    scores = scores_of(values)
    before = values[0, 29:59]
    t = (values[0, 59] - before.mean()) / (before.std(ddof=1) * np.sqrt(1 + 1 / 30))
    expected = stats.norm.isf(stats.t.sf(abs(t), 29)) * np.sign(t)
    assert scores.z[0, 59] == pytest.approx(expected, rel=1e-6)
    reach = stats.t.isf(stats.norm.sf(3.0), 29) * before.std(ddof=1) * np.sqrt(1 + 1 / 30)
    assert scores.high[0, 59] == pytest.approx(before.mean() + reach, rel=1e-6)


def test_the_first_days_have_no_score():
    scores = scores_of(np.random.default_rng(0).normal(1000, 50, (1, 60)), least=14)
    assert np.isnan(scores.z[0, :14]).all()
    assert np.isfinite(scores.z[0, 14:]).all()


def test_a_giant_does_not_hide_the_next():
    values = np.random.default_rng(0).poisson(20.0, (1, 60)).astype(float)
    values[0, 40] = values[0, 45] = 1e6
    scores = scores_of(values)
    assert (scores.z[0, [40, 45]] > 4).all()
    assert scores.high[0, 45] < 500


@pytest.mark.parametrize("value", [0.0, 7.0, 1e9])
def test_what_never_varied_has_no_alarm(value):
    with np.errstate(all="raise"):
        scores = scores_of(np.full((2, 60), value))
    assert not (np.abs(np.nan_to_num(scores.z)) >= 1).any()


def test_single_series_show_as_many_labelled_events_as_a_rolling_z_score():
    ours, peer = np.zeros(3, int), np.zeros(3, int)
    for series, events in labelled_series():
        settings = AnomalySettings(days=365)
        lines = series.valid.sum(axis=1) * 1.0
        found = find_anomalies(series, series, np.zeros(1, int), lines, [], settings).found
        ours += found_events(marked_days(found, series), series, events)
        peer += found_events(rolling_z_alarms(series), series, events)
    assert ours[0] >= max(peer[0], 13)
    assert ours[1] / ours[2] >= max(peer[1] / peer[2], 0.44)


def test_a_total_is_watched_as_closely_as_a_single_series():
    series, events = labelled_series()[-1]
    total = daily_series(series.values, series.days, level="company")
    nothing = series.take(slice(0, 0))
    lines, categories = np.zeros(0), np.zeros(0, int)
    settings = AnomalySettings(days=365)
    found = find_anomalies(nothing, nothing, categories, lines, [total], settings).found
    assert found_events(marked_days(found, total), total, events)[0] >= 1
