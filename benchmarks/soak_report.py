"""`make soak` on paper: tables in Markdown."""

import math
import os
import platform
import subprocess
from contextlib import suppress
from datetime import date
from pathlib import Path

from .soak_figures import targets
from .table import verdict
from .turns import Spread

ROOT = Path(__file__).resolve().parent.parent

WORDS = {
    "without": "without the addon",
    "idle": "idle",
    "training": "training",
    "publishing": "publishing",
    "killed": "workers killed",
}
DEEDS = {
    "create": "a quotation of five lines is created",
    "write": "a quotation is changed",
    "suggestions": "suggestions",
    "large": "suggestions of 500 lines",
    "sheet": "client sheet",
    "dashboard": "dashboard",
    "nothing": "a call that does nothing",
}
COUNTED = {
    "lost": "quotations lost",
    "doubled": "quotations doubled",
    "empty": "reads of no rules",
    "mixed": "reads of rules of two trainings",
}
INTRODUCTION = """\
# Under load

Written by `make soak`. Clients create quotations of five lines (50 %), change them (20 %), read
suggestions (15 %), a client sheet (10 %) and the dashboard (5 %) over JSON-RPC; without the addon
they read the order, the client and the sales report instead. Each quotation and each change has a
UUID, and what Odoo confirmed is looked for in the database afterwards. *A call that does nothing*
tells how long a request waits while the server is busy with others.

Saving is compared with the fewest clients, in turns without the addon and with it, idle; nothing
else is asked of either side meanwhile. Rules are read all the time where something writes them.

Both servers keep Python's frames in one piece (`scripts/inside_frames.py`), as Python does by
itself since March 2026 from 3.13 on. Before, how deep Odoo calls decides how long it takes:
creating a quotation without the addon took 47, 52, 68 and 60 ms of processor with 0, 20, 40 and 60
frames more below it, and 47 and 46 ms in one piece; with the addon 52, 66, 56 and 65 ms, and 49 and
48 ms in one piece (Python 3.11.7, 5,261 order lines, medians of 120 and 150).
"""
MEANWHILE = """\
*Meanwhile* counts the trainings of all kinds that were asked for, those that were published, and
the workers that were killed.
"""


def table(cells):
    """Lines of a Markdown table, a row for each state, number of clients and deed."""
    lines = [
        "| State | Clients | Deed | Times | p50, ms | p95, ms | p95 over nothing | Failures |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    nothing = {(c.state, c.clients): c.at(0.95) for c in cells if c.deed == "nothing"}
    for cell in cells:
        ratio = cell.at(0.95) / nothing.get((cell.state, cell.clients), math.nan)
        lines.append(
            f"| {WORDS[cell.state]} | {cell.clients} | {DEEDS[cell.deed]} | {len(cell.seconds)} |"
            f" {ms(cell.at(0.5))} | {ms(cell.at(0.95))} | {number(ratio)} | {cell.failures} |"
        )
    return lines


def saved_table(saved):
    """Lines of a table of what was saved. saved : {state: Ledger.reconciled and others}."""
    names = ("saved", "lost", "doubled", "reads", "empty", "mixed", "beside")
    heads = (
        "| State | Quotations saved | Lost | Doubled | Reads of rules | Empty | Mixed | Meanwhile |"
    )
    lines = [heads, "| --- |" + " ---: |" * len(names)]
    for state, figures in saved.items():
        shown = " | ".join(str(figures.get(name, "–")) for name in names)
        lines.append(f"| {WORDS[state]} | {shown} |")
    return lines


def ms(seconds):
    return "–" if math.isnan(seconds) else f"{1e3 * seconds:.0f}"


def number(value):
    return "–" if math.isnan(value) else f"{value:.1f}"


def heading(told, plan, note):
    """What the report says before its figures. told : by soak_data.py; note : what else ran."""
    lines = [
        *setting(),
        f"- {told['lines']:,} order lines, {told['rules']:,} rules; {len(plan)} loads of",
        f"  {plan.seconds:.0f} s, states in turns, {plan.think:.0f} s between a client's deeds.",
    ]
    return lines + ([f"- Meanwhile: {note}"] if note else [])


def setting():
    """Lines on the commit, the day, the machine and Odoo."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    cores = f"{os.cpu_count()} cores of {processor()}, {memory:.0f} GB"
    return [
        f"- Commit {commit()}, {date.today():%d %B %Y}; {cores}; Odoo {series()} with two workers",
        "  and one for cron, PostgreSQL and the clients on the same machine.",
    ]


def processor():
    """The name of the processor, or the kind of machine where the system does not tell."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(": ")[2]
    return platform.machine()


def commit():
    """The commit that is measured, with a + where files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+"]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    return found.stdout.strip() or "unknown"


def series():
    return os.environ.get("SERIES", "")


def page(measured, plan, words, picture="soak.svg"):
    """(the report in Markdown, names of missed targets). picture : name of its file."""
    cells = measured.cells()
    rows, missed = judged(measured, cells, plan.clients[len(plan.clients) // 2])
    text = [
        INTRODUCTION,
        *words,
        "",
        "## Targets",
        "",
        *rows,
        "",
        f"![p95 by state and number of clients]({picture})",
        "",
        "## What was saved, and what was read of the rules",
        "",
        *saved_table(measured.saved),
        "",
        MEANWHILE,
        "## Answers",
        "",
        *table(cells),
    ]
    return "\n".join(text) + "\n", missed


def judged(measured, cells, middle):
    """(lines of a table, names of missed targets)."""
    counted = [
        (words, float(sum(saved[name] for saved in measured.saved.values())), 0)
        for name, words in COUNTED.items()
    ]
    lines, missed = ["| Target | Found | Wanted | |", "| --- | ---: | ---: | --- |"], []
    for name, found, wanted in [*counted, *targets(cells, middle)]:
        ending = verdict(found, wanted, at_least=False)
        lines.append(f"| {name} | {in_words(found)} | ≤ {wanted} | {ending} |")
        if ending == "MISSED":
            missed.append(name)
    return lines, missed


def in_words(found):
    if isinstance(found, Spread):
        return f"{found.value:.3g} ({found.low:.3g} to {found.high:.3g})"
    return f"{found:.0f}"
