"""What `make soak` measured, in figures and against its targets."""

import random
from dataclasses import dataclass

from .turns import Spread

STATES = ("without", "idle", "training", "publishing", "killed")
# Saving is compared between these two.
COMPARED = STATES[:2]
SHOWN = ("create", "write", "suggestions", "large", "sheet", "dashboard", "nothing")
DRAWS = 200
SLOWER_IN_TRAINING, SLOWER_TO_SAVE = 2, 1.1
SUGGESTIONS_MS, LARGE_MS = 300, 1_000


@dataclass(frozen=True)
class Cell:
    """Of one deed, in one state, with so many clients. seconds : sorted."""

    state: str
    clients: int
    deed: str
    seconds: tuple
    failures: int = 0

    def at(self, share):
        """A percentile in seconds; NaN where nothing was measured."""
        return percentile(self.seconds, share)


def cells_of(state, clients, measured):
    """The cells of a soak_clients.Round."""
    names = [name for name in SHOWN if measured.seconds.get(name) or measured.failures.get(name)]
    return [
        Cell(state, clients, name, tuple(sorted(measured.seconds[name])), measured.failures[name])
        for name in names
    ]


def percentile(values, share):
    """Of sorted values, the smallest that so large a share of them does not exceed."""
    if not values:
        return float("nan")
    return values[min(len(values) - 1, max(0, -int(-share * len(values)) - 1))]


def spread_of(figure, *samples, seed=0):
    """A figure of samples as a Spread, by drawing them again: nine of ten lie within.

    figure : called with as many sorted tuples as there are samples.
    """
    if not all(samples):
        return Spread(float("nan"), float("nan"), float("nan"))
    generator = random.Random(seed)  # noqa: S311 (a bootstrap)
    drawn = sorted(
        figure(*(tuple(sorted(generator.choices(each, k=len(each)))) for each in samples))
        for _draw in range(DRAWS)
    )
    return Spread(figure(*samples), percentile(drawn, 0.05), percentile(drawn, 0.95))


def targets(cells, middle):
    """[(name, Spread, largest allowed)] of the speeds. middle : clients to be judged by."""

    def seconds(state, deed, clients):
        key = (state, deed, clients)
        return next((c.seconds for c in cells if (c.state, c.deed, c.clients) == key), ())

    def p95(values):
        return percentile(values, 0.95)

    def ratio(over, under):
        return p95(over) / p95(under)

    fewest = min(cell.clients for cell in cells)
    busy, idle = (seconds(state, "suggestions", middle) for state in ("training", "idle"))
    without, with_it = (seconds(state, "create", fewest) for state in COMPARED)
    large = seconds("idle", "large", middle)
    return [
        (
            "p95 of suggestions, training over idle",
            spread_of(ratio, busy, idle),
            SLOWER_IN_TRAINING,
        ),
        ("p95 of saving, with over without", spread_of(ratio, with_it, without), SLOWER_TO_SAVE),
        ("p95 of suggestions, ms", spread_of(p95, idle) * 1e3, SUGGESTIONS_MS),
        ("p95 of suggestions of 500 lines, ms", spread_of(p95, large) * 1e3, LARGE_MS),
    ]
