"""Every test: pure ones with pytest, and beside them Odoo's, with a browser, in two workers.

Odoo's run on copies of kept databases (see templates.py), class by class, handed out to whoever is
free (see dispatch.py). What is tagged `with_modules` runs on a database that also has
manufacturing, delivery and loyalty. A warning or an error of ours in a server's log fails
the run. Prints one closing line over all.

ONLY=pure, a class (`/smart_recommender:TestRules`) or a tag runs some of them; CHANGED=1 those of
the subjects that differ from HEAD; WORKERS=1 takes less memory.
"""

import json
import os
import shutil
import sys
from dataclasses import replace

import apart
import selection
from crew import Crew
from dispatch import short
from odoo_tests import Clock, OdooTests
from outcome import Outcome, closing_line, parse_pytest
from postgres import running_server
from series import current
from workspace import MODULE, ROOT, in_words, port_from, run_main, say

SLOWEST = 20


def fresh_logs():
    """An empty folder for the logs of this run."""
    folder = current().folder / "test-logs"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def run_pure(paths, crew, clock, logs):
    """Run pytest, politely: Odoo's workers decide how long a run takes.

    With one thread: beside other processes those of linear algebra wait for one another, and burn
    the time that the others need.
    """
    lines = []

    def watch(new):
        lines.extend(new)
        return []

    command = ["nice", "-n", "5", sys.executable, "-m", "pytest", "-q", *paths]
    with clock.step("pure tests"):
        environ = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        code = crew.follow(command, logs / "pure.log", watch, cwd=ROOT, env=environ)
    outcome = parse_pytest(lines, code)
    crew.show(lines if outcome.counts()["failed"] else [f"  pure tests: {closing_line(lines)}"])
    return outcome


def run(chosen, port):
    """Run what was chosen; prints as it goes and returns the Outcome."""
    crew, clock, logs = Crew(), Clock(), fresh_logs()
    say(f"running tests; full logs are in {logs}")
    pure = (lambda: run_pure(chosen.pure, crew, clock, logs)) if chosen.pure else Outcome
    if not (chosen.standard or chosen.beside):
        return pure()
    with running_server() as server, _alone(server):
        tests = OdooTests(server, chosen, crew, clock, logs, port)
        tests.prepare()
        lone = apart.Apart(server, port, crew, clock, logs)
        try:
            others, *_none = crew.run(
                lambda: pure() + lone.outcome(apart.wanted(chosen, current())), *tests.lanes()
            )
        finally:
            tests.tidy_up()
        show_times(clock, tests.ended())
        return others + tests.outcome()


def _alone(server):
    """Two runs of one series would take each other's databases away."""
    name = current().name
    return server.held(
        f"{MODULE} tests {name}",
        f"Another 'make test' of Odoo {name} uses this database server. Wait for its end, or give "
        "this one a server of its own with DB_HOST.",
    )


def show_times(clock, ended):
    """Print the wall time of the steps and the slowest classes, for whoever mends them."""
    print("Seconds by step, some side by side:")
    for name, seconds in clock.steps:
        print(f"  {seconds:7.1f}  {name}")
    slowest = sorted(ended.items(), key=lambda item: -item[1].seconds)[:SLOWEST]
    if slowest:
        total = sum(one.seconds for one in ended.values())
        print(f"Seconds of the slowest of {len(ended)} classes, together {total:.1f}:")
    for name, one in slowest:
        print(f"  {one.seconds:7.1f}  {short(name)} ({len(one.tests)} tests)")


def main():
    port = port_from("TEST_HTTP_PORT", 8169)
    chosen = selection.from_environment()
    if "--without-pure" in sys.argv:
        chosen = replace(chosen, pure=())
    if chosen.why:
        say(chosen.why)
    outcome = run(chosen, port)
    for problem in outcome.problems:
        print(f"! {problem}")
    counts = outcome.counts()
    current().outcome.write_text(json.dumps(counts))
    print(in_words(counts))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    run_main(main)
