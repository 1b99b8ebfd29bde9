"""Next item in the quotation: the shipped pipeline beside published methods, on public data."""

import time
from dataclasses import replace

import pandas as pd

from algorithms.suggestion.association_rules import RuleThresholds, mine_rules
from algorithms.suggestion.backtest import quality
from algorithms.suggestion.next_item import train_recommender
from algorithms.suggestion.recommender import Blend, Trainer

from . import online_retail
from .table import gate, row, seconds, title

WIDTHS = (44, 10, 10, 10, 10, 8, 8)
# From ../shared/data/README.md, measured there with the same protocol.
PUBLISHED = (
    ("most popular, 30 days", 3.8, 0.031, 3.4, 0.028),
    ("Apriori, support 1 %, confidence 0.2", 12.9, 0.089, 6.6, 0.045),
    ("pair rules, 2 or more orders", 19.8, 0.144, 12.2, 0.089),
    ("item-item cosine, summed", 17.8, 0.128, 13.1, 0.090),
    ("implicit ALS, 128 factors", 21.5, 0.151, 13.0, 0.087),
    ("EASE (Steck 2019), λ = 200", 25.4, 0.173, 14.1, 0.093),
    ("EASE + history + popularity", 25.8, 0.179, 15.4, 0.107),
    ("cosine / √n + history + popularity", 20.7, 0.145, 16.0, 0.106),
)
OTHER_MONTHS = (("2011-06-01", "2011-07-15"), ("2011-08-01", None))


def run(quick=False):
    title("Next item in the quotation, Online Retail, invoices before 2011-07-15 train")
    if not online_retail.FILE.is_file():
        print("  ../shared/data is not here: not measured")
        return
    lines = online_retail.sales()
    row("method", "full hit@5", "MRR", "early", "MRR", "served", "time", widths=WIDTHS)
    for name, *figures in PUBLISHED:
        row(f"published: {name}", *figures, widths=WIDTHS)
    baskets, cases_of = online_retail.protocol(lines)
    thresholds = RuleThresholds()
    trainer = Trainer(baskets, mine_rules(baskets, thresholds), thresholds, len(baskets.product))
    for name, blend in (
        ("our rules alone, default thresholds", Blend("rules")),
        ("our cosine alone", Blend("cosine")),
        ("our EASE alone, λ = 0.5", Blend("ease", 0.5)),
    ):
        started = time.perf_counter()
        _show(name, trainer.compare(blend), cases_of, started)
    full, early = _shipped(baskets, cases_of)
    gate("hit rate at 5, full", 100 * full.hit_rate, 25.8)
    gate("hit rate at 5, early", 100 * early.hit_rate, 16.0)
    if quick:
        return
    for start, end in OTHER_MONTHS:
        title(f"The same from {start} to {end or 'the end'}")
        baskets, cases_of = online_retail.protocol(
            lines, pd.Timestamp(start), end and pd.Timestamp(end)
        )
        _shipped(baskets, cases_of)


def _shipped(baskets, cases_of):
    started = time.perf_counter()
    # Every product of the protocol is in five orders at least: none is left out.
    model = train_recommender(baskets, RuleThresholds())
    blend = replace(model.blend, ratio=round(model.blend.ratio, 2))
    name = f"shipped: {blend.method}, back-test included"
    result = _show(name, model, cases_of, started)
    print(
        f"  chosen: λ {blend.ratio}, history {blend.history_weight}, popularity "
        f"{blend.popularity_weight}; its own back-test said "
        f"{100 * model.report.full['chosen'].hit_rate:.1f} and "
        f"{100 * model.report.early['chosen'].hit_rate:.1f}"
    )
    return result


def _show(name, model, cases_of, started):
    elapsed = time.perf_counter() - started
    cases = cases_of(model)
    full, early = quality(model, cases, cases.full), quality(model, cases, cases.early)
    row(
        name,
        f"{100 * full.hit_rate:.1f}",
        f"{full.mrr:.3f}",
        f"{100 * early.hit_rate:.1f}",
        f"{early.mrr:.3f}",
        f"{full.served:.0%}",
        seconds(elapsed),
        widths=WIDTHS,
    )
    return full, early


if __name__ == "__main__":
    run()
