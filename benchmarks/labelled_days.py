"""Ten public daily series with 24 labelled events.

Numenta Anomaly Benchmark (Lavin and Ahmad 2015), MIT licence in ``labelled_days_license.txt``: its
real series of sixty days and more but the taxi's, summed by day: prices of advertisements, failing
machines and their temperatures, travel times. How long ``algorithms.anomaly.recent`` looks back was
chosen with these figures at hand; they are no unseen data for it.
"""

import csv
from pathlib import Path

import numpy as np

from .anomalies_made import daily_series

FILE = Path(__file__).with_name("labelled_days.csv")


def labelled_series():
    """[(Series of one row, [(first, last) datetime64[D]] of its labelled events)]."""
    found = []
    with FILE.open(newline="") as rows:
        for row in csv.DictReader(rows):
            values = np.array(row["values"].split(), np.float64)
            days = np.datetime64(row["first"]) + np.arange(len(values))
            events = [
                tuple(np.datetime64(day) for day in event.split("/"))
                for event in row["events"].split()
            ]
            found.append((daily_series(values[None], days), events))
    return found


def rolling_z_alarms(series, days=30, least=10, limit=3.0):
    """(n, t) bool, days that lie ``limit`` deviations off the mean of the thirty before."""
    import pandas as pd

    before = pd.DataFrame(series.values.T).shift(1).rolling(days, min_periods=least)
    z = (series.values.T - before.mean()) / before.std(ddof=0)
    return (z.abs() >= limit).to_numpy().T
