"""What a series needs before a script can run: Odoo, Python packages, the addon in its place."""

import fcntl
import shutil
import sys
import venv
from contextlib import contextmanager

import build_addon
import logged
import odoo_source
from progress import Progress
from workspace import RUN, SetupError, digest, say


def prepare(series):
    """Set a series up as far as it is not yet; raises a SetupError that says what is missing."""
    check_python(series, sys.version_info[:2])
    with alone(series):
        source = odoo_source.find(series)
        ensure_venv(series)
        build_addon.provide(series, source)


@contextmanager
def alone(series):
    """Let nobody else set a series up: two commands that start at once would mix their files."""
    RUN.mkdir(exist_ok=True)
    with (RUN / f"setup-{series.name}").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def check_python(series, version):
    """Refuse a Python for which the locked packages have no wheels, before anything is removed.

    version : (major, minor).
    """
    if tuple(version) not in series.pythons:
        supported = ", ".join(f"{major}.{minor}" for major, minor in series.pythons)
        raise SetupError(
            f"Python {version[0]}.{version[1]} cannot run Odoo {series.name}: it needs one of "
            f"{supported}. Install one and name it, for example: make demo "
            "PYTHON=/usr/bin/python3.11"
        )


def ensure_venv(series):
    """Install the locked packages; an interrupted or outdated environment is made again."""
    stamp = series.venv / "complete"
    wanted = f"{sys.version_info[:2]} {digest(series.lock_file)}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say(f"making the virtual environment for Odoo {series.name} (one to three minutes)")
    shutil.rmtree(series.venv, ignore_errors=True)
    venv.create(series.venv, with_pip=True)
    install_packages(series)
    stamp.write_text(wanted)


def install_packages(series):
    """Let pip install the locked packages; a SetupError where it cannot."""
    log = series.folder / "logs" / "pip.log"
    pip = [series.python, "-m", "pip", "--disable-pip-version-check", "--no-color"]
    command = [*pip, "install", "--progress-bar=off", "--requirement", series.lock_file]
    progress = Progress()
    code = logged.follow(command, log, Packages(series.lock_file, progress))
    progress.close()
    if code:
        logged.show_end(log)
        raise SetupError(
            f"pip could not install the packages of {series.lock_file.name}; the whole log is "
            f"{log}. Check that PyPI or your mirror of it is reachable, then run the command again."
        )


class Packages:
    """Reads what pip writes, and counts the packages of a list that it has got."""

    _HAS_GOT = ("Collecting ", "Ignoring ", "Requirement already satisfied: ")
    _INSTALLS = "Installing collected packages"

    def __init__(self, lock_file, progress):
        lines = lock_file.read_text().splitlines()
        self._total = sum(bool(line) and not line.startswith("#") for line in lines)
        self._done = 0
        self._progress = progress

    def __call__(self, lines):
        """Take the next lines."""
        for line in lines:
            if line.startswith(self._INSTALLS):
                self._progress.close(complete=True)
                self._progress("installing the packages (about a minute)")
            # pip names each as it begins with it, and may name what needs it once more.
            elif line.startswith(self._HAS_GOT) and self._done < self._total:
                self._progress("getting packages", self._done, self._total)
                self._done += 1
