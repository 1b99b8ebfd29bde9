"""Each command in its quickest form, one after the other: only that it runs.

`make smoke`, with SERIES=available for both series. What a command prints goes to a log of its own;
the end of it is shown where the command fails. Only lint, format, test and clean are not among
them. Databases and files of ours are made anew, and nothing of the checkout or of `make demo` is
touched. Politely: tests may run beside.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import demo_database
import logged
from crew import Crew
from odoo_server import INTERFACE, Odoo
from postgres import running_server
from series import current
from templates import Workshop
from workspace import ROOT, port_from, run_main, say

# Orders of the file that is loaded: enough to train on.
ORDERS = 60
# What the shell is asked: its answer is a failure where the loaded company has no run.
QUESTION = """\
company = env["res.company"].search([("name", "=", "Smoke")])
assert env["ai.training.run"].search([("company_id", "=", company.id), ("state", "=", "done")])
"""
PAGE = "/web/login"
# A page has to come before the command has been silent for so long.
SILENT_SECONDS = 600
# The exit code of a script that was told to stop.
STOPPED = 130


@dataclass(frozen=True)
class Step:
    """A command. entered : what it reads; serves : whether it runs until it is told to stop."""

    name: str
    command: tuple
    environ: dict = field(default_factory=dict)
    entered: str = ""
    serves: bool = False


def steps(folder, port):
    """The commands, in the order that each finds what it needs.

    folder : Path, for what they write; port : the one that they listen on.
    """
    small = {"SMALL": "1", "HTTP_PORT": str(port)}
    load = {"CSV": str(sales_file(folder)), "COMPANY": "Smoke"}
    terms = shutil.copytree(ROOT / "i18n", folder / "i18n")
    tests_port = {"TEST_HTTP_PORT": str(port)}
    return (
        Step("demo", ("demo.py",), small, serves=True),
        Step("load", ("load.py",), {**small, **load}),
        Step("shell", ("demo.py", "--shell"), small, QUESTION),
        Step("bench", ("bench.py",), {**tests_port, "SMOKE": "1"}),
        Step("i18n", ("i18n.py", terms), tests_port),
        Step("picture", ("draw_house.py", folder / "picture.svg")),
    )


def sales_file(folder):
    """A small export of sales of the last months. Returns its Path."""
    path = Path(folder) / "smoke.csv"
    rows = ["order,date,customer,product,quantity,price"]
    for number in range(ORDERS):
        day = date.today() - timedelta(days=number + 1)
        products = ("P1", "P2") if number % 2 else ("P3",)
        rows += [f"S{number},{day},C{number % 7},{product},1,10" for product in products]
    path.write_text("\n".join(rows) + "\n")
    return path


def run_step(step, logs):
    """Run one of our scripts; returns whether it ended well."""
    log = logs / f"{step.name}.log"
    started = time.monotonic()
    with (
        log.open("w") as file,
        subprocess.Popen(
            ["nice", "-n", "10", sys.executable, ROOT / "scripts" / step.command[0]]
            + list(step.command[1:]),
            env={**os.environ, **step.environ},
            stdin=subprocess.PIPE,
            text=True,
            stdout=file,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            trouble = _served(process, step, log) if step.serves else _ended(process, step.entered)
        except BaseException:
            process.terminate()
            raise
    print(f"  {'FAILS' if trouble else 'runs '}  {step.name}, {time.monotonic() - started:.0f} s")
    if trouble:
        logged.show_end(log)
        print(f"{step.name} {trouble}; the whole log is {log}.")
    sys.stdout.flush()
    return not trouble


def _ended(process, entered):
    """Let it run to its end; returns what went wrong in words, empty where nothing did."""
    process.communicate(entered)
    return process.returncode and f"ended with code {process.returncode}"


def _served(process, step, log):
    """Wait for a page, and stop it as Ctrl-C does; returns what went wrong in words."""
    trouble = _page(process, step.environ["HTTP_PORT"], log)
    process.send_signal(signal.SIGINT)
    process.communicate()
    if not trouble and process.returncode != STOPPED:
        trouble = f"ended with code {process.returncode} when it was told to stop"
    return trouble


def _page(process, port, log):
    """Ask for a page until it comes, or the log has not grown for long: tests beside may take most
    of the machine. Returns in words why none came."""
    address = f"http://{INTERFACE}:{port}{PAGE}"
    while time.time() - log.stat().st_mtime < SILENT_SECONDS:
        if process.poll() is not None:
            return f"ended with code {process.returncode} instead of serving"
        try:
            urllib.request.urlopen(address, timeout=60).close()
            return ""
        except urllib.error.HTTPError as error:
            return f"serves {PAGE} with {error}"
        except OSError:
            time.sleep(0.5)
    return f"served no page, and has said nothing for {SILENT_SECONDS} s"


def main():
    port = port_from("SMOKE_HTTP_PORT", 8269)
    logs = current().folder / "smoke-logs"
    logs.mkdir(parents=True, exist_ok=True)
    say(f"each command in its quickest form; logs are in {logs}")
    with running_server() as server, tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(server, Odoo(server, port), Crew(), logs)
        database = current().database(demo_database.SMALL)
        workshop.drop(database)
        try:
            failed = [step.name for step in steps(Path(folder), port) if not run_step(step, logs)]
        finally:
            workshop.drop(database)
    if failed:
        print(f"Commands that fail on Odoo {current().name}: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    run_main(main)
