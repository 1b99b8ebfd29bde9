"""Anomalies: what is found of what was injected and labelled, false alarms, speed beside loops."""

import importlib.util

import numpy as np

from algorithms.anomaly.scores import zscores
from algorithms.anomaly.search import AnomalySettings, find_anomalies

from .anomalies_made import (
    TAXI,
    daily_series,
    found_events,
    injected_sales,
    level_shift,
    marked_days,
    precision_recall,
    seasonal_sales,
    shifts_seen,
    taxi_rides,
)
from .demand_made import made_panel
from .labelled_days import labelled_series, rolling_z_alarms
from .measure import compared
from .table import gate, row, seconds, title
from .turns import times

SELF = "benchmarks.anomalies"
PRODUCTS, DAYS = 10_000, 180
METHODS = {"weekday residuals": "auto", "z-score of the window": "zscore"}
STL_PRODUCTS, LOOP_PRODUCTS = 100, 500


def found_in(series, method, days=124, chance=0.1):
    """All anomalies of series that are products of one category, sold in one line a day."""
    settings = AnomalySettings(method=method, days=days, chance=chance)
    lines = series.valid.sum(axis=1) * 1.0
    categories = np.zeros(len(series), np.int64)
    return find_anomalies(series, series, categories, lines, [], settings).found


# What is measured: each returns (callable, times).


def made_sales(products=PRODUCTS):
    """The catalogue of the other benchmarks: from one sale in 20 days to 20 a day."""
    return made_panel(int(products), DAYS, "negative binomial")


def our_zscores():
    panel = made_sales()
    return lambda: int((np.abs(zscores(panel.sold, panel.mask).z) >= 3).sum()), 7


def pandas_zscores():
    """A loop over products, as one writes it first."""
    import pandas as pd

    panel = made_sales()
    names = np.repeat(panel.product_ids, DAYS)
    frame = pd.DataFrame({"product": names, "sold": panel.sold.ravel(), "on": panel.mask.ravel()})

    def work():
        count = 0
        for product in panel.product_ids:
            sold = frame["sold"].iloc[product * DAYS : (product + 1) * DAYS]
            sold = sold[frame["on"].iloc[product * DAYS : (product + 1) * DAYS]]
            sigma = sold.std(ddof=0)
            if len(sold) >= 14 and sigma > 0:
                count += int(((sold - sold.mean()).abs() / sigma >= 3).sum())
        return count

    return work, 3


def our_search(products):
    series = series_of_panel(made_sales(products))
    return lambda: len(found_in(series, "auto", 30)), 5


def our_search_loop(products):
    """The same functions, a product at a time."""
    series = series_of_panel(made_sales(products))

    def work():
        return sum(len(found_in(series.take([at]), "auto", 30)) for at in range(len(series)))

    return work, 1


def stl_loop(products):
    """STL of statsmodels, robust, and the median absolute deviation of what it leaves."""
    from statsmodels.tsa.seasonal import STL

    series = series_of_panel(made_sales(products))

    def work():
        alarms = 0
        for values in np.sqrt(series.values):
            rest = STL(values, period=7, robust=True).fit().resid
            spread = 1.4826 * np.median(np.abs(rest - np.median(rest)))
            alarms += int((np.abs(rest) >= 3 * max(spread, 1e-9)).sum())
        return alarms

    return work, 1


def series_of_panel(panel):
    """Series of a DemandPanel; each product sells its mean a line."""
    series = daily_series(panel.sold, panel.days)
    return series.take(panel.mask.any(axis=1))


# Tables.


def run(quick=False):
    """Print the tables."""
    _injected()
    _taxi()
    _labelled_days()
    _level_shifts(quick)
    _false_alarms()
    _speed(quick)


def _injected():
    title("Injected anomalies, 500 products × 180 days, 20 to 200 sales a day")
    row("method", "F1", "precision", "recall")
    for dispersion in (1.0, 2.0):
        series, injected = injected_sales(500, DAYS, dispersion=dispersion)
        for name, method in METHODS.items():
            marked = marked_days(found_in(series, method), series)
            figures = precision_recall(marked, injected)
            row(f"{name}, variance {dispersion:.0f}", *(f"{figure:.3f}" for figure in figures))
            if method == "auto":
                gate(f"F1 × 100, variance {dispersion:.0f} × mean", 100 * figures[0], 92)


def _taxi():
    title("New York's taxi rides, 215 days, five labelled events")
    if not TAXI.is_dir():
        print("  not in ../shared/data")
        return
    row("method", "events", "alarms", "precision", "recall")
    series, events = taxi_rides()
    for name, method in METHODS.items():
        marked = marked_days(found_in(series, method, 365), series)
        seen, hits, alarms = found_events(marked, series, events)
        precision = hits / alarms if alarms else float("nan")
        row(name, f"{seen} of 5", str(alarms), f"{precision:.2f}", f"{seen / len(events):.2f}")
        if method == "auto":
            gate("events found", seen, 5)


def _labelled_days():
    title("Ten public daily series, 24 labelled events")
    row("method", "events", "alarms", "precision", "recall")
    figures = {}
    for name in (*METHODS, "rolling z-score, 30 days"):
        totals, count = np.zeros(3, int), 0
        for series, events in labelled_series():
            if name in METHODS:
                marked = marked_days(found_in(series, METHODS[name], 365), series)
            else:
                marked = rolling_z_alarms(series)
            totals += found_events(marked, series, events)
            count += len(events)
        seen, hits, alarms = totals.tolist()
        figures[name] = seen, hits / alarms
        row(name, f"{seen} of {count}", str(alarms), f"{hits / alarms:.2f}", f"{seen / count:.2f}")
    ours, peer = figures["weekday residuals"], figures["rolling z-score, 30 days"]
    gate("events found, the rolling z-score's", ours[0], peer[0])
    gate("precision × 100, the rolling z-score's", 100 * ours[1], 100 * peer[1])


def _level_shifts(quick):
    title("A level that changes for 56 days: one severe anomaly from its first day on, of 10")
    row("sales a day", "alone", "among 40", "negative bin.")
    cases = [(20, 2), (2, 20), (2, 0.2), (0.2, 2)]
    for before, after in cases if quick else [*cases, (200, 20), (20, 200), (1, 0.1), (20, 8)]:
        seen = [
            sum(
                shifts_seen(level_shift(before, after, seed, dispersion=dispersion), seed, among)
                for seed in range(10)
            )
            for among, dispersion in ((0, 1.0), (40, 1.0), (0, 1.5))
        ]
        row(f"{before} → {after}", *(str(figure) for figure in seen))
        # One sale a day less leaves nothing sure to see.
        if max(before, after) > 1:
            gate(f"changes seen, {before} → {after}", min(seen[:2]), 10)
    row("without a change, 200 products", "changes")
    for kind in ("none", "season", "trend", "waves"):
        series = daily_series(seasonal_sales(kind, 200, 365))
        changes = sum(each.method == "level" for each in found_in(series, "auto", 90))
        row(kind, str(changes))
        gate(f"changes told, {kind}", changes, 3, at_least=False)


def _false_alarms():
    title("Alarms in sales without any anomaly, 400 products, 90 days")
    row("sales a day", "chance alone", "ours", "z-score")
    for mean in (0.1, 0.5, 3, 30):
        values = np.random.default_rng(7).negative_binomial(
            mean / 0.5, 1 / 1.5, (400, DAYS)
        )  # variance 1.5 × mean
        series = daily_series(values)
        ours, plain = (len(found_in(series, method, 90)) for method in ("auto", "zscore"))
        row(str(mean), "9", str(ours), str(plain))
        gate(f"alarms, {mean} sales a day", ours, 20, at_least=False)


def _speed(quick):
    title(f"{PRODUCTS} products × {DAYS} days")
    row("method", "time", "our time ×", "memory")
    ways = ("our_zscores", "pandas_zscores")
    ours, loop = compared(SELF, {way: (way,) for way in ways}).values()
    if ours.result != loop.result:
        raise AssertionError(f"pandas finds {loop.result}, we {ours.result}")
    ratio = times(loop.turns, ours.turns)
    row("z-score, ours", seconds(ours.seconds), "1", f"{ours.megabytes:.0f} MB")
    row(
        "z-score, pandas loop", seconds(loop.seconds), f"{ratio.value:.0f}",
        f"{loop.megabytes:.0f} MB",
    )  # fmt: skip
    gate("times faster than the loop", ratio, 50)
    _search_speed(quick)


def _search_speed(quick):
    """The whole search beside ways that are too slow for all the products."""
    ways = {"ours": ("our_search", str(PRODUCTS))}
    if not quick:
        ways["loop"] = ("our_search_loop", str(LOOP_PRODUCTS))
    if importlib.util.find_spec("statsmodels"):
        ways["STL"] = ("stl_loop", str(STL_PRODUCTS))
    found = compared(SELF, ways)
    ours = found["ours"]
    row("whole search, ours", seconds(ours.seconds), "1", f"{ours.megabytes:.0f} MB")
    if loop := found.get("loop"):
        ratio = times(loop.turns, ours.turns, PRODUCTS / LOOP_PRODUCTS)
        row(f"{LOOP_PRODUCTS} of them, one at a time", seconds(loop.seconds), f"{ratio.value:.0f}")
        gate("times faster than product by product", ratio, 30)
    if peer := found.get("STL"):
        ratio = times(peer.turns, ours.turns, PRODUCTS / STL_PRODUCTS)
        row("STL, statsmodels (100 products)", seconds(peer.seconds), f"{ratio.value:.0f}")
        gate("times faster a product than robust STL", ratio, 50)
    else:
        print("  statsmodels is not installed: pip install -r requirements-bench.txt")
    gate("memory of the search in MB", ours.megabytes, 600, at_least=False)


if __name__ == "__main__":
    run()
