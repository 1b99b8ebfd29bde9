"""Call Odoo with a configuration of ours."""

import os
import signal
import subprocess
from contextlib import contextmanager, suppress

from environment import addons_path, find_odoo
from workspace import RUN, VENV_PYTHON, SetupError

INTERFACE = "127.0.0.1"
STOP_SECONDS = 30


class Odoo:
    """Odoo's command line on one database server."""

    def __init__(self, server, http_port):
        self.source = find_odoo()
        self.http_port = http_port
        self.config = RUN / f"odoo-{http_port}.conf"
        self._write_config(server)

    def _write_config(self, server):
        options = {
            "addons_path": ",".join(str(path) for path in addons_path(self.source)),
            "data_dir": RUN / "odoo-data",
            "db_host": server.host or False,
            "db_port": server.port or False,
            "db_user": server.user or False,
            "db_password": server.password or False,
            "http_interface": INTERFACE,
            "http_port": self.http_port,
            "list_db": False,
            "log_level": "warn",
            "max_cron_threads": 1,
        }
        lines = [f"{key} = {value}" for key, value in options.items()]
        self.config.write_text("[options]\n" + "\n".join(lines) + "\n")
        self.config.chmod(0o600)

    def command(self, database, *arguments):
        """Arguments of a process that runs odoo-bin on a database."""
        head = [VENV_PYTHON, self.source / "odoo-bin"]
        if arguments and not str(arguments[0]).startswith("-"):
            head.append(arguments[0])
            arguments = arguments[1:]
        return [*head, "-c", self.config, "-d", database, *arguments]

    def environment(self):
        """BLAS threads bring nothing here and share the CPU time limit of a worker."""
        return {
            **os.environ,
            "PYTHONPATH": str(self.source),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }

    def run(self, database, *arguments):
        """Run to the end; a failure ends the script with the place to look."""
        result = subprocess.run(
            self.command(database, *arguments), env=self.environment(), check=False
        )
        if result.returncode:
            raise SetupError(
                f"Odoo ended with code {result.returncode}; the reason is in the log above. 'make "
                "clean' and the same command again start afresh."
            )

    @contextmanager
    def started(self, database, *arguments, **options):
        """Run Odoo beside us, and end it with the block.

        In a session of its own: Ctrl-C reaches the whole group of a terminal, and Odoo takes the
        second signal, ours, for an order to stop at once.
        """
        process = subprocess.Popen(
            self.command(database, *arguments),
            env=self.environment(),
            start_new_session=True,
            **options,
        )
        try:
            yield process
        finally:
            _stop(process)

    def call(self, script, database, *arguments):
        """Run one of our scripts inside Odoo's Python environment."""
        result = subprocess.run(
            [VENV_PYTHON, script, self.config, database, *arguments],
            env=self.environment(),
            check=False,
        )
        if result.returncode:
            raise SetupError(f"{script.name} ended with code {result.returncode}, see above.")


def _stop(process):
    """End a process that leads a session, and what it started: browsers outlive a killed Odoo."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=STOP_SECONDS)
    with suppress(ProcessLookupError, PermissionError):  # macOS denies where only zombies are left
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
