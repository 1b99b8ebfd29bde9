"""Which tests a run is asked for: all of them, those of ONLY, or with CHANGED=1 those of the
subjects that differ from HEAD and of what builds on these.
"""

import os
import subprocess
from dataclasses import dataclass

import house
from workspace import MODULE, ROOT, SetupError

PURE = "tests/algorithms"
SCRIPTS = "scripts"
WITH_MODULES = "with_modules"


@dataclass(frozen=True)
class Selection:
    """What to run.

    pure : paths for pytest; standard, beside : tags of Odoo's tests on either database, empty for
    none; words : the subjects whose tests are wanted, None for all; why : a line for the terminal.
    """

    pure: tuple = ()
    standard: str = ""
    beside: str = ""
    words: frozenset | None = None
    why: str = ""

    def wants(self, name):
        """Whether a test class, named with its module, is asked for."""
        if self.words is None:
            return True
        _head, _tests, below = name.partition(f".{MODULE}.tests.")
        folder = below.partition(".")[0]
        # Tests in no subject's folder look at the whole house.
        return folder.startswith("test_") or folder in self.words


EVERYTHING = Selection((PURE, f"{SCRIPTS}/tests"), f"/{MODULE}", f"{WITH_MODULES}/{MODULE}")


def from_environment():
    only = os.environ.get("ONLY", "")
    changed = os.environ.get("CHANGED", "") not in ("", "0")
    if only and changed:
        raise SetupError("Give one of ONLY and CHANGED: both choose the tests to run.")
    if changed:
        return of_changes(changed_paths())
    return of_only(only) if only else EVERYTHING


def of_only(only):
    if only == "pure":
        return Selection(EVERYTHING.pure)
    if WITH_MODULES in only:
        return Selection(beside=only)
    return Selection(standard=only)


def changed_paths():
    """Paths that differ from HEAD, with both names of what was moved, and untracked ones."""
    untracked = _git("ls-files", "--others", "--exclude-standard", "-z")
    return untracked | _git("diff", "--name-only", "--no-renames", "--relative", "-z", "HEAD")


def _git(*arguments):
    """The paths that a command of git prints."""
    try:
        result = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise SetupError("CHANGED=1 needs git: install it.") from error
    if result.returncode:
        raise SetupError(
            f"CHANGED=1 asks git what differs from HEAD, and git says: {result.stderr.strip()}. "
            "Run 'make test' without it."
        )
    return set(result.stdout.split("\0")) - {""}


def of_changes(paths, table=None):
    """The selection for a set of changed paths.

    table : {subject: set of what it uses}, the house's own by default.
    """
    table = table or house.allowed()
    touched = {label for label in (label_of(path, table) for path in paths) if label}
    words = house.dependants(touched - {SCRIPTS}, table)
    # The scripts' tests walk the addon's code too, and take little time.
    scripts = (f"{SCRIPTS}/tests",) if touched else ()
    return Selection(
        (*_folders(PURE, words), *scripts),
        EVERYTHING.standard if any(_tests(words)) else "",
        EVERYTHING.beside if any(map(_is_beside, _tests(words))) else "",
        frozenset(words),
        _why(touched, words - touched),
    )


def label_of(path, subjects):
    """The subject of a changed path; "scripts"; None for what no test looks at."""
    top = path.partition("/")[0]
    if path.endswith(".md") or top == "docs":
        return None
    if top == SCRIPTS:
        return SCRIPTS
    return house.word_of(path, subjects) or house.CORE


def _folders(parent, words):
    return [f"{parent}/{word}" for word in sorted(words) if (ROOT / parent / word).is_dir()]


def _tests(words):
    for folder in _folders("tests", words):
        yield from (ROOT / folder).rglob("test_*.py")


def _is_beside(path):
    return f'"{WITH_MODULES}"' in path.read_text()


def _why(touched, added):
    if not touched:
        return "nothing that a test looks at differs from HEAD"
    because = f"; {', '.join(sorted(added))} because they build on it" if added else ""
    return f"tests of {', '.join(sorted(touched))}, which differ from HEAD{because}"
