"""OCA's queue_job (LGPL-3), which only tests and `make cluster` use: from the Python package index,
kept in the cache. Where it cannot be had, what needs it is left out with a line."""

import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from workspace import MODULE, cache_home, say

NAME = "queue_job"
VERSIONS = {"17.0": "17.0.1.5.4", "19.0": "19.0.2.4.0.1"}


def folder(series):
    """The folder of addons that it is shown in, whether it is there or not."""
    return series.folder / "others"


def provide(series):
    """("queue_job",) once Odoo finds it, () where it cannot be had."""
    version = VERSIONS[series.name]
    cached = cache_home() / MODULE / f"{NAME}-{version}"
    if not cached.is_dir() and not _fetch(series, version, cached):
        return ()
    link = folder(series) / NAME
    if not link.exists() or link.readlink() != cached:
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(cached)
    return (NAME,)


def _fetch(series, version, target):
    """Bring it into the cache. Returns whether that went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as place:
        result = subprocess.run(
            [series.python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", place]
            + ["--only-binary=:all:", f"odoo-addon-queue-job=={version}"],
            capture_output=True,
            text=True,
            check=False,
        )
        wheels = list(Path(place).glob("*.whl"))
        if result.returncode or not wheels:
            reason = (result.stderr.strip().splitlines() or ["pip said nothing"])[-1]
            say(f"queue_job {version} cannot be had, and tests with it are skipped: {reason}")
            return False
        with zipfile.ZipFile(wheels[0]) as wheel:
            wheel.extractall(place)
        # Another command may have been faster.
        if not target.is_dir():
            shutil.move(Path(place, "odoo", "addons", NAME), target)
    return True
