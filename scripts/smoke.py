"""Each command in its quickest form, one after the other: only that it runs.

`make smoke`, with SERIES=available for both series. What a command prints goes to a log of its own;
the end of it is shown where the command fails.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from series import current
from workspace import ROOT, run_main, say

SHOWN = 40
# Orders of the file that is loaded: enough to train on.
ORDERS = 60
STEPS = (
    ("bench", ("bench.py",), {"SMOKE": "1"}, None),
    ("demo", ("demo.py",), {"SERVE": "0"}, None),
    ("load", ("load.py",), {}, None),
    ("shell", ("demo.py", "--shell"), {}, "print(env['ai.training.run'].search_count([]))\n"),
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


def run_step(name, arguments, environ, entered, logs):
    """Run one of our scripts; returns whether it ended well."""
    log = logs / f"{name}.log"
    started = time.monotonic()
    with log.open("w") as file:
        code = subprocess.run(
            [sys.executable, ROOT / "scripts" / arguments[0], *arguments[1:]],
            env={**os.environ, **environ},
            input=entered,
            text=True,
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    seconds = time.monotonic() - started
    print(f"  {'runs' if not code else 'FAILS'}  {name}, {seconds:.0f} s", flush=True)
    if code:
        print("\n".join(log.read_text().splitlines()[-SHOWN:]))
        print(f"The whole log is {log}.", flush=True)
    return not code


def main():
    logs = current().folder / "smoke-logs"
    logs.mkdir(parents=True, exist_ok=True)
    say(f"each command in its quickest form; logs are in {logs}")
    with tempfile.TemporaryDirectory() as folder:
        load = {"CSV": str(sales_file(folder)), "COMPANY": "Smoke"}
        failed = [
            name
            for name, arguments, environ, entered in STEPS
            if not run_step(name, arguments, {**load, **environ}, entered, logs)
        ]
    if failed:
        print(f"Commands that fail: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    run_main(main)
