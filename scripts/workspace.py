"""Where things are, and how the scripts talk. Standard library only: it runs before the set-up."""

import fcntl
import hashlib
import os
import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

MODULE = "smart_recommender"
ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
# The exit code of a command that did its work, where somebody should look at it before it is used.
DOUBTFUL = 3
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class SetupError(Exception):
    """Something a person has to put right; the message says how."""


def say(message):
    print(f"» {message}", flush=True)


def write_changed(file, text, mode=0o644):
    """Write a file that others may be reading, where it says something else: they find the old one
    or the new one, whole."""
    if file.is_file() and file.read_text() == text:
        return
    fresh = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}")
    fresh.touch(mode)
    fresh.write_text(text)
    fresh.chmod(mode)
    fresh.replace(file)


def in_words(counts):
    """The closing line of tests. counts : {"passed", "failed", "skipped": int}, zero if absent."""
    skipped = f", {counts['skipped']} skipped" if counts.get("skipped") else ""
    return f"{counts.get('passed', 0)} passed, {counts.get('failed', 0)} failed{skipped}"


def port_from(name, default):
    """The port that an environment variable names."""
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SetupError(
            f"{name}={text} is not a port. Give a number from 1 to 65535, for example "
            f"{name}={default}."
        )
    return int(text)


@contextmanager
def marked_in_use():
    """Tell `make clean` that a command uses what it removes.

    A lock says so, for it ends with its process, however that ends; a number alone may be another
    process by now.
    """
    mark = RUN / f"in-use-{os.getpid()}"
    with mark.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(f"{Path(sys.argv[0]).name} (process {os.getpid()})")
        file.flush()
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)


def users():
    """Process id and description of each command that uses what `make clean` removes."""
    return {
        mark.name.rpartition("-")[2]: mark.read_text()
        for mark in sorted(RUN.glob("in-use-*"))
        if _is_locked(mark)
    }


def _is_locked(path):
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def stop_once():
    """Let the first signal to stop end a script through its clean-up, and ignore later ones.

    An impatient Ctrl-C, or `make` and its whole group told at once, would break off the clean-up
    and leave servers behind; so would a terminal that is closed, as Odoo runs in a session of its
    own.
    """

    def stop(_number, _frame):
        for number in STOP_SIGNALS:
            # A function and not SIG_IGN, which the programs of the clean-up would inherit.
            signal.signal(number, lambda *_ignored: None)
        raise KeyboardInterrupt

    for number in STOP_SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
            signal.signal(number, stop)


def run_main(main):
    """Run a script's main and turn expected failures into a message and an exit code."""
    stop_once()
    try:
        sys.exit(main() or 0)
    except SetupError as error:
        print(f"\nError: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)


def cache_home():
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def digest(*paths):
    """SHA-256 over names and contents of files and folders, whatever their order on disk."""
    result = hashlib.sha256()
    for path in paths:
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                result.update(str(file.relative_to(ROOT)).encode())
                result.update(file.read_bytes())
    return result.hexdigest()
