"""Every test: pure ones with pytest, then Odoo's with a browser, in two phases.

The first Odoo phase has only what the addon depends on; the second adds manufacturing, delivery
and loyalty and runs what is tagged `with_modules`. A warning or an error of ours in the server log
fails the run. Prints one closing line over all.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

from odoo_server import Odoo
from postgres import running_server
from series import current
from workspace import MODULE, ROOT, in_words, port_from, run_main, say

BROWSERS = ("google-chrome", "chromium", "chromium-browser")
ODOO_RESULT = re.compile(
    r"odoo\.tests\.result: (?P<failed>\d+) failed, (?P<errors>\d+) error\(s\) of (?P<total>\d+)"
)
ODOO_SKIPPED = re.compile(r": skipped ")
LOG_LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>[\w.]+): ")
# Odoo's own views have no inconsistent rights; it names the field, not the addon.
OURS = re.compile(rf"{MODULE}|\bai\.[a-z]|Access Rights Inconsistency")
PYTEST_COUNT = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")


@dataclass
class Outcome:
    """Counts of one phase, and what else went wrong in it."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    problems: list = field(default_factory=list)

    def __add__(self, other):
        return Outcome(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.problems + other.problems,
        )


def run_pure():
    say("pure tests")
    process = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/algorithms", "scripts/tests"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(process.stdout, flush=True)
    return parse_pytest(process.stdout, process.returncode)


def parse_pytest(output, code):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    lines = output.strip().splitlines()
    for number, name in PYTEST_COUNT.findall(lines[-1] if lines else ""):
        counts["failed" if name.startswith("error") else name] += int(number)
    outcome = Outcome(**counts)
    if code and not outcome.failed:
        outcome.problems.append(f"pytest ended with code {code}")
    if not outcome.passed and not outcome.problems:
        outcome.problems.append("pytest ran no test")
    return outcome


def run_odoo(odoo, title, *arguments):
    """Run one Odoo phase, show its log as it comes, and count."""
    say(title)
    lines = []
    with odoo.started(
        odoo.series.database("test"),
        *arguments,
        "--stop-after-init",
        "--log-handler=:WARNING",
        "--log-handler=odoo.tests.result:INFO",
        f"--log-handler=odoo.addons.{MODULE}.tests:INFO",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            print(line, end="", flush=True)
        process.wait()
    return parse_odoo(lines, process.returncode)


def parse_odoo(lines, code):
    """Outcome of an Odoo log.

    Odoo reports one total at the end; tests report failures through their own loggers, so that
    only other loggers' warnings and errors count as problems of the server.
    """
    outcome = Outcome(skipped=sum(bool(ODOO_SKIPPED.search(line)) for line in lines))
    results = [match for match in map(ODOO_RESULT.search, lines) if match]
    if results:
        failed, errors, total = (int(number) for number in results[-1].groups())
        outcome.failed = failed + errors
        outcome.passed = total - outcome.failed - outcome.skipped
    else:
        outcome.problems.append("Odoo ran no test")
    if code and not outcome.failed:
        outcome.problems.append(f"Odoo ended with code {code}")
    outcome.problems += [line for line in lines if is_problem_of_ours(line)]
    return outcome


def is_problem_of_ours(line):
    """A warning or error that the addon caused outside of its tests."""
    match = LOG_LINE.match(line)
    if not match or match["level"] not in ("WARNING", "ERROR", "CRITICAL"):
        return False
    if match["logger"].startswith((f"odoo.addons.{MODULE}.tests", "odoo.tests")):
        return False
    # The name of the database and the folder of Odoo's own sources hold our name too.
    message = line[match.end() :].replace(f"{MODULE}/odoo-", "")
    return match["logger"].startswith(f"odoo.addons.{MODULE}") or bool(OURS.search(message))


def missing_for_tours():
    """What the browser tests lack: Odoo itself would skip them without a word."""
    missing = []
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("Chromium is missing: apt-get install chromium")
    if not importlib.util.find_spec("websocket"):
        missing.append("the Python package websocket-client is missing: run 'make setup'")
    return missing


def odoo_phases(odoo, only):
    """(title, arguments) of the phases that were asked for."""
    tags = only or f"/{MODULE}"
    demo = odoo.demo_data(False)
    first = (
        "Odoo tests and browser tours",
        ("-i", MODULE, *demo, f"--test-tags={tags}"),
    )
    second = (
        "Odoo tests beside manufacturing, delivery and loyalty",
        (
            "-i",
            "mrp,delivery,sale_loyalty,rating",
            "-u",
            MODULE,
            *demo,
            f"--test-tags=with_modules/{MODULE}",
        ),
    )
    return [first] if only else [first, second]


def run_server_tests(only, port):
    missing = missing_for_tours()
    if missing:
        return Outcome(failed=1, problems=[f"The browser tests did not run: {m}" for m in missing])
    with running_server() as server:
        odoo = Odoo(server, port)
        database = odoo.series.database("test")
        server.recreate(database)
        try:
            outcome = Outcome()
            for title, arguments in odoo_phases(odoo, only):
                outcome += run_odoo(odoo, title, *arguments)
            return outcome
        finally:
            server.drop(database)


def main():
    port = port_from("TEST_HTTP_PORT", 8169)
    only = os.environ.get("ONLY", "")
    outcome = Outcome()
    if only in ("", "pure") and "--without-pure" not in sys.argv:
        outcome += run_pure()
    if only != "pure":
        outcome += run_server_tests(only, port)
    for problem in outcome.problems:
        print(f"! {problem}")
    failed = outcome.failed or len(outcome.problems)
    counts = {"passed": outcome.passed, "failed": failed, "skipped": outcome.skipped}
    current().outcome.write_text(json.dumps(counts))
    print(in_words(counts))
    return 1 if failed else 0


if __name__ == "__main__":
    run_main(main)
