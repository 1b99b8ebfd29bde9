"""Many clients on running servers, one without the addon: `make soak`, which writes docs/SOAK.md,
or docs/SOAK-1M.md of a million lines.

MINUTES of load in all, LINES of the sales history, CLIENTS at a time (`1,5,20`), NOTE of what else
the machine did. `SMOKE=1` takes the least that shows it runs, and writes nothing.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

from bench import WORKERS
from build_addon import provide_benchmarks
from crew import Crew
from odoo_server import INTERFACE, Odoo, wait_until_ready
from postgres import running_server
from series import current
from templates import ADDON, DEPENDS, Workshop
from workspace import MODULE, ROOT, SetupError, port_from, run_main, say

SCRIPT = "soak_data.py"
SIZES = {200_000: "200k lines", 1_000_000: "1M lines"}
# Of each size a report of its own.
REPORTS = {200_000: "SOAK", 1_000_000: "SOAK-1M"}
SMOKE_SIZE = "1k orders"
ROUNDS, THINK = 2, 1.0


def numbers(name, default):
    """Positive numbers that an environment variable names, with commas between them."""
    text = os.environ.get(name) or default
    try:
        found = tuple(int(each) for each in text.split(","))
    except ValueError:
        found = ()
    if not found or min(found) < 1:
        raise SetupError(f"{name}={text} is not understood. Give for example {name}={default}.")
    return found


def size_of(lines):
    if lines not in SIZES:
        known = " or ".join(str(each) for each in SIZES)
        raise SetupError(f"LINES={lines} is not a size that is made. Give {known}.")
    return SIZES[lines]


def inside(odoo, database, *words):
    """What a deed of soak_data.py tells at its end."""
    command = [*command_of(odoo, database), *map(str, words)]
    made = subprocess.run(
        command, env=odoo.environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(made.stdout.splitlines()[-1])


def command_of(odoo, database):
    folder = provide_benchmarks(odoo.series) / "benchmarks"
    return (sys.executable, folder / SCRIPT, odoo.config, database)


@contextmanager
def databases(server, odoo, size):
    """Two databases of the same sales, without the addon and with it: (names, what they told)."""
    logs = current().folder / "bench-logs"
    logs.mkdir(parents=True, exist_ok=True)
    workshop = Workshop(server, odoo, Crew(), logs)
    workshop.provide(DEPENDS)
    workshop.provide(ADDON)
    plain, full = (odoo.series.database(f"soak_{name}") for name in ("plain", "full"))
    try:
        workshop.copy(DEPENDS, plain)
        say(f"making {size} without the addon")
        told = inside(odoo, plain, "make", size)
        server.copy(plain, full)
        say("installing the addon on a copy of it, and training")
        odoo.install(full, MODULE)
        told |= inside(odoo, full, "addon", told["company"], told["user"])
        yield (plain, full), told
    finally:
        for database in (plain, full):
            workshop.drop(database)


@contextmanager
def served(odoo, database, told):
    """A soak.Side: Odoo on a database, with as many workers as two cores take, and cron."""
    from benchmarks.soak import Side

    options = [*WORKERS[:1], "--max-cron-threads=1", f"--gevent-port={odoo.http_port + 1}"]
    with odoo.started(database, *options) as process:
        wait_until_ready(process, odoo.http_port)
        yield Side(
            INTERFACE,
            odoo.http_port,
            database,
            told,
            lambda: odoo.server.connect(database),
            command_of(odoo, database),
            odoo.environment(),
            process,
        )


def main():
    sys.path.insert(0, str(ROOT))
    from benchmarks import soak, soak_picture, soak_report

    smoke = bool(os.environ.get("SMOKE"))
    lines = numbers("LINES", "200000")[0]
    asked = size_of(lines)
    size = SMOKE_SIZE if smoke else asked
    clients = numbers("CLIENTS", "1,2" if smoke else "1,5,20")
    rounds = 1 if smoke else ROUNDS
    total = 20 if smoke else 60 * numbers("MINUTES", "15")[0]
    plan = soak.Plan(clients, total, rounds, 0.1 if smoke else THINK)
    port = port_from("TEST_HTTP_PORT", 8169)
    with running_server() as server:
        bare, odoo = Odoo(server, port), Odoo(server, port + 2)
        with databases(server, odoo, size) as ((plain, full), told):
            say(f"{told['lines']} lines, {told['rules']} rules; {len(plan)} loads")
            with served(bare, plain, told) as without, served(odoo, full, told) as whole:
                measured = soak.run(without, whole, plan, say)
    words = soak_report.heading(told, plan, os.environ.get("NOTE", ""))
    file = ROOT / "docs" / f"{REPORTS[lines]}.md"
    picture = file.with_name(f"{REPORTS[lines].lower()}.svg")
    page, missed = soak_report.page(measured, plan, words, picture.name)
    if not smoke:
        file.write_text(page)
        picture.write_text(soak_picture.picture(measured.cells()))
        say(f"the report is {file.relative_to(ROOT)}")
    print(page)
    if missed:
        print(f"Missed: {', '.join(missed)}")
    return 1 if missed and not smoke else 0


if __name__ == "__main__":
    run_main(main)
