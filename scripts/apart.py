"""The addon without one of its subjects: what is left of it must install.

A copy of the addon, as the series wants it, loses the subject's folders and its lines in the
manifest and the packages (see :func:`house.remove`), and is installed on Odoo's own modules.
"""

import shutil

import house
from odoo_log import Watch
from odoo_server import Odoo
from outcome import Outcome
from templates import DEPENDS, Workshop
from workspace import MODULE

# Subjects that claim it; every later one is to.
REMOVABLE = ("anomaly", "call", "experiment")


def wanted(chosen):
    """The subjects to try the addon without. chosen : Selection."""
    if MODULE not in chosen.standard or ":" in chosen.standard:
        return ()
    return REMOVABLE if chosen.words is None or chosen.words else ()


class Apart:
    """Installs the addon without subjects, one after the other."""

    def __init__(self, server, port, crew, clock, logs):
        self.odoo = Odoo(server, port)
        self.workshop = Workshop(server, self.odoo, crew, logs)
        self.crew = crew
        self.clock = clock
        self.logs = logs

    def outcome(self, words):
        """Outcome of the installations without each of some subjects."""
        total = Outcome()
        if words:
            self.workshop.provide(DEPENDS)
        for word in words:
            with self.clock.step(f"the addon without {word}"):
                total += self._without(word)
        return total

    def _without(self, word):
        series = self.odoo.series
        addons = series.folder / "apart" / word
        database = series.database(f"apart_{word}")
        shutil.rmtree(addons, ignore_errors=True)
        shutil.copytree(series.addons / MODULE, addons / MODULE, ignore=_not_read)
        house.remove(addons / MODULE, word)
        self.workshop.copy(DEPENDS, database)
        try:
            return self._installed(word, addons, database)
        finally:
            self.workshop.drop(database)
            shutil.rmtree(addons)

    def _installed(self, word, addons, database):
        path = ",".join(str(folder) for folder in [*self.odoo.source.addons_path(), addons])
        command = self.odoo.command(database, "-i", MODULE, f"--addons-path={path}")
        command += ["--stop-after-init", "--no-http", *self.odoo.demo_data(False)]
        log, watch = self.logs / f"without-{word}.log", Watch()
        code = self.crew.follow(
            [*command, "--log-handler=:WARNING"],
            log,
            watch.to_show,
            env=self.workshop.environment(),
        )
        problems = [f"Without {word}: {line}" for line in watch.problems]
        if code:
            problems.append(f"The addon without {word} did not install; see {log}.")
        return Outcome(problems=problems) if problems else Outcome(passed=1)


def _not_read(_folder, names):
    """What an installation never reads: tests, caches, and what only people run."""
    return {"__pycache__", "demo", "docs", "bulk_load"} & set(names)
