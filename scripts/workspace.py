"""Where things are, and how the scripts talk. Standard library only: it runs before the set-up."""

import hashlib
import os
import sys
from pathlib import Path

MODULE = "smart_recommender"
ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
VENV = RUN / "venv"
VENV_PYTHON = VENV / "bin" / "python"
LOCK_FILE = ROOT / "requirements-lock.txt"
ADDONS = RUN / "addons"
DEMO_DATABASE = f"{MODULE}_demo"
TEST_DATABASE = f"{MODULE}_test"
# Holds the process id of a demo that is being served.
SERVING_MARK = RUN / "serving.pid"


class SetupError(Exception):
    """Something a person has to put right; the message says how."""


def say(message):
    print(f"» {message}", flush=True)


def port_from(name, default):
    """The port that an environment variable names."""
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SetupError(
            f"{name}={text} is not a port. Give a number from 1 to 65535, for example "
            f"{name}={default}."
        )
    return int(text)


def run_main(main):
    """Run a script's main and turn expected failures into a message and an exit code."""
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
