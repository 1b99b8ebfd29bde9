"""Make the virtual environment and find Odoo 17. Runs under the system's Python."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from workspace import (
    ADDONS,
    LOCK_FILE,
    MODULE,
    ROOT,
    RUN,
    VENV,
    VENV_PYTHON,
    SetupError,
    cache_home,
    digest,
    run_main,
    say,
)

SERIES = "17.0"
PYTHONS = ((3, 10), (3, 11), (3, 12))
REPOSITORY = "https://github.com/odoo/odoo.git"
STAMP = VENV / "complete"
NOT_ADDON = ("node_modules", "scripts", "benchmarks", "__pycache__")


def check_python(version):
    """Refuse a Python for which the locked packages have no wheels, before anything is removed.

    version : (major, minor).
    """
    if tuple(version) not in PYTHONS:
        supported = ", ".join(f"{major}.{minor}" for major, minor in PYTHONS)
        raise SetupError(
            f"Python {version[0]}.{version[1]} cannot run Odoo {SERIES}: it needs one of "
            f"{supported}. Install one and name it, for example: make demo "
            "PYTHON=/usr/bin/python3.11"
        )


def ensure_venv():
    """Install the locked packages; an interrupted or outdated environment is made anew."""
    wanted = f"{sys.version_info[:2]} {digest(LOCK_FILE)}"
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    say("making the virtual environment (one to three minutes)")
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True)
    pip = [VENV_PYTHON, "-m", "pip", "--disable-pip-version-check"]
    result = subprocess.run([*pip, "install", "--quiet", "--requirement", LOCK_FILE], check=False)
    if result.returncode:
        raise SetupError(
            "pip could not install the packages of requirements-lock.txt (see above). Check that "
            "PyPI or your mirror of it is reachable, then run the command again."
        )
    STAMP.write_text(wanted)


def find_odoo():
    """The folder of Odoo's own sources, cloned if it is nowhere yet."""
    named = os.environ.get("ODOO_SRC")
    if named:
        return _checked(Path(named).expanduser(), "ODOO_SRC")
    cached = cache_home() / MODULE / f"odoo-{SERIES}"
    if not cached.exists():
        _clone(cached)
    return _checked(cached, "the cache")


def _checked(folder, origin):
    release = folder / "odoo" / "release.py"
    if not (folder / "odoo-bin").is_file() or not release.is_file():
        raise SetupError(f"{folder} (from {origin}) holds no Odoo sources. {_three_ways()}")
    if "version_info = (17, 0," not in release.read_text():
        raise SetupError(f"{folder} (from {origin}) is not Odoo {SERIES}. {_three_ways()}")
    return folder


def _clone(target):
    say(f"cloning Odoo {SERIES} into {target} (about 200 MB)")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Cloned beside and renamed: an interrupted clone must not look like a finished one.
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    command = ["git", "clone", "--depth=1", f"--branch={SERIES}", REPOSITORY, partial]
    try:
        subprocess.run(command, check=True, env={**os.environ, "GIT_TERMINAL_PROMPT": "0"})
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise SetupError(f"Odoo {SERIES} could not be cloned. {_three_ways()}") from error
    partial.rename(target)


def _three_ways():
    return (
        f"There are three ways to give it: set ODOO_SRC to a folder with Odoo {SERIES}; unpack "
        f"its sources into {cache_home() / MODULE / f'odoo-{SERIES}'}; or make sure that git can "
        f"reach {REPOSITORY} and run the command again."
    )


def addons_path(odoo):
    """Odoo's addons (its repository and its tarball lay them out differently) and ours."""
    candidates = [odoo / "addons", odoo / "odoo" / "addons"]
    return [path for path in candidates if path.is_dir()] + [ADDONS]


def link_addon():
    """Show the checkout to Odoo under its technical name, whatever its folder is called.

    Each part is linked by itself: a link to the checkout as a whole would contain itself, and Odoo
    would follow it for ever when it looks for terms to translate.
    """
    addon = ADDONS / MODULE
    addon.mkdir(parents=True, exist_ok=True)
    wanted = {
        part.name: part
        for part in ROOT.iterdir()
        if not part.name.startswith(".") and part.name not in NOT_ADDON
    }
    # Only differences are touched: a demo may be serving from these links.
    for link in addon.iterdir():
        if wanted.get(link.name) != link.readlink():
            link.unlink()
    for name, part in wanted.items():
        if not (addon / name).is_symlink():
            (addon / name).symlink_to(part)


def main():
    check_python(sys.version_info[:2])
    RUN.mkdir(exist_ok=True)
    find_odoo()
    ensure_venv()
    link_addon()


if __name__ == "__main__":
    run_main(main)
