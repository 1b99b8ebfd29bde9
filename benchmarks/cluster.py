"""From what size a Dask cluster pays: forecasts and rules here, and on two workers beside us.

    python -m benchmarks.cluster [quick|smoke|10M|50M]

Seconds are those of processors, which neighbours do not change; those of the clock stand beside
them. Here the parts that a cluster can take are told apart from the rest. What more workers would
give is projected from that, and called so: rest + parts / workers + bytes over the network.
"""

import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np
import psutil

from algorithms.core import cluster, parallel, wire
from algorithms.forecast.catalogue import ForecastSettings, train_forecasts
from algorithms.suggestion.association_rules import RuleThresholds
from algorithms.suggestion.next_item import train_recommender

from .baskets_made import long_tail
from .demand_made import made_panel
from .table import row, title

DAYS = 730
PRODUCTS = {"": (500, 3_000, 10_000, 50_000), "quick": (500, 3_000), "smoke": (60,)}
LINES = {
    "": ("100k lines", "1M lines"),
    "quick": ("100k lines",),
    "10M": ("10M lines",),
    "50M": ("50M lines",),
}
WORKERS = (4, 8, 16, 32)
# A gigabit network moves so many bytes a second.
NETWORK = 110e6


class Watched(parallel.Engine):
    """No cluster: parts are computed here, and timed and weighed as if they were sent."""

    def __init__(self):
        super().__init__(None)
        self.seconds = 0.0
        self.bytes = 0

    def width(self):
        return 1

    def results(self, function, tasks):
        found = []
        for task in tasks:
            self.bytes += len(wire.packed((function, task)))
            start = time.process_time()
            found.append(wire.called(function, task))
            self.seconds += time.process_time() - start
            self.bytes += len(wire.packed(found[-1]))
        self.parts += len(tasks)
        return found


def forecasts(products):
    panel = made_panel(products, DAYS)
    return partial(_forecast, panel)


def _forecast(panel):
    table, _catalogue = train_forecasts(panel, ForecastSettings(), np.random.default_rng(0))
    return table.totals.tobytes(), table.totals_low.tobytes(), table.weights.tobytes()


def rules(size):
    baskets = long_tail(size)
    return partial(_rules, baskets)


def _rules(baskets):
    model = train_recommender(baskets, RuleThresholds(min_support=0.001))
    return model.weights.data.tobytes(), repr(model.blend)


def timed(job, engine, workers=()):
    """(seconds of the clock, of this processor, of the workers', what the job gave)."""
    before = cpu(workers)
    with parallel.using(engine):
        start, spent = time.perf_counter(), time.process_time()
        found = job()
        clock, spent = time.perf_counter() - start, time.process_time() - spent
    return clock, spent, cpu(workers) - before, found


def cpu(workers):
    """Seconds of processor that some processes have used."""
    times = [psutil.Process(worker.pid).cpu_times() for worker in workers]
    return sum(each.user + each.system for each in times)


def compared(name, job, engine, workers):
    """Measure one size either way; (name, rest, seconds of parts, bytes)."""
    watched = Watched()
    clock, here, _none, found = timed(job, watched)
    waited, own, theirs, same = timed(job, engine, workers)
    row(
        name, f"{here:.1f} s", f"{watched.seconds / here:.0%}", f"{own:.1f} s", f"{theirs:.1f} s",
        f"{watched.bytes / 1e6:.0f} MB", "yes" if found == same else "NO",
        f"{clock:.0f} s, {waited:.0f} s", widths=WIDTHS,
    )  # fmt: skip
    if found != same or engine.lost:
        raise SystemExit(f"The cluster gave something else for {name}: {engine.lost}")
    return name, max(here - watched.seconds, 0.0), watched.seconds, watched.bytes


WIDTHS = (28, 9, 9, 12, 12, 9, 6, 18)


def projected(measured):
    title("PROJECTION: this size on more workers of this speed, on a gigabit network")
    row("", "here", *(f"{count} workers" for count in WORKERS), widths=(30, *6 * (12,)))
    for name, rest, parts, sent in measured:
        times = [rest + parts / count + sent / NETWORK for count in WORKERS]
        row(
            name,
            f"{rest + parts:.1f} s",
            *(f"{each:.1f} s" for each in times),
            widths=(30, *6 * (12,)),
        )


def run(size=""):
    from dask_cluster import cluster as started

    if size not in {*PRODUCTS, *LINES}:
        raise SystemExit(f"{size} is no size. Give quick, smoke, 10M or 50M, or nothing.")
    measured = []
    title("Here, and on two Dask workers on this machine")
    heads = ("here", "of parts", "then here", "on workers", "sent", "same", "clock")
    row("", *heads, widths=WIDTHS)
    with (
        tempfile.TemporaryDirectory() as folder,
        started(Path(folder)) as (address, workers),
        cluster.dask(address) as engine,
    ):
        for products in PRODUCTS.get(size, ()):
            job = forecasts(products)
            measured.append(compared(f"forecasts, {products:,} products", job, engine, workers))
        for lines in LINES.get(size, ()):
            measured.append(compared(f"rules, {lines}", rules(lines), engine, workers))
    projected(measured)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
    run(*sys.argv[1:])
