"""Demand forecasts: errors and coverage on public and made data, speed beside public peers."""

import importlib.util
import warnings

import numpy as np

from algorithms.forecast.catalogue import ForecastSettings, train_forecasts
from algorithms.forecast.intermittent import sba
from algorithms.forecast.means import moving_average, seasonal_naive
from algorithms.forecast.methods import METHODS, learn_state, run_methods
from algorithms.forecast.polynomial import SMOOTH, polynomial

from . import demand, online_retail
from .demand_made import KINDS, made_panel
from .measure import compared
from .table import gate, row, seconds, title
from .turns import times

SELF = "benchmarks.forecasts"
SIZES = ("1000", "10000")
LENGTH, HORIZON = 180, 30
SEED = 0


# What is measured: each returns (callable, times).


def our_polynomial(products):
    panel = made_panel(int(products), LENGTH)
    return lambda: float(polynomial(panel, HORIZON).sum()), 15


def scikit_learn_loop(products):
    """The design's own way: a pipeline a product, on the same moving averages."""
    import pandas as pd
    from sklearn.linear_model import LinearRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures

    panel = made_panel(int(products), LENGTH)

    def work():
        total = 0.0
        for values, first in zip(panel.sold, panel.first, strict=True):
            series = pd.Series(values[first:]).rolling(SMOOTH, min_periods=1).mean().to_numpy()
            days = np.arange(len(series) + HORIZON)[:, None]
            model = make_pipeline(PolynomialFeatures(2), LinearRegression())
            model.fit(days[: len(series)], series)
            total += np.maximum(model.predict(days[len(series) :]), 0).sum()
        return float(total)

    return work, 3


def our_sba(products):
    panel = made_panel(int(products), LENGTH)
    return lambda: float(sba(panel, HORIZON).sum()), 7


def our_selection(products):
    panel = made_panel(int(products), LENGTH, "negative binomial")

    def work():
        table, _catalogue = train_forecasts(panel, ForecastSettings(), np.random.default_rng(SEED))
        return int((table.state == "ok").sum())

    return work, 3


def statsforecast(model, products):
    """A model of statsforecast, compiled before it is measured."""
    import pandas as pd
    from statsforecast import StatsForecast, models

    warnings.filterwarnings("ignore")
    panel = made_panel(int(products), LENGTH)
    made = {
        "CrostonSBA": lambda: models.CrostonSBA(),
        "AutoETS": lambda: models.AutoETS(season_length=7),
    }[model]()
    product, day = np.nonzero(panel.mask)
    frame = pd.DataFrame(
        {"unique_id": product, "ds": panel.days[day], "y": panel.sold[product, day]}
    )
    runner = StatsForecast(models=[made], freq="D", n_jobs=1)
    runner.forecast(df=frame[frame["unique_id"] < 3], h=HORIZON)

    def work():
        return float(runner.forecast(df=frame, h=HORIZON)[model].sum())

    return work, 3 if model == "CrostonSBA" else 1


# Tables.


def run(quick=False):
    """Print the tables; quick leaves out what takes minutes."""
    if online_retail.FILE.is_file():
        panel = demand.retail_panel()
        _published(panel)
        if not quick:
            _other_origins(panel)
        _coverage_retail(panel)
    else:
        print("\n  Online Retail is not in ../shared/data: no errors on real data")
    _coverage_made(quick)
    _polynomial(SIZES[:1] if quick else SIZES)
    _selection(SIZES[:1] if quick else SIZES, quick)


def forecasters():
    """{name: function of (panel, horizon)}; the pipeline first, its parts below."""
    states = {}

    def part(number):
        def forecast(panel, horizon):
            key = (len(panel), panel.length)
            if key not in states:
                state = learn_state(panel, np.random.default_rng(SEED))
                states[key] = run_methods(panel, state, horizon)[0]
            values = states[key][number]
            return np.where(np.isfinite(values), values, moving_average(panel, horizon))

        return forecast

    return {
        "default pipeline": lambda panel, horizon: np.nan_to_num(_train(panel).daily[:, :horizon]),
        "seasonal naive 7": seasonal_naive,
        **{name.replace("_", " "): part(number) for number, name in enumerate(METHODS)},
    }


def _train(panel):
    return train_forecasts(panel, ForecastSettings(), np.random.default_rng(SEED))[0]


def _errors(panel, origins):
    row("method", "WAPE daily", "WAPE total", "MASE", "bias", "by origin")
    found = {}
    for name, forecast in forecasters().items():
        figures = found[name] = demand.evaluate(panel, forecast, origins)
        row(
            name,
            f"{figures.wape_daily:.1f}",
            f"{figures.wape_total:.1f}",
            f"{figures.mase:.3f}",
            f"{figures.bias:+.1f} %",
            " ".join(f"{each:.1f}" for each in figures.by_origin),
        )
    return found["default pipeline"]


def _published(panel):
    title("Demand 30 days ahead, Online Retail, 200 products, the published origins")
    figures = _errors(demand.best_sellers(panel, demand.ORIGINS[0]), demand.ORIGINS)
    gate("WAPE of 30-day totals", figures.wape_total, 38.9, at_least=False)
    gate("MASE × 100", 100 * figures.mase, 80, at_least=False)


def _other_origins(panel):
    title("The same, origins from March to May, best sellers of that time")
    _errors(demand.best_sellers(panel, demand.OTHER_ORIGINS[0]), demand.OTHER_ORIGINS)
    title("The same, 1,000 products, the published origins")
    _errors(demand.best_sellers(panel, demand.ORIGINS[0], 1_000), demand.ORIGINS)


def _coverage_retail(panel):
    title("Outcomes within the 95 % intervals")
    row("data", "days", "7 days", "30 days", "90 days")
    for count in (200, 1_000):
        chosen = demand.best_sellers(panel, demand.ORIGINS[0], count)
        days, totals = [], {7: [], 30: [], 90: []}
        for origin in demand.ORIGINS:
            column = demand.column_of(chosen, origin)
            inside, sums = demand.covered(chosen, _train(chosen.until(column)), column, 90)
            days.append(inside.ravel())
            for span, each in sums.items():
                totals[span].append(each)
        _coverage_row(f"Online Retail, {count} products", days, totals)


def _coverage_made(quick):
    for kind in KINDS:
        days, totals = [], {7: [], 30: [], 90: []}
        for seed in range(1, 3 if quick else 6):
            panel = made_panel(500, LENGTH + 90, kind, seed)
            inside, sums = demand.covered(panel, _train(panel.until(LENGTH)), LENGTH, 90)
            days.append(inside.ravel())
            for span, each in sums.items():
                totals[span].append(each)
        # Two catalogues of 500 products tell a share to half a percent.
        _coverage_row(f"made, {kind}", days, totals, 2.5)


def _coverage_row(name, days, totals, tolerance=2.0):
    """Print and judge; days : list of bool arrays; totals : {span: such a list}."""
    parts = {"days": days, **{f"{span}-day totals": each for span, each in totals.items()}}
    shares = {span: 100 * np.concatenate(each).mean() for span, each in parts.items()}
    row(name, *(f"{share:.1f} %" for share in shares.values()))
    for span, share in shares.items():
        gate(f"coverage of {span}, % from 95", abs(share - 95), tolerance, at_least=False)


def _polynomial(sizes):
    for size in sizes:
        title(f"Parabola on the 7-day average, {size} products × {LENGTH} days")
        ways = ("our_polynomial", "scikit_learn_loop")
        ours, loop = compared(SELF, {way: (way, size) for way in ways}).values()
        if abs(loop.result - ours.result) > 1e-9 * abs(loop.result):
            raise AssertionError(f"scikit-learn forecasts {loop.result}, we {ours.result}")
        row("method", "time", "our time ×", "memory")
        row("ours, own start dates", seconds(ours.seconds), "1", f"{ours.megabytes:.0f} MB")
        ratio = times(loop.turns, ours.turns)
        row(
            "scikit-learn loop", seconds(loop.seconds), f"{ratio.value:.0f}",
            f"{loop.megabytes:.0f} MB",
        )  # fmt: skip
        gate("times faster than the scikit-learn loop", ratio, 350)


def _selection(sizes, quick):
    peers = importlib.util.find_spec("statsforecast")
    if not peers:
        print("\n  statsforecast is not installed: pip install -r requirements-bench.txt")
    for size in sizes:
        title(f"Other methods, {size} products × {LENGTH} days, one core")
        row("method", "time", "memory", "× statsforecast's CrostonSBA")
        ways = {"selection": ("our_selection", size), "SBA": ("our_sba", size)}
        if peers:
            ways["CrostonSBA"] = ("statsforecast", "CrostonSBA", size)
        # Half a minute a thousand products.
        if peers and not quick and size == SIZES[0]:
            ways["AutoETS"] = ("statsforecast", "AutoETS", size)
        found = compared(SELF, ways)
        selection, mine, peer = found["selection"], found["SBA"], found.get("CrostonSBA")
        ratio = f"{times(peer.turns, mine.turns).value:.0f}" if peer else "–"
        row("SBA, ours", seconds(mine.seconds), f"{mine.megabytes:.0f} MB", ratio)
        row(
            "whole selection with back-test", seconds(selection.seconds),
            f"{selection.megabytes:.0f} MB",
        )  # fmt: skip
        if peer:
            row("CrostonSBA, statsforecast", seconds(peer.seconds), f"{peer.megabytes:.0f} MB")
        if ets := found.get("AutoETS"):
            row("AutoETS, statsforecast", seconds(ets.seconds), f"{ets.megabytes:.0f} MB")
            gate("times faster than AutoETS", times(ets.turns, selection.turns), 2)
        gate("memory of the selection in MB", selection.megabytes, 1_000, at_least=False)


if __name__ == "__main__":
    run()
