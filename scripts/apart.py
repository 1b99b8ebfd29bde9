"""The addon without some of its subjects: what is left of it must install.

A copy of the addon, as the series wants it, loses the subjects' folders and their lines in the
manifest and the packages (see :func:`house.remove`), as do those that use them, and is installed on
Odoo's own modules. On the first series several are left out at a time, so that each is missing
where each other one is there; others run the same code, and do without all at once.
"""

import shutil
from itertools import combinations

import house
import numpy as np
from odoo_log import Watch
from odoo_server import Odoo
from outcome import Outcome
from scipy.optimize import Bounds, LinearConstraint, milp
from series import FIRST
from templates import DEPENDS, INSTALL_SECONDS, Workshop
from workspace import MODULE

# Subjects that claim it; every later one is to.
REMOVABLE = (
    "anomaly",
    "call",
    "coupon",
    "deposit",
    "experiment",
    "indicator",
    "rating",
    "telephony",
    "treasury",
)


def wanted(chosen, series):
    """Tuples of subjects to try the addon without. chosen : Selection; series : Series."""
    if MODULE not in chosen.standard or ":" in chosen.standard:
        return ()
    if chosen.words is not None and not chosen.words:
        return ()
    return rounds(REMOVABLE, house.allowed()) if series == FIRST else (REMOVABLE,)


def rounds(words, table):
    """Tuples of subjects to leave out, one after the other: as few as will do.

    Whether one subject needs another shows where that one is missing and it is there itself; what
    uses another one by right goes with it, and needs no showing. Which tuples together show each
    pair is a set cover (Karp 1972), solved as an integer program. table : :func:`house.allowed`.
    """
    missing = {word: house.dependants((word,), table) for word in words}
    groups = [group for size in range(1, len(words)) for group in combinations(words, size)]
    gone = [set().union(*(missing[word] for word in group)) for group in groups]
    shown = np.array(
        [
            [one in lost and other not in lost for lost in gone]
            for one in words
            for other in words
            if other not in missing[one]
        ]
    )
    each, once = np.ones(len(groups)), LinearConstraint(shown, lb=1)
    found = milp(each, constraints=once, integrality=each, bounds=Bounds(0, 1))
    return tuple(group for group, taken in zip(groups, found.x > 0.5, strict=True) if taken)


class Apart:
    """Installs the addon without subjects, one after the other."""

    def __init__(self, server, port, crew, clock, logs):
        self.odoo = Odoo(server, port)
        self.workshop = Workshop(server, self.odoo, crew, logs)
        self.crew = crew
        self.clock = clock
        self.logs = logs

    def outcome(self, groups):
        """Outcome of the installations without the subjects of each tuple."""
        total = Outcome()
        if groups:
            self.workshop.provide(DEPENDS)
        for words in groups:
            with self.clock.step(f"the addon without {', '.join(words)}"):
                total += self._without(words)
        return total

    def _without(self, words):
        series, name = self.odoo.series, "_".join(words)
        addons = series.folder / "apart" / name
        database = series.database("apart")
        shutil.rmtree(addons, ignore_errors=True)
        shutil.copytree(series.addons / MODULE, addons / MODULE, ignore=_not_read)
        for word in house.dependants(words, house.allowed()):
            house.remove(addons / MODULE, word)
        self.workshop.copy(DEPENDS, database)
        try:
            return self._installed(name, addons, database)
        finally:
            self.workshop.drop(database)
            shutil.rmtree(addons)

    def _installed(self, name, addons, database):
        path = ",".join(str(folder) for folder in [*self.odoo.source.addons_path(), addons])
        command = self.odoo.command(database, "-i", MODULE, f"--addons-path={path}")
        command += ["--stop-after-init", "--no-http", *self.odoo.demo_data(False)]
        log, watch = self.logs / f"without-{name}.log", Watch()
        code = self.crew.follow(
            [*command, "--log-handler=:WARNING"],
            log,
            watch.to_show,
            seconds=INSTALL_SECONDS,
            env=self.workshop.environment(),
        )
        problems = [f"Without {name}: {line}" for line in watch.problems]
        if code:
            problems.append(f"The addon without {name} did not install; see {log}.")
        return Outcome(problems=problems) if problems else Outcome(passed=1)


def _not_read(_folder, names):
    """What an installation never reads: tests, caches, and what only people run."""
    return {"__pycache__", "demo", "docs", "bulk_load"} & set(names)
