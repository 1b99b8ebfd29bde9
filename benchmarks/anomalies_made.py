"""Dense daily sales with injected anomalies, and the labelled taxi demand of shared/data."""

import json
from pathlib import Path

import numpy as np

from algorithms.anomaly.series import Series

WEEKDAYS = np.array([1.2, 1.1, 1.0, 1.0, 1.3, 0.9, 0.5])

TAXI = Path(__file__).resolve().parents[2] / "shared" / "data" / "nab"


def injected_sales(products, length, seed=1, share=0.01, dispersion=2.0, level=(20, 200)):
    """Negative binomial sales with weekdays and a slow trend; a hundredth of the days is changed.

    Returns (Series, (n, t) bool the injected days). Half of them sell 2.5 to 5 times as much, half
    none to a quarter; the first eight weeks are left alone.
    """
    rng = np.random.default_rng(seed)
    days = np.datetime64("2024-01-01") + np.arange(length)
    shape = (products, length)
    mean = np.exp(rng.uniform(*np.log(level), (products, 1)))
    trend = np.exp(rng.uniform(-0.3, 0.3, (products, 1)) * np.arange(length) / length)
    mean = mean * trend * WEEKDAYS[np.arange(length) % 7]
    injected = rng.random(shape) < share
    injected[:, :56] = False
    factor = np.where(
        rng.random(shape) < 0.5, rng.uniform(2.5, 5, shape), rng.uniform(0, 0.25, shape)
    )
    mean = np.where(injected, mean * factor, mean)
    if dispersion > 1:
        mean = rng.gamma(mean / (dispersion - 1), dispersion - 1)
    return daily_series(rng.poisson(mean), days), injected


def daily_series(values, days=None, level="product", unit=1.0, first=0):
    """Series by day of a table of values; all days from ``first`` on count."""
    values = np.asarray(values, float)
    days = np.datetime64("2024-01-01") + np.arange(values.shape[1]) if days is None else days
    valid = np.broadcast_to(np.arange(values.shape[1]) >= first, values.shape)
    ids, units = np.arange(1, len(values) + 1), np.full(len(values), unit)
    return Series(level, ids, days, values, units, valid, valid)


def marked_days(found, series):
    """(n, t) bool of the days that a list of Anomaly covers."""
    marked = np.zeros(series.values.shape, bool)
    for anomaly in found:
        row = np.searchsorted(series.ids, anomaly.id)
        marked[row] |= (series.days >= anomaly.first) & (series.days <= anomaly.last)
    return marked


def precision_recall(marked, truth):
    """(F1, precision, recall)."""
    hits = (marked & truth).sum()
    precision, recall = hits / max(marked.sum(), 1), hits / max(truth.sum(), 1)
    return 2 * precision * recall / max(precision + recall, 1e-12), precision, recall


def taxi_rides():
    """(Series of daily rides, [(first, last) datetime64[D]] of the labelled events)."""
    import pandas as pd

    rows = pd.read_csv(TAXI / "nyc_taxi.csv", parse_dates=["timestamp"])
    rides = rows.set_index("timestamp")["value"].resample("D").sum()
    windows = json.loads((TAXI / "nyc_taxi_windows.json").read_text())["nyc_taxi.csv"]
    events = [tuple(np.datetime64(text[:10]) for text in window) for window in windows]
    days = rides.index.to_numpy().astype("datetime64[D]")
    return daily_series([rides.to_numpy()], days), events


def found_events(marked, series, events):
    """(events with an alarm, alarms within events, all alarms) of one series, in days."""
    days = series.days[marked[0]]
    inside = [(days >= first) & (days <= last) for first, last in events]
    hits = int(np.any(inside, axis=0).sum()) if len(days) else 0
    return sum(bool(one.any()) for one in inside), hits, len(days)
