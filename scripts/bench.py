"""Speed and quality beside public peers: `make bench`, or `make bench QUICK=1` for a short one.

`SMOKE=1` takes the smallest sizes and judges nothing: it shows that the benchmarks run.
"""

import importlib.util
import json
import os
import subprocess
import sys
from contextlib import contextmanager

import build_addon
import logged
from crew import Crew
from odoo_server import INTERFACE, Odoo, wait_until_ready
from postgres import running_server
from series import current
from templates import ADDON, Workshop
from workspace import ROOT, port_from, run_main, say

PEERS = ROOT / "requirements-bench.txt"
PEER_MODULES = ("fim", "statsforecast", "statsmodels", "implicit", "surprise", "lifetimes")
# Parts of the pure ones that ONLY may name.
PURE = ("ratings", "treasury")
# As many as two cores take.
WORKERS = ("--workers=2", "--max-cron-threads=0")
# Each leaves the database as it was, but the last, which commits.
IN_ODOO = ("database", "indicators", "replenishment", "phones", "call_statistics", "alerts")


def ensure_peers():
    """The peers that only benchmarks need; pyfim comes as source and wants a C compiler."""
    if all(importlib.util.find_spec(name) for name in PEER_MODULES):
        return
    say("installing the peers of the benchmarks")
    for line in PEERS.read_text().splitlines():
        # One by one: where one cannot be built the others still come.
        if line and not line.startswith("#"):
            name = line.partition("==")[0]
            log = current().folder / "logs" / f"pip-{name}.log"
            pip = [sys.executable, "-m", "pip", "install", "--progress-bar=off"]
            if logged.follow([*pip, *line.split()], log):
                logged.show_end(log)
                say(f"{name} could not be installed; the whole log is {log}")


def run_pure(quick, only="pure"):
    """Benchmarks without Odoo; returns the names of missed gates. only : "pure" for all, or one."""
    sys.path.insert(0, str(ROOT))
    from benchmarks import (
        anomalies,
        calls,
        customer_factors,
        experiments,
        forecasts,
        large_catalogue,
        next_item,
        ratings,
        rules,
        service_levels,
        situations,
        stock,
        table,
        treasury,
    )

    modules = (
        rules,
        next_item,
        customer_factors,
        ratings,
        large_catalogue,
        forecasts,
        situations,
        stock,
        service_levels,
        anomalies,
        experiments,
        calls,
        treasury,
    )
    for module in modules:
        if only in ("pure", module.__name__.rpartition(".")[2]):
            module.run(quick)
    return table.FAILED


@contextmanager
def copied(name):
    """A database with the addon, dropped at the end: (Odoo, its name, folder of the benchmarks)."""
    logs = current().folder / "bench-logs"
    logs.mkdir(parents=True, exist_ok=True)
    with running_server() as server:
        odoo = Odoo(server, port_from("TEST_HTTP_PORT", 8169))
        workshop = Workshop(server, odoo, Crew(), logs)
        database = odoo.series.database(name)
        workshop.provide(ADDON)
        try:
            workshop.copy(ADDON, database)
            yield odoo, database, build_addon.provide_benchmarks(odoo.series) / "benchmarks"
        finally:
            workshop.drop(database)


def run_inside(place, deed, size, names, **options):
    """Let in_odoo.py do a deed; returns the process, ended. place : what ``copied`` yields."""
    odoo, database, folder = place
    script = [sys.executable, folder / "in_odoo.py", deed, odoo.config, database]
    return subprocess.run(
        [*script, size or "full", *names], env=odoo.environment(), text=True, **options
    )


def run_database(size):
    """Benchmarks inside Odoo; their exit code. size : "", "quick" or "smoke"."""
    with copied("bench") as place:
        return run_inside(place, "measure", size, IN_ODOO, check=False).returncode


@contextmanager
def filled(name, modules, size):
    """A database that modules of the benchmarks fill: (Odoo, its name, folder of the benchmarks,
    {module: what it tells})."""
    sys.path.insert(0, str(ROOT))
    with copied(name) as place:
        made = run_inside(place, "fill", size, modules, stdout=subprocess.PIPE, check=True)
        yield *place, json.loads(made.stdout.splitlines()[-1])


def measure_api(odoo, _folder, told, size):
    from benchmarks import api

    return api.run(api.Client(INTERFACE, odoo.http_port, told), size)


def measure_coupons(odoo, folder, told, size):
    from benchmarks import coupons, coupons_site

    command = (sys.executable, folder / "coupons_in_odoo.py", odoo.config, told["database"])
    environ = odoo.environment()
    with coupons_site.helping(command, environ) as helper:
        site = coupons_site.Site(INTERFACE, odoo.http_port, command, environ, told, helper)
        return coupons.run(site, size)


def measure_pages(odoo, _folder, told, size):
    from benchmarks import client_pages

    return client_pages.run(client_pages.Site(INTERFACE, odoo.http_port, told), size)


# What is measured on a server: what fills the database, and what measures.
SERVED = {
    "api": ("api_data", measure_api),
    "coupons": ("coupons_in_odoo", measure_coupons),
    "pages": ("client_pages_data", measure_pages),
}


def run_served(names, size):
    """Names of missed targets of some of SERVED, on one server with two workers."""
    modules = [SERVED[name][0] for name in names]
    with filled("bench_served", modules, size) as (odoo, database, folder, told):
        options = (*WORKERS, f"--gevent-port={odoo.http_port + 1}")
        with odoo.started(database, *options) as process:
            wait_until_ready(process, odoo.http_port)
            for module, measure in map(SERVED.get, names):
                missed = measure(odoo, folder, told[module], size)
    return missed


def chosen_size():
    """How much to measure: "" for all, "quick", or "smoke" for the least that shows it runs."""
    return next((name for name in ("smoke", "quick") if os.environ.get(name.upper())), "")


def main():
    size, only = chosen_size(), os.environ.get("ONLY")
    missed = []
    # Whether peers run tells nothing of us; the pure tests run what is measured beside them.
    if only in (None, "pure", *PURE) and size != "smoke":
        ensure_peers()
        missed = run_pure(bool(size), only or "pure")
    code = run_database(size) if only in (None, "database") else 0
    names = [name for name in SERVED if only in (None, name)]
    missed += run_served(names, size) if names else []
    if missed:
        print(f"\nMissed: {', '.join(dict.fromkeys(missed))}")
    return 1 if missed or code else 0


if __name__ == "__main__":
    run_main(main)
