"""The versions that were released, as git's history knows them."""

import ast
import io
import subprocess
import tarfile
from pathlib import Path

from workspace import MODULE, ROOT

MANIFEST = "__manifest__.py"


def commits():
    """{version: the last commit that had it}, the oldest first; empty without a history.

    A version ends with the commit before the one that gives the manifest another one.
    """
    log = _git("log", "--first-parent", "--format=%H %P", "--", MANIFEST)
    found = {}
    for line in log.splitlines():
        commit, *parents = line.split()
        before = parents and _version(parents[0])
        if before and before != _version(commit):
            found.setdefault(before, parents[0])
    return dict(reversed(found.items()))


def unpack(commit, folder):
    """The addon as it was at a commit, below a folder, on the libraries of today."""
    archive = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, capture_output=True, check=True
    ).stdout
    addon = Path(folder, MODULE)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(addon, filter="data")
    # The first versions asked for it, and only their benchmarks used it.
    manifest = addon / MANIFEST
    manifest.write_text(manifest.read_text().replace('"mlxtend", ', ""))


def _version(commit):
    """The version at a commit; None where the history does not reach so far."""
    manifest = _git("show", f"{commit}:{MANIFEST}")
    return ast.literal_eval(manifest)["version"] if manifest else None


def _git(*arguments):
    """What git prints; nothing where it fails, as it does in a copy without a history."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout
