"""Where Odoo itself comes from: a folder that you name, the cache, or the network."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import debian
import logged
from progress import Progress
from series import FIRST, NEXT
from workspace import MODULE, RUN, SetupError, cache_home, say

REPOSITORY = "https://github.com/odoo/odoo.git"
REACH_SECONDS = 30
DIST_PACKAGES = Path("usr") / "lib" / "python3" / "dist-packages"
_VERSION = re.compile(r"^version_info = \((\d+), (\d+),", re.MULTILINE)
_RECEIVED = re.compile(r"^Receiving objects: +(\d+)%")


@dataclass(frozen=True)
class Source:
    """Odoo's own Python tree: what goes on PYTHONPATH, and its series, "17.0"."""

    path: Path
    series: str

    def addons_path(self):
        """Odoo's addons: its repository and its packages lay them out differently."""
        return [
            path for path in (self.path / "addons", self.path / "odoo" / "addons") if path.is_dir()
        ]


def read(folder, origin):
    """The Odoo in a folder: a checkout, an unpacked tarball or an unpacked Debian package."""
    for path in (folder, folder / DIST_PACKAGES):
        release = path / "odoo" / "release.py"
        version = release.is_file() and _VERSION.search(release.read_text())
        if version:
            return Source(path, ".".join(version.groups()))
    raise SetupError(f"{folder} (from {origin}) holds no Odoo sources.")


def named():
    """The Odoo that ODOO_SRC names; None where it names none."""
    folder = os.environ.get("ODOO_SRC")
    return read(Path(folder).expanduser(), "ODOO_SRC") if folder else None


def find(series):
    """Odoo of a series, brought here if it is nowhere yet; raises a SetupError with the remedy."""
    try:
        source = named()
        if source and source.series == series.name:
            return source
        cached = cache_home() / MODULE / f"odoo-{series.name}"
        if not cached.exists():
            _BRING[series](cached)
        source = read(cached, "the cache")
        if source.series != series.name:
            raise SetupError(f"{cached} is not Odoo {series.name} but {source.series}.")
        return source
    except SetupError as error:
        raise SetupError(f"{error} {how_to_give(series)}") from error


def how_to_give(series):
    """The ways to give Odoo of a series, in words."""
    cached = cache_home() / MODULE / f"odoo-{series.name}"
    network = {
        FIRST: f"let git reach {REPOSITORY}",
        NEXT: "use a Debian-like system whose apt sources name a mirror that has the suite "
        f"{debian.SUITE}",
    }[series]
    return (
        f"There are three ways to give Odoo {series.name}: set ODOO_SRC to a folder with it; "
        f"unpack it into {cached}; or {network}, and run the command again."
    )


def _clone(target):
    # A closed network that answers nothing would keep git waiting for minutes.
    _git("ls-remote", "--heads", REPOSITORY, FIRST.name, seconds=REACH_SECONDS)
    say(f"cloning Odoo {FIRST.name} into {target} (about 200 MB)")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Cloned beside and renamed: an interrupted clone must not look like a finished one.
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        _clone_into(partial)
        partial.rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _clone_into(folder):
    log = FIRST.folder / "logs" / "git.log"
    progress = Progress()

    def watch(lines):
        for line in lines:
            percent = _RECEIVED.search(line)
            if percent:
                progress("receiving Odoo, percent", int(percent[1]), 100)

    source = ["--depth=1", f"--branch={FIRST.name}", REPOSITORY]
    code = logged.follow(
        ["git", "clone", "--progress", *source, folder], log, watch, env=_environment()
    )
    progress.close()
    if code:
        logged.show_end(log)
        raise SetupError(f"git could not get {REPOSITORY}; the whole log is {log}.")


def _git(*arguments, seconds):
    """Run a command that says little; a SetupError where it fails or takes longer."""
    try:
        result = subprocess.run(
            ["git", *arguments],
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=seconds,
        )
    except FileNotFoundError as error:
        raise SetupError("git is missing: install it.") from error
    except subprocess.TimeoutExpired as error:
        raise SetupError(f"git could not reach {REPOSITORY} within {seconds} seconds.") from error
    if result.returncode:
        reason = (result.stdout.strip().splitlines() or ["git said nothing"])[-1].strip(". ")
        raise SetupError(f"git could not get {REPOSITORY}: {reason}.")


def _environment():
    """git asks nobody for a password, and writes what we read in English."""
    return {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _unpack(target):
    debian.unpack(target, RUN / NEXT.name / "debian")


_BRING = {FIRST: _clone, NEXT: _unpack}
