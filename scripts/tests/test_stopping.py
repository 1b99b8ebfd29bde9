"""Commands that are stopped leave no process behind, and `make clean` takes nothing from them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import clean
import odoo_server
import postgres
import psycopg2
import pytest
import workspace
from odoo_source import Source
from workspace import SetupError

SCRIPTS = Path(workspace.__file__).parent
# Far more than a busy machine needs: only what is broken waits so long.
DEADLINE = 120
# Its clean-up takes its time, like that of Odoo and PostgreSQL: until somebody writes a line.
SLOW_TO_STOP = """
import sys
from workspace import run_main

def main():
    try:
        print("ready", flush=True)
        print("read " + sys.stdin.readline(), end="", flush=True)
        sys.stdin.readline()
    finally:
        print("cleaning", flush=True)
        sys.stdin.readline()
        print("cleaned", flush=True)

run_main(main)
"""
# Ignores polite signals and starts a helper, as a hanging Odoo with a browser does.
HANGING = """
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid, flush=True)
time.sleep(600)
"""


def start(script, number, disposition):
    """A process that begins with its own disposition of a signal, whatever ours is.

    A child inherits what is ignored, and nohup ignores SIGHUP.
    """
    before = signal.signal(number, disposition)
    try:
        return subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=SCRIPTS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_second_signal_does_not_break_off_the_clean_up(number):
    process = start(SLOW_TO_STOP, number, signal.SIG_DFL)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    assert process.stdout.readline() == "cleaning\n"
    process.send_signal(number)
    output, errors = process.communicate("go on\n", timeout=DEADLINE)
    assert (output, process.returncode) == ("cleaned\n", 130)
    assert "Traceback" not in errors


def test_nohup_is_respected():
    process = start(SLOW_TO_STOP, signal.SIGHUP, signal.SIG_IGN)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGHUP)
    process.stdin.write("a line\n")
    process.stdin.flush()
    assert process.stdout.readline() == "read a line\n"
    process.terminate()
    output, _errors = process.communicate("go on\n", timeout=DEADLINE)
    assert (output, process.returncode) == ("cleaning\ncleaned\n", 130)


@pytest.fixture
def odoo(tmp_path, monkeypatch):
    """An Odoo whose command is any Python script."""
    odoo = object.__new__(odoo_server.Odoo)
    odoo.source, odoo.series = Source(tmp_path, "17.0"), SimpleNamespace(folder=tmp_path)
    monkeypatch.setattr(odoo, "command", lambda script: [sys.executable, "-c", script])
    return odoo


def test_odoo_does_not_share_our_group_and_is_told_once(odoo):
    script = (
        "import signal, time\n"
        "told = []\n"
        "signal.signal(signal.SIGINT, lambda *args: told.append(1))\n"
        "print('ready', flush=True)\n"
        "while not told: time.sleep(0.01)\n"
        "time.sleep(0.3)\n"
        "print(len(told))\n"
    )
    with odoo.started(script, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        assert os.getpgid(process.pid) != os.getpgid(0)
    assert process.communicate() == ("1\n", None)


def test_what_a_hanging_odoo_started_ends_with_it(odoo, monkeypatch):
    monkeypatch.setattr(odoo_server, "STOP_SECONDS", 0.2)
    with odoo.started(HANGING, stdout=subprocess.PIPE, text=True) as process:
        helper = int(process.stdout.readline())
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert wait_until(lambda: not runs(helper))


def wait_until(condition, seconds=DEADLINE):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def runs(pid):
    """Whether a process is there and not a zombie that nobody has waited for."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], stdout=subprocess.PIPE, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


def test_clean_refuses_while_a_command_uses_the_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace, "RUN", tmp_path)
    clean.check_unused()
    with workspace.marked_in_use(), pytest.raises(SetupError, match=f"'kill {os.getpid()}'"):
        clean.check_unused()
    clean.check_unused()


def test_clean_is_not_held_up_by_a_command_that_was_killed(tmp_path, monkeypatch):
    """Its number may be another process by now, which nobody should be told to kill."""
    monkeypatch.setattr(workspace, "RUN", tmp_path)
    with workspace.marked_in_use():
        [mark] = tmp_path.glob("in-use-*")
        left = mark.read_text()
    mark.write_text(left)
    clean.check_unused()


def test_clean_works_where_the_packages_are_not_installed(tmp_path):
    """An interrupted set-up is just what one wants to clean."""
    (tmp_path / "psycopg2.py").write_text("raise ImportError\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    environment.pop("DB_HOST", None)
    script = "import sys, pathlib, workspace; workspace.RUN = pathlib.Path(sys.argv[1]);"
    command = [sys.executable, "-c", script + "import clean; clean.main()", str(tmp_path)]
    result = subprocess.run(command, cwd=SCRIPTS, env=environment, check=False)
    assert result.returncode == 0


class FakeServer(postgres.Server):
    """Records statements; its user may not create databases."""

    def _check_may_create(self):
        raise SetupError("ALTER ROLE")

    def _execute(self, statement, database):
        pytest.fail(f"{statement} on {database}")


def test_nothing_is_dropped_where_nothing_can_be_created():
    with pytest.raises(SetupError, match="ALTER ROLE"):
        FakeServer("", "", "", "").recreate("database")


class FakeConnection:
    """Answers every question with one row."""

    def __init__(self, row):
        self.row = row

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    cursor = __enter__

    def execute(self, *_statement):
        return None

    def fetchone(self):
        return self.row


def test_a_user_without_createdb_is_told_the_remedy(monkeypatch):
    monkeypatch.setattr(FakeConnection, "cursor", lambda self: self)
    monkeypatch.setattr(psycopg2, "connect", lambda **_: FakeConnection(("shop", False)))
    with pytest.raises(SetupError, match='user shop .*ALTER ROLE "shop" CREATEDB'):
        postgres.Server("host", "", "shop", "").recreate("database")
