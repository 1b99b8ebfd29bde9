"""Call Odoo with a configuration of ours."""

import os
import secrets
import signal
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress

import logged
import odoo_source
import queue_job
from odoo_log import Loading
from series import FIRST, current
from workspace import ROOT, SetupError, write_changed

INTERFACE = "127.0.0.1"
STOP_SECONDS = 30
COMMAND_LINE = ROOT / "scripts" / "inside_cli.py"
COUPON_KEY = "SMART_RECOMMENDER_COUPON_KEY"


class Odoo:
    """Odoo's command line on one database server."""

    def __init__(self, server, http_port):
        self.series = current()
        self.server = server
        self.source = odoo_source.find(self.series)
        self.http_port = http_port
        self.data = self.series.folder / "odoo-data"
        self.config = self.series.folder / f"odoo-{http_port}.conf"
        self._write_config(server)

    def _write_config(self, server):
        addons = [*self.source.addons_path(), self.series.addons]
        others = queue_job.folder(self.series)
        addons += [others] if others.is_dir() else []
        options = {
            "addons_path": ",".join(str(path) for path in addons),
            "data_dir": self.data,
            "db_host": server.host,
            "db_port": server.port,
            "db_user": server.user,
            "db_password": server.password,
            "http_interface": INTERFACE,
            "http_port": self.http_port,
            "list_db": False,
            "log_level": "warn",
            "max_cron_threads": 1,
        }
        # Odoo 19 warns of an empty port.
        lines = [f"{key} = {value}" for key, value in options.items() if value != ""]
        # Others of this port may be starting.
        write_changed(self.config, "[options]\n" + "\n".join(lines) + "\n", 0o600)

    def command(self, database, *arguments):
        """Arguments of a process that runs Odoo's command line on a database."""
        head = [self.series.python, COMMAND_LINE]
        if arguments and not str(arguments[0]).startswith("-"):
            head.append(arguments[0])
            arguments = arguments[1:]
        return [*head, "-c", self.config, "-d", database, *arguments]

    def inside(self, script, database, *arguments):
        """Arguments of a process that runs one of our scripts, which starts Odoo itself."""
        return [self.series.python, script, *arguments, "-c", self.config, "-d", database]

    def filestore(self, database):
        """The folder where Odoo keeps the attachments of a database."""
        return self.data / "filestore" / database

    def environment(self):
        """BLAS threads bring nothing here and share the CPU time limit of a worker. The PINs of
        coupons come from a key of this checkout."""
        return {
            COUPON_KEY: coupon_key(self.series.folder / "coupon-key"),
            **os.environ,
            "PYTHONPATH": str(self.source.path),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }

    def install(self, database, *modules, demo=False, languages=""):
        """Install modules into an empty database."""
        arguments = ["-i", ",".join(modules), "--stop-after-init"]
        if languages:
            arguments.append(f"--load-language={languages}")
        self.run(database, *arguments, *self.demo_data(demo))

    def demo_data(self, wanted):
        """Options for Odoo's demonstration data: 17.0 loads it unless told not to, 19.0 never."""
        if self.series == FIRST:
            return [] if wanted else ["--without-demo=all"]
        return ["--with-demo"] if wanted else []

    def run(self, database, *arguments):
        """Run to the end with a count of the modules; a failure ends the script with the reason.

        Everything that Odoo writes goes to a log; errors and warnings of the addon are shown too.
        """
        command = [*self.command(database, *arguments), "--log-handler=odoo.modules.loading:INFO"]
        self._follow(database, command)

    def export_terms(self, database, module, file):
        """Write the terms of a module to a .po file; 19.0 has a command of its own for it."""
        if self.series == FIRST:
            options = (f"--modules={module}", f"--i18n-export={file}", "--stop-after-init")
            command = self.command(database, *options)
        else:
            command = [self.series.python, COMMAND_LINE, "i18n", "export", "-c", self.config]
            command += ["-d", database, "-o", file, module]
        self._follow(database, command)

    def _follow(self, database, command):
        log = self.series.folder / "logs" / f"{database}.log"
        loading = Loading()
        code = logged.follow(command, log, loading, env=self.environment())
        loading.close(complete=not code)
        if code:
            logged.show_end(log)
            raise SetupError(
                f"Odoo ended with code {code}; the whole log is {log}. 'make clean' and the same "
                "command again start afresh."
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
            stop(process)

    def call(self, script, database, *arguments, expected=(0,)):
        """Run one of our scripts inside Odoo's Python environment. Returns its code.

        expected : codes that are no failure.
        """
        result = subprocess.run(
            [self.series.python, script, self.config, database, *arguments],
            env=self.environment(),
            check=False,
        )
        if result.returncode not in expected:
            raise SetupError(f"{script.name} ended with code {result.returncode}, see above.")
        return result.returncode


def coupon_key(path):
    """The key that a file keeps, which is made where it is missing. path : Path."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Complete from the first moment on: another command may make it too.
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file, suppress(FileExistsError):
            file.write(secrets.token_hex(32))
            file.flush()
            os.link(file.name, path)
    return path.read_text()


def wait_until_ready(process, port, seconds=120):
    for _attempt in range(seconds * 2):
        if process.poll() is not None:
            raise SetupError("Odoo did not start; the reason is in the log above.")
        try:
            # A static file makes Odoo read every manifest, which some versions of CPython 3.11 do
            # not survive in several threads at once (SystemError in ast.parse).
            url = f"http://{INTERFACE}:{port}/web/static/img/favicon.ico"
            urllib.request.urlopen(url, timeout=30).close()
            return
        except OSError:
            time.sleep(0.5)
    raise SetupError(f"Odoo did not answer within {seconds} seconds; see the log above.")


def stop(*processes):
    """End processes that lead sessions, and what they started: browsers outlive a killed Odoo."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    end = time.monotonic() + STOP_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0, end - time.monotonic()))
        # macOS denies where only zombies are left.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
