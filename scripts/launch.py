"""Run one of our scripts for the series of Odoo that was asked for, or the best that can be had.

    python launch.py SCRIPT [ARGUMENT…]     with SERIES in the environment:

    (nothing)     17.0 where it can be had, else 19.0
    17.0, 19.0    that one
    all           both, one after the other; only for the tests
    available     those that can be had here; only for the tests

Runs under the system's Python, with the standard library alone.
"""

import json
import os
import subprocess
import sys

import environment
import odoo_source
from series import ALL, BY_NAME, FIRST, NEXT
from workspace import ROOT, SetupError, in_words, run_main, say

SEVERAL = ("all", "available")
TESTS = "run_tests.py"
FOR_SEVERAL = (TESTS, "smoke.py")


def wanted_series(script, name):
    """The series that SERIES names, set up and ready to run."""
    if name in SEVERAL:
        if script and script not in FOR_SEVERAL:
            raise SetupError(
                f"SERIES={name} is for 'make test' and 'make smoke'. Give one of "
                f"{', '.join(BY_NAME)}."
            )
        return prepared(ALL, may_miss=name == "available")
    if name in BY_NAME:
        check_named(BY_NAME[name])
        return prepared([BY_NAME[name]])
    if name:
        choices = ", ".join([*BY_NAME, *SEVERAL])
        raise SetupError(f"SERIES={name} is not known. Give one of {choices}, or nothing.")
    return [best()]


def check_named(series):
    """Where a person names a folder and a series, the two have to agree."""
    source = odoo_source.named()
    if source and source.series != series.name:
        raise SetupError(
            f"ODOO_SRC={os.environ['ODOO_SRC']} is not Odoo {series.name} but {source.series}. "
            "Correct ODOO_SRC or SERIES, or unset one of them."
        )


def prepared(series, may_miss=False):
    ready = []
    for one in series:
        try:
            environment.prepare(one)
        except SetupError as error:
            if not may_miss:
                raise
            say(f"Odoo {one.name} cannot be had here: {error}")
        else:
            ready.append(one)
    if not ready:
        raise SetupError("No series of Odoo can be had here; see above for the remedies.")
    return ready


def best():
    """The series that ODOO_SRC holds; else 17.0; else, with a line that says so, 19.0."""
    source = odoo_source.named()
    if source:
        if source.series not in BY_NAME:
            raise SetupError(
                f"ODOO_SRC={os.environ['ODOO_SRC']} holds Odoo {source.series}; the addon runs on "
                f"{' and '.join(BY_NAME)}. Correct ODOO_SRC."
            )
        return prepared([BY_NAME[source.series]])[0]
    try:
        odoo_source.find(FIRST)
    except SetupError as error:
        say(f"falling back to Odoo {NEXT.name} from Debian's package. {error.__cause__}")
        try:
            return prepared([NEXT])[0]
        except SetupError as other:
            raise SetupError(f"{other}\n{error}") from other
    return prepared([FIRST])[0]


def run(series, script, arguments):
    """The exit code of a script for one series."""
    command = [series.python, ROOT / "scripts" / script, *arguments]
    environ = {**os.environ, "SERIES": series.name}
    process = subprocess.Popen(command, env=environ)
    try:
        return process.wait()
    except KeyboardInterrupt:
        # The script tidies up by itself; a signal that reached only us has to be passed on.
        process.terminate()
        process.wait()
        raise


def run_all(several, script, arguments):
    """Run for each series in turn; tests close with one line over all."""
    say(f"series: {', '.join(series.name for series in several)}")
    codes = []
    for series in several:
        say(f"Odoo {series.name}")
        series.outcome.unlink(missing_ok=True)
        # The libraries of the pure tests are the same for all.
        extra = ["--without-pure"] if codes and script == TESTS else []
        codes.append(run(series, script, [*arguments, *extra]))
    return summed_up(several, codes) if script == TESTS else max(codes)


def summed_up(several, codes):
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for series in several:
        counts = (
            json.loads(series.outcome.read_text()) if series.outcome.is_file() else {"failed": 1}
        )
        print(f"Odoo {series.name}: {in_words(counts)}")
        for name in total:
            total[name] += counts.get(name, 0)
    print(in_words(total))
    return max(codes)


def main():
    script = sys.argv[1] if len(sys.argv) > 1 else ""
    arguments = sys.argv[2:]
    name = os.environ.get("SERIES", "")
    several = wanted_series(script, name)
    if not script:
        return 0
    if name in SEVERAL:
        return run_all(several, script, arguments)
    return run(several[0], script, arguments)


if __name__ == "__main__":
    run_main(main)
