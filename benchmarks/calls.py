"""Whom to call next, who answers when, and whom a new product fits, on made call centers."""

import numpy as np

from algorithms.call.answer_chance import band_of
from algorithms.call.next_call_backtest import run_ranking_backtest
from algorithms.client.fit_backtest import run_fit_backtest

from .calls_made import made_call_center
from .new_products_made import made_sales
from .table import gate, row, title

SEEDS = (1, 2, 3, 4)


def run(quick=False):
    seeds = SEEDS[:2] if quick else SEEDS
    centers = [made_call_center(seed) for seed in seeds]
    next_call(centers)
    answering([*centers, made_call_center(9, hours_matter=False)])
    new_products(seeds)


def next_call(centers):
    title("Next best call: percent of what a day's calls brought that their first half brought")
    row("made call center", "next best", "longest", "difference", "± error", "calls")
    reports = [run_ranking_backtest(center.calls) for center in centers]
    for number, found in enumerate(reports, start=1):
        shares = (found.best, found.waiting, found.difference, found.error)
        row(number, *(f"{100 * share:.1f}" for share in shares), found.calls)
    gate("points above longest not called", 100 * min(r.difference for r in reports), 20)


def answering(centers):
    title("Chance to answer: mean squared distance from the true chance, later calls")
    row("made call center", "ours", "rate of all", "own rate")
    ratios = []
    for number, center in enumerate(centers, start=1):
        ours, overall, own = _distances(center)
        row(
            number if number < len(centers) else "hours say nothing",
            *map("{:.4f}".format, (ours, overall, own)),
        )
        ratios.append(ours / min(overall, own) if number < len(centers) else ours)
    gate("of the better peer, percent", 100 * max(ratios[:-1]), 60, at_least=False)
    gate("distance where hours say nothing, per mille", 1e3 * ratios[-1], 5, at_least=False)


def _distances(center):
    calls, days = center.calls, np.unique(center.calls.day)
    cut = days[int(0.8 * len(days))]
    earlier, tested = calls.take(calls.day < cut), calls.day >= cut
    later, truth, known = calls.take(tested), center.chance[tested], earlier.chances()
    triples = zip(later.client, band_of(later.hour), later.weekday, strict=True)
    ours = np.array([known.chance([client], band, day)[0] for client, band, day in triples])
    clients = int(calls.client.max()) + 1
    made = np.bincount(earlier.client, minlength=clients)
    own = np.bincount(earlier.client, earlier.answered, minlength=clients) / np.maximum(made, 1)
    return [
        float(((chance - truth) ** 2).mean()) for chance in (ours, known.rate, own[later.client])
    ]


def new_products(seeds):
    title("New products: rank of what was bought among the new ones of its day")
    row("made shop", "category", "popular", "hit@3", "popular", "cases")
    gains = []
    for seed in seeds:
        found = run_fit_backtest(made_sales(seed))
        figures = [
            f"{each[name]:.2f}"
            for each in (found.mrr, found.hit_rate)
            for name in ("category", "popular")
        ]
        row(seed, *figures, found.cases)
        gains.append(found.mrr["category"] - found.mrr["popular"])
    gate("mean reciprocal rank above the most popular, percent", 100 * min(gains), 10)


if __name__ == "__main__":
    run()
