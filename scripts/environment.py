"""What a series needs before a script can run: Odoo, Python packages, the addon in its place."""

import shutil
import subprocess
import sys
import venv

import build_addon
import odoo_source
from workspace import RUN, SetupError, digest, say


def prepare(series):
    """Set a series up as far as it is not yet; raises a SetupError that says what is missing."""
    check_python(series, sys.version_info[:2])
    RUN.mkdir(exist_ok=True)
    source = odoo_source.find(series)
    ensure_venv(series)
    build_addon.provide(series, source)


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
    """Install the locked packages; an interrupted or outdated environment is made anew."""
    stamp = series.venv / "complete"
    wanted = f"{sys.version_info[:2]} {digest(series.lock_file)}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say(f"making the virtual environment for Odoo {series.name} (one to three minutes)")
    shutil.rmtree(series.venv, ignore_errors=True)
    venv.create(series.venv, with_pip=True)
    pip = [series.python, "-m", "pip", "--disable-pip-version-check"]
    command = [*pip, "install", "--quiet", "--requirement", series.lock_file]
    if subprocess.run(command, check=False).returncode:
        raise SetupError(
            f"pip could not install the packages of {series.lock_file.name} (see above). Check "
            "that PyPI or your mirror of it is reachable, then run the command again."
        )
    stamp.write_text(wanted)
