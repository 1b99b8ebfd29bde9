"""Several machines in one: `make cluster` trains companies with cron on one server, then as jobs on
two servers with two Dask workers and a standby that they read from, one of the servers killed on
the way, and compares.

COMPANIES=4 and LINES="10k lines" say how much; SMOKE=1 is the least that shows that all runs.
"""

import importlib.util
import json
import os
import subprocess
import tempfile
import time
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from unittest.mock import patch

import balancer
import build_addon
import dask_cluster
import queue_job
import standby
from crew import Crew
from odoo_server import INTERFACE, Odoo, wait_until_ready
from postgres import running_server
from series import current
from templates import ADDON, Workshop
from workspace import SetupError, port_from, run_main, say

INSIDE = "cluster_in_odoo.py"
WITH_CRON = ("--workers=0", "--max-cron-threads=1")
WITH_JOBS = ("--workers=0", "--max-cron-threads=0", "--load=base,web,queue_job")
# Jobs are sent to the load balancer; one at a time for each of the servers.
CHANNELS = {
    "ODOO_QUEUE_JOB_CHANNELS": "root:2,root.smart_recommender:2",
    "ODOO_QUEUE_JOB_HOST": INTERFACE,
}
# What is waited for all, and for each of many.
PATIENCE_SECONDS, RUN_SECONDS = 1800, 10
ENDED = "SELECT count(*) FILTER (WHERE state IN ('done', 'failed')), count(*) FROM ai_training_run"


class Demonstration:
    """A database, and what runs on it."""

    def __init__(self, server, workshop, ports):
        self.server = server
        self.odoos = [Odoo(server, port) for port in ports]
        self.workshop = workshop
        self.series = workshop.series
        self.database = self.series.database("bench_cluster")
        self.folder = build_addon.provide_benchmarks(self.series) / "benchmarks"
        self.logs = workshop.logs

    def inside(self, *words):
        odoo = self.odoos[0]
        told = subprocess.run(
            [self.series.python, self.folder / INSIDE, odoo.config, self.database, *words],
            env=odoo.environment(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        return json.loads(told.splitlines()[-1])

    @contextmanager
    def served(self, odoo, *arguments):
        """Odoo on one of the ports, its log in a file."""
        with (
            (self.logs / f"cluster-{odoo.http_port}.log").open("w") as file,
            odoo.started(self.database, *arguments, stdout=file, stderr=file) as process,
        ):
            wait_until_ready(process, odoo.http_port)
            yield process

    def until_ended(self, when_half=lambda: None):
        """(seconds, what the runs told) once all have ended."""
        start, half, ended, count = time.monotonic(), False, 0, 0
        with closing(self.server.connect(self.database)) as connection:
            while time.monotonic() - start < max(PATIENCE_SECONDS, RUN_SECONDS * count):
                with connection.cursor() as cursor:
                    cursor.execute(ENDED)
                    ended, count = cursor.fetchone()
                if ended == count:
                    return time.monotonic() - start, self.inside("tell")
                if not half and 3 * ended >= count:
                    half = True
                    when_half()
                time.sleep(1)
        raise SetupError(f"{count - ended} trainings did not end; see the logs in {self.logs}.")

    def by_cron(self):
        self.inside("ask", "-", "-")
        with self.served(self.odoos[0], *WITH_CRON):
            return self.until_ended()

    def by_jobs(self, scheduler, replica):
        """On two servers behind one address, the first of which is killed on the way."""
        self.inside("ask", scheduler, replica)
        with (
            balancer.balanced([odoo.http_port for odoo in self.odoos]) as port,
            patch.dict(os.environ, CHANNELS, ODOO_QUEUE_JOB_PORT=str(port)),
            ExitStack() as stack,
        ):
            first, _second = (
                stack.enter_context(self.served(odoo, *WITH_JOBS)) for odoo in self.odoos
            )

            def kill():
                say("killing the first server: its jobs are found dead and run again")
                first.kill()
                first.wait()

            return self.until_ended(kill)


def main():
    smoke = os.environ.get("SMOKE", "") not in ("", "0")
    count = os.environ.get("COMPANIES") or ("2" if smoke else "4")
    size = os.environ.get("LINES") or ("1k orders" if smoke else "10k lines")
    series = current()
    if importlib.util.find_spec("distributed") is None:
        raise SetupError("make cluster needs Dask: use Python 3.11 or newer, and 'make setup'.")
    if not queue_job.provide(series):
        raise SetupError("make cluster needs OCA's queue_job; let pip reach its package index.")
    logs = series.folder / "cluster-logs"
    logs.mkdir(parents=True, exist_ok=True)
    first = port_from("TEST_HTTP_PORT", 8169)
    with running_server() as server:
        workshop = Workshop(server, Odoo(server, first), Crew(), logs)
        workshop.provide(ADDON)
        shown = Demonstration(server, workshop, (first, first + 1))
        try:
            workshop.copy(ADDON, shown.database)
            return demonstrate(server, shown, count, size)
        finally:
            workshop.drop(shown.database)


def demonstrate(server, shown, count, size):
    say(f"{count} companies of {size}")
    shown.inside("make", count, size)
    say("training them by cron, on one server")
    alone, by_cron = shown.by_cron()
    say("installing queue_job")
    shown.odoos[0].run(shown.database, "-i", "queue_job", "--stop-after-init")
    say("training them as jobs, on two servers, two Dask workers and a standby")
    with (
        standby.standby(server) as follower,
        tempfile.TemporaryDirectory() as folder,
        dask_cluster.cluster(Path(folder)) as (scheduler, _workers),
    ):
        replica = follower.address(shown.database) if follower else "-"
        together, by_jobs = shown.by_jobs(scheduler, replica)
        reads = follower.reads(shown.database) if follower else None
    return told(by_cron, by_jobs, alone, together) or told_reads(reads)


def told(by_cron, by_jobs, alone, together):
    """Print the table; 1 where something failed or differs."""
    widths = "{:12} {:12} {:8} {:>9} {:>9} {:>8} {:>6}  {}"
    print(
        widths.format("company", "kind", "state", "cron, s", "jobs, s", "process", "parts", "same")
    )
    wrong = 0
    for one, other in zip(by_cron, by_jobs, strict=True):
        same = one["digest"] == other["digest"] and other["state"] == one["state"] == "done"
        wrong += not same
        print(
            widths.format(
                one["company"], one["kind"], other["state"], f"{one['seconds']:.1f}",
                f"{other['seconds']:.1f}", other["pid"], other["parts"],
                "yes" if same else f"NO {other['notice'] or one['notice']}",
            )
        )  # fmt: skip
    print(
        f"{len(by_jobs)} runs: {alone:.0f} s by cron on one server; {together:.0f} s as jobs on "
        "two servers, one of them killed, two Dask workers and a standby"
    )
    return 1 if wrong else 0


def told_reads(reads):
    """Print what was read from the standby; 1 where that was nothing. reads : None without one."""
    if reads is None:
        return 0
    print("Read from the standby: {:,} rows in {:,} transactions".format(*reads))
    return 0 if reads[0] else 1


if __name__ == "__main__":
    run_main(main)
