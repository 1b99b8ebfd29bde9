"""Faults on a running server, each with what was found: `make faults`, or `ONLY=killed` for one.

All of them, without `SMOKE=1`, write docs/FAULTS.md.
`SMOKE=1` wakes cron instead of waiting for its next turn, and leaves out what takes minutes. Root
sees file systems filled up, small ones that are made for it; others do without these two.
"""

import json
import os
import shutil
import sys
from contextlib import contextmanager

from bench import filled
from workspace import ROOT, SetupError, run_main, say

SIZE = "1k orders"
PAGE = ROOT / "docs" / "FAULTS.md"


def chosen(known, only):
    """Names of the faults to try. known : {name: …}. Raises SetupError for an unknown one."""
    names = [name for name in (only or "").split(",") if name]
    for name in names:
        if name not in known:
            raise SetupError(f"ONLY={name} is not a fault. Give one of {', '.join(known)}.")
    return names or list(known)


@contextmanager
def helping(command, environ):
    """Yield what does a deed of fault_data.py inside Odoo."""
    from benchmarks import coupons_site

    with coupons_site.helping(command, environ) as process:

        def do(deed, **given):
            process.stdin.write(json.dumps([deed, given]) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"The process inside Odoo ended with {process.wait()}.")
            return json.loads(line)

        yield do


@contextmanager
def lab(hurry):
    """A trained database, and what faults are tried with."""
    data = "fault_data"
    with filled("bench_fault", [data], SIZE) as (odoo, database, folder, told):
        from benchmarks.fault_lab import Lab

        command = (sys.executable, folder / f"{data}.py", odoo.config, database)
        points = odoo.series.folder / "fault-points"
        shutil.rmtree(points, ignore_errors=True)
        points.mkdir(parents=True)
        with helping(command, odoo.environment()) as helper:
            yield Lab(odoo, odoo.server, told[data], helper, points, hurry)


def main():
    sys.path.insert(0, str(ROOT))
    from benchmarks import fault_report, faults, soak_report

    smoke = bool(os.environ.get("SMOKE"))
    names = chosen(faults.KNOWN, os.environ.get("ONLY") or (",".join(faults.SHORT) * smoke))
    findings = []
    with lab(hurry=smoke) as one:
        say(f"{one.told['rules']} rules, trained once")
        for name in names:
            say(f"{name}: {faults.KNOWN[name].__doc__.splitlines()[0]}")
            for found in faults.KNOWN[name](one):
                findings.append(found)
                print("\n".join(found.lines()), flush=True)
    print("\n" + "\n".join(fault_report.as_table(findings)))
    if not smoke and not os.environ.get("ONLY"):
        PAGE.write_text(fault_report.page(findings, soak_report.setting()))
        say(f"the report is {PAGE.relative_to(ROOT)}")
    broken = [found.name for found in findings if found.broken]
    if broken:
        print(f"\nPromises were broken: {', '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    run_main(main)
