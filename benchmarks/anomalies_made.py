"""Daily sales with injected anomalies, lasting changes or none, and labelled taxi rides."""

import json
from pathlib import Path

import numpy as np

from algorithms.anomaly.search import AnomalySettings, find_anomalies
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


def level_shift(before, after, seed, lasted=56, back=0, dispersion=1.0):
    """(1, t) sales that change their level on the 201st day, and come back for ``back`` days."""
    rng = np.random.default_rng(seed)
    days = np.arange(200 + lasted + back)
    mean = np.where((days >= 200) & (days < 200 + lasted), after, before) * WEEKDAYS[days % 7]
    if dispersion > 1:
        mean = rng.gamma(np.maximum(mean, 1e-9) / (dispersion - 1), dispersion - 1)
    return rng.poisson(mean)[None].astype(np.float64)


def shifts_seen(values, seed, among=0):
    """Whether the change of ``level_shift`` is one anomaly, severe, from about its first day to
    the last day. among : int, other products that are sold beside it."""
    if among:
        others = seasonal_sales("none", among, values.shape[1], seed)
        values = np.vstack([values, others])
    series = daily_series(values)
    lines = series.valid.sum(axis=1) * 1.0
    categories = np.zeros(len(series), np.int64)
    found = find_anomalies(series, series, categories, lines, [], AnomalySettings()).found
    changes = [each for each in found if each.method == "level" and each.id == 1]
    begin, last = series.days[0] + 200, series.days[-1]
    near = np.timedelta64(7, "D")
    return len(changes) == 1 and (
        abs(changes[0].first - begin) <= near
        and changes[0].last == last
        and changes[0].severity == "high"
    )


def seasonal_sales(kind, products, length, seed=0):
    """(n, t) sales without any anomaly, from one in 20 days to 100 a day.

    kind : "none", "season" (each with its own, ±50 %), "trend" (up to ×2.7 in a year) or "waves"
    (autocorrelated).
    """
    rng = np.random.default_rng(seed)
    days = np.arange(length)
    mean = np.exp(rng.uniform(np.log(0.05), np.log(100), (products, 1))) * WEEKDAYS[days % 7]
    if kind == "season":
        mean = mean * (1 + 0.5 * np.sin(2 * np.pi * (days / 365 + rng.random((products, 1)))))
    elif kind == "trend":
        mean = mean * np.exp(rng.uniform(-1, 1, (products, 1)) * days / 365)
    elif kind == "waves":
        wave = np.zeros((products, length))
        for day in range(1, length):
            wave[:, day] = 0.9 * wave[:, day - 1] + rng.normal(0, 0.1, products)
        mean = mean * np.exp(wave)
    return rng.negative_binomial(mean / 0.5, 1 / 1.5).astype(np.float64)


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
