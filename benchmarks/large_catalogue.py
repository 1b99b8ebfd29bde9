"""Training the affinities of a catalogue too large to invert whole: time and memory."""

from algorithms.suggestion.affinity import EASE_PRODUCTS
from algorithms.suggestion.association_rules import RuleThresholds
from algorithms.suggestion.next_item import train_recommender

from .baskets_made import SIZES, long_tail
from .measure import measured
from .table import gate, row, seconds, title

SELF = "benchmarks.large_catalogue"


def training(size):
    baskets = long_tail(size)
    thresholds = RuleThresholds(min_support=0.001)
    return lambda: train_recommender(baskets, thresholds).blend.method, 1


def run(quick=False):
    title(f"Affinities with their back-test; EASE for the {EASE_PRODUCTS} best sellers")
    row("orders", "products", "time", "memory", "chosen")
    for size in ("100k lines", "1M lines", "10M lines"):
        if quick and size != "100k lines":
            continue
        found = measured(SELF, "training", size, threads=2)
        row(
            size, SIZES[size][1], seconds(found.seconds), f"{found.megabytes:.0f} MB",
            found.result or found.failure,
        )  # fmt: skip
        if size == "1M lines":
            took = found.turns.spread if found.turns else found.seconds
            gate("seconds on two cores, 10,000 products", took, 60, at_least=False)
            gate("MB of memory, 10,000 products", found.megabytes, 2000, at_least=False)


if __name__ == "__main__":
    run()
