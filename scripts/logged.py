"""Programs whose output matters only where they fail: it goes into a log file.

Standard library only: pip and git run so before the set-up.
"""

import os
import re
import select
import subprocess
import sys

SHOWN = 40
SILENCE = 1
_LINE_END = re.compile(rb"\r?\n|\r")


def follow(command, log, watch=lambda _lines: None, **options):
    """Run a program to its end and return its exit code; it ends with us.

    log : Path that everything it writes goes to; watch : called with lists of whole lines as they
    come. Raises FileNotFoundError where there is no such program.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("wb") as file,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
        ) as process,
    ):
        try:
            for lines in whole_lines(process, file):
                watch(lines)
            return process.wait()
        except BaseException:
            process.kill()
            raise


def whole_lines(process, file):
    """Lists of lines as a process writes them; a record that it writes at once stays together.

    What comes is copied to file. A bar that redraws itself gives a line for each picture.
    """
    rest = b""
    while chunk := _next_chunk(process):
        file.write(chunk)
        file.flush()
        *lines, rest = _LINE_END.split(rest + chunk)
        yield [line.decode(errors="replace") for line in lines]
    if rest:
        yield [rest.decode(errors="replace")]


def _next_chunk(process):
    """What a process writes next, nothing at its end: what it leaves behind may hold the pipe."""
    stream = process.stdout.fileno()
    while not select.select([stream], [], [], SILENCE)[0]:
        if process.poll() is not None:
            return b""
    return os.read(stream, 1 << 16)


def show_end(log):
    """Print the last lines of a log, for a person who has to find what went wrong."""
    lines = log.read_text(errors="replace").splitlines()
    print("\n".join(lines[-SHOWN:]), file=sys.stderr, flush=True)
