"""A running server that faults are tried on, and what can be asked of it meanwhile."""

import os
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from . import rpc

# Cron's workers look for jobs once a minute, plus up to ten seconds by their number.
INTERVAL = 70
OPEN = ("pending", "running")


@dataclass
class Lab:
    """odoo, server : of scripts/; told : what fault_data tells; helper : asks for trainings;
    folder : Path of the points; hurry : whether cron is woken instead of waited for."""

    odoo: Any
    server: Any
    told: dict
    helper: Any
    folder: Path
    hurry: bool = False
    process: Any = field(default=None)

    @property
    def company(self):
        return self.told["company"]

    def connect(self):
        return self.server.connect(self.told["database"])

    def rows(self, question, *values):
        """Rows of a question; of a database that is away, once it is back."""
        end = time.monotonic() + 30
        while True:
            try:
                with closing(self.connect()) as connection, connection.cursor() as cursor:
                    cursor.execute(question, values)
                    return cursor.fetchall() if cursor.description else []
            except psycopg2.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def ask(self, *kinds):
        """Ask for a training of kinds; ids of the new runs."""
        return self.helper("ask", company=self.company, kinds=list(kinds))

    def caller(self):
        login = (self.told["database"], self.told["user"], self.told["password"])
        return rpc.Caller("127.0.0.1", self.odoo.http_port, login)

    # Runs

    def run(self, number):
        """(state, attempt, error, process) of a run."""
        question = "SELECT state, attempt, error, pid FROM ai_training_run WHERE id = %s"
        return self.rows(question, number)[0]

    def ended(self, number, seconds=3 * INTERVAL):
        """Wait for the end of a run: (state, attempt, error, seconds that it took)."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            state, attempt, error, _process = self.run(number)
            if state not in OPEN:
                return state, attempt, error or "", time.monotonic() - started
            if self.hurry:
                self.wake()
            time.sleep(0.5)
        return state, attempt, error or "", time.monotonic() - started

    def wake(self):
        """Let cron look for jobs at once."""
        with suppress(psycopg2.Error), closing(self.server.connect()) as connection:
            connection.cursor().execute("SELECT pg_notify('cron_trigger', 'woken')")

    def locks(self):
        """Advisory locks of the database that somebody holds."""
        question = (
            "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
            " WHERE datname = current_database() AND locktype = 'advisory'"
        )
        return self.rows(question)[0][0]

    # Points

    def arm(self, point, deed):
        self.folder.joinpath(point).write_text(deed)

    def disarm(self):
        for file in self.folder.iterdir():
            file.unlink()

    def sprung(self, point, seconds=2 * INTERVAL):
        """Wait until a worker has come to a point; False where none has."""
        file = self.folder / point
        return self.until(lambda: not file.exists(), seconds)

    def held(self, point, seconds=2 * INTERVAL):
        """The process that is held at a point, waited for; 0 where none is."""
        file = self.folder / f"{point}.held"
        return int(file.read_text() or 0) if self.until(file.exists, seconds) else 0

    def release(self, point):
        self.folder.joinpath(f"{point}.held").unlink(missing_ok=True)

    def until(self, happened, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if happened():
                return True
            if self.hurry:
                self.wake()
            time.sleep(0.1)
        return False

    # The server

    @contextmanager
    def served(self, *options):
        """Odoo with two workers and cron in the block, and points that can be armed."""
        from odoo_server import stop, wait_until_ready

        self.disarm()
        self.process = self.start(*options)
        try:
            wait_until_ready(self.process, self.odoo.http_port)
            yield
        finally:
            stop(self.process)

    def start(self, *options):
        points = Path(__file__).with_name("fault_points.py")
        command = self.odoo.inside(points, self.told["database"])
        command += ["--workers=2", "--max-cron-threads=1"]
        command += [f"--gevent-port={self.odoo.http_port + 1}", *options]
        environ = self.odoo.environment()
        # Odoo starts anew as plain `python`, which has to be the one of the virtual environment.
        path = f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"
        log = self.folder.parent / "fault-odoo.log"
        with log.open("a") as file:
            return subprocess.Popen(
                command,
                env={
                    **environ,
                    "PATH": path,
                    # A hundred clients at once wait longer for their turn than its two seconds.
                    "ODOO_HTTP_SOCKET_TIMEOUT": "60",
                    "FAULT_POINTS": str(self.folder),
                },
                start_new_session=True,
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    def tell(self, number):
        """Send the server a signal, such as signal.SIGHUP."""
        os.kill(self.process.pid, number)

    def gone(self, seconds=60):
        """Whether the server has ended, waited for."""
        return self.until(lambda: self.process.poll() is not None, seconds)
