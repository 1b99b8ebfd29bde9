"""Forecasts of made situations beside statsforecast's simple smoothing and AutoETS.

Young shops, one large order, a closure, growth and a season: errors of totals, coverage of ranges,
and how far one product's order moves the ranges of the others.

What judges is not what chose. Constants were chosen on seeds 0 to 3 and 100 to 111, and seasons of
two shapes ("stores", "gifts") that are asked on days of 2025 and on 2026-11-27, 03-01, 07-01 and
09-15. Tables are made of ``SEEDS`` and ``ENDS``, and of the shapes "summer" and "two" beside that
of the stores. Where statsforecast is not installed the smoothing is ours (:mod:`.smoothing`).
"""

import importlib.util
import warnings
from dataclasses import replace

import numpy as np

from algorithms.core.closed_days import closed_stretches
from algorithms.core.left_out import covered as closed_on
from algorithms.core.left_out import without_days
from algorithms.forecast.catalogue import ForecastSettings, train_forecasts

from . import situations_made as made
from .demand import covered
from .smoothing import simple_smoothing
from .table import gate, row, title
from .turns import share

SPANS = (30, 90)
YOUNG_DAYS = (14, 20, 28, 40)
CATALOGUES = (2, 5, 10, 40, 80, 1_000)
SEEDS = (30, 31, 32, 33)
ENDS = ("2026-01-20", "2026-04-10", "2026-06-05", "2026-08-14", "2026-10-05", "2026-12-12")
SHAPES = ("stores", "summer", "two")
HISTORIES = (120, 180, 270, 365, 395, 425, 545, 729, 730, 1_095)
# In per cent of the smoothing's error, and in per cent of the outcomes.
TOLERATED, LEAST_COVERED, MOST_COVERED = 102, 90, 98
WIDTHS = (26, 16, 16, 16, 10, 10, 10)


def run(quick=False):
    """Print the tables; quick takes one seed of each and no catalogue of a thousand."""
    seeds = SEEDS[: 1 if quick else 4]
    title("Made situations: error of 30- and 90-day totals in % of sales")
    row("situation", "ours", "smoothing", "AutoETS", "7 days", "30 days", "90 days", widths=WIDTHS)
    for days in YOUNG_DAYS:
        _judge(f"{days} days of Poisson 5", [made.young_shop(days, seed) for seed in seeds])
    _judge("28 days, mixed levels", [made.mixed_young_shop(28, seed) for seed in seeds])
    _judge("closed for 25 days", [made.closed_shop(180, seed) for seed in seeds], found_open)
    _judge("one order of 1,000", [large_order(made.catalogue(40, seed)) for seed in seeds])
    growth = [made.growing_wholesaler(240, seed) for seed in seeds]
    for span, bias in zip(SPANS, _judge("8 % growth a month", growth), strict=True):
        gate(f"bias of {span}-day totals under growth in %", abs(bias), 10, at_least=False)
    _seasons(quick)
    _large_orders(CATALOGUES[:-1] if quick else CATALOGUES)


def found_open(panel):
    """The panel without the days on which the company was found closed."""
    stretches = closed_stretches(panel.sold.sum(axis=0), panel.days)
    return without_days(panel, closed_on(stretches, panel.days)[None] & (panel.sold == 0))


def large_order(panel, size=1_000.0, ago=20):
    """The panel with one order of its first product, ``ago`` days before the forecast."""
    quantity = panel.quantity.copy()
    quantity[0, panel.length - made.AHEAD - ago] += size
    return replace(panel, quantity=quantity)


def _train(panel):
    return train_forecasts(panel, ForecastSettings(), np.random.default_rng(0))[0]


def peers(panel, horizon):
    """{name: (n, horizon)} of statsforecast; our own smoothing where it is not installed."""
    if not importlib.util.find_spec("statsforecast"):
        return {"smoothing": simple_smoothing(panel, horizon)}
    import pandas as pd
    from statsforecast import StatsForecast, models

    warnings.filterwarnings("ignore")
    product, day = np.nonzero(panel.mask)
    frame = pd.DataFrame(
        {"unique_id": product, "ds": panel.days[day], "y": panel.sold[product, day]}
    )
    chosen = [
        models.SimpleExponentialSmoothingOptimized(alias="smoothing"),
        models.AutoETS(season_length=7, alias="AutoETS"),
    ]
    found = StatsForecast(models=chosen, freq="D", n_jobs=1).forecast(df=frame, h=horizon)
    return {
        model.alias: np.maximum(
            found.sort_values(["unique_id", "ds"])[model.alias].to_numpy().reshape(-1, horizon), 0
        )
        for model in chosen
    }


def _judge(name, panels, prepare=lambda panel: panel):
    """Print and judge one situation. Returns our bias of 30- and 90-day totals in per cent."""
    errors, inside = {}, {}
    for panel in panels:
        column = panel.length - made.AHEAD
        before = panel.until(column)
        table = _train(prepare(before))
        rows = table.state == "ok"
        found = {"ours": table.daily[rows]}
        found |= {key: each[rows] for key, each in peers(before, made.AHEAD).items()}
        for span in SPANS:
            actual = panel.sold[rows, column : column + span].sum(axis=1)
            for key, daily in found.items():
                error = daily[:, :span].sum(axis=1) - actual
                errors.setdefault((key, span), []).append(
                    (np.abs(error).sum(), error.sum(), actual.sum())
                )
        for span, each in covered(panel, table, column, made.AHEAD)[1].items():
            inside.setdefault(span, []).append(each)
    sums = {key: np.sum(each, axis=0) for key, each in errors.items()}
    wape = {key: 100 * absolute / sold for key, (absolute, _error, sold) in sums.items()}
    bias = [100 * sums["ours", span][1] / sums["ours", span][2] for span in SPANS]
    outcomes = {span: np.concatenate(each) for span, each in inside.items()}
    cells = [
        " / ".join(f"{wape[key, span]:.1f}" for span in SPANS) if (key, 30) in wape else "–"
        for key in ("ours", "smoothing", "AutoETS")
    ]
    shares = (f"{100 * each.mean():.1f} %" for each in outcomes.values())
    row(name, *cells, *shares, widths=WIDTHS)
    for span in SPANS:
        if ("smoothing", span) in wape:
            ratio = 100 * wape["ours", span] / wape["smoothing", span]
            gate(f"{name}: error of {span} days, % of smoothing's", ratio, TOLERATED, False)
    lowest, highest = (find(outcomes.values(), key=np.mean) for find in (min, max))
    gate(f"{name}: least coverage of totals", 100 * share(lowest), LEAST_COVERED)
    # Ranges that hold nearly everything are as wrong as those that hold half.
    gate(f"{name}: outcomes outside, %", 100 * share(~highest), 100 - MOST_COVERED)
    return bias


def _seasons(quick):
    title("A season of the year: error of 30- and 90-day totals, coverage, by days of history")
    names = ("days of history", "ours", "smoothing", "AutoETS", "7 days", "30 days", "90 days")
    row(*names, widths=WIDTHS)
    for days in HISTORIES[1::3] if quick else HISTORIES:
        panels = [
            made.yearly_season(days, SEEDS[0] + seed, 10, end=end, shape=shape)
            for seed, end in enumerate(ENDS[::3] if quick else ENDS)
            for shape in SHAPES
        ]
        _judge(f"{days} days of a season", panels)


def _large_orders(sizes):
    title("How far an order of 1,000,000 of one product moves the ranges of the others, %")
    row("products", "7 days", "30 days", "90 days")
    for products in sizes:
        panel = made.catalogue(products, seed=1)
        column = panel.length - made.AHEAD
        calm = _train(panel.until(column))
        moved = _train(large_order(panel, 1e6).until(column))
        rows = (calm.state == "ok") & (np.arange(products) > 0)
        ratio = [(each.totals_high - each.totals)[rows] for each in (moved, calm)]
        most = 100 * np.abs(ratio[0] / ratio[1] - 1).max(axis=0)
        row(products, *(f"{each:.1f}" for each in most))
        gate(f"one order among {products} products, %", most.max(), 10, at_least=False)


if __name__ == "__main__":
    run()
