"""Processes side by side do not mix their lines, and none outlives the run."""

import os
import sys
import time

import odoo_server
import pytest
from crew import Crew, Stopped

TALKING = "for n in range(200): print('{0}' * 3000, n, flush=True)"
# A shell lets what it starts in the background ignore SIGINT.
WAITING = (
    "import signal, time; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "print('ready', flush=True); time.sleep(600)"
)
DEADLINE = 60


def python(script):
    return [sys.executable, "-c", script]


def test_lines_of_two_processes_stay_whole_on_the_terminal_and_in_their_logs(tmp_path, capsys):
    crew = Crew()

    def talk(letter):
        return lambda: crew.follow(
            python(TALKING.format(letter)), tmp_path / letter, lambda lines: lines
        )

    assert crew.run(talk("a"), talk("b")) == [0, 0]
    printed = capsys.readouterr().out.splitlines()
    for letter in "ab":
        wanted = [f"{letter * 3000} {n}" for n in range(200)]
        assert [line for line in printed if line.startswith(letter)] == wanted
        assert (tmp_path / letter).read_text().splitlines() == wanted
    assert len(printed) == 400


def test_a_last_line_without_its_end_is_seen_and_the_exit_code_returned(tmp_path):
    seen = []
    script = "import sys; sys.stdout.write('half'); sys.stdout.flush(); sys.exit(3)"

    def watch(lines):
        seen.extend(lines)
        return []

    assert Crew().follow(python(script), tmp_path / "log", watch) == 3
    assert seen == ["half"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_task_that_fails_ends_the_processes_of_the_others(tmp_path, error):
    crew = Crew()
    log = tmp_path / "log"
    pids = []

    def wait_for_ever():
        with crew.process(python(WAITING)) as process:
            pids.append(process.pid)
            process.wait()

    def fail():
        end = time.monotonic() + DEADLINE
        while not pids and time.monotonic() < end:
            time.sleep(0.01)
        raise error

    start = time.monotonic()
    with pytest.raises(error):
        crew.run(wait_for_ever, fail)
    assert time.monotonic() - start < 600
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)
    with pytest.raises(Stopped):
        crew.follow(python("print()"), log, list)


def test_a_process_that_ignores_the_polite_signal_is_killed(monkeypatch, tmp_path):
    monkeypatch.setattr(odoo_server, "STOP_SECONDS", 0.2)
    crew = Crew()
    script = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN);" + WAITING
    ready = []

    def hang():
        crew.follow(python(script), tmp_path / "log", lambda lines: ready.extend(lines) or [])

    def fail():
        end = time.monotonic() + DEADLINE
        while not ready and time.monotonic() < end:
            time.sleep(0.01)
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        crew.run(hang, fail)


def test_what_a_process_leaves_behind_does_not_hold_up_the_run(tmp_path):
    """A browser that outlives its Odoo keeps the other end of its output open."""
    child = "import time; print('left behind', flush=True); time.sleep(600)"
    script = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}])"
    start = time.monotonic()
    assert Crew().follow(python(script), tmp_path / "log", list) == 0
    assert time.monotonic() - start < DEADLINE


def test_a_process_that_does_not_end_is_given_up(tmp_path, capsys):
    log = tmp_path / "log"
    assert Crew().follow(python(WAITING), log, list, seconds=1) != 0
    assert f"Given up after 1 seconds; see {log}" in capsys.readouterr().out
    assert Crew().follow(python("print()"), log, list, seconds=DEADLINE) == 0
