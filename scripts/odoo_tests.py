"""Odoo's tests of one run: its databases, its workers, and what came of them."""

import json
import os
import socket
import threading
import time
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field

import asterisk
import browser
from dispatch import Dispatcher
from odoo_log import Watch
from odoo_server import Odoo
from outcome import Outcome
from series import ALL, current
from templates import ADDON, DEPENDS, Template, Workshop, beside_it
from workspace import MODULE, ROOT, SetupError

INSIDE = ROOT / "scripts" / "inside_tests.py"
SECONDS = "test-seconds.json"
# Odoo skips a tour by itself where its browser does not come up.
BROWSER_TROUBLE = ("chrome", "websocket")


def workers_from_environment():
    """How many Odoo processes run tests at once."""
    text = os.environ.get("WORKERS") or str(min(2, os.cpu_count() or 1))
    if not text.isdecimal() or not 1 <= int(text) <= 16:
        raise SetupError(f"WORKERS={text} is no number from 1 to 16. Give for example WORKERS=2.")
    return int(text)


@dataclass
class Phase:
    """Tests that share a kind of database. codes : {worker: exit code of its process}."""

    name: str
    template: Template
    tags: str
    dispatcher: Dispatcher
    codes: dict = field(default_factory=dict)

    def worker(self, number):
        return f"{self.name}worker-{number}"

    def purpose(self, number):
        """What the database of a worker is for, as a part of its name."""
        return f"test_{self.name.replace('-', '_')}{number}"

    def outcome(self):
        return self.dispatcher.outcome(self.codes)


class Clock:
    """Wall time of the steps of a run, some of which go on side by side."""

    def __init__(self):
        self.steps = []

    @contextmanager
    def step(self, name):
        start = time.monotonic()
        try:
            yield
        finally:
            self.steps.append((name, time.monotonic() - start))


class OdooTests:
    """Runs what a selection wants of Odoo's tests.

    port : the first of the ports that the workers listen on; logs : folder for a log of each.
    """

    def __init__(self, server, chosen, crew, clock, logs, port):
        self.server = server
        self.crew = crew
        self.clock = clock
        self.logs = logs
        self.port = port
        self.workers = 1 if ":" in chosen.standard else workers_from_environment()
        # Before Odoo's configuration is written, which names its folder.
        beside = beside_it(current()) if chosen.beside else ADDON
        self.odoo = Odoo(server, port)
        self.workshop = Workshop(server, self.odoo, crew, logs)
        self.series = self.workshop.series
        self.seconds_file = self.series.folder / SECONDS
        self.seconds = self._read_seconds()
        self.standard = self._phase("", ADDON, chosen.standard, chosen.wants)
        self.beside = self._phase("beside-", beside, chosen.beside, chosen.wants)
        self.phases = [phase for phase in (self.standard, self.beside) if phase.tags]
        self.browser = self.exchange = None
        self.fonts = self.series.folder / "fonts.conf"
        self.problems = []
        self._databases = []
        self._copied = Future()

    def _read_seconds(self):
        """{class: seconds of its latest run}, on another series where it never ran on this one."""
        files = [series.folder / SECONDS for series in ALL if series != self.series]
        found = {}
        for file in [*files, self.seconds_file]:
            found |= json.loads(file.read_text()) if file.is_file() else {}
        return found

    def _phase(self, name, template, tags, wants):
        return Phase(name, template, tags, Dispatcher(self.seconds, wants, self.crew.show))

    def prepare(self):
        """What all workers need before they start."""
        self.browser = browser.provide()
        browser.write_fonts(self.fonts, self.odoo.source.addons_path())
        self.exchange = self.browser and asterisk.provide()

    def lanes(self):
        """Functions to call side by side; together they run all the tests.

        The first worker prepares what all run. Once Odoo's own modules are installed, the second
        one begins with the tests beside other modules.
        """
        beside = [self._run_beside] if self.beside.tags else []
        if not self.standard.tags:
            return [_in_turn(beside)]
        first = [self._copy_for_workers, lambda: self._work(self.standard, 1)]
        others = [[lambda n=n: self._join_in(n)] for n in range(2, self.workers + 1)]
        if others:
            others[0] = [*beside, *others[0]]
        else:
            first += beside
        return [_in_turn(lane) for lane in [first, *others]]

    def _copy_for_workers(self):
        try:
            with self.clock.step("Odoo's own modules"):
                self.workshop.provide(DEPENDS)
            with self.clock.step("the addon, and a copy for each worker"):
                self.workshop.provide(ADDON)
                for number in range(1, self.workers + 1):
                    self._copy(self.standard, number)
        except BaseException as error:
            self._copied.set_exception(error)
            raise
        self._copied.set_result(None)

    def _join_in(self, number):
        self._copied.result()
        self._work(self.standard, number)

    def _run_beside(self):
        with self.clock.step("the addon beside other modules, and a copy"):
            self.workshop.provide(self.beside.template)
            self._copy(self.beside, 1)
        self._work(self.beside, 1)

    def _copy(self, phase, number):
        database = self.series.database(phase.purpose(number))
        self._databases.append(database)
        self.workshop.copy(phase.template, database)

    def _work(self, phase, number):
        """Run an Odoo whose tests come from the phase's dispatcher, to its end."""
        worker = phase.worker(number)
        watch = Watch()
        ours, theirs = socket.socketpair()

        def serve():
            try:
                with ours.makefile() as lines:
                    phase.dispatcher.serve(worker, lines, lambda text: ours.sendall(text.encode()))
            finally:
                # Whatever went wrong here: an Odoo without an answer would wait for ever.
                ours.close()

        with self.clock.step(worker):
            service = threading.Thread(target=serve)
            service.start()
            try:
                with theirs:
                    phase.codes[worker] = self.crew.follow(
                        self._command(phase, number, theirs.fileno()),
                        self.logs / f"{worker}.log",
                        watch.to_show,
                        env=self._environment(),
                        pass_fds=[theirs.fileno()],
                    )
            finally:
                service.join()
        self.problems += watch.problems

    def _command(self, phase, number, descriptor):
        # After the workers' own ports, as one lane runs both.
        port = self.port + number - 1 + (self.workers if phase is self.beside else 0)
        database = self.series.database(phase.purpose(number))
        return [
            *Odoo(self.server, port).inside(INSIDE, database, str(descriptor), MODULE),
            f"--test-tags={phase.tags}",
            "--stop-after-init",
            "--log-handler=:WARNING",
            "--log-handler=odoo.tests.result:INFO",
            f"--log-handler=odoo.addons.{MODULE}.tests:INFO",
        ]

    def _environment(self):
        environ = self.workshop.environment() | {"FONTCONFIG_FILE": str(self.fonts)}
        if self.exchange:
            environ["SMART_RECOMMENDER_EXCHANGE"] = str(ROOT / "scripts" / "exchange.py")
        if self.browser:
            environ["PATH"] = f"{self.browser}{os.pathsep}{environ['PATH']}"
        return environ

    def outcome(self):
        total = Outcome(problems=[*self.problems, *self._skipped_for_the_browser()])
        for phase in self.phases:
            total += phase.outcome()
        return total

    def _skipped_for_the_browser(self):
        """Tours that did not run although there is a browser: nobody would miss them otherwise."""
        if self.browser is None:
            return
        for ended in self.ended().values():
            for name, reason in ended.reasons.items():
                if any(word in reason.lower() for word in BROWSER_TROUBLE):
                    yield f"{name} was skipped: {reason}"

    def ended(self):
        """{class: Ended} over all phases."""
        return {name: e for phase in self.phases for name, e in phase.dispatcher.ended.items()}

    def tidy_up(self):
        """Drop the databases of the run, and keep how long each class took."""
        for database in self._databases:
            self.workshop.drop(database)
        measured = {name: ended.seconds for name, ended in self.ended().items()}
        self.seconds_file.write_text(json.dumps({**self.seconds, **measured}, indent=1))


def _in_turn(steps):
    def lane():
        for step in steps:
            step()

    return lane
